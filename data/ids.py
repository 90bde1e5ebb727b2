"""Ids that stand in addresses: short, sayable, and nothing can be read from them."""

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_id() -> str:
    """Ten random letters and digits, without those that look alike."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))
