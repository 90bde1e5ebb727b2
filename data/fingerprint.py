"""Whether something is still what somebody was shown, before it is done in their name."""

import hashlib


def fingerprint(*shown: object) -> str:
    """What differs where anything of what is shown does; texts, numbers and dataclasses of these.

    A page sends it back with its button.
    """
    return hashlib.sha256(repr(shown).encode()).hexdigest()
