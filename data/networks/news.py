"""News of a network to its members: written, looked at, then queued once for each mail address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.fingerprint import fingerprint as fingerprint_of
from ibasho.data.mail import Message, queue_mail
from ibasho.data.networks.members import Member, Person, read_members, recipients
from ibasho.data.networks.rows import insert_row, seal_values, unseal_values
from ibasho.data.record import write_record


class UnknownNewsError(LookupError):
    """There is no such news in this network."""


class SentError(Exception):
    """The news was sent: it stays as it was."""


class OtherRecipientsError(Exception):
    """Others would be written to than the sender saw, or other words."""


@dataclass(frozen=True, slots=True)
class News:
    """News in plain text. `sent_at` is UTC, None while it can be changed; `recipients` counts."""

    id: int
    title: str
    text: str
    written_at: str
    sent_at: str | None
    recipients: int


def keep_news(
    db: Database, network_id: int, title: str, text: str, actor: str, news_id: int | None = None
) -> int:
    """Keep news that is not sent yet, or in place of `news_id`; its id.

    Raises UnknownNewsError and SentError.
    """
    values = {
        "network": network_id, "written_at": now(), "recipients": 0,
        "sealed": seal_values(db, {"title": title, "text": text}),
    }  # fmt: skip
    with transaction(db):
        if news_id is None:
            news_id = insert_row(db, "network_news", values)
        else:
            _unsent(db, network_id, news_id)
            db.table("network_news").update(news_id, values)
        write_record(db, actor, "keep_news", f"network:{network_id}", str(news_id))
    return news_id


def send_news(
    db: Database,
    network_id: int,
    news_id: int,
    seen: str,
    write: Callable[[News, Person], Message],
    actor: str,
) -> int:
    """Queue the news to everyone who can be written to, and return to how many.

    `seen` is the `fingerprint` of what the sender saw. One transaction. Raises
    OtherRecipientsError, SentError and UnknownNewsError.
    """
    with transaction(db):
        news = _unsent(db, network_id, news_id)
        people, _silent = recipients(read_members(db, network_id))
        if fingerprint(news, people) != seen:
            raise OtherRecipientsError
        queued = [
            queue_mail(
                db, write(news, person), f"news:{news_id}:{_name(member, person)}", "network_news",
                f"network:{network_id}",
            )
            for member, person in people
        ]  # fmt: skip
        values = {"sent_at": now(), "recipients": len(queued)}
        db.table("network_news").update(news_id, values)
        write_record(db, actor, "send_news", f"network:{network_id}", str(news_id))
    return len(queued)


def fingerprint(news: News, people: list[tuple[Member, Person]]) -> str:
    """What changes when other people or addresses would be written to, or something else said."""
    to = sorted((_name(member, one), one.name, one.email.casefold()) for member, one in people)
    return fingerprint_of(news.title, news.text, to)


def read_news(db: Database, network_id: int) -> list[News]:
    """The news of a network, the newest first."""
    query = "SELECT * FROM network_news WHERE network = ? ORDER BY id DESC"
    return [_news(db, row) for row in db.query(query, [network_id])]


def read_one_news(db: Database, network_id: int, news_id: int) -> News:
    """One of them. Raises UnknownNewsError."""
    query = "SELECT * FROM network_news WHERE network = ? AND id = ?"
    for row in db.query(query, [network_id, news_id]):
        return _news(db, row)
    raise UnknownNewsError(str(news_id))


def _unsent(db: Database, network_id: int, news_id: int) -> News:
    news = read_one_news(db, network_id, news_id)
    if news.sent_at:
        raise SentError(str(news_id))
    return news


def _name(member: Member, person: Person) -> str:
    """Who it is, without saying so: the person's number, or the listing that speaks for itself."""
    return member.key if person.id is None else f"person:{person.id}"


def _news(db: Database, row: dict[str, Any]) -> News:
    return News(
        id=row["id"],
        written_at=row["written_at"],
        sent_at=row["sent_at"],
        recipients=row["recipients"],
        **unseal_values(db, row["sealed"]),
    )
