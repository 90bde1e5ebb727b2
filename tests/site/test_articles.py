"""What visitors read of articles: signed and dated, and nothing that runs."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from support import ReadingClient

from ibasho.data.articles import Article, Topic, keep_article
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import Fact, Kind

Publish = Callable[..., str]
HOSTILE = '</script><img src=x onerror="alert(1)">{{ 7*7 }}'


@pytest.fixture
def write(db: Database) -> Callable[..., str]:
    """Publish an article."""

    def keep(title: str = "朝ごはん", **fields: Any) -> str:
        given = {"topic": Topic.MEALS, "summary": "", "body": "ひとつ", "signed_by": "健康課",
                 "published_on": today()}  # fmt: skip
        return keep_article(db, Article(title=title, **given | fields), "test")

    return keep


def test_an_article_is_signed_and_dated(client: ReadingClient, write: Callable[..., str]) -> None:
    page = client.get(f"/articles/{write(body='## 材料' + chr(10) + '- 卵')}").text
    assert "健康課" in page
    assert f'<time datetime="{today()}">' in page
    assert "<h2>材料</h2>" in page
    assert "<li>卵</li>" in page
    data = json.loads(re.findall(r"ld\+json[^>]*>(.*?)</script>", page)[0])
    assert data["author"]["name"] == "健康課"


def test_what_is_written_is_only_text(client: ReadingClient, write: Callable[..., str]) -> None:
    id_ = write(HOSTILE, summary=HOSTILE, body=HOSTILE, signed_by=HOSTILE)
    for address in (f"/articles/{id_}", "/articles", "/"):
        page = client.get(address).text
        assert "<img src=x" not in page
        assert "49" not in re.sub(r"[0-9]{2,}-|[0-9.]+(px|rem|em)", "", page.split("<main")[1])


def test_a_topic_leaves_the_others_out(client: ReadingClient, write: Callable[..., str]) -> None:
    write("卵のこと", topic=Topic.ALLERGY)
    write("朝ごはん")
    page = client.get("/articles?topic=allergy").text
    assert "卵のこと" in page
    assert "朝ごはん" not in page.split("<main")[1]
    assert client.get("/articles?topic=nothing").status_code == 200


def test_an_article_stands_beside_the_places_that_it_concerns(
    client: ReadingClient, write: Callable[..., str], publish: Publish
) -> None:
    write("卵のこと", kinds=(Kind.CHILDRENS_CAFETERIA,), facts=(Fact.ALLERGY,))
    careful = publish(kind=Kind.CHILDRENS_CAFETERIA, facts=(Fact.ALLERGY,))
    other = publish(name="ことり文庫", kind=Kind.PLACE_TO_BELONG)
    assert "卵のこと" in client.get(f"/listings/{careful}").text
    assert "卵のこと" not in client.get(f"/listings/{other}").text


def test_no_article_is_a_page_that_says_so(client: ReadingClient) -> None:
    assert "読みものはまだありません" in client.get("/articles").text
    assert client.get("/articles/nothing").status_code == 404
