"""The only code that reads and writes the table of articles."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from ibasho.data.articles.model import Article, PublicArticle, Topic
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.ids import new_id
from ibasho.data.listings.codec import plain
from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import Kind
from ibasho.data.listings.public import web_address
from ibasho.data.listings.withhold import without_mobiles
from ibasho.data.record import write_record
from ibasho.data.text import printable


class UnknownArticleError(LookupError):
    """There is no article of that id."""


def keep_article(db: Database, article: Article, actor: str, article_id: str | None = None) -> str:
    """Keep a new article, or in place of the one of `article_id`, and return its id.

    One transaction with its line in the record. Raises UnknownArticleError.
    """
    values = {
        "body": json.dumps(plain(article), ensure_ascii=False, separators=(",", ":")),
        "published_on": article.published_on.isoformat(),
        "withdrawn": int(article.withdrawn),
    }
    with transaction(db):
        if article_id is None:
            article_id = new_id()
            db.table("article").insert({"id": article_id, **values, "created_at": now()})
        elif db.table("article").count_where("id = ?", [article_id]):
            db.table("article").update(article_id, values)
        else:
            raise UnknownArticleError(article_id)
        write_record(db, actor, "keep_article", article_id)
    return article_id


def read_articles(db: Database, today: dt.date) -> list[PublicArticle]:
    """What has been published by this JST date and not withdrawn, the newest first."""
    rows = db.execute(
        "SELECT id, body FROM article WHERE NOT withdrawn AND published_on <= ?"
        " ORDER BY published_on DESC, id",
        [today.isoformat()],
    )
    return [to_public(article_id, _from_text(body)) for article_id, body in rows]


def read_article(db: Database, article_id: str, today: dt.date) -> PublicArticle | None:
    """One of these; None where there is none of that id."""
    row = db.execute(
        "SELECT body FROM article WHERE id = ? AND NOT withdrawn AND published_on <= ?",
        [article_id, today.isoformat()],
    ).fetchone()
    return to_public(article_id, _from_text(row[0])) if row else None


# -- the staff


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the staff know it."""

    id: str
    body: Article


def read_stored_article(db: Database, article_id: str) -> StoredArticle:
    """One article, whatever its date. Raises UnknownArticleError."""
    row = db.execute("SELECT body FROM article WHERE id = ?", [article_id]).fetchone()
    if row is None:
        raise UnknownArticleError(article_id)
    return StoredArticle(article_id, _from_text(row[0]))


def read_stored_articles(db: Database) -> list[StoredArticle]:
    """All articles, also withdrawn ones and those that wait, the newest first."""
    rows = db.execute("SELECT id, body FROM article ORDER BY published_on DESC, id")
    return [StoredArticle(article_id, _from_text(body)) for article_id, body in rows]


def to_public(article_id: str, article: Article) -> PublicArticle:
    """The allow-list: what of an article may be known outside."""

    def words(text: str) -> str:
        return without_mobiles(printable(text))

    return PublicArticle(
        id=article_id,
        topic=article.topic,
        title=words(article.title),
        summary=words(article.summary),
        body=words(article.body),
        signed_by=words(article.signed_by),
        published_on=article.published_on,
        url=web_address(words(article.url)),
        kinds=article.kinds,
        facts=article.facts,
    )


def _from_text(text: str) -> Article:
    body: dict[str, Any] = json.loads(text)
    return Article(
        **body
        | {
            "topic": Topic(body["topic"]),
            "published_on": dt.date.fromisoformat(body["published_on"]),
            "kinds": tuple(map(Kind, body["kinds"])),
            "facts": tuple(map(Fact, body["facts"])),
        }
    )
