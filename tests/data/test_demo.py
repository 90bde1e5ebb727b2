"""The demo ward: made up, marked, varied, and never mixed with real places."""

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import shape
from support import REAL, ReadingClient, needs_real_files

from ibasho.data.areas import AreaKind, read_areas
from ibasho.data.database import Database, open_database
from ibasho.data.demo import NotEmptyError, is_demo, make_demo
from ibasho.data.demo.facts import WRITTEN_ON, read_bodies
from ibasho.data.events import Application, EventKind, PublicEvent, read_events
from ibasho.data.geocode import Level, geocode, is_plausibly_inside
from ibasho.data.listings import (
    AddressVisibility,
    Fact,
    Kind,
    PublicListing,
    State,
    doubted,
    facts_of,
)
from ibasho.data.listings.store import count_states, read_all_public, read_last
from ibasho.data.networks import network_ids, read_networks
from ibasho.data.networks.helping import read_needs, read_offers
from ibasho.data.networks.matching import assign
from ibasho.data.schedule import Certainty, occurrences
from ibasho.data.schools import SchoolKind, read_schools
from ibasho.site.commands import main

TODAY = dt.date(2027, 5, 10)


@pytest.fixture
def made(db: Database) -> Database:
    make_demo(db, TODAY)
    return db


@pytest.fixture
def places(made: Database) -> list[PublicListing]:
    return list(read_all_public(made))


def test_there_are_places_of_every_kind(places: list[PublicListing]) -> None:
    kinds = Counter(place.kind for place in places)
    assert len(places) >= 60
    assert set(kinds) == set(Kind)
    assert min(kinds.values()) >= 4


def test_every_place_is_inside_its_town_and_somebody_hides_an_address(
    places: list[PublicListing],
) -> None:
    for place in places:
        if place.position.is_known and place.position.lat and place.position.lon:
            assert is_plausibly_inside(place.position.lat, place.position.lon, "東京都西東京市")
    hidden = {place.address_visibility for place in places}
    assert hidden == set(AddressVisibility)


def test_the_opening_days_are_sure_and_unsure_and_many_are_on_saturdays(
    places: list[PublicListing],
) -> None:
    assert {place.schedule.certainty for place in places} == set(Certainty)
    saturdays = [
        place
        for place in places
        if any(
            found.date.weekday() == 5
            for found in occurrences(place.schedule, TODAY, TODAY + dt.timedelta(days=30))
        )
    ]
    assert len(saturdays) >= 15


def test_some_places_are_fresh_and_some_are_stale_whenever_the_demo_is_made(
    places: list[PublicListing],
) -> None:
    ages = [(TODAY - place.assured_date).days for place in places if place.assured_date]
    assert min(ages) >= 0
    assert sum(age > 180 for age in ages) >= 3
    assert sum(age < 120 for age in ages) >= 40


def test_no_number_and_no_address_of_the_web_leads_to_anyone(places: list[PublicListing]) -> None:
    for place in places:
        for phone in place.phones:
            assert re.fullmatch("042-000-00[0-9]{2}", phone.value)
        assert all(mail.value.endswith("@example.jp") for mail in place.emails)
        assert re.fullmatch(r"(https://[a-z0-9-]+\.example/.*)?", place.url)


@pytest.fixture
def events(made: Database) -> list[PublicEvent]:
    return read_events(made, dt.date.min)


def test_there_are_events_of_every_kind_before_and_after_today(events: list[PublicEvent]) -> None:
    assert len(events) == 20
    assert {event.kind for event in events} == set(EventKind)
    dates = [one.date for event in events for one in event.occurrences]
    assert TODAY - dt.timedelta(days=30) < min(dates) < TODAY
    assert max(dates) > TODAY + dt.timedelta(days=70)
    assert sum(bool(event.since(TODAY)) for event in events) >= 17


