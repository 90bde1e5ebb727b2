"""Who may come in once a backup is brought back: what ended since it was made stays ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ibasho.data.accounts.contact import contact_of
from ibasho.data.accounts.second_step import forget_spare_codes
from ibasho.data.database import Database, transaction

_ACCESS = ("role", "password_hash", "totp", "totp_step", "closed_at", "passkey_user")
_BELONGINGS = ("account_scope", "recovery_code", "passkey")
_SAME = ("id", "email_digest", "created_at")


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the accounts when a backup was brought back: mail addresses of open ones.

    `kept` come in with what they came in with just before. Of `unknown` nothing but the backup is
    known: their spare codes have ended, and what else ended since is good again. `gone` were made
    after the backup and are not in it.
    """

    kept: tuple[str, ...]
    unknown: tuple[str, ...]
    gone: tuple[str, ...]


def carry_access(then: Database, present: Database | None) -> Carried:
    """Let each account of `then` be open to whom it is open at present, by the same means.

    Role, part of the ward, password, second step, spare codes, passkeys and being closed are those
    of `present`, so nothing that was changed, used up or taken away since is good again. An account
    is the same where number, mail address and the moment of its making are. `present` is None where
    nothing is known of it.
    """
    old, new = _accounts(then), _accounts(present) if present else {}
    known = [one for one in old if one in new]
    with transaction(then):
        for account_id, *_ in old:
            forget_spare_codes(then, account_id)
        for account_id, *_ in known:
            for table in _BELONGINGS:
                then.execute(f"DELETE FROM {table} WHERE account = ?", [account_id])  # noqa: S608 (our names)
        for one in known:
            then.table("account").update(one[0], {name: new[one][name] for name in _ACCESS})
            for table in _BELONGINGS:
                query = f"SELECT * FROM {table} WHERE account = ?"  # noqa: S608 (our names)
                for row in present.query(query, [one[0]]) if present else ():
                    row.pop("id", None)  # it may be that of a row of somebody unknown
                    then.table(table).insert(row)
    return Carried(
        kept=_open(then, (new[one] for one in known)),
        unknown=_open(then, (row for one, row in old.items() if one not in new)),
        gone=_open(then, (row for one, row in new.items() if one not in old)),
    )


def _accounts(db: Database) -> dict[tuple[Any, ...], dict[str, Any]]:
    rows = db.query("SELECT * FROM account ORDER BY id")
    return {tuple(row[name] for name in _SAME): row for row in rows}


def _open(db: Database, rows: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted(contact_of(db, row)[0] for row in rows if row["closed_at"] is None))
