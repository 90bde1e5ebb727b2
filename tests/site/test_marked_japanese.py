"""Japanese within a page in another language says so, wherever it comes from."""

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from flask import Flask
from support import reader

from ibasho.site.marked_japanese import with_marks

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")
# no element can stand within these
UNMARKED = {"title", "option", "script", "style", "textarea", "text"}


def unmarked(element: Any, language: str = "en") -> Iterator[str]:
    """The texts with Japanese letters whose nearest `lang` is another one."""
    language = element.get("lang") or language
    texts = [element.text] if element.tag not in UNMARKED and language == "en" else []
    for child in element:
        if isinstance(child.tag, str):
            yield from unmarked(child, language)
        texts += [child.tail] if language == "en" else []
    yield from (text for text in texts if text and JAPANESE.search(text))


@pytest.fixture
def addresses(crowded: Flask) -> list[str]:
    """Public pages of every sort, with places, events, articles and desks of the demo ward."""
    client = reader(crowded)
    found = ["/", "/search", "/search?q=食堂", "/search?district=みなみ小", "/about", "/desks",
             "/guide", "/child", "/events", "/articles", "/kept", "/accessibility"]  # fmt: skip
    for page, link in (
        ("/search", "/listings/"), ("/search?kind=free_school", "/listings/"),
        ("/search?kind=consultation_desk", "/listings/"), ("/events", "/events/"),
        ("/articles", "/articles/"),
    ):  # fmt: skip
        links = re.findall(f'href="({link}[0-9a-z-]+)"', client.get(page).text)
        found += sorted(set(links))[:3]
    first = next(one for one in found if one.startswith("/listings/")).rsplit("/", 1)[1]
    return [*found, f"/listings/{first}/report", f"/sheet?ids={first}", f"/kept?ids={first}"]


def test_all_japanese_of_an_english_page_is_marked(crowded: Flask, addresses: list[str]) -> None:
    client = reader(crowded)
    for address in addresses:
        page = client.get(f"/en{address}")
        assert page.status_code == 200, address
        tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page.text)
        assert list(unmarked(tree)) == [], address


def test_a_word_within_a_sentence_is_marked_by_itself() -> None:
    assert with_marks("<p>Published by 架空市・こども課, 2026</p>") == (
        '<p><span>Published by <span lang="ja">架空市・こども課</span>, 2026</span></p>'
    )
    assert with_marks("<b>みなみ 食堂</b>") == '<b><span lang="ja">みなみ 食堂</span></b>'


@pytest.mark.parametrize(
    "page",
    [
        '<a lang="ja">日本語 <b>本</b></a>',
        "<title>食堂</title>",
        "<option>みなみ小</option></select>".join(["<select>", ""]),
        '<svg><text x="1">田無駅</text></svg>',
        '<html lang="en"><p>Open</p></html>',
    ],
)
def test_what_is_marked_or_cannot_be_stays(page: str) -> None:
    assert with_marks(page) == page


def test_what_has_no_end_ends_nothing() -> None:
    page = '<img lang="ja" alt="食堂"><p>食堂</p>'
    assert with_marks(page) == '<img lang="ja" alt="食堂"><p><span lang="ja">食堂</span></p>'


def test_chinese_is_not_taken_for_japanese() -> None:
    assert with_marks("<p>儿童食堂</p>", kana_alone=True) == "<p>儿童食堂</p>"
    assert 'lang="ja">みなみ食堂<' in with_marks("<p>みなみ食堂</p>", kana_alone=True)
