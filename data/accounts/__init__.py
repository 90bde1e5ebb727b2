"""Accounts of the staff, their passwords and sessions."""

from ibasho.data.accounts.passwords import MIN_LENGTH, WeakPasswordError
from ibasho.data.accounts.scope import WHOLE, Scope
from ibasho.data.accounts.store import (
    Account,
    AccountExistsError,
    Role,
    TooManyAttemptsError,
    UnknownAccountError,
    add_account,
    has_accounts,
    read_session,
    set_password,
    set_scope,
    sign_in,
    sign_out,
)

__all__ = [
    "MIN_LENGTH",
    "WHOLE",
    "Account",
    "AccountExistsError",
    "Role",
    "Scope",
    "TooManyAttemptsError",
    "UnknownAccountError",
    "WeakPasswordError",
    "add_account",
    "has_accounts",
    "read_session",
    "set_password",
    "set_scope",
    "sign_in",
    "sign_out",
]
