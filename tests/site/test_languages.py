"""The same pages in another language, by the prefix of their address."""

import re
from collections.abc import Callable

import pytest
from support import ReadingClient

from ibasho.data.listings import Phone

Publish = Callable[..., str]
JAPANESE = re.compile("[ぁ-んァ-ヶー一-龥]+")


def words_of(page: str) -> set[str]:
    """The Japanese words of a page, apart from the name of the language."""
    body = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    return set(JAPANESE.findall(body)) - {"日本語"}


@pytest.mark.parametrize("address", ["/", "/search", "/events", "/desks", "/sign-in", "/nowhere"])
def test_an_english_page_is_english(client: ReadingClient, address: str) -> None:
    page = client.get(f"/en{address}").text
    assert '<html lang="en">' in page
    credit = {"住所データ", "国土交通省", "位置参照情報", "を加工"}
    sources = {"こども家庭庁", "文部科学省", "チャイルドライン支援センター", "チャイルドライン"}
    assert words_of(page) <= credit | sources


def test_a_listing_keeps_its_own_words_in_an_english_page(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(phones=(Phone("042-000-0000"),))
    page = client.get(f"/en/listings/{listing}").text
    assert "みなみ子ども食堂" in page
    assert "Children&#39;s cafeteria" in page
    assert re.search(r"Sat \d+ \w+", page)


def test_every_link_of_an_english_page_stays_in_english(
    client: ReadingClient, publish: Publish
) -> None:
    publish()
    page = client.get("/en/search?q=食堂").text
    links = re.findall(r'<a[^>]* href="(/[^"]*)"', page)
    own = [link for link in links if not link.startswith("/en/")]
    assert own == ["/search?q=%E9%A3%9F%E5%A0%82"]
    assert 'data-feed="/en/listings.geojson' in page


def test_each_page_names_itself_in_every_language(client: ReadingClient) -> None:
    for address in ("/desks", "/en/desks"):
        page = client.get(address).text
        assert '<link rel="alternate" hreflang="ja" href="http://localhost/desks">' in page
        assert '<link rel="alternate" hreflang="en" href="http://localhost/en/desks">' in page


def test_signing_in_leads_back_to_the_language_it_began_in(client: ReadingClient) -> None:
    where = client.get("/en/coordinator/").headers["Location"]
    assert where.startswith("/en/sign-in?next=")
    assert "%2Fen%2Fcoordinator%2F" in where or "/en/coordinator/" in where


def test_a_language_that_is_not_there_is_a_page_that_is_not_there(client: ReadingClient) -> None:
    assert client.get("/xx/desks").status_code == 404
    assert client.get("/en").status_code == 404
