"""What whoever keeps the accounts does with them: invite, change, close, help out."""

from collections.abc import Callable

from ibasho.data.accounts.attempts import is_locked
from ibasho.data.accounts.contact import contact_columns
from ibasho.data.accounts.model import (
    Account,
    AccountState,
    OwnAccountError,
    Person,
    Role,
    UnknownAccountError,
    account_id_of,
    actor_of,
)
from ibasho.data.accounts.passwords import hash_password
from ibasho.data.accounts.scope import Scope
from ibasho.data.accounts.second_step import has_second_step
from ibasho.data.accounts.sessions import end_sessions
from ibasho.data.accounts.signing_in import code_of, password_of
from ibasho.data.accounts.store import (
    account_of,
    insert_account,
    keep_password,
    read_account,
    set_scope,
)
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.ids import new_id
from ibasho.data.links import DeadLinkError, Purpose, end_links, make_link, read_link, use_link
from ibasho.data.mail import Message, queue_mail
from ibasho.data.record import write_record

INVITATION_DAYS = 7

Write = Callable[[str], Message]
"""Writes the mail that brings a link's token."""


def read_people(db: Database) -> list[Person]:
    """All accounts: those to whom something is open first, then by address."""
    people = [_person(db, row) for row in db.query("SELECT * FROM account")]
    return sorted(people, key=lambda one: (one.state is AccountState.CLOSED, one.account.email))


def read_person(db: Database, account_id: int) -> Person:
    """One account. Raises UnknownAccountError."""
    row = next(db.query("SELECT * FROM account WHERE id = ?", [account_id]), None)
    if row is None:
        raise UnknownAccountError(account_id)
    return _person(db, row)


def invite(
    db: Database, email: str, name: str, role: Role, scope: Scope, actor: str, write: Write
) -> tuple[Account, str]:
    """Make an account without a password and mail the link that takes it up; also its token.

    Raises AccountExistsError.
    """
    with transaction(db):
        account_id = insert_account(db, email, name, role, None)
        set_scope(db, account_id, scope, actor)
        write_record(db, actor, "invite", actor_of(account_id), str(role))
        return read_account(db, account_id), _mail_invitation(db, account_id, write)


def invite_again(db: Database, account_id: int, actor: str, write: Write) -> None:
    """Mail a new link to somebody invited; the older one opens nothing.

    Raises UnknownAccountError where nobody waits for one.
    """
    with transaction(db):
        if read_person(db, account_id).state is not AccountState.INVITED:
            raise UnknownAccountError(account_id)
        write_record(db, actor, "invite", actor_of(account_id))
        _mail_invitation(db, account_id, write)


def invited_by(db: Database, token: str) -> Account:
    """Whom an invitation is for. Raises DeadLinkError."""
    link = read_link(db, token)
    if link.purpose is not Purpose.INVITATION:
        raise DeadLinkError("unknown")
    return read_account(db, account_id_of(link.subject))


def take_up(db: Database, token: str, password: str) -> Account:
    """Give an invited account its first password. Raises DeadLinkError and WeakPasswordError."""
    password_hash = hash_password(password)
    with transaction(db):
        account = invited_by(db, token)
        use_link(db, token)
        keep_password(db, account.id, password_hash, account.actor)
    return account


def change_account(
    db: Database, account_id: int, name: str, role: Role, scope: Scope, actor: str
) -> None:
    """Change name, role and part of the ward; if more than the name changes, sessions end.

    Raises UnknownAccountError, and OwnAccountError where somebody would change their own role.
    """
    with transaction(db):
        before = read_account(db, account_id)
        if before.actor == actor and before.role is not role:
            raise OwnAccountError
        contact = contact_columns(db, before.email, name)
        db.table("account").update(account_id, {"role": str(role), **contact})
        write_record(db, actor, "change_account", before.actor, str(role))
        set_scope(db, account_id, scope, actor)
        after = read_account(db, account_id)
        if (before.role, before.scope) != (after.role, after.scope):
            end_sessions(db, account_id)


def close_account(db: Database, account_id: int, actor: str) -> None:
    """Let somebody in no more; what they did stays on record.

    Raises UnknownAccountError, and OwnAccountError where it is one's own.
    """
    with transaction(db):
        account = read_account(db, account_id)
        if account.actor == actor:
            raise OwnAccountError
        db.execute(
            "UPDATE account SET closed_at = ? WHERE id = ? AND closed_at IS NULL",
            [now(), account_id],
        )
        end_sessions(db, account_id)
        end_links(db, account.actor, Purpose.INVITATION, Purpose.RESET)
        write_record(db, actor, "close_account", account.actor)


def reopen_account(db: Database, account_id: int, actor: str) -> None:
    """Let somebody in again, with the password of before. Raises UnknownAccountError."""
    with transaction(db):
        account = read_account(db, account_id)
        db.table("account").update(account_id, {"closed_at": None})
        write_record(db, actor, "reopen_account", account.actor)


def _mail_invitation(db: Database, account_id: int, write: Write) -> str:
    actor = actor_of(account_id)
    end_links(db, actor, Purpose.INVITATION)
    token = make_link(db, Purpose.INVITATION, actor, INVITATION_DAYS)
    queue_mail(db, write(token), f"invitation:{actor}:{new_id()}", "account_invitation", actor)
    return token


def _person(db: Database, row: dict[str, object]) -> Person:
    account = account_of(db, row)
    if row["closed_at"] is not None:
        state = AccountState.CLOSED
    else:
        state = AccountState.ACTIVE if row["password_hash"] else AccountState.INVITED
    last = db.execute(
        "SELECT max(at) FROM record WHERE subject = ? AND action = 'sign-in'", [account.actor]
    ).fetchone()[0]
    return Person(
        account=account,
        state=state,
        has_second_step=has_second_step(db, account.id),
        is_locked=is_locked(db, password_of(account.email)) or is_locked(db, code_of(account.id)),
        last_sign_in=last or "",
    )
