"""Ids that stand in addresses, codes that people type: nothing can be read from them."""

import hashlib
import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike: some are typed from paper
_CODE_LENGTH = 16  # 79 bits: nobody guesses one, and it fits into a text message


def new_id() -> str:
    """Ten random letters and digits: short, sayable."""
    return _random(10)


def new_code() -> str:
    """Sixteen, for what lets somebody in."""
    return _random(_CODE_LENGTH)


def code_hash(typed: str) -> str:
    """What is kept of a code; however its letters are typed, and with blanks or dashes between."""
    plain = "".join(typed.casefold().split()).replace("-", "")
    return hashlib.sha256(plain.encode()).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))
