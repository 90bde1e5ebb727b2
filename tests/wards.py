"""The demo ward with one listing in every state a page can show, and a ward without any."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyotp
from authenticator import Device
from browsing import served
from drawing import picture
from lists import bring_lists
from playwright.sync_api import Browser, BrowserContext
from support import PASSWORD, ROOT, publisher

from ibasho.data import accounts
from ibasho.data.accounts import Role, Scope, sign_in
from ibasho.data.activities import Activity, ActivityKind, keep_activity
from ibasho.data.areas import keep_file, read_areas
from ibasho.data.articles import read_articles
from ibasho.data.clock import today
from ibasho.data.database import Database, open_database, transaction
from ibasho.data.demo import make_demo
from ibasho.data.events import Event, EventKind, keep_event, read_events, withdraw_event
from ibasho.data.freshness import AnswerKind, suggest_change
from ibasho.data.freshness.answers import SET
from ibasho.data.freshness.store import insert_answer
from ibasho.data.links import Purpose, make_link
from ibasho.data.listings import Fact, Kind, Phone, State, edit, store
from ibasho.data.mail import MailState, Message, queue_mail
from ibasho.data.misses import Miss, Misses
from ibasho.data.pictures import add_picture, encode, withdraw_picture
from ibasho.data.pipeline import read_leads
from ibasho.data.reports import Matter, keep_report
from ibasho.data.schedule import Occurrence, read_phrase
from ibasho.data.schools import read_schools
from ibasho.data.sealing import lend_key

ACTOR = "demo"
# What the provider looks after besides what the demo says: many places, in other states.
LOOKED_AFTER = ("うちごはん いちじく", "喫茶ひつじ雲の子ども食堂", "下保谷わらべ食堂")


@dataclass(frozen=True, slots=True)
class Wards:
    """Three served wards, one without listings and one with lists to bring in: their addresses,
    ids by the name that pages.py gives them, sessions."""

    full: str
    empty: str
    lists: str
    ids: dict[str, str]
    sessions: dict[Role, str]
    folder: Path

    def forget_attempts(self) -> None:
        """Let nobody be throttled for what earlier walks typed at the sign-in."""
        db = open_database(self.folder / "empty")
        with transaction(db):
            db.execute("DELETE FROM sign_in_attempt")
        db.close()

    def enter(self, browser: Browser, role: Role | None = None, **more: object) -> BrowserContext:
        """A new browser window of somebody in this role; more is for the browser."""
        context = browser.new_context(**more)  # type: ignore[arg-type]
        if role:
            context.add_cookies(
                [{"name": "ibasho", "value": self.sessions[role], "url": self.full}]
            )
        return context


@contextmanager
def wards(folder: Path, tiles: str = "") -> Iterator[Wards]:
    """Make both wards in this folder and serve them."""
    db = open_database(folder / "full")
    _, made = make_demo(db, today())
    ids = _furnish(db, folder / "full")
    opened = [sign_in(db, one.email, one.password, "127.0.0.1") for one in made]
    sessions = {one.account.role: one.token for one in filter(None, opened)}
    [desk] = [one for one in filter(None, opened) if one.account.role is Role.COORDINATOR]
    accounts.begin_device(db, desk.account.id, desk.token)
    ids["passkey"] = _add_passkeys(db, desk.account)
    lend_key(folder / "full", folder / "lists")  # what is sealed of accounts is copied below
    lists = open_database(folder / "lists")
    ids |= bring_lists(lists)
    _let_in(lists, db)
    lists.close()
    db.close()
    open_database(folder / "empty").close()
    with ExitStack() as stack:
        full, empty, brought = (
            stack.enter_context(served(folder / name, tiles)) for name in ("full", "empty", "lists")
        )
        yield Wards(full, empty, brought, ids, sessions, folder)


def _let_in(db: Database, other: Database) -> None:
    """Let those who are signed in at another ward be signed in here too."""
    for name in ("account", "session"):
        db.table(name).insert_all(list(other.query(f"SELECT * FROM {name}")))


def _furnish(db: Database, folder: Path) -> dict[str, str]:
    """Bring listings into the states that the demo leaves out; return what pages.py asks for."""
    names = {one.name: one.id for one in store.read_all_public(db)}
    exact, stale = names["子ども食堂 まるいお皿"], names["どようパパひろば"]
    edit.change_state(db, stale, State.STALE, ACTOR, "電話がつながらない")
    bare = publisher(db)(
        name="つきよの工作室", kind=Kind.PLACE_TO_BELONG, address="東京都西東京市泉町3-12-25",
        phrase="毎月第1金曜日 18:00～20:00",
    )  # fmt: skip
    published = store.read_stored(db, exact).published
    assert published is not None
    phrase = "毎週月・水曜日 10:00～14:00、ときどき土曜日"
    changed = store.read_stored(db, names["てくてく学舎"]).published
    assert changed is not None
    body = replace(
        changed.body, schedule=read_phrase(phrase), schedule_text=phrase,
        phones=(Phone("090-0000-0000", "代表"),), facts=(Fact.NO_BOOKING, Fact.ENGLISH),
    )  # fmt: skip
    revision = edit.propose_change(db, names["てくてく学舎"], body, ACTOR, changed.id)
    [waiting] = [one for one in store.read_waiting(db) if one.id != revision]
    for matter, words in (
        (Matter.CLOSED, "土曜の11時半に行きましたが、閉まっていました"),
        (Matter.PHONE, ""),
    ):
        keep_report(db, exact, matter, words)
    files = encode(picture(800, 600))
    for alt in ("赤と青の看板がある入口", "もう使わない古い絵"):
        one = add_picture(db, exact, files, alt, "", ACTOR)
    withdraw_picture(db, one, ACTOR)
    people = _invite_and_help(db)
    events = read_events(db, dt.date.min)
    misses = Misses(folder)
    misses.count([Miss("フリースクール", "西東京市泉町", f"{today():%Y-%m}")] * 6)
    misses.write()
    ended = publisher(db)(name="おひさま食堂", phones=(Phone("042-000-0099"),))
    edit.change_state(db, ended, State.UNLISTED, ACTOR, "提供者の連絡：活動を終えた")
    _entrust(db, [exact, stale, ended, *(names[one] for one in LOOKED_AFTER)])
    tokens = _ask(db, exact, stale, ended)
    [archived, *_] = store.read_all_stored(db, State.ARCHIVED)
    leads = {lead.body.name: lead for lead in read_leads(db)}
    returned = leads["とうふ屋さんの子ども食堂"].listing
    last = store.read_last(db, returned or "")
    assert last is not None
    with transaction(db):
        links = {
            "link_mail": make_link(db, Purpose.CONFIRM_MAIL, last.listing_id, 7),
            "link_returned": make_link(db, Purpose.CHANGE, last.listing_id, 7, last.id),
        }
    return people | {
        **links,
        "lead": leads["団地の集会所の放課後"].id,
        "lead_returned": leads["とうふ屋さんの子ども食堂"].id,
        "lead_active": leads["子ども食堂 まるいお皿"].id,
        "lead_declined": leads["川べりの学び舎"].id,
        "exact": exact,
        "area": names["うちごはん いちじく"],
        "request": names["夜のリビング ともしび"],
        "stale": stale,
        "old": names["喫茶ひつじ雲の子ども食堂"],
        "closed": names["下保谷わらべ食堂"],
        "school": names["フリースクール あめんぼ"],
        "bare": bare,
        "desk": names["不登校ほっと相談 ひとやすみ"],
        "archived": archived.id,
        "unpublished": waiting.listing_id,
        "new": str(waiting.id),
        "change": str(revision),
        "change_of": names["てくてく学舎"],
        "article": read_articles(db, today())[0].id,
        "event": next(one.id for one in events if one.apply_until and one.since(today())),
        "cancelled": next(one.id for one in events if one.cancelled),
        "over": next(one.id for one in events if not one.since(today())),
        "decided": str(published.id),
        **tokens,
        **_log(db, exact),
    }


def _log(db: Database, listing: str) -> dict[str, str]:
    """Activities of this year and the last, an event of no more use, a file of outlines."""
    for back, kind, people in (
        (0, ActivityKind.SCHOOL_VISIT, 3),
        (1, ActivityKind.MEETING, 24),
        (40, ActivityKind.PRINCIPALS, 18),
        (400, ActivityKind.HEARING, 2),
    ):
        body = Activity(
            today() - dt.timedelta(days=back), kind, "みなみ小学校の先生", people,
            listing=listing, note="放課後の居場所について話を聞いた",
        )  # fmt: skip
        activity = keep_activity(db, body, ACTOR)
    dates = (Occurrence(today(), "10:00", None, confirm=True),)
    mistake = keep_event(db, Event(EventKind.MEAL, "まちがえて入れた会", dates), ACTOR)
    withdraw_event(db, mistake, True, ACTOR)
    outlines = (ROOT / "data" / "demo" / "areas.geojson").read_bytes()
    file = keep_file(db, "gakku.geojson", outlines, ACTOR)
    return {
        "activity": activity,
        "withdrawn_event": mistake,
        "outlines": file,
        "school_id": read_schools(db)[0].id,
        "ward": read_areas(db)[0].name,
    }


def _ask(db: Database, listing: str, other: str, ended: str) -> dict[str, str]:
    """Links of two listings, an answer of each sort, and a mail in each state."""
    published = store.read_stored(db, listing).published
    assert published is not None
    with transaction(db):
        tokens = {
            f"link_{purpose}": make_link(db, purpose, listing, 900, published.id)
            for purpose in (*SET, Purpose.PROVIDER)
        }
        tokens["link_replaced"] = make_link(db, Purpose.STILL_TRUE, other, 900, published.id)
        words = "3月で会場が使えなくなりました。\nこれまでありがとうございました。"
        insert_answer(db, ended, AnswerKind.STOPPED, words, today(), last_day=today())
        insert_answer(db, listing, AnswerKind.CHANGE, "", today(), revision=published.id)
        for number, title in enumerate(
            ("掲載内容はいまも正しいですか", "ご登録ありがとうございます")
        ):
            for state in MailState:
                message = Message("demo@demo.example", f"「まるいお皿」{title}", "本文です。")
                queue_mail(db, message, f"{number}{state}", "remind", listing)
                db.execute(
                    "UPDATE mail SET state = ?, problem = ? WHERE key = ?",
                    [state.value, "550 mailbox full" if state is MailState.FAILED else "",
                     f"{number}{state}"],
                )  # fmt: skip
    return tokens


def _entrust(db: Database, listings: list[str]) -> None:
    """Let the made-up provider look after these too, and correct the last."""
    account = accounts.find_account(db, "provider@demo.example")
    assert account
    own = account.scope.listings | set(listings)
    accounts.set_scope(db, account.id, Scope(listings=own), ACTOR)
    published = store.read_stored(db, listings[-1]).published
    assert published
    body = replace(published.body, fees_description="100円")
    suggest_change(db, listings[-1], published.id, body, "", today(), account.actor)


def _add_passkeys(db: Database, account: accounts.Account) -> str:
    """Let somebody have two passkeys, one of them used; the number of that one."""
    place = accounts.Place("localhost", "http://localhost")
    for name in ("職場のパソコン", "電話"):
        device = Device(place.origin)
        made = device.make(accounts.begin_passkey(db, account, "t", place))
        accounts.add_passkey(db, account, "t", place, made, name)
    signed = device.sign(accounts.begin_entering(db, "t", place, "here"))
    accounts.enter_with_passkey(db, "t", signed, place, "here")
    return str(accounts.read_passkeys(db, account.id)[-1].id)


def _invite_and_help(db: Database) -> dict[str, str]:
    """An account in each state; what pages.py asks for."""

    def write(token: str) -> Message:
        return Message("invited@demo.example", "", token)

    network = Scope(networks=frozenset({"スクラムウエスト"}))
    one, invitation = accounts.invite(
        db, "invited@demo.example", "北原あおい", Role.COORDINATOR, network, ACTOR, write
    )
    for email, role in (("device", Role.COORDINATOR), ("school2", Role.SCHOOL)):
        accounts.add_account(db, f"{email}@demo.example", role, PASSWORD)
    _add_passkeys(db, accounts.add_account(db, "passkey@demo.example", Role.SCHOOL, PASSWORD))
    account = accounts.find_account(db, "device@demo.example")
    assert account
    accounts.begin_device(db, account.id, "t")
    secret = accounts.secret_to_set_up(db, account.id, "t")
    assert secret
    accounts.set_up_device(db, account.id, pyotp.TOTP(secret).now(), "t")
    with transaction(db):
        reset = make_link(db, Purpose.RESET, account.actor, 1)
    return {
        "invitation": invitation,
        "reset": reset,
        "invited": str(one.id),
        "person": str(account.id),
    }
