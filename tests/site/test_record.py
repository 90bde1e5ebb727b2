"""The record at the desk: who did what, who saw what, for whom it is, and that all has words."""

import ast
import csv
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from support import ROOT, ReadingClient, press

from ibasho.data.accounts import Scope, set_scope
from ibasho.data.activities import Activity, ActivityKind, keep_activity
from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.events import Event, EventKind, keep_event
from ibasho.data.fiscal_year import fiscal_year_of
from ibasho.data.listings import ContactVisibility, Kind, Phone, edit, store
from ibasho.data.mail import Message, queue_mail
from ibasho.data.networks import (
    Help,
    Meeting,
    Network,
    Offer,
    helping,
    keep_network,
    meetings,
    news,
)
from ibasho.data.pipeline import Lead, add_lead, subject_of
from ibasho.data.record import Wanted, read_record, write_record
from ibasho.data.schedule import Occurrence
from ibasho.data.stations import Station, enter_stations
from ibasho.site import stores
from ibasho.site.words import ACTIONS

Publish = Callable[..., str]
SECRET = (Phone("090-1234-5678", "代表", ContactVisibility.STAFF_ONLY),)


def views(db: Database) -> list[str]:
    return [one.subject for one in read_record(db, Wanted(actions=["view"]))]


def actions_in_the_code() -> Iterator[tuple[str, str, bool]]:
    """What every call of write_record names as its action: where, the text, whether it is whole."""
    for floor in ("data", "importers", "site"):
        for path in (ROOT / floor).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
                for call in calls_of(function, "write_record"):
                    texts = list(texts_of(call.args[2], function, tree))
                    assert texts, f"{path}:{call.lineno}: nobody can tell which action this is"
                    yield from ((f"{path}:{call.lineno}", *one) for one in texts)


