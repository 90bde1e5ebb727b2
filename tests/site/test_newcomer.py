"""What a newcomer reads: answers, what nobody said, how to hand it on, how far it is on foot."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import Walk
from support import ReadingClient

from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.geocode import Level
from ibasho.data.listings import CostOption, Fact, Kind, Phone, Position, edit, store
from ibasho.data.schedule import read_phrase
from ibasho.search_index import Place, Point
from ibasho.site.words import how_far, walking_minutes

Publish = Callable[..., str]


def text_of(html: str) -> str:
    """What is read of a piece of a page."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html)).strip()


def answers(client: ReadingClient, listing: str, language: str = "/en") -> dict[str, str]:
    """The questions that the page of a listing answers, and how."""
    page = client.get(f"{language}/listings/{listing}").text
    rows = re.findall(r"<div><dt>(.*?)</dt>\s*<dd>(.*?)</dd></div>", page, re.DOTALL)
    return {text_of(question): text_of(answer) for question, answer in rows}


def unsaid(client: ReadingClient, listing: str) -> str:
    """The line that says what nobody said; "" without one."""
    found = re.search(r"Not said: ([^<]*?)\.", client.get(f"/en/listings/{listing}").text)
    return found[1] if found else ""


def test_each_question_is_answered_by_a_fact_or_in_the_words_of_the_place(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(
        eligibility_description="小学生はひとりで来てよい。未就学の子は大人と一緒に。近所の人も",
        application_process="予約不要。10人以上のときは電話を",
        note="上履きを持ってきてください。猫がいます",
        facts=(Fact.ALLERGY,),
    )
    assert answers(client, listing) == {
        "Who may come": "近所の人も",
        "Coming alone or with an adult": "小学生はひとりで来てよい。未就学の子は大人と一緒に",
        "Booking": "予約不要。10人以上のときは電話を",
        "Food allergies": "Food allergies are catered for",
        "What to bring": "上履きを持ってきてください",
    }
    assert '<dd lang="ja">猫がいます</dd>' in client.get(f"/en/listings/{listing}").text
    assert unsaid(client, listing) == ""


def test_what_nobody_said_is_named_and_leads_to_the_number_to_ask(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(phones=(Phone("042-000-0001"),))
    assert answers(client, listing) == {}
    assert unsaid(client, listing) == (
        "Who may come, Coming alone or with an adult, Booking, Food allergies, What to bring"
    )
    page = client.get(f"/listings/{listing}").text
    assert 'href="#ask"' in page
    assert 'id="ask"' in page
    assert 'href="#ask"' not in client.get(f"/listings/{publish(name='電話なし')}").text


def test_what_any_text_speaks_of_is_not_called_unsaid(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(description="アレルギーの献立もひとりで来る子の席もあります。予約は電話で")
    assert unsaid(client, listing) == "Who may come, What to bring"


def test_a_limit_stays_with_the_words_that_it_limits(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(note="アレルギー対応あり。ただし卵だけです。椅子は低めです")
    assert answers(client, listing)["Food allergies"] == "アレルギー対応あり。ただし卵だけです"


def test_everyone_is_welcome_comes_first_and_is_said_once(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(
        eligibility_description="誰でも歓迎。ひとりで来てよい", facts=(Fact.WHEELCHAIR,)
    )
    page = client.get(f"/listings/{listing}").text
    assert page.count("誰でも歓迎") == 1
    assert page.index("誰でも歓迎") < page.index("車いすで入れる") < page.index("<h2>いつ</h2>")
    assert "誰でも" not in unsaid(client, listing)


def test_a_free_school_says_attendance_and_costs_first_and_no_price_twice(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(
        kind=Kind.FREE_SCHOOL,
        eligibility_description="小学1年から。出席扱いの実績あり。まず見学を",
        costs=(CostOption("monthly", 33_000), CostOption("initial", 5_000)),
        minimum_age=6,
        maximum_age=15,
    )
    found = answers(client, listing)
    assert [*found] == [
        "School attendance", "Monthly", "To join", "Who may come", "Looking first"
    ]  # fmt: skip
    assert found["Monthly"] == "33,000 yen"
    assert found["Who may come"].startswith("6 to 15")
    assert unsaid(client, listing) == "Taking part from home, Leaving or pausing"
    assert client.get(f"/en/listings/{listing}").text.count("33,000 yen") == 2  # headline and row


def test_helpers_are_told_of_no_question_of_children(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(kind=Kind.VOLUNTEER_OPPORTUNITY)
    assert unsaid(client, listing) == ""
    assert "On your first visit" not in client.get(f"/en/listings/{listing}").text


def test_a_closed_day_among_the_next_dates_is_said(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    weekly = read_phrase("毎日 10:00～12:00")
    days = [today() + dt.timedelta(days=number) for number in (2, 200)]
    published = store.read_stored(db, listing).published
    assert published is not None
    body = replace(published.body, schedule=weekly.with_exceptions(closed_on=days))
    change = edit.propose_change(db, listing, body, "test", published.id)
    edit.approve_revision(db, change, "test")
    page = client.get(f"/en/listings/{listing}").text
    near, far = (f"{day:%a} {day.day} {day:%B}" for day in days)
    assert f"Closed on: {near}<" in page
    assert far not in page
    assert page.split('<ul class="dates">')[1].split("</ul>")[0].count("<li>") == 6


def test_a_page_is_handed_on_by_its_name_and_absolute_address(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(name="まる&さんかく 食堂")
    page = client.get(f"/en/listings/{listing}").text
    line, mail = (
        urlsplit(re.search(rf'href="({start}[^"]*)"', page)[1].replace("&amp;", "&"))  # type: ignore[index]
        for start in ("https://line.me/", "mailto:")
    )
    expected = f"まる&さんかく 食堂\nhttp://localhost/en/listings/{listing}"
    assert parse_qs(line.query)["text"] == [expected]
    assert parse_qs(mail.query) == {"subject": ["まる&さんかく 食堂"], "body": [expected]}
    assert "+" not in mail.query


def test_the_link_is_copied_and_that_is_said(site: str, walk: Callable[..., Walk]) -> None:
    visit = walk(360, permissions=["clipboard-read", "clipboard-write"])
    visit.page.goto(f"{site}/search?q=みなみ")
    visit.page.locator("article.card h3 a").first.click()
    button = visit.page.get_by_role("button", name="リンクをコピー")
    button.click()
    visit.page.get_by_text("リンクをコピーしました").wait_for()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied == visit.page.url
    assert not visit.wrong
    assert visit.hosts() == {urlsplit(site).netloc}


def test_without_scripts_there_is_no_button_that_does_nothing(
    site: str, walk: Callable[..., Walk]
) -> None:
    visit = walk(360, script=False)
    visit.page.goto(f"{site}/search?q=みなみ")
    visit.page.locator("article.card h3 a").first.click()
    assert visit.page.get_by_role("link", name="LINEで送る").is_visible()
    assert not visit.page.get_by_role("button", name="リンクをコピー").is_visible()


@pytest.mark.parametrize(
    ("metres", "minutes"), [(0, 1), (61, 1), (62, 2), (500, 9), (2_300, 38), (2_400, None)]
)
def test_a_walk_is_reckoned_at_80_metres_a_minute_on_a_road_a_third_longer(
    metres: int, minutes: int | None
) -> None:
    assert walking_minutes(metres) == minutes


@pytest.mark.parametrize(
    ("origin", "place", "is_said"),
    [
        (Level.PIN, Level.BLOCK, True),
        (None, Level.PIN, False),
        (Level.TOWN, Level.PIN, False),
        (Level.PIN, Level.TOWN, False),
    ],
)
def test_a_walk_is_said_where_both_ends_are_known(
    client: ReadingClient, origin: Level | None, place: Level, is_said: bool
) -> None:
    here = origin and Place(Point(35.7, 139.5), "ここ", origin, 50)
    with client.application.test_request_context("/"):
        said = how_far(700, Position(35.7, 139.5, place, 50), here)
    assert ("徒歩約12分" in said) is is_said
    assert "700 m" in said


@pytest.mark.parametrize(
    ("least", "most", "said", "english"),
    [
        (0.5, None, "生後6か月から", "from the age of 6 months"),
        (0.5, 3, "生後6か月～3歳", "6 months to 3 years"),
        (None, 1.5, "1歳6か月まで", "up to the age of 1 yr 6 mo"),
        (6, 15, "6～15歳", "6 to 15"),
        (0, 3, "0～3歳", "0 to 3"),
    ],
)
def test_parts_of_a_year_are_said_in_months(
    client: ReadingClient,
    publish: Callable[..., str],
    least: float | None,
    most: float | None,
    said: str,
    english: str,
) -> None:
    listing = publish(minimum_age=least, maximum_age=most)
    assert said in client.get(f"/listings/{listing}").text
    assert english in client.get(f"/en/listings/{listing}").text
