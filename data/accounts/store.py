"""The rows of accounts: who they are and what part of the ward is theirs."""

import sqlite3
from typing import Any

from ibasho.data.accounts.contact import contact_columns, contact_of, find_row
from ibasho.data.accounts.model import (
    Account,
    AccountExistsError,
    Role,
    UnknownAccountError,
    actor_of,
)
from ibasho.data.accounts.passwords import hash_password
from ibasho.data.accounts.scope import Scope
from ibasho.data.accounts.sessions import end_sessions
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record

COMMAND_LINE = "command-line"  # who acts there, in the record


def add_account(db: Database, email: str, role: Role, password: str) -> Account:
    """Make an account. Raises WeakPasswordError and AccountExistsError."""
    password_hash = hash_password(password)
    with transaction(db):
        account_id = insert_account(db, email, "", role, password_hash)
        write_record(db, COMMAND_LINE, "add-account", actor_of(account_id), str(role))
        return read_account(db, account_id)


def insert_account(
    db: Database, email: str, name: str, role: Role, password_hash: str | None
) -> int:
    """A new row, part of the caller's transaction; its id. Raises AccountExistsError."""
    try:
        contact = contact_columns(db, email, name)
        cursor = db.execute(
            "INSERT INTO account (email_digest, contact_sealed, role, password_hash, created_at)"
            " VALUES (?, ?, ?, ?, ?)",
            [*contact.values(), str(role), password_hash, now()],
        )
    except sqlite3.IntegrityError as error:
        raise AccountExistsError(email) from error
    return int(cursor.lastrowid or 0)


def set_password(db: Database, email: str, password: str) -> None:
    """Give an account a new password and end its sessions.

    Raises WeakPasswordError and UnknownAccountError.
    """
    password_hash = hash_password(password)
    with transaction(db):
        account = find_account(db, email)
        if account is None:
            raise UnknownAccountError(email)
        keep_password(db, account.id, password_hash, COMMAND_LINE)


def keep_password(
    db: Database, account_id: int, password_hash: str, actor: str, but: str | None = None
) -> None:
    """Keep a new hash and end all sessions but that of the token `but`; part of a transaction."""
    db.table("account").update(account_id, {"password_hash": password_hash})
    end_sessions(db, account_id, but)
    write_record(db, actor, "set-password", actor_of(account_id))


def read_account(db: Database, account_id: int) -> Account:
    """One account, whatever its state. Raises UnknownAccountError."""
    row = next(db.query("SELECT * FROM account WHERE id = ?", [account_id]), None)
    if row is None:
        raise UnknownAccountError(account_id)
    return account_of(db, row)


def find_account(db: Database, email: str) -> Account | None:
    """The account of a mail address, whatever its state."""
    row = find_row(db, email)
    return account_of(db, row) if row else None


def set_scope(db: Database, account_id: int, scope: Scope, actor: str) -> None:
    """Say what part of the ward an account is for; it counts from the next page on."""
    parts = {
        "network": scope.networks,
        "district": scope.districts,
        "listing": scope.listings,
    }
    with transaction(db):
        db.execute("DELETE FROM account_scope WHERE account = ?", [account_id])
        for kind, names in parts.items():
            for name in sorted(names):
                db.table("account_scope").insert(
                    {"account": account_id, "kind": kind, "name": name}
                )
        write_record(db, actor, "set_scope", actor_of(account_id))


def account_of(db: Database, row: dict[str, Any]) -> Account:
    """An account with its part of the ward; a coordinator without one has the whole.

    A provider has the listings that were named, and no network or district as a whole.
    """
    role, names = Role(row["role"]), dict[str, set[str]]()
    for kind, name in db.execute(
        "SELECT kind, name FROM account_scope WHERE account = ?", [row["id"]]
    ):
        if role is Role.PROVIDER and kind != "listing":
            continue
        names.setdefault(kind, set()).add(name)
    is_whole = role is Role.ADMIN or (role is Role.COORDINATOR and not names)
    networks, districts, listings = (
        frozenset(names.get(kind, ())) for kind in ("network", "district", "listing")
    )
    scope = Scope(networks, districts, listings, is_whole)
    email, name = contact_of(db, row)
    return Account(row["id"], email, role, scope, name)


def has_accounts(db: Database) -> bool:
    """Whether anybody can sign in yet."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM account)").fetchone()[0])
