"""The same pages in another language, by the prefix of their address."""

import re
from collections.abc import Callable

import pytest
from browsing import Walk
from support import ReadingClient

from ibasho.data.listings import Phone
from ibasho.site.languages import LANGUAGES, Language

Publish = Callable[..., str]
JAPANESE = re.compile("[ぁ-んァ-ヶー一-龥]+")


def words_of(page: str) -> set[str]:
    """The Japanese words of a page, apart from the names of the languages."""
    page = re.sub(r'<details class="language-menu">.*?</details>', " ", page, flags=re.DOTALL)
    body = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    return set(JAPANESE.findall(body))


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
    others = [link for link in links if not link.startswith("/en/")]
    search = "/search?q=%E9%A3%9F%E5%A0%82"
    prefixes = ["", "/ruby", "/easy", "/zh", "/ko", "/vi", "/pt", "/fil", "/ne"]
    assert others == [prefix + search for prefix in prefixes]
    assert 'data-feed="/en/listings.geojson' in page


def test_each_page_names_itself_in_every_language(client: ReadingClient) -> None:
    for address in ("/desks", "/en/desks"):
        page = client.get(address).text
        assert '<link rel="alternate" hreflang="ja" href="http://localhost/desks">' in page
        assert '<link rel="alternate" hreflang="en" href="http://localhost/en/desks">' in page
        assert '<link rel="alternate" hreflang="zh-Hans" href="http://localhost/zh/desks">' in page
        assert page.count('rel="alternate"') == len(LANGUAGES) - 2, "ja stands for its variants"


@pytest.mark.parametrize("row", LANGUAGES.values(), ids=lambda row: row.code)
def test_each_language_has_its_pages_and_says_whether_they_were_checked(
    client: ReadingClient, row: Language
) -> None:
    page = client.get("/desks" if row.code == "ja" else f"/{row.code}/desks").text
    assert f'<html lang="{row.tag}">' in page
    assert 'aria-current="true"' in page
    assert page.count('class="credits"') == (1 if row.checked else 2)


@pytest.mark.parametrize("row", LANGUAGES.values(), ids=lambda row: row.code)
@pytest.mark.parametrize("address", ["/", "/search?weekday=5&near=南町", "/events", "/articles"])
def test_every_page_opens_in_every_language(
    client: ReadingClient, publish: Publish, row: Language, address: str
) -> None:
    publish()
    assert client.get(address if row.code == "ja" else f"/{row.code}{address}").status_code == 200


def test_furigana_is_one_touch_away_on_a_japanese_page(client: ReadingClient) -> None:
    assert '<a class="furigana" href="/ruby/desks"' in client.get("/desks").text
    assert '<a class="furigana" href="/desks"' in client.get("/ruby/desks").text
    assert 'class="furigana"' not in client.get("/en/desks").text


@pytest.mark.parametrize(
    ("address", "asked", "offered"),
    [
        ("/desks", "en-US,en;q=0.9", "/en/desks"),
        ("/desks", "de, vi;q=0.5", "/vi/desks"),
        ("/desks", "tl", "/fil/desks"),
        ("/en/desks", "ja", "/desks"),
        ("/desks", "ja,en;q=0.9", None),
        ("/ruby/desks", "ja", None),
        ("/zh/desks", "zh-CN", None),
        ("/desks", "de", None),
        ("/desks", "", None),
    ],
)
def test_the_language_of_the_browser_is_offered_and_not_forced(
    client: ReadingClient, address: str, asked: str, offered: str | None
) -> None:
    answer = client.get(address, headers={"Accept-Language": asked})
    assert answer.status_code == 200
    assert "Accept-Language" in answer.headers["Vary"]
    line = re.search(r'<p class="offer"><a href="([^"]*)"', answer.text)
    assert (line and line[1]) == offered


def test_a_kept_page_offers_each_visitor_their_own_language(client: ReadingClient) -> None:
    for asked in ("vi", "ko", "ja", "vi"):
        page = client.get("/", headers={"Accept-Language": asked}).text
        assert (f'href="/{asked}/" lang="{asked}" hreflang="{asked}"><svg' in page) == (
            asked != "ja"
        )


def test_the_menu_of_languages_folds_with_escape(site: str, walk: Callable[..., Walk]) -> None:
    page = walk(360).page
    page.goto(f"{site}/desks")
    menu = page.locator(".language-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    menu.get_by_role("link", name="English").focus()
    page.keyboard.press("Escape")
    assert not menu.get_by_role("link", name="English").is_visible()
    assert menu.locator("summary").evaluate("one => one === document.activeElement")
    page.keyboard.press("Enter")
    menu.get_by_role("link", name="Tiếng Việt").click()
    assert page.url == f"{site}/vi/desks"


def test_the_menu_of_languages_needs_no_script(site: str, walk: Callable[..., Walk]) -> None:
    page = walk(360, script=False).page
    page.goto(f"{site}/desks")
    page.locator(".language-menu summary").click()
    page.get_by_role("link", name="English").click()
    assert page.url == f"{site}/en/desks"


def test_signing_in_leads_back_to_the_language_it_began_in(client: ReadingClient) -> None:
    where = client.get("/en/coordinator/listings").headers["Location"]
    assert where.startswith("/en/sign-in?next=")
    assert "%2Fen%2Fcoordinator%2Flistings" in where or "/en/coordinator/listings" in where


def test_a_language_that_is_not_there_is_a_page_that_is_not_there(client: ReadingClient) -> None:
    assert client.get("/xx/desks").status_code == 404


def test_a_language_without_its_last_slash_is_its_first_page(client: ReadingClient) -> None:
    assert client.get("/en").text.count('<html lang="en">') == 1
    assert client.get("/ja").status_code == 404
