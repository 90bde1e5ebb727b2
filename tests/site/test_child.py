"""The child's own page: where one may come alone this week, in words that a child can read."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from support import ReadingClient

from ibasho.data.clock import today
from ibasho.data.listings import Fact, Kind, Phone
from ibasho.site.languages import LANGUAGES
from ibasho.site.public.child import KINDS, LINES, readings
from ibasho.site.public.desks import NATIONAL_LINES

Publish = Callable[..., str]
Walks = Callable[..., Any]

DAILY = "毎日 00:05～23:59"
ALONE = (Fact.ALONE,)
RUBY = re.compile(r"<ruby>[^<]*<rp>（</rp><rt>[^<]*</rt><rp>）</rp></ruby>")
KANJI = re.compile("[一-鿿々]")


def names(page: str) -> list[str]:
    """The places on a page, in their order."""
    return re.findall(r'<h3><a href="/(?:\w+/)?listings/[^"]+"(?: lang="ja")?>([^<]+)</a>', page)


def test_only_places_where_a_child_may_come_alone_are_there(
    client: ReadingClient, publish: Publish
) -> None:
    publish(name="ひとりでいい", phrase=DAILY, facts=ALONE)
    publish(name="だれかと", phrase=DAILY)
    publish(name="てつだい", phrase=DAILY, facts=ALONE, kind=Kind.VOLUNTEER_GROUP)
    assert names(client.get("/child").text) == ["ひとりでいい"]


def test_the_soonest_comes_first_and_no_day_that_is_not_certain(
    client: ReadingClient, publish: Publish
) -> None:
    for days in (4, 1):
        weekday = "月火水木金土日"[(today() + dt.timedelta(days=days)).weekday()]
        publish(name=f"{days}日あと", phrase=f"毎週{weekday}曜日 10:00～12:00", facts=ALONE)
    publish(name="いつか", phrase="不定期", facts=ALONE)
    page = client.get("/child").text
    assert names(page) == ["1日あと", "4日あと"]
    assert "あした" in page


def test_near_a_school_or_a_town_is_what_can_be_walked_to(
    client: ReadingClient, publish: Publish
) -> None:
    publish(name="ちかい", phrase=DAILY, facts=ALONE)
    publish(name="とおい", phrase=DAILY, facts=ALONE, address="東京都八王子市元本郷町3-24-1")
    assert names(client.get("/child?near=西東京市南町").text) == ["ちかい"]
    assert set(names(client.get("/child").text)) == {"ちかい", "とおい"}
    far = client.get("/child?near=西東京市ひばりが丘").text
    assert names(far)[0] == "ちかい"
    assert "とおい" in names(far)


def test_where_nothing_is_open_it_says_what_can_be_done(client: ReadingClient) -> None:
    page = client.get("/child").text
    assert "電話" in page
    assert "/search?fact=alone" in page


def test_a_place_that_is_not_known_is_no_dead_end(client: ReadingClient, publish: Publish) -> None:
    publish(name="ひとりでいい", phrase=DAILY, facts=ALONE)
    page = client.get("/child?near=ぬばたま町").text
    assert "「ぬばたま町」" in page
    assert names(page) == ["ひとりでいい"]


def test_one_calls_first_unless_somebody_said_that_one_may_just_come(
    client: ReadingClient, publish: Publish
) -> None:
    publish(name="でんわして", phrase=DAILY, facts=ALONE, phones=(Phone("042-000-0001"),))
    publish(name="すぐきて", phrase=DAILY, facts=(Fact.ALONE, Fact.NO_BOOKING),
            phones=(Phone("042-000-0002"),))  # fmt: skip
    page = client.get("/child").text
    assert "tel:0420000001" in page
    assert "tel:0420000002" not in page


def test_every_line_and_kind_has_words_for_a_child() -> None:
    assert set(LINES) == {line.number for line in NATIONAL_LINES}
    assert set(KINDS) >= set(Kind) - {
        Kind.VOLUNTEER_GROUP, Kind.VOLUNTEER_OPPORTUNITY, Kind.CONSULTATION_DESK,
    }  # fmt: skip


def test_every_character_that_a_child_may_not_know_has_its_reading(
    client: ReadingClient, publish: Publish
) -> None:
    publish(name="子ども食堂", alternate_name="コドモショクドウ", phrase=DAILY, facts=ALONE)
    page = client.get("/child").text
    assert "<rt>こどもしょくどう</rt>" in page
    main = page[page.index('<div class="welcome">') : page.index("</main>")]
    # the buttons and messages that every page has stand as they are
    plain = re.sub(r"<[^>]*>|現在地", "", RUBY.sub("", main))
    assert KANJI.findall(plain) == []


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"ja"}))
def test_no_mark_of_a_reading_is_seen(client: ReadingClient, publish: Publish, code: str) -> None:
    publish(name="ひろば", phrase=DAILY, facts=ALONE)
    for address in ("/child", f"/{code}/child"):
        assert not re.search(r"\{[^{}<>]*\|", client.get(address).text)


def test_a_text_falls_into_pieces_with_their_readings() -> None:
    assert list(readings("お{金|かね}は {いらない}")) == [
        ("お", ""), ("金", "かね"), ("は {いらない}", ""),
    ]  # fmt: skip


def test_a_name_of_a_place_is_no_mark_of_its_own(client: ReadingClient, publish: Publish) -> None:
    publish(name="<b>{金|きん}</b>", phrase=DAILY, facts=ALONE)
    assert "&lt;b&gt;{金|きん}&lt;/b&gt;" in client.get("/child").text


def test_a_child_finds_who_listens_in_two_taps(ward: str, walk: Walks) -> None:
    visit = walk(360)
    page = visit.page
    page.goto(ward)
    page.locator("footer").get_by_role("link", name="ひとりで いけるところ").click()
    assert page.locator("h1").inner_text() == "ひとりで いけるところ"
    page.locator("a[href='#listens']").click()
    lines = page.locator(".tonight a[href^='tel:']")
    called = [one.get_attribute("href") for one in lines.all()]
    assert called == ["tel:110", "tel:119", "tel:189", "tel:0120078310", "tel:0120997777"]
    assert visit.wrong == []


def test_an_address_that_was_typed_leaves_the_address_bar(ward: str, walk: Walks) -> None:
    page = walk(360).page
    page.goto(f"{ward}/child?near=西東京市南町5-6-13")
    page.wait_for_function("() => !decodeURI(location.search).includes('6-13')")
