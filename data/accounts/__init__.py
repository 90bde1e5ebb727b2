"""Accounts of the staff, their passwords and sessions."""

from ibasho.data.accounts.passwords import MIN_LENGTH, WeakPasswordError
from ibasho.data.accounts.store import (
    Account,
    AccountExistsError,
    Role,
    TooManyAttemptsError,
    add_account,
    has_accounts,
    read_session,
    sign_in,
    sign_out,
)

__all__ = [
    "MIN_LENGTH",
    "Account",
    "AccountExistsError",
    "Role",
    "TooManyAttemptsError",
    "WeakPasswordError",
    "add_account",
    "has_accounts",
    "read_session",
    "sign_in",
    "sign_out",
]