def calls_of(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_call and node.func.id == name:
            yield node


def texts_of(
    value: ast.expr, function: ast.FunctionDef, tree: ast.Module
) -> Iterator[tuple[str, bool]]:
    """The texts that an expression may be; those with something filled in up to there."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value, True
    elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        yield str(value.values[0].value), False
    elif isinstance(value, ast.IfExp):
        yield from texts_of(value.body, function, tree)
        yield from texts_of(value.orelse, function, tree)
    elif isinstance(value, ast.Name):
        for node in (*ast.walk(function), *tree.body):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == value.id:
                yield from texts_of(node.value, function, tree)
        names = [one.arg for one in function.args.args]
        if value.id in names:
            for caller in (one for one in tree.body if isinstance(one, ast.FunctionDef)):
                for call in calls_of(caller, function.name):
                    yield from texts_of(call.args[names.index(value.id)], caller, tree)


def test_every_action_that_is_written_anywhere_has_words(app: Flask) -> None:
    found = list(actions_in_the_code())
    assert len(found) > 30
    for where, text, is_whole in found:
        known = text in ACTIONS if is_whole else any(one.startswith(text) for one in ACTIONS)
        assert known, (where, text)


def test_persons_stand_by_their_address_and_places_by_their_name(
    db: Database, client: ReadingClient, publish: Publish
) -> None:
    listing = publish("みなみ子ども食堂")
    client.sign_in()
    page = f"/coordinator/listings/{listing}"
    press(client, page, f"{page}/move", state="unlisted", reason="休み")
    text = client.get("/coordinator/record").text
    row = next(one for one in text.split("<tr><td>")[1:] if "掲載停止" in one)
    assert "coordinator@example.jp" in row
    assert "みなみ子ども食堂" in row
    assert "account:" not in row
    assert "ログイン" in text


def test_a_network_stands_by_its_name(db: Database, client: ReadingClient) -> None:
    network = keep_network(db, Network("まるごはんネット", "", ""), "test")
    client.sign_in()
    text = client.get("/coordinator/record").text
    assert "まるごはんネット" in text
    assert f"ネットワーク {network}" not in text


def test_it_is_narrowed_down_by_what_who_place_and_day(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    publish("みなみ子ども食堂")
    publish("きたの食堂")
    client.sign_in()
    client.get("/coordinator/listings")
    table = "/coordinator/record?"
    assert "きたの食堂" not in client.get(f"{table}listing=みなみ").text
    assert "みなみ子ども食堂" in client.get(f"{table}listing=みなみ&first={today()}").text
    signed_in = client.get(f"{table}action=ログイン").text
    assert "みなみ子ども食堂" not in signed_in
    assert signed_in.count("<tr><td>") == 1
    mine = client.get(f"{table}actor=account:1").text
    assert "みなみ子ども食堂" not in mine
    assert "条件を一つ外してください" in client.get(f"{table}last=2020-01-01").text
    assert client.get(f"{table}first=never&before=x").status_code == 200


def test_a_long_record_is_read_in_pages(client: ReadingClient, db: Database) -> None:
    client.sign_in()
    for number in range(120):
        write_record(db, "import", "import", f"listing-{number}")
    first = client.get("/coordinator/record").text
    assert first.count("<tr><td>") == 50
    older = first.split("before=")[1].split('"')[0]
    second = client.get(f"/coordinator/record?before={older}").text
    assert second.count("<tr><td>") == 50
    assert "最新の記録へ" in second


@pytest.mark.parametrize(
    "asked", [f"before={'9' * 30}", "before=-1", "last=9999-12-31", "first=0001-01-01", "first=x"]
)
def test_numbers_and_dates_beyond_all_are_no_error(client: ReadingClient, asked: str) -> None:
    client.sign_in()
    for address in ("/coordinator/record", "/coordinator/record.csv"):
        assert client.get(f"{address}?{asked}").status_code == 200


def questions(app: Flask, client: ReadingClient) -> int:
    """How many questions a page of it asks that looks for a name."""
    client.get("/coordinator/record")
    asked: list[str] = []
    with app.app_context():
        stores.database().conn.set_trace_callback(asked.append)
    client.get("/coordinator/record?listing=食堂1")
    return len([one for one in asked if one.lstrip().startswith("SELECT")])


def test_a_page_of_it_asks_few_questions(
    app: Flask, client: ReadingClient, publish: Publish
) -> None:
    for number in range(30):
        publish(f"食堂{number}")
    client.sign_in()
    assert questions(app, client) <= 12


def test_it_asks_no_more_of_many_years_than_of_one_day(
    app: Flask, client: ReadingClient, db: Database
) -> None:
    client.sign_in()

    def note(days_ago: int) -> None:
        day = today() - dt.timedelta(days=days_ago)
        keep_activity(db, Activity(day, ActivityKind.TRAINING, "校長会"), "test")
        keep_network(db, Network(f"網{days_ago}", ""), "test")
        add_lead(db, Lead(Kind.FREE_SCHOOL, f"塾{days_ago}", "東京都西東京市"), "test")

    note(0)
    few = questions(app, client)
    for years in range(1, 5):
        note(365 * years)
    assert questions(app, client) == few


def test_the_table_is_taken_away_with_the_same_conditions_and_that_is_on_record(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    publish("=みなみ子ども食堂")
    publish("きたの食堂")
    client.sign_in()
    answer = client.get("/coordinator/record.csv?listing=みなみ")
    rows = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))
    assert rows[0][:2] == ["いつ", "だれが"]
    assert [row[3] for row in rows[1:]] == ["'=みなみ子ども食堂"] * 2
    entry = next(read_record(db, Wanted()))
    assert (entry.action, entry.detail) == ("export", "2")
    assert "表の持ち出し" in client.get("/coordinator/record").text


def test_who_sees_a_number_for_the_staff_is_on_record_once_a_day(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    hidden, open_to_all = publish("ひみつの食堂", phones=SECRET), publish("ひらいた食堂")
    client.sign_in()
    for _ in range(2):
        for listing in (hidden, open_to_all):
            client.get(f"/coordinator/listings/{listing}")
            client.get(f"/coordinator/listings/{listing}/change")
    assert views(db) == [hidden]


@pytest.mark.parametrize("page", ["history", "paper"])
def test_a_number_for_the_staff_is_on_record_wherever_it_is_shown(
    client: ReadingClient, db: Database, publish: Publish, page: str
) -> None:
    listing = publish("ひみつの食堂", phones=SECRET)
    published = store.read_stored(db, listing).published
    assert published
    edit.propose_change(db, listing, replace(published.body, name="別の名"), "test", published.id)
    client.sign_in()
    client.get(f"/coordinator/listings/{listing}/{page}")
    assert views(db) == [listing]


def test_a_history_with_nothing_to_compare_shows_nothing(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    listing = publish("ひみつの食堂", phones=SECRET)
    client.sign_in()
    client.get(f"/coordinator/listings/{listing}/history")
    assert views(db) == []


@pytest.mark.parametrize(
    "address", ["pipeline/{lead}", "pipeline/{lead}/change", "listings/new?lead={lead}"]
)
def test_who_sees_the_people_of_a_lead_is_on_record(
    client: ReadingClient, db: Database, address: str
) -> None:
    lead = add_lead(db, Lead(Kind.FREE_SCHOOL, "川べりの学び舎"), "test")
    client.sign_in()
    for _ in range(2):
        client.get(f"/coordinator/{address.format(lead=lead)}")
    assert views(db) == [subject_of(lead)]


def test_who_sees_a_contact_of_an_event_is_on_record(client: ReadingClient, db: Database) -> None:
    date = Occurrence(today(), None, None, confirm=False)
    hidden, open_to_all = (
        keep_event(db, Event(EventKind.MEETING, "つどい", (date,), phones=phones), "test")
        for phones in (SECRET, ())
    )
    client.sign_in()
    for event in (hidden, open_to_all):
        client.get(f"/coordinator/events/{event}/change")
        client.get(f"/coordinator/events/{event}/copy")
    assert views(db) == [hidden]


@pytest.mark.parametrize(
    "page",
    ["/members", "/needs", "/offers/1/needs/1", "/news/1", "/meetings/1", "/meetings/1/sheet",
     "/meetings/1/change"],
)  # fmt: skip
def test_who_sees_the_people_of_a_network_is_on_record(
    client: ReadingClient, db: Database, publish: Publish, page: str
) -> None:
    network = keep_network(db, Network("よるの会", ""), "test")
    listing = publish(network="よるの会")
    meetings.keep_meeting(db, network, Meeting(today()), "test")
    news.keep_news(db, network, "ちらし", "日にちを", "test")
    helping.add_need(db, network, listing, Help.FOOD, "米", "", None, "test")
    helping.add_offer(db, network, Offer(Help.FOOD, "米店", words="米"), "test")
    client.sign_in()
    client.get(f"/coordinator/networks/{network}")
    assert views(db) == []
    assert client.get(f"/coordinator/networks/{network}{page}").status_code == 200
    assert views(db) == [f"network:{network}"]


def test_pages_that_list_places_show_nothing_that_is_for_the_staff(
    client: ReadingClient, db: Database, publish: Publish
) -> None:
    publish("ひみつの食堂", phones=SECRET)
    client.sign_in()
    for address in ("/coordinator/", "/coordinator/listings", "/coordinator/record"):
        assert "090-1234-5678" not in client.get(address).text
    assert views(db) == []


def test_a_mail_that_was_read_is_on_record(client: ReadingClient, db: Database) -> None:
    with transaction(db):
        mail = queue_mail(db, Message("a@example.jp", "題", "本文"), "test", "remind")
    client.sign_in()
    token = client.token("/coordinator/")
    client.post(f"/coordinator/mails/{mail}", data={"form_token": token, "do": "read"})
    assert "メールの閲覧" in client.get("/coordinator/record").text


@pytest.mark.parametrize("address", ["/coordinator/record", "/coordinator/record.csv"])
def test_a_part_of_the_ward_reads_of_its_own_listings_alone(
    client: ReadingClient, db: Database, publish: Publish, address: str
) -> None:
    publish("うちの食堂", network="西")
    publish("よその食堂", network="東")
    client.sign_in()
    set_scope(db, 1, Scope(networks=frozenset({"西"})), "test")
    text = client.get(address).text
    assert "うちの食堂" in text
    assert "よその食堂" not in text
    in_the_bar = address.endswith("record")
    assert text.count("coordinator@example.jp") == in_the_bar
    assert "よその食堂" not in client.get(f"{address}?listing=食堂").text


def test_what_is_no_listing_stands_by_its_name_and_is_found_by_it(
    client: ReadingClient, db: Database
) -> None:
    dates = (Occurrence(today(), None, None, confirm=False),)
    event = Event(kind=EventKind.MEAL, title="昼ごはん会", occurrences=dates)
    keep_event(db, event, "test")
    keep_activity(db, Activity(today(), ActivityKind.SCHOOL_VISIT, "校長先生"), "test")
    enter_stations(db, [Station("ひばり", "ひばり", 35.75, 139.54)], "test")
    client.sign_in()
    text = client.get("/coordinator/record").text
    for name in ("昼ごはん会", "学校訪問", "駅 ひばり"):
        assert name in text.split("<tbody>")[1]
    assert "校長先生" not in text
    found = client.get("/coordinator/record?listing=昼ごはん").text.split("<tbody>")[1]
    assert "昼ごはん会" in found
    assert "ひばり" not in found


def test_a_part_of_the_ward_reads_of_its_own_network_and_events(
    client: ReadingClient, db: Database
) -> None:
    for name in ("西", "東"):
        keep_network(db, Network(name, ""), "test")
        dates = (Occurrence(today(), None, None, confirm=False),)
        event = Event(kind=EventKind.MEAL, title=f"{name}の会", network=name, occurrences=dates)
        keep_event(db, event, "test")
    client.sign_in()
    set_scope(db, 1, Scope(networks=frozenset({"西"})), "test")
    rows = client.get("/coordinator/record").text.split("<tbody>")[1]
    assert rows.count("<tr>") == 2
    assert "西の会" in rows
    assert "東" not in rows


def test_who_reads_with_whom_the_office_met_is_on_record(
    client: ReadingClient, db: Database
) -> None:
    activity = keep_activity(db, Activity(today(), ActivityKind.OTHER, "校長先生"), "test")
    client.sign_in()
    client.get("/coordinator/activities")
    client.get(f"/coordinator/activities/{activity}/change")
    year = fiscal_year_of(today())
    assert sorted(views(db)) == [f"activities:{year}", f"activity:{activity}"]