@pytest.mark.parametrize("days", [6, 100])
def test_an_event_keeps_its_weekday_whenever_the_demo_is_made(db: Database, days: int) -> None:
    make_demo(db, WRITTEN_ON + dt.timedelta(days=days))
    made = {
        event.title: [one.date for one in event.occurrences]
        for event in read_events(db, dt.date.min)
    }
    for body in read_bodies("events.json"):
        written = [dt.date.fromisoformat(date) for date, *_ in body["dates"]]
        moved = {
            (there - here).days for here, there in zip(written, made[body["title"]], strict=True)
        }
        assert moved == {days // 7 * 7}


def test_one_event_is_cancelled_one_full_one_online_and_one_has_no_time_yet(
    events: list[PublicEvent],
) -> None:
    assert [event.title[:2] for event in events if event.cancelled] == ["大根"]
    assert sum(event.application is Application.FULL for event in events) == 1
    assert sum(event.online for event in events) == 1
    unfixed = [event for event in events if event.occurrences[0].opens_at is None]
    assert [bool(event.schedule_text) for event in unfixed] == [True]
    assert {event.address_visibility for event in events} > {AddressVisibility.AREA_ONLY}
    for event in events:
        assert event.assured_date
        assert event.assured_date <= TODAY
        assert event.apply_until is None or event.apply_until < event.occurrences[-1].date


def test_no_contact_of_an_event_or_a_network_leads_to_anyone(
    db: Database, events: list[PublicEvent]
) -> None:
    networks = read_networks(db)
    numbers = [phone.value for event in events for phone in event.phones]
    for number in numbers + [network.phone for network in networks]:
        assert re.fullmatch("042-000-00[0-9]{2}", number)
    assert all(mail.value.endswith("@example.jp") for event in events for mail in event.emails)
    for event in events:
        assert re.fullmatch(r"(https://[a-z0-9-]+\.example/.*)?", event.url)


def test_the_rice_that_is_offered_suits_who_lacks_rice(made: Database) -> None:
    network = network_ids(made)["まるごはんネット"]
    needs, offers = read_needs(made, network, TODAY), read_offers(made, network, TODAY)
    chosen = assign(offers, needs, TODAY)
    [rice] = [one for one in offers if "米" in one.words]
    assert "米" in chosen[rice.id].need.words


def test_the_networks_are_those_that_places_and_events_name(
    db: Database, events: list[PublicEvent], places: list[PublicListing]
) -> None:
    networks = read_networks(db)
    assert len(networks) == 3
    assert all(network.listings >= 5 and network.description for network in networks)
    assert sum(network.listings for network in networks) == sum(bool(one.network) for one in places)
    named = {one.network for one in [*events, *places]} - {""}
    assert named == {network.name for network in networks}


def test_a_free_school_says_what_it_costs_to_join_to_come_to_try_and_to_leave(
    places: list[PublicListing],
) -> None:
    for school in (place for place in places if place.kind is Kind.FREE_SCHOOL):
        said = {cost.option for cost in school.costs}
        assert said >= {"monthly", "initial", "cancellation"}, school.name
        assert not re.search("月額[0-9]|入会金|退会", school.fees_description)


def test_a_search_by_monthly_fee_finds_what_a_careful_parent_would_name(
    client: ReadingClient, db: Database
) -> None:
    make_demo(db, TODAY)
    page = client.get("/search?kind=free_school&monthly=20000").text
    found = re.findall('<article class="card.*?<h3><a[^>]*>([^<]*)', page, re.DOTALL)
    assert sorted(found) == [
        "そらいろ教室",  # 15,000円（週2日まで）
        "まなびの森 くぬぎ",  # 19,800円
        "フリースクール おちゃのま",  # 1回2,000円、上限16,000円
        "学びの部屋 あかり",  # 無料
        "通信と通所のフリースクール つきのふね",  # 8,800円（オンラインだけ）
    ]


def test_every_fact_is_stated_by_some_place_and_none_is_doubted(
    places: list[PublicListing],
) -> None:
    stated = Counter(fact for place in places for fact in facts_of(place))
    assert set(stated) == set(Fact)
    assert stated[Fact.ALLERGY] >= 4
    assert [place.name for place in places if doubted(place)] == []
    schools = [facts_of(place) for place in places if place.kind is Kind.FREE_SCHOOL]
    assert sum(Fact.ATTENDANCE in facts for facts in schools) == 3
    assert sum(Fact.ONLINE in facts for facts in schools) == 1


def test_one_stopped_and_one_waits(db: Database) -> None:
    make_demo(db, TODAY)
    states = count_states(db)
    assert states[State.ARCHIVED] == 2
    assert states[State.IN_REVIEW] == 1


def outlines(db: Database, kind: AreaKind) -> dict[str, shapely.Geometry]:
    return {area.name: shape(area.geometry) for area in read_areas(db) if area.kind is kind}


def test_six_school_districts_tile_the_ward_without_gap_or_overlap(db: Database) -> None:
    make_demo(db, TODAY)
    ward = outlines(db, AreaKind.MUNICIPALITY)["東京都西東京市"]
    districts = list(outlines(db, AreaKind.SCHOOL_DISTRICT).values())
    assert len(districts) == 6
    assert shapely.coverage_is_valid(districts)
    assert shapely.coverage_union_all(districts).equals(ward)
    assert shapely.get_num_interior_rings(ward) == 0
    assert max(shapely.get_num_coordinates(districts)) <= 60


def test_every_place_lies_in_the_school_district_that_it_names(db: Database) -> None:
    make_demo(db, TODAY)
    districts = outlines(db, AreaKind.SCHOOL_DISTRICT)
    named = 0
    for (listing,) in db.execute("SELECT id FROM listing").fetchall():
        last = read_last(db, listing)
        assert last
        body, position = last.body, last.body.location.position
        if body.school_district and position.lat and position.lon:
            named += 1
            here = shapely.Point(position.lon, position.lat)
            assert districts[body.school_district].contains(here), body.name
    assert named >= 70


def test_every_district_has_its_school_and_the_schools_stand_in_their_towns(db: Database) -> None:
    make_demo(db, TODAY)
    districts = outlines(db, AreaKind.SCHOOL_DISTRICT)
    schools = read_schools(db)
    elementary = [one for one in schools if one.kind is SchoolKind.ELEMENTARY]
    assert {one.name for one in elementary} == {f"{name}学校" for name in districts}
    assert len(schools) == 8
    for school in schools:
        assert districts[school.district].contains(shapely.Point(school.lon, school.lat))
        town = geocode(school.address)
        assert town.level is Level.CHOME
        assert town.lat and town.lon
        assert abs(school.lat - town.lat) + abs(school.lon - town.lon) < 0.003, school.name


@needs_real_files
def test_the_made_up_outline_is_about_where_the_real_city_is(db: Database) -> None:
    make_demo(db, TODAY)
    (ward,) = outlines(db, AreaKind.MUNICIPALITY).values()
    file = json.loads((REAL / "boundaries" / "admin_13229.json").read_text("utf-8"))
    real = shape(file["features"][0]["geometry"])
    assert ward.intersection(real).area / ward.union(real).area > 0.85
    assert not ward.equals(real)


def test_a_directory_with_a_listing_is_left_alone(db: Database, client: ReadingClient) -> None:
    make_demo(db, TODAY)
    with pytest.raises(NotEmptyError):
        make_demo(db, TODAY)
    assert is_demo(db)


def test_every_page_says_that_it_is_a_demo(client: ReadingClient, db: Database) -> None:
    assert "架空" not in client.get("/").text
    make_demo(db, TODAY)
    for address in ("/", "/search", "/desks", "/sign-in", "/nowhere"):
        assert "架空" in client.get(address).text


def test_the_command_tells_the_passwords_once_and_refuses_real_places(tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["--data-dir", str(tmp_path), *words])
        return result.exit_code, result.output

    code, told = run("demo")
    assert code == 0
    passwords = re.findall("[0-9a-f]{4}(?:-[0-9a-f]{4}){3}", told)
    assert len(passwords) == 4
    assert "nothing was changed" in run("demo")[1]
    database = (tmp_path / "ibasho.db").read_bytes()
    assert not any(password.encode() in database for password in passwords)
    (tmp_path / "list.csv").write_text("名称,住所\nほんとうの食堂,東京都西東京市南町5-6-13\n")
    code, told = run("import", str(tmp_path / "list.csv"), "--map", "名称=name")
    assert code == 1
    assert "demo" in told


def test_a_ward_with_its_own_data_gets_no_demo(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("名称,住所\nほんとうの食堂,東京都西東京市南町5-6-13\n")
    words = ["--data-dir", str(tmp_path / "own")]
    mapping = ["--map", "名称=name", "--map", "住所=address"]
    assert CliRunner().invoke(main, [*words, "import", str(path), *mapping]).exit_code == 0
    assert "no demo" in CliRunner().invoke(main, [*words, "demo"]).output
    db = open_database(tmp_path / "own")
    assert not is_demo(db)
    db.close()
