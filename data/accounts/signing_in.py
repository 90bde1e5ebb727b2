"""Signing in: the password, then the second step where there is one; only then a session."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.accounts.attempts import (
    forget_attempts,
    is_locked,
    note_attempt,
    note_in_an_hour,
)
from ibasho.data.accounts.challenges import Act
from ibasho.data.accounts.contact import contact_of, find_row
from ibasho.data.accounts.model import Account, Role, TooManyAttemptsError, actor_of
from ibasho.data.accounts.passkeys import Place, ask_passkey, owner_of, take_signature
from ibasho.data.accounts.passwords import hash_password, needs_rehash, verify_password
from ibasho.data.accounts.second_step import (
    begin_device,
    has_second_step,
    set_up_device,
    take_code,
)
from ibasho.data.accounts.sessions import (
    account_of_half,
    account_of_session,
    end_half,
    end_halves,
    open_half,
    open_session,
)
from ibasho.data.accounts.store import account_of, read_account
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.mail import Message, queue_mail
from ibasho.data.record import write_record

_ASKED = 240  # times that one network address, perhaps a whole office, may begin in an hour

Warn = Callable[[str], Message]
"""Writes to the person of a mail address that their account is locked for a while."""


class Step(StrEnum):
    """What is left to do before somebody is in."""

    NONE = "none"
    CODE = "code"
    """Type a code of the device, or use a passkey."""
    SET_UP = "set_up"
    """Set up a device."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose password was right, and the cookie's value: of a session, or of its first half."""

    account: Account
    token: str
    step: Step = Step.NONE


def sign_in(
    db: Database,
    email: str,
    password: str,
    address: str,
    demanded: Collection[Role] = (),
    warn: Warn | None = None,
) -> Opened | None:
    """The first step, and all of it where no second is needed; None where the two don't match.

    A known and an unknown account cost the same work. `address` is the network address; only
    a keyed hash of it is kept, for the throttle. Accounts of the roles `demanded` must have a
    second step; who has one is always asked. Raises TooManyAttemptsError.
    """
    row = find_row(db, email)
    row = row if row and row["closed_at"] is None else None
    account_id = row["id"] if row else None
    message = warn(contact_of(db, row)[0] if row else email.strip()) if warn else None
    attempts = note_attempt(
        db, password_of(email), address, if_over=lambda: _tell(db, account_id, message)
    )
    if not verify_password(row["password_hash"] if row else None, password) or row is None:
        return None
    with transaction(db):
        if needs_rehash(row["password_hash"]):
            db.table("account").update(row["id"], {"password_hash": hash_password(password)})
        forget_attempts(db, password_of(email), attempts)
        account = account_of(db, row)
        if has_second_step(db, account.id):
            return Opened(account, open_half(db, account.id), Step.CODE)
        if account.role in demanded:
            end_halves(db, account.id)
            half = open_half(db, account.id)
            begin_device(db, account.id, half)
            return Opened(account, half, Step.SET_UP)
        return _let_in(db, account)


def waiting_for(db: Database, half: str) -> tuple[Account, Step] | None:
    """Whose second step the token of a first half waits for; None once it is used or old."""
    account_id = account_of_half(db, half)
    if account_id is None:
        return None
    step = Step.CODE if has_second_step(db, account_id) else Step.SET_UP
    return read_account(db, account_id), step


def type_code(
    db: Database, half: str, code: str, address: str, warn: Warn | None = None
) -> Opened | None:
    """The second step; None where the code is wrong or was used. Raises TooManyAttemptsError."""
    return _second_step(db, half, address, warn, lambda account: take_code(db, account, code))


def set_up_and_enter(
    db: Database, half: str, code: str, address: str, warn: Warn | None = None
) -> tuple[Opened, list[str]] | None:
    """The second step of who sets up the first device: also the spare codes.

    None where the code is not that of the new device. Raises TooManyAttemptsError.
    """
    found = waiting_for(db, half)
    if found is None or found[1] is not Step.SET_UP:
        return None
    account = found[0]
    attempts = _try_code(db, account, address, warn)
    with transaction(db):
        codes = set_up_device(db, account.id, code, half)
        if codes is None:
            return None
        forget_attempts(db, code_of(account.id), attempts)
        return _let_in(db, account), codes


