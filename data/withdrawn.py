"""What was entered by mistake is withdrawn: nobody sees it, nothing is lost, it can come back."""

from sqlite_utils.db import NotFoundError

from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record


class UnknownEntryError(LookupError):
    """There is nothing of that name to withdraw or to bring back."""


def set_withdrawn(
    db: Database,
    table: str,
    key: str | int | tuple[str, ...],
    withdrawn: bool,
    actor: str,
    subject: str,
) -> None:
    """Withdraw a row that has a column `withdrawn`, or bring it back.

    One transaction with its line about `subject` in the record. Raises UnknownEntryError.
    """
    action = f"withdraw_{table}" if withdrawn else f"bring_back_{table}"
    with transaction(db):
        try:
            db.table(table).update(key, {"withdrawn": int(withdrawn)})
        except NotFoundError as error:
            raise UnknownEntryError(str(key)) from error
        write_record(db, actor, action, subject)
