"""A provider phones: from the first word to the public page, counted in fields, clicks, seconds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browsing import Walk, served
from playwright.sync_api import Page, expect

from ibasho.data.accounts import Role, sign_in
from ibasho.data.clock import today
from ibasho.data.database import open_database
from ibasho.data.demo import make_demo

Walks = Callable[..., Walk]
LETTERS_A_SECOND = 4

NOTE = {
    "name": "ほしぞら食堂",
    "address": "南町5-6-13",
    "schedule_text": "毎月第2・4土曜日 11:30～14:00",
    "toddler": "0",
    "elementary": "0",
    "junior_high": "0",
    "high_school": "0",
    "adult": "300",
    "phones_public": "042-000-0000",
}
TICKS = ("子どもだけで来てよい", "予約不要")


@dataclass(frozen=True, slots=True)
class Desk:
    """A served desk, and the session of its coordinator."""

    site: str
    session: str

    def open(self, visit: Walk, address: str) -> Page:
        cookie = {"name": "ibasho", "value": self.session, "url": self.site}
        visit.page.context.add_cookies([cookie])  # type: ignore[list-item]
        visit.page.goto(f"{self.site}{address}")
        return visit.page


@dataclass(slots=True)
class Hand:
    """Somebody at the telephone who types and clicks, and how much of it."""

    page: Page
    clicks: int = 0
    typed: dict[str, int] = field(default_factory=dict)

    def click(self, role: str, name: str) -> None:
        self.page.locator("body").get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def type(self, name: str, text: str) -> None:
        self.page.locator(f"#{name}").fill(text)
        self.typed[name] = len(text)

    @property
    def seconds(self) -> float:
        return sum(self.typed.values()) / LETTERS_A_SECOND


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("desk")
    db = open_database(folder)
    _, accounts = make_demo(db, today())
    one = next(account for account in accounts if account.role is Role.COORDINATOR)
    opened = sign_in(db, one.email, one.password, "127.0.0.1")
    db.close()
    assert opened
    with served(folder, "") as site:
        yield Desk(site, opened.token)


@pytest.mark.parametrize(
    ("name", "buttons", "most_clicks"),
    [
        ("ほしぞら食堂", ("保存して確認へ", "承認して公開する"), 6),
        ("みかづき食堂", ("保存して公開する",), 5),
    ],
    ids=["checked", "at once"],
)
def test_a_provider_that_phones_is_public_within_few_fields_and_clicks(
    desk: Desk, walk: Walks, name: str, buttons: tuple[str, ...], most_clicks: int
) -> None:
    visit = walk(1280)
    page = desk.open(visit, "/coordinator/")
    hand = Hand(page)
    hand.click("link", "掲載を追加する")
    shown = page.locator("form.asking :is(input, select, textarea):visible").count()
    own = {"name": name, "phones_public": f"042-000-{len(buttons):04}"}
    for field_name, text in (NOTE | own).items():
        hand.type(field_name, text)
    for tick in TICKS:
        hand.click("checkbox", tick)
    hand.click("checkbox", "今日、電話で運営者に確認した")
    expect(page.locator("[data-schedule] .dates li")).to_have_count(6)
    expect(page.locator("[data-public]")).to_contain_text("東京都西東京市南町5-6-13")
    for button in buttons:
        hand.click("button", button)
    page.get_by_role("link", name="公開ページを見る").click()
    main = page.locator("main")
    for words in (name, "11:30～14:00", "大人 300円", *TICKS, "確認済み"):
        expect(main).to_contain_text(words)
    assert visit.wrong == []
    print(f"{shown} fields shown, {len(hand.typed)} typed, {hand.clicks} clicks, "
          f"{hand.seconds:.0f} s of typing")  # fmt: skip
    assert shown <= 25
    assert len(hand.typed) <= 14
    assert hand.clicks <= most_clicks
    assert hand.seconds <= 30


def test_the_pin_is_moved_by_keyboard_and_the_address_wins_again(desk: Desk, walk: Walks) -> None:
    visit = walk(1280)
    page = desk.open(visit, "/coordinator/listings/new")
    page.locator("#address").fill("南町5-6-13")
    pin = page.get_by_role("button", name="ピン：")
    pin.wait_for()
    circle = page.locator(".rough-area")
    expect(circle).to_have_count(1)
    pin.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    first = page.locator("#pin").input_value()
    assert re.fullmatch(r"35\.\d{6},139\.\d{6}", first)
    expect(circle).to_have_count(0)
    page.keyboard.press("ArrowDown")
    assert float(page.locator("#pin").input_value().split(",")[0]) < float(first.split(",")[0])
    page.get_by_role("button", name="住所から求めた位置に戻す").click()
    expect(page.locator("#pin")).to_have_value("")
    expect(circle).to_have_count(1)
    assert visit.hosts() == {desk.site.split("/")[2]}
    assert visit.wrong == []


def test_what_is_typed_is_kept_by_itself_and_found_again(desk: Desk, walk: Walks) -> None:
    visit = walk(768)
    page = desk.open(visit, "/coordinator/listings/new?kind=free_school")
    page.locator("#name").fill("とちゅうの学び舎")
    expect(page.locator("[data-draft-says]")).to_contain_text("下書きを保存しました", timeout=9000)
    page = desk.open(visit, "/coordinator/listings/new")
    page.get_by_role("link", name="続きを書く").click()
    expect(page.locator("#name")).to_have_value("とちゅうの学び舎")
    expect(page.locator("#kind")).to_have_value("free_school")
    page.locator("#kind").select_option("food_pantry")
    expect(page.locator("#name")).to_have_value("とちゅうの学び舎")
    assert page.locator("[value=attendance]").is_hidden()
    assert visit.wrong == []