def begin_entering(db: Database, token: str, place: Place, address: str) -> str:
    """What the browser with this token needs to sign in with a passkey alone, as JSON.

    Raises TooManyAttemptsError where too many begin at this network address.
    """
    with transaction(db):
        note_in_an_hour(db, f"passkeys asked for at {address}", _ASKED)
        return ask_passkey(db, token, Act.ENTER, place)


def enter_with_passkey(
    db: Database, token: str, answer: str, place: Place, address: str
) -> Opened | None:
    """Both steps in one, by a passkey; None where the answer is not sound.

    A locked account is locked for passkeys too. Raises TooManyAttemptsError.
    """
    owner = owner_of(db, answer)
    account = None if owner is None else read_account(db, owner)
    if account and is_locked(db, password_of(account.email)):
        raise TooManyAttemptsError
    what = code_of(account.id) if account else f"nobody's passkey at {address}"
    attempts = note_attempt(db, what, address)
    with transaction(db):
        if not take_signature(db, token, Act.ENTER, place, answer, owner) or account is None:
            return None
        forget_attempts(db, what, attempts)
        return _let_in(db, account)


def begin_passkey_step(db: Database, half: str, place: Place) -> str | None:
    """What the browser needs for a passkey as the second step, as JSON; None if it is over."""
    account_id = account_of_half(db, half)
    return None if account_id is None else ask_passkey(db, half, Act.STEP, place, account_id)


def step_with_passkey(
    db: Database, half: str, answer: str, place: Place, address: str, warn: Warn | None = None
) -> Opened | None:
    """The second step with a passkey of the account; None where the answer is not sound.

    Raises TooManyAttemptsError.
    """
    return _second_step(
        db, half, address, warn,
        lambda account: take_signature(db, half, Act.STEP, place, answer, account),
    )  # fmt: skip


def read_session(db: Database, token: str) -> Account | None:
    """Who is signed in with this cookie, unless the session is idle or old."""
    account_id = account_of_session(db, token)
    return None if account_id is None else read_account(db, account_id)


def password_of(email: str) -> str:
    """What the throttle calls the password of an account, known or not."""
    return f"account {email.strip().casefold()}"


def code_of(account_id: int) -> str:
    """What the throttle calls the second step of an account."""
    return f"code {actor_of(account_id)}"


def _second_step(
    db: Database, half: str, address: str, warn: Warn | None, is_right: Callable[[int], bool]
) -> Opened | None:
    """Let somebody in whose second step is right; `is_right` is asked once, with the account."""
    account_id = account_of_half(db, half)
    if account_id is None:
        return None
    account = read_account(db, account_id)
    attempts = _try_code(db, account, address, warn)
    with transaction(db):
        if not is_right(account_id):
            return None
        forget_attempts(db, code_of(account_id), attempts)
        end_half(db, half)
        return _let_in(db, account)


def _try_code(db: Database, account: Account, address: str, warn: Warn | None) -> list[int]:
    message = warn(account.email) if warn else None
    return note_attempt(
        db, code_of(account.id), address, if_over=lambda: _tell(db, account.id, message)
    )


def _tell(db: Database, account_id: int | None, message: Message | None) -> None:
    """Write to the person of a locked account, once an hour."""
    if account_id is None or message is None:
        return
    actor = actor_of(account_id)
    hour = now()[: len("2026-12-12T09")]
    if queue_mail(db, message, f"lock_out:{actor}:{hour}", "account_locked", actor) is not None:
        write_record(db, "sign-in", "lock_out", actor)


def _let_in(db: Database, account: Account) -> Opened:
    write_record(db, account.actor, "sign-in", account.actor)
    return Opened(account, open_session(db, account.id))
