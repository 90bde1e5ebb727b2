"""What only the staff may know cannot be read in the file of the database, nor in an older one."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from ibasho import data
from ibasho.data.accounts import Role, add_account, find_account
from ibasho.data.database import open_database
from ibasho.data.events import Event, EventKind, keep_event, read_stored_event
from ibasho.data.imports.undo import undo_run
from ibasho.data.imports.verdicts import (
    Judgement,
    Verdict,
    keep_verdicts,
    note_taken,
    read_verdicts,
)
from ibasho.data.listings import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Kind,
    Listing,
    Phone,
    State,
    edit,
    locate,
    store,
)
from ibasho.data.listings.apart import bring_together, set_apart
from ibasho.data.listings.codec import listing_from, plain, to_text
from ibasho.data.listings.identity import identity_of
from ibasho.data.migrations import run_file
from ibasho.data.pipeline.model import Lead, Person
from ibasho.data.pipeline.store import insert_lead, read_lead
from ibasho.data.reports import Matter, keep_report, read_open_reports
from ibasho.data.schedule import Occurrence
from ibasho.data.sealing import seal

PHONE, MAIL, HOUSE = "090-1234-0009", "kanari@example.jp", "南町5-6-13"
REASON, WORDS, TELLS = "カナリアさんの都合", "カナリアを見た", "カナリアさんに聞いた"
SECRETS = (PHONE, MAIL, HOUSE, REASON, WORDS, TELLS)

KEEPER = Listing(
    kind=Kind.PLACE_TO_BELONG,
    name="みなみのへや",
    description=f"玄関は{HOUSE}、電話は{PHONE}",
    organization="みなみの会",
    location=locate("東京都西東京市", HOUSE, "", AddressVisibility.AREA_ONLY),
    phones=(
        Phone("042-000-0011"),
        Phone(PHONE, "代表", ContactVisibility.STAFF_ONLY),
    ),
    emails=(Email(MAIL, "", ContactVisibility.STAFF_ONLY),),
    school_district="南小",
    network="みなみの輪",
    assured_by=TELLS,
)
OPEN = Listing(Kind.CHILDRENS_CAFETERIA, "ほしぞら食堂", phones=(Phone("042-000-0012"),))


@pytest.fixture
def file_of(data_dir: Path) -> Callable[[], str]:
    """All that another program could read in the database's files, as text."""

    def read() -> str:
        found = [one.read_bytes() for one in sorted(data_dir.glob("ibasho.db*"))]
        return b"".join(found).decode("utf-8", "replace").replace("\\u", "")

    return read


def test_a_wording_comes_back_whole(db: Database) -> None:
    for body in (KEEPER, OPEN, replace(KEEPER, kind=Kind.VOLUNTEER_GROUP)):
        assert listing_from(bring_together(db, *set_apart(db, body))) == body


def test_where_nothing_is_for_the_staff_alone_nothing_is_sealed(db: Database) -> None:
    open_, sealed = set_apart(db, OPEN)
    assert (json.loads(open_), sealed) == (plain(OPEN), "")


def test_the_open_part_has_what_the_public_may_know_and_what_tables_are_asked_for(
    db: Database,
) -> None:
    shown = json.loads(set_apart(db, KEEPER)[0])
    assert [one["number"] for one in shown["phones"]] == ["042-000-0011"]
    assert (shown["network"], shown["school_district"]) == ("みなみの輪", "南小")
    assert shown["location"]["municipality"] == "東京都西東京市"
    assert shown["location"]["position"]["lat"] is None
    assert not [one for one in SECRETS if one in json.dumps(shown, ensure_ascii=False)]


def test_of_an_address_on_request_neither_town_nor_school_district_is_open(db: Database) -> None:
    where = locate("東京都西東京市", HOUSE, "", AddressVisibility.ON_REQUEST)
    open_, _ = set_apart(db, replace(KEEPER, location=where))
    assert "南町" not in open_
    assert "南小" not in open_


