"""Who may sign in, as what, and what keeps somebody out."""

from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.accounts.scope import WHOLE, Scope


class Role(StrEnum):
    """What somebody who signs in may do."""

    COORDINATOR = "coordinator"
    SCHOOL = "school"
    PROVIDER = "provider"
    ADMIN = "admin"


class AccountState(StrEnum):
    """Whether somebody has taken up the invitation, and has not left."""

    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    id: int
    email: str
    role: Role
    scope: Scope = WHOLE
    name: str = ""

    @property
    def actor(self) -> str:
        """How the record names this person: by number, never by address."""
        return actor_of(self.id)


@dataclass(frozen=True, slots=True)
class Person:
    """An account as whoever keeps the accounts sees it; `last_sign_in` is a moment or "".

    `is_locked`: too many wrong passwords or codes a moment ago.
    """

    account: Account
    state: AccountState
    has_second_step: bool
    is_locked: bool
    last_sign_in: str


class AccountExistsError(Exception):
    """There is an account with that address."""


class UnknownAccountError(LookupError):
    """There is no such account."""


class OwnAccountError(Exception):
    """Nobody closes their own account, changes its role or removes its second step."""


class TooManyAttemptsError(Exception):
    """Wait a while: too many wrong passwords for this account or from this address."""


def actor_of(account_id: int) -> str:
    """How the record, a link and a mail name an account."""
    return f"account:{account_id}"


def account_id_of(actor: str) -> int:
    """The account that `actor_of` names."""
    return int(actor.removeprefix("account:"))
