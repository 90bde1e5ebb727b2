"""One thing of each sort that an address can name, all of one network."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from drawing import picture
from flask import Flask
from support import PASSWORD

from ibasho.data.accounts import Role, Scope, add_account, find_account, invite
from ibasho.data.activities import Activity, ActivityKind, keep_activity
from ibasho.data.areas import Area, AreaKind, enter_areas, keep_file
from ibasho.data.articles import Article, Topic, keep_article
from ibasho.data.clock import today
from ibasho.data.database import Database, transaction
from ibasho.data.events import Event, EventKind, keep_event
from ibasho.data.freshness import AnswerKind
from ibasho.data.freshness.store import insert_answer
from ibasho.data.imports.feeds import keep_feed
from ibasho.data.imports.runs import add_run
from ibasho.data.links import Purpose, make_link
from ibasho.data.listings import Kind, edit, store
from ibasho.data.mail import Message, queue_mail
from ibasho.data.networks import (
    Help,
    Meeting,
    Network,
    Offer,
    PartnerKind,
    helping,
    keep_network,
    meetings,
    members,
    network_ids,
    news,
)
from ibasho.data.notices import close_on
from ibasho.data.pictures import add_picture, encode, show_picture
from ibasho.data.pipeline import Lead, NoteKind, Person, add_lead, add_note, add_task
from ibasho.data.reports import Matter, keep_report
from ibasho.data.schedule import Occurrence
from ibasho.data.schools import School, SchoolKind, enter_school
from ibasho.data.stations import Station, enter_stations
from ibasho.importers.desk import stated
from ibasho.importers.report import ImportOptions

CANARY = "よそのネットのしょくどう"
NETWORK = "ひがしネット"


@dataclass(frozen=True)
class Owner:
    """The listing to which things belong; it is of NETWORK and called CANARY."""

    listing: str


def _revision(db: Database, owner: Owner) -> int:
    published = store.read_stored(db, owner.listing).published
    assert published is not None
    return edit.propose_change(db, owner.listing, published.body, "test", published.id)


def _event(db: Database, _: Owner) -> str:
    dates = (Occurrence(today(), None, None, confirm=False),)
    return keep_event(db, Event(EventKind.FESTIVAL, CANARY, dates, network=NETWORK), "test")


def _article(db: Database, _: Owner) -> str:
    body = Article(Topic.MEALS, "朝ごはん", "", "ひとつ食べます。", "健康課", today())
    return keep_article(db, body, "test")


def _report(db: Database, owner: Owner) -> int:
    keep_report(db, owner.listing, Matter.OTHER, CANARY)
    return int(db.execute("SELECT max(id) FROM report").fetchone()[0])


def _picture(db: Database, owner: Owner) -> str:
    files = encode(picture(64, 48))
    picture_id = add_picture(db, owner.listing, files, CANARY, "", "test")
    show_picture(db, picture_id, "test")
    return picture_id


def _notice(db: Database, owner: Owner) -> int:
    close_on(db, owner.listing, today(), CANARY, "test")
    return int(db.execute("SELECT max(id) FROM date_notice").fetchone()[0])


def _answer(db: Database, owner: Owner) -> int:
    with transaction(db):
        insert_answer(db, owner.listing, AnswerKind.STOPPED, CANARY, today())
    return int(db.execute("SELECT max(id) FROM answer").fetchone()[0])


def _mail(db: Database, _: Owner) -> int:
    with transaction(db):
        queue_mail(db, Message("a@example.jp", CANARY, CANARY), "things", "remind")
    return int(db.execute("SELECT max(id) FROM mail").fetchone()[0])


def _token(db: Database, owner: Owner) -> str:
    with transaction(db):
        return make_link(db, Purpose.PROVIDER, owner.listing, 30)


def _calendar(db: Database, owner: Owner) -> str:
    network_id = _network(db, owner)
    with transaction(db):
        subject, detail = f"network:{network_id}", str(network_id)
        return make_link(db, Purpose.MEETINGS, subject, 30, detail=detail)


def _lead(db: Database, _: Owner) -> str:
    people = (Person(CANARY, "", "090-8888-7777", "canary@example.jp"),)
    body = Lead(Kind.FREE_SCHOOL, CANARY, network=NETWORK, source=CANARY, people=people)
    lead_id = add_lead(db, body, "test")
    add_note(db, lead_id, NoteKind.VISIT, today(), CANARY, "test")
    add_task(db, lead_id, CANARY, None, today(), "test")
    return lead_id


def _invitation(db: Database, _: Owner) -> str:
    def write(token: str) -> Message:
        return Message("invited@example.jp", CANARY, token)

    return invite(db, "invited@example.jp", CANARY, Role.SCHOOL, Scope(), "test", write)[1]


def _account(db: Database, _: Owner) -> int:
    return add_account(db, "somebody@example.jp", Role.COORDINATOR, PASSWORD).id


def _reset(db: Database, _: Owner) -> str:
    account = find_account(db, "somebody@example.jp")
    assert account is not None
    return make_link(db, Purpose.RESET, account.actor, 1)


def _network(db: Database, _: Owner) -> int:
    return network_ids(db).get(NETWORK) or keep_network(db, Network(NETWORK, CANARY), "test")


def _partner(db: Database, owner: Owner) -> int:
    return members.add_partner(db, _network(db, owner), PartnerKind.COMPANY, CANARY, "test")


def _person(db: Database, owner: Owner) -> int:
    person = members.Person(CANARY, phone="042-000-0000", email="canary@example.jp")
    return members.add_person(db, _network(db, owner), f"listing:{owner.listing}", person, "test")


def _meeting(db: Database, owner: Owner) -> int:
    meeting = Meeting(today(), place=CANARY, agenda=CANARY, minutes=CANARY)
    return meetings.keep_meeting(db, _network(db, owner), meeting, "test")


def _decided(db: Database, owner: Owner) -> int:
    network = _network(db, owner)
    [meeting, *_] = meetings.read_meetings(db, network) or [None]
    meeting_id = meeting.id if meeting else _meeting(db, owner)
    return meetings.add_task(db, network, meeting_id, meetings.Task(CANARY, CANARY), "test")


def _news(db: Database, owner: Owner) -> int:
    return news.keep_news(db, _network(db, owner), CANARY, CANARY, "test")


def _need(db: Database, owner: Owner) -> int:
    network, listing = _network(db, owner), owner.listing
    return helping.add_need(db, network, listing, Help.FOOD, CANARY, "", None, "test")


def _offer(db: Database, owner: Owner) -> int:
    offer = Offer(Help.FOOD, CANARY, "042-000-0001", words=CANARY)
    return helping.add_offer(db, _network(db, owner), offer, "test")


def _school(db: Database, _: Owner) -> str:
    school = School("13999", "ひばり小学校", SchoolKind.ELEMENTARY, CANARY, 35.75, 139.54)
    enter_school(db, school, "test")
    return school.id


def _station(db: Database, _: Owner) -> str:
    enter_stations(db, [Station("ひばり", CANARY, 35.75, 139.54)], "test")
    return "ひばり"


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[139.5, 35.7], [139.6, 35.7], [139.6, 35.8], [139.5, 35.7]]],
}


def _area(db: Database, _: Owner) -> str:
    enter_areas(db, [Area(AreaKind.SCHOOL_DISTRICT, "ひばり小学校区", SQUARE, CANARY)], "test")
    return "school_district:ひばり小学校区"


def _file(db: Database, _: Owner) -> str:
    feature = {"type": "Feature", "geometry": SQUARE, "properties": {"name": CANARY}}
    return keep_file(db, "ひばり.geojson", json.dumps(feature).encode(), "test")


def _activity(db: Database, owner: Owner) -> str:
    kind = ActivityKind.SCHOOL_VISIT
    body = Activity(today(), kind, CANARY, 2, NETWORK, "", owner.listing, CANARY)
    return keep_activity(db, body, "test")


def _run(db: Database, _: Owner) -> int:
    table = f"名称,住所\n{CANARY},東京都西東京市南町5-6-13\n".encode()
    options = stated(ImportOptions(format="table", mapping={"名称": "name", "住所": "address"}))
    return add_run(db, [("list.csv", table)], options, "test")


def _feed(db: Database, _: Owner) -> int:
    options = stated(ImportOptions())
    return keep_feed(db, None, CANARY, "http://127.0.0.1:9/list.csv", options, 7, "test")


# For every argument that an address can have: what makes such a thing and returns its id.
MAKERS: dict[str, Callable[[Database, Owner], object]] = {
    "listing_id": lambda _, owner: owner.listing,
    "revision_id": _revision,
    "event_id": _event,
    "article_id": _article,
    "network_id": _network,
    "school_id": _school,
    "station_name": _station,
    "area_id": _area,
    "file_id": _file,
    "activity_id": _activity,
    "group_id": lambda *_: 1,  # the words that stand there at first
    "report_id": _report,
    "picture_id": _picture,
    "width": lambda *_: 64,
    "notice_id": _notice,
    "answer_id": _answer,
    "mail_id": _mail,
    "token": _token,
    "calendar": _calendar,
    "lead_id": _lead,
    "after": lambda *_: "sent",
    "account_id": _account,
    "invitation": _invitation,
    "reset": _reset,
    "partner_id": _partner,
    "person_id": _person,
    "meeting_id": _meeting,
    "task_id": _decided,
    "news_id": _news,
    "need_id": _need,
    "offer_id": _offer,
    "run_id": _run,
    "feed_id": _feed,
    "filename": lambda *_: "ibasho.css",
    "name": lambda *_: "leaflet/leaflet.js",
}


def make_things(db: Database, publish: Callable[..., str]) -> dict[str, object]:
    """Make one of each and return their ids by the arguments' names."""
    owner = Owner(publish(CANARY, network=NETWORK, school_district="ひがし小学校区"))
    return {name: make(db, owner) for name, make in MAKERS.items()}


def addresses(app: Flask, things: dict[str, object]) -> dict[str, tuple[str, set[str]]]:
    """One address of every endpoint, with its methods."""
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        return {
            rule.endpoint: (
                adapter.build(rule.endpoint, {name: things[name] for name in rule.arguments}),
                rule.methods or set(),
            )
            for rule in app.url_map.iter_rules()
        }