def test_the_file_of_the_database_says_nothing_that_is_for_the_staff(
    db: Database, file_of: Callable[[], str]
) -> None:
    listing = edit.approve_revision(db, edit.propose_listing(db, KEEPER, "test"), "test")
    waits = edit.propose_change(db, listing, replace(KEEPER, note=PHONE), "test", 1)
    edit.reject_revision(db, waits, "test", REASON)
    keep_report(db, listing, Matter.OTHER, WORDS)
    event = Event(
        EventKind.MEETING, "相談の日", (Occurrence(dt.date(2027, 1, 9), "10:00", None, False),),
        location=KEEPER.location, phones=KEEPER.phones, assured_by=TELLS,
    )  # fmt: skip
    event_id = keep_event(db, event, "test")
    person = Person(TELLS, phone=PHONE)
    lead = insert_lead(
        db,
        Lead(Kind.FREE_SCHOOL, "きたの塾", "東京都西東京市", HOUSE, source=WORDS, people=(person,)),
    )
    edit.change_state(db, listing, State.ARCHIVED, "test", REASON)
    account = add_account(db, f"{TELLS}@example.jp", Role.COORDINATOR, "four words make a key")

    assert [one for one in SECRETS if one in file_of()] == []
    assert "みなみのへや" in file_of()
    assert find_account(db, f"{TELLS}@EXAMPLE.jp ") == account
    stored = store.read_stored(db, listing)
    assert (stored.published and stored.published.body, stored.state_reason) == (KEEPER, REASON)
    assert store.read_revision(db, waits).decision_reason == REASON
    assert [one.words for one in read_open_reports(db)] == [WORDS]
    assert read_stored_event(db, event_id).body == event
    assert read_lead(db, lead).body.place == HOUSE


def test_the_same_place_is_found_without_its_address_in_the_file(
    db: Database, file_of: Callable[[], str]
) -> None:
    listing = edit.approve_revision(db, edit.propose_listing(db, KEEPER, "test"), "test")
    assert [one.id for one in store.read_same_place(db, KEEPER)] == [listing]
    assert "5-6-13" not in file_of()


# -- a database from before anything was sealed


@pytest.fixture
def older(data_dir: Path) -> Iterator[Database]:
    """A database with the tables of then."""
    folder = Path(data.__path__[0], "migrations")
    grown = Migrations("ibasho")
    for name in sorted(one.stem for one in folder.glob("*.sql") if one.stem < "0022"):
        grown(name=name)(partial(run_file, name=name))
    data_dir.mkdir(exist_ok=True)
    with closing(Database(data_dir / "ibasho.db")) as db:
        grown.apply(db)
        yield db


