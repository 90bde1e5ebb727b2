"""A person's own password: chosen anew when it is forgotten, or changed by who knows it."""

from collections.abc import Callable
from contextlib import suppress

from ibasho.data.accounts.attempts import forget_attempts, note_attempt
from ibasho.data.accounts.contact import contact_of, find_row
from ibasho.data.accounts.model import Account, account_id_of
from ibasho.data.accounts.passwords import hash_password, verify_password
from ibasho.data.accounts.signing_in import password_of
from ibasho.data.accounts.store import account_of, keep_password, read_account
from ibasho.data.database import Database, transaction
from ibasho.data.ids import new_id
from ibasho.data.links import DeadLinkError, Purpose, end_links, make_link, read_link, use_link
from ibasho.data.mail import Message, queue_mail

RESET_HOURS = 1
_RESETS = 3  # mails that a stranger can have sent to somebody in a quarter of an hour

WriteTo = Callable[[str, str], Message]
"""Writes the mail that brings a link's token to an address."""

Tell = Callable[[Account], Message]
"""Writes to a person that their password was changed."""


class _NobodyError(Exception):
    """There is no account to write to: what was done as if there were one is undone."""


def ask_reset(db: Database, email: str, address: str, write: WriteTo) -> None:
    """Mail a link to choose a new password to whoever has an account with this address.

    The same work for known and unknown addresses. Raises TooManyAttemptsError.
    """
    row = find_row(db, email)
    is_open = row is not None and row["closed_at"] is None and row["password_hash"] is not None
    to = contact_of(db, row)[0] if row else email.strip()
    actor = account_of(db, row).actor if row else "account:0"
    with transaction(db):
        note_attempt(db, f"reset {email.strip().casefold()}", address, most=_RESETS)
        with suppress(_NobodyError), transaction(db):
            token = make_link(db, Purpose.RESET, actor, RESET_HOURS / 24)
            queue_mail(db, write(to, token), f"reset:{actor}:{new_id()}", "account_reset", actor)
            if not is_open:
                raise _NobodyError


def reset_of(db: Database, token: str) -> Account:
    """Who may choose a new password with this link. Raises DeadLinkError."""
    link = read_link(db, token)
    if link.purpose is not Purpose.RESET:
        raise DeadLinkError("unknown")
    return read_account(db, account_id_of(link.subject))


def choose_password(db: Database, token: str, password: str, tell: Tell) -> None:
    """Take the new password of who has forgotten the old one; all sessions end.

    Raises DeadLinkError and WeakPasswordError.
    """
    password_hash = hash_password(password)
    with transaction(db):
        account = reset_of(db, token)
        use_link(db, token)
        end_links(db, account.actor, Purpose.RESET)
        _keep(db, account, password_hash, tell)


def change_password(
    db: Database, account: Account, old: str, new: str, session: str, address: str, tell: Tell
) -> bool:
    """Change one's own password; all sessions but this one end. False where the old is wrong.

    Raises WeakPasswordError and TooManyAttemptsError.
    """
    if not is_password(db, account, old, address):
        return False
    password_hash = hash_password(new)
    with transaction(db):
        _keep(db, account, password_hash, tell, session)
    return True


def is_password(db: Database, account: Account, password: str, address: str) -> bool:
    """Whether somebody who is signed in knows the password. Raises TooManyAttemptsError."""
    attempts = note_attempt(db, password_of(account.email), address)
    query = "SELECT password_hash FROM account WHERE id = ?"
    if not verify_password(db.execute(query, [account.id]).fetchone()[0], password):
        return False
    with transaction(db):
        forget_attempts(db, password_of(account.email), attempts)
    return True


def _keep(
    db: Database, account: Account, password_hash: str, tell: Tell, session: str | None = None
) -> None:
    keep_password(db, account.id, password_hash, account.actor, session)
    queue_mail(
        db, tell(account), f"changed:{account.actor}:{new_id()}", "account_changed", account.actor
    )
