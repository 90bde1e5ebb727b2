"""What a newcomer wants to know: ticked at the desk, read on the page, never more than was said."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from support import ReadingClient

from ibasho.data.database import Database
from ibasho.data.listings import TICKS, AddressVisibility, Fact, locate, store
from ibasho.site.words import FACTS

Publish = Callable[..., str]

NEW = {
    "kind": "childrens_cafeteria",
    "name": "ほしぞら食堂",
    "municipality": "東京都西東京市",
    "address": "南町5-6-13",
    "visibility": "exact",
    "schedule_text": "毎月第2・4土曜日 11:30～14:00",
}


def sent(client: ReadingClient, address: str, **fields: object) -> str:
    """Send the form at an address with these fields; where it led, or what it says."""
    seen = re.search(r'name="based_on" value="(\d*)"', client.get(address).text)
    guard = {"form_token": client.token(address), "based_on": seen[1] if seen else ""}
    answer = client.post(address, data=NEW | guard | fields)
    return answer.headers.get("Location") or answer.text


def approved(client: ReadingClient, review: str) -> None:
    """Publish a wording."""
    client.post(f"{review}/approve", data={"form_token": client.token(review)})


def badges(page: str) -> list[str]:
    """What the badges of a page say, in their order."""
    return re.findall(r"<li><svg[^>]*><use[^>]*></use></svg>([^<]+)</li>", page)


def ticked(client: ReadingClient, **fields: object) -> str:
    """The review of a new listing with these fields."""
    client.sign_in()
    return sent(client, "/coordinator/listings/new", **fields)


def test_what_is_ticked_is_reviewed_published_and_said_on_the_page(
    client: ReadingClient, db: Database
) -> None:
    review = ticked(client, facts=["wheelchair", "allergy"], languages=["nepali", "english"])
    page = client.get(review).text
    assert "アレルギー対応あり, 車いすで入れる" in page
    assert "英語が通じる, ネパール語が通じる" in page

    approved(client, review)
    [public] = store.read_all_public(db)
    assert public.facts == (Fact.ALLERGY, Fact.WHEELCHAIR, Fact.ENGLISH, Fact.NEPALI)
    said = badges(client.get(f"/listings/{public.id}").text)
    assert said[:4] == [
        "車いすで入れる",
        "英語が通じる",
        "ネパール語が通じる",
        "アレルギー対応あり",  # where a newcomer's questions are answered
    ]


def test_every_tick_is_kept_and_a_tick_that_goes_is_gone(
    client: ReadingClient, db: Database
) -> None:
    review = ticked(client, facts=list(TICKS[:7]), languages=list(TICKS[7:]))
    approved(client, review)
    [public] = store.read_all_public(db)
    assert public.facts == TICKS
    form = client.get(f"/coordinator/listings/{public.id}/change").text
    assert form.count("checked") == len(TICKS)

    review = sent(client, f"/coordinator/listings/{public.id}/change", facts="online")
    approved(client, review)
    assert [one.facts for one in store.read_all_public(db)] == [(Fact.ONLINE,)]


@pytest.mark.parametrize("unknown", ["free_beer", "english"])
def test_a_box_that_is_not_in_the_form_is_refused(client: ReadingClient, unknown: str) -> None:
    page = ticked(client, facts=[unknown])
    assert "エラー：" in page
    assert 'href="#facts"' in page
    assert 'id="facts"' in page


def test_the_desk_doubts_a_tick_that_the_words_take_back(client: ReadingClient) -> None:
    review = ticked(client, facts=["wheelchair", "online"], note="入口に段差があります。階段のみ")
    page = client.get(review).text
    assert "文章は違うことを言っているようです：車いすで入れる" in page
    assert "ようです：オンライン" not in page


def test_a_review_shows_what_the_words_say_without_a_tick(client: ReadingClient) -> None:
    review = ticked(client, application_process="予約不要", note="英語が話せます")
    assert badges(client.get(review).text)[:2] == ["予約不要", "英語が通じる"]


def test_a_card_shows_three_facts_and_the_page_all(client: ReadingClient, publish: Publish) -> None:
    listing = publish(facts=(Fact.ALONE, Fact.ALLERGY, Fact.WHEELCHAIR, Fact.KOREAN))
    assert len(badges(client.get("/search").text)) == 3
    assert len(badges(client.get(f"/listings/{listing}").text)) == 4


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_nobody_said_is_said_nowhere(
    client: ReadingClient, publish: Publish, language: str
) -> None:
    listing = publish(note="アレルギーのある方は事前にご相談ください。出席扱いは学校と相談")
    assert badges(client.get(f"{language}/listings/{listing}").text) == []
    assert badges(client.get(f"{language}/search").text) == []


def test_every_fact_has_words_of_its_own_in_both_languages(app: Flask) -> None:
    for language in ("/", "/en/"):
        with app.test_request_context(language):
            app.preprocess_request()
            assert len({str(FACTS[fact]) for fact in Fact}) == len(Fact)


def test_a_hidden_address_that_reads_like_a_fact_gives_none(
    client: ReadingClient, publish: Publish
) -> None:
    where = locate("東京都西東京市", "南町5-6-13", "車いすで入れます", AddressVisibility.AREA_ONLY)
    listing = publish(location=where, facts=(Fact.ONLINE,), note="英語が話せます")
    page = client.get(f"/listings/{listing}").text
    assert badges(page)[:2] == ["英語が通じる", "オンラインで参加できる"]
    assert "車いす" not in page