def _fill(db: Database, data_dir: Path) -> None:
    """A listing with two wordings, changed by an import, and what people said of it."""
    identity = identity_of("東京都西東京市", KEEPER.name, HOUSE)
    listing = {
        "id": "a1", "state": "published", "state_reason": REASON, "source": None,
        "source_key": None, "identity": identity, "listed_on": None, "published_revision": None,
        "imported": json.dumps({"main": to_text(KEEPER)}, ensure_ascii=False), "created_at": "",
    }  # fmt: skip
    with db.conn:
        db.table("listing").insert(listing)
        for id_, body in ((1, OPEN), (2, KEEPER)):
            db.table("revision").insert(
                {"id": id_, "listing": "a1", "based_on": None, "body": to_text(body),
                 "decision": "approved", "decision_reason": REASON, "written_by": "test",
                 "written_at": "2026-11-01T00:00:00"}
            )  # fmt: skip
        db.table("listing").update("a1", {"published_revision": 2})
        db.table("report").insert(
            {"listing": "a1", "matter": "other", "words": WORDS, "sent_on": "2026-11-20"}
        )
        [row] = db.query("SELECT * FROM listing")
        db.table("import_run").insert(
            {"id": 7, "made_at": "", "made_by": "test", "feed": None, "names": "[]",
             "options": "{}", "state": "published"}
        )  # fmt: skip
        before = row | {"state_reason": "", "published_revision": 1}
        texts = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in (before, row)]
        db.table("import_change").insert(
            {"run": 7, "listing": "a1", "before": texts[0], "after": texts[1],
             "newest_revision": 2}
        )  # fmt: skip
        db.table("same_place").insert(
            {"source": "市の一覧", "identity": identity, "other": "a1", "verdict": "same",
             "take": '{"note":"both"}', "why": TELLS, "said": "x", "decided_by": "test",
             "decided_at": ""}
        )  # fmt: skip
        db.execute(
            "INSERT INTO account (id, email, name, role, created_at)"
            " VALUES (5, ?, ?, 'coordinator', '')",
            [f"Kanari{MAIL}", TELLS],
        )
        db.execute("INSERT INTO account_scope VALUES (5, 'network', 'みなみの輪')")
        sealed = seal(db, json.dumps({"source": TELLS, "people": []}))
        db.execute(
            "INSERT INTO lead (id, name, kind, municipality, place, network, school_district,"
            " sealed, stage, made_at) VALUES ('l1', 'きたの塾', 'free_school', '東京都西東京市',"
            " ?, '', '', ?, 'found', '')",
            [HOUSE, sealed],
        )
        assert (data_dir / "data.key").exists()


def test_an_older_database_is_sealed_when_it_is_opened_and_loses_nothing(
    older: Database, data_dir: Path, file_of: Callable[[], str]
) -> None:
    _fill(older, data_dir)
    older.close()
    assert HOUSE in file_of()
    with closing(open_database(data_dir)) as db:
        assert not db.conn.in_transaction
        stored = store.read_stored(db, "a1")
        assert stored.published
        assert (stored.published.body, stored.state_reason) == (KEEPER, REASON)
        assert (stored.imported, stored.published.decision_reason) == ({"main": KEEPER}, REASON)
        assert store.read_revision(db, 1).body == OPEN
        assert [one.id for one in store.read_same_place(db, KEEPER)] == ["a1"]
        assert [one.words for one in read_open_reports(db)] == [WORDS]
        assert read_lead(db, "l1").body.place == HOUSE
        account = find_account(db, f"kanari{MAIL}")
        assert account
        assert (account.id, account.email, account.name) == (5, f"Kanari{MAIL}", TELLS)
        assert account.scope.networks == {"みなみの輪"}
        [[verdict]] = read_verdicts(db).values()
        assert (verdict.other, verdict.take, verdict.why) == ("a1", {"note": "both"}, TELLS)
    assert [one for one in SECRETS if one in file_of()] == []


def test_an_import_of_then_can_still_be_undone(older: Database, data_dir: Path) -> None:
    _fill(older, data_dir)
    older.close()
    with closing(open_database(data_dir)) as db:
        undo_run(db, 7, "test")
        stored = store.read_stored(db, "a1")
        assert stored.published
        assert (stored.published.id, stored.state_reason) == (1, "")
        assert stored.imported == {"main": KEEPER}


def test_what_was_said_of_a_pair_is_found_again_and_replaced(db: Database) -> None:
    one = Verdict("市の一覧", "市|名|5-6-13", "a1", Judgement.SAME, {"note": "take"}, "電話", "x")
    db.execute(
        "INSERT INTO import_run (id, made_at, made_by, names, options, state)"
        " VALUES (3, '', '', '[]', '{}', 'open')"
    )
    keep_verdicts(db, [one, replace(one, other="b2")], 3, "test")
    keep_verdicts(db, [replace(one, judgement=Judgement.DIFFERENT)], 3, "test")
    note_taken(db, one, 3)
    kept = read_verdicts(db)["市の一覧", "市|名|5-6-13"]
    assert {(each.other, each.judgement, each.run) for each in kept} == {
        ("a1", Judgement.DIFFERENT, 3), ("b2", Judgement.SAME, None)
    }  # fmt: skip
