"""Articles: read from plain lines, shown from their date on, beside what they concern."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ibasho.data.articles import (
    Article,
    BlockKind,
    Topic,
    UnknownArticleError,
    UnsignedArticleError,
    blocks,
    keep_article,
    read_article,
    read_articles,
)
from ibasho.data.database import Database
from ibasho.data.listings import Fact, Kind

TODAY = dt.date(2026, 11, 28)
Write = Callable[..., Article]


def article(title: str = "朝ごはん", **fields: Any) -> Article:
    given_ = {"topic": Topic.MEALS, "summary": "", "body": "ひとつ食べます。",
              "signed_by": "健康課", "published_on": TODAY}  # fmt: skip
    return Article(title=title, **given_ | fields)


def test_lines_become_headings_lists_steps_and_paragraphs() -> None:
    text = "はじめに\n書きます。\n\n## 材料\n- 卵\n・ごはん\n\n1. まぜる\n2. のせる\nできあがり"
    assert [(block.kind, block.lines) for block in blocks(text)] == [
        (BlockKind.PARAGRAPH, ("はじめに書きます。",)),
        (BlockKind.HEADING, ("材料",)),
        (BlockKind.LIST, ("卵", "ごはん")),
        (BlockKind.STEPS, ("まぜる", "のせる")),
        (BlockKind.PARAGRAPH, ("できあがり",)),
    ]


def test_lines_in_latin_letters_keep_a_blank_between_them() -> None:
    assert blocks("Eat one\nthing")[0].lines == ("Eat one thing",)


@given(st.text("あ卵aB1. -#・\n", max_size=80))
def test_no_letter_of_a_text_is_lost(text: str) -> None:
    letters = "".join(line for block in blocks(text) for line in block.lines)
    for letter in "あ卵aB":
        assert letters.count(letter) == text.count(letter)


@pytest.mark.parametrize("missing", ["title", "body", "signed_by"])
def test_an_article_says_who_says_what(missing: str) -> None:
    with pytest.raises(UnsignedArticleError):
        article(**{missing: " "})


def test_the_newest_comes_first_and_a_later_one_waits_for_its_day(db: Database) -> None:
    for title, day in (("古い", 1), ("新しい", 28), ("あした", 29)):
        keep_article(db, article(title, published_on=dt.date(2026, 11, day)), "test")
    assert [one.title for one in read_articles(db, TODAY)] == ["新しい", "古い"]


def test_what_is_withdrawn_is_shown_to_nobody(db: Database) -> None:
    id_ = keep_article(db, article(), "test")
    assert read_article(db, id_, TODAY)
    keep_article(db, article(withdrawn=True), "test", id_)
    assert read_articles(db, TODAY) == []
    assert read_article(db, id_, TODAY) is None


def test_an_article_that_is_not_there_is_not_made(db: Database) -> None:
    with pytest.raises(UnknownArticleError):
        keep_article(db, article(), "test", "nothing")


def test_a_private_telephone_and_a_false_address_stay_out(db: Database) -> None:
    keep_article(db, article(body="電話は090-1234-5678", url="javascript:alert(1)"), "test")
    [shown] = read_articles(db, TODAY)
    assert "1234" not in shown.body
    assert shown.url == ""


@pytest.mark.parametrize(
    ("kinds", "facts", "concerns"),
    [
        ((), (), False),
        ((Kind.CHILDRENS_CAFETERIA,), (), True),
        ((Kind.FREE_SCHOOL,), (), False),
        ((), (Fact.ALLERGY,), True),
        ((), (Fact.ONLINE,), False),
        ((Kind.CHILDRENS_CAFETERIA,), (Fact.ONLINE,), False),
    ],
)
def test_it_stands_beside_what_it_concerns(
    db: Database, kinds: tuple[Kind, ...], facts: tuple[Fact, ...], concerns: bool
) -> None:
    keep_article(db, article(kinds=kinds, facts=facts), "test")
    [shown] = read_articles(db, TODAY)
    assert shown.concerns(Kind.CHILDRENS_CAFETERIA, frozenset({Fact.ALLERGY})) is concerns
