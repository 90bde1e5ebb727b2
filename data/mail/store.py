"""The only code that reads and writes the table of mails.

A mail is claimed before it is sent and finished after. One that is claimed and never finished was
perhaps sent: it becomes `unsure`, is never repeated by itself, and a person decides.
"""

import datetime as dt
import json
from collections.abc import Sequence

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.mail.model import MailState, Message, QueuedMail, is_letter
from ibasho.data.record import write_record
from ibasho.data.sealing import seal, unseal

RETRY_MINUTES = (1, 5, 15, 60, 240, 720, 1440)
"""How long to wait after each failure that may pass; after the last the mail has failed."""

RESTORED = "restored"
"""The problem of a mail in an older copy of a site; the page has the words for it."""

_LONGEST_SENDING = dt.timedelta(minutes=10)
_KEPT = dt.timedelta(days=400)  # whom a mail went to, so that last year's reminder can be seen


class UnknownMailError(LookupError):
    """There is no mail of that id in such a state."""


def queue_mail(
    db: Database, message: Message, key: str, template: str, subject: str = ""
) -> int | None:
    """Keep a mail to be sent, part of the caller's transaction; its id.

    None where there has been a mail of this key: it is not sent again.
    """
    content = json.dumps([message.to, message.title, message.text], ensure_ascii=False)
    with transaction(db):
        row = db.execute(
            "INSERT INTO mail (key, template, subject, sealed, state, due_at, changed_at)"
            " VALUES (?, ?, ?, ?, 'waiting', ?, ?) ON CONFLICT (key) DO NOTHING RETURNING id",
            [key, template, subject, seal(db, content), now(), now()],
        ).fetchone()
    return int(row[0]) if row else None


def cancel_mails(db: Database, subject: str, template: str) -> None:
    """Take back what waits about a subject; part of the caller's transaction."""
    db.execute(
        "UPDATE mail SET state = 'dropped', changed_at = ?"
        " WHERE subject = ? AND template = ? AND state = 'waiting'",
        [now(), subject, template],
    )


def claim_mail(db: Database) -> tuple[int, Message] | None:
    """The next mail that is due, to be sent by the caller alone; None where there is none.

    What was claimed long ago and never finished becomes unsure.
    """
    with transaction(db):
        db.execute(
            "UPDATE mail SET state = 'unsure', changed_at = ?"
            " WHERE state = 'sending' AND changed_at < ?",
            [now(), _before(_LONGEST_SENDING)],
        )
        row = db.execute(
            "UPDATE mail SET state = 'sending', tries = tries + 1, changed_at = :now WHERE id ="
            " (SELECT id FROM mail WHERE state = 'waiting' AND due_at <= :now"
            " ORDER BY due_at, id LIMIT 1) RETURNING id, sealed",
            {"now": now()},
        ).fetchone()
    return (int(row[0]), _message(db, row[1])) if row else None


def finish_mail(db: Database, mail_id: int) -> None:
    """Note that the mail server has taken a claimed mail."""
    with transaction(db):
        row = _move(db, mail_id, MailState.SENT, "")
        write_record(db, "mail", "send_mail", row[0], row[1])


def retry_mail(db: Database, mail_id: int, problem: str) -> None:
    """Note why a claimed mail was not taken; try again later, or give up after many tries."""
    with transaction(db):
        row = db.execute("SELECT tries FROM mail WHERE id = ?", [mail_id]).fetchone()
        if row is None:
            raise UnknownMailError(mail_id)
        if row[0] > len(RETRY_MINUTES):
            _move(db, mail_id, MailState.FAILED, problem)
            return
        wait = dt.timedelta(minutes=RETRY_MINUTES[row[0] - 1])
        _move(db, mail_id, MailState.WAITING, problem)
        db.table("mail").update(mail_id, {"due_at": _moment(dt.datetime.now(dt.UTC) + wait)})


def give_up_mail(db: Database, mail_id: int, state: MailState, problem: str) -> None:
    """Note that a claimed mail was refused for good (FAILED), or that nobody knows (UNSURE)."""
    with transaction(db):
        _move(db, mail_id, state, problem)


