"""Passwords: how long, how hashed, which are refused."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
MAX_LENGTH = 1024  # longer ones only cost the server time

# Argon2id with the library's defaults (RFC 9106, low-memory profile).
_hasher = PasswordHasher()

# The runs that people type when a form wants twelve letters.
_COMMON = ("password", "passw0rd", "qwertyuiop", "1qaz2wsx", "123456789", "abcdefghij", "ibasho")


class WeakPasswordError(ValueError):
    """The password is refused; the message is a key: `short`, `long` or `common`."""


def hash_password(password: str) -> str:
    """The text to keep instead of a password. Raises WeakPasswordError."""
    if len(password) < MIN_LENGTH:
        raise WeakPasswordError("short")
    if len(password) > MAX_LENGTH:
        raise WeakPasswordError("long")
    rest = password.casefold()
    for run in _COMMON:
        rest = rest.replace(run, "")
    if len(set(password)) < 5 or len(rest) < 6:
        raise WeakPasswordError("common")
    return _hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; the same work where there is no account (None)."""
    try:
        _hasher.verify(password_hash or _nobody(), password[:MAX_LENGTH])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _nobody() -> str:
    """Checked against when there is no such account, so that the answer takes as long."""
    return _hasher.hash("nobody has this password")