def send_again(db: Database, mail_id: int, actor: str) -> None:
    """Let a mail that failed, or of which nobody knows, be tried anew. Raises UnknownMailError."""
    with transaction(db):
        row = db.execute(
            "UPDATE mail SET state = 'waiting', tries = 0, due_at = ?, changed_at = ?"
            " WHERE id = ? AND state IN ('failed', 'unsure') AND sealed IS NOT NULL"
            " RETURNING subject",
            [now(), now(), mail_id],
        ).fetchone()
        if row is None:
            raise UnknownMailError(mail_id)
        write_record(db, actor, "send_again", row[0], str(mail_id))


def leave_mail(db: Database, mail_id: int, actor: str) -> None:
    """Let a mail that failed, or of which nobody knows, be. Raises UnknownMailError."""
    with transaction(db):
        row = db.execute(
            "UPDATE mail SET state = 'dropped', changed_at = ?"
            " WHERE id = ? AND state IN ('failed', 'unsure') RETURNING subject",
            [now(), mail_id],
        ).fetchone()
        if row is None:
            raise UnknownMailError(mail_id)
        write_record(db, actor, "leave_mail", row[0], str(mail_id))


def doubt_mails(db: Database) -> None:
    """Let a person decide on all that waits: in an older copy of a site, some of it was sent."""
    with transaction(db):
        db.execute(
            "UPDATE mail SET state = 'unsure', problem = ?, changed_at = ?"
            " WHERE state IN ('waiting', 'sending')",
            [RESTORED, now()],
        )


def read_mails(
    db: Database, states: Sequence[MailState] = (), subject: str = "", limit: int = 200
) -> list[QueuedMail]:
    """The newest mails, of all states where none is named, about one subject if it is named."""
    rows = db.query(
        "SELECT * FROM mail WHERE (:all OR state IN (SELECT value FROM json_each(:states)))"
        " AND (:subject = '' OR subject = :subject) ORDER BY id DESC LIMIT :limit",
        {
            "all": not states, "states": json.dumps([str(state) for state in states]),
            "subject": subject, "limit": limit,
        },
    )  # fmt: skip
    found = []
    for row in rows:
        message = _message(db, row["sealed"]) if row["sealed"] else Message("", "", "")
        fields = {name: row[name] for name in QueuedMail.__slots__ if name in row}
        state = MailState(row["state"])
        found.append(
            QueuedMail(**fields | {"state": state, "to": message.to, "title": message.title})
        )
    return found


def read_message(db: Database, mail_id: int) -> Message:
    """What a mail says, as it was or will be sent. Raises UnknownMailError once forgotten."""
    row = db.execute("SELECT sealed FROM mail WHERE id = ?", [mail_id]).fetchone()
    if row is None or row[0] is None:
        raise UnknownMailError(mail_id)
    return _message(db, row[0])


def show_message(db: Database, mail_id: int, actor: str) -> Message:
    """The same to a person; that they looked is on record.

    Raises UnknownMailError, also for a letter on an account, which is for its person alone.
    """
    with transaction(db):
        row = db.execute("SELECT template FROM mail WHERE id = ?", [mail_id]).fetchone()
        if row is None or is_letter(row[0]):
            raise UnknownMailError(mail_id)
        message = read_message(db, mail_id)
        write_record(db, actor, "read_mail", f"mail:{mail_id}")
    return message


def count_mails(db: Database) -> dict[MailState, int]:
    """How many mails stand in each state; states without any are left out."""
    rows = db.execute("SELECT state, count(*) FROM mail GROUP BY state").fetchall()
    return {MailState(state): count for state, count in rows}


def forget_old_mails(db: Database) -> None:
    """Empty what was sent or dropped long ago; that it was, and when, stays."""
    db.execute(
        "UPDATE mail SET sealed = NULL WHERE state IN ('sent', 'dropped', 'failed')"
        " AND changed_at < ?",
        [_before(_KEPT)],
    )


def _move(db: Database, mail_id: int, state: MailState, problem: str) -> tuple[str, str]:
    """Take a mail that is being sent to another state; its subject and template."""
    row = db.execute(
        "UPDATE mail SET state = ?, problem = ?, changed_at = ?"
        " WHERE id = ? AND state = 'sending' RETURNING subject, template",
        [str(state), problem, now(), mail_id],
    ).fetchone()
    if row is None:
        raise UnknownMailError(mail_id)
    return row[0], row[1]


def _message(db: Database, sealed: bytes) -> Message:
    return Message(*json.loads(unseal(db, sealed)))


def _before(span: dt.timedelta) -> str:
    return _moment(dt.datetime.now(dt.UTC) - span)


def _moment(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="microseconds")
