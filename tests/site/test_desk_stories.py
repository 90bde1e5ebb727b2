"""The ways of the desk from end to end, with each mail as a real mail server got it."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from mailbox import Mailbox, mailbox
from pathlib import Path

import pytest
from browsing import Walk
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from support import PASSWORD

from ibasho.data.accounts import Role, add_account
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.listings import ContactVisibility, Email
from ibasho.site.commands import main

Publish = Callable[..., str]
NewWalk = Callable[..., Walk]
OFFICE = "desk@example.jp"
expect.set_options(timeout=30_000)  # a machine may have other work
PLACE = {
    "name": "ほしぞら食堂",
    "municipality": "東京都西東京市",
    "address": "南町5-6-13",
    "schedule_text": "毎月第2・4土曜日 11:30～14:00",
    "phone": "042-000-0000",
    "person": "かなりあさん",
    "mail": "canary@example.jp",
}


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server, to which the site and its commands send."""
    with mailbox() as opened:
        monkeypatch.setenv("IBASHO_SMTP", opened.address)
        monkeypatch.setenv("IBASHO_MAIL_FROM", "office@ward.example.jp")
        yield opened


@pytest.fixture
def run(data_dir: Path) -> Callable[..., None]:
    def start(*words: str) -> None:
        done = CliRunner().invoke(main, ["--data-dir", str(data_dir), *words])
        assert done.exit_code == 0, done.output

    return start


@pytest.fixture
def office(db: Database, walk: NewWalk) -> Callable[[str], Page]:
    """Somebody of the office in a window of their own, signed in, on a page of the desk."""
    add_account(db, OFFICE, Role.COORDINATOR, PASSWORD)

    def start(address: str) -> Page:
        page = walk(1280).page
        page.goto(address)
        page.locator("#email").fill(OFFICE)
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()
        page.wait_for_url(f"{address}*")
        return page

    return start


def paths_in(mail: EmailMessage, pattern: str) -> list[str]:
    """The addresses of this site in a mail, without its host; Japanese before English."""
    return re.findall(rf"http://127\.0\.0\.1:[0-9]+({pattern})", mail.get_content())


def from_the_mail(site: str, mail: EmailMessage, walk: NewWalk, script: bool, at: int = 0) -> Page:
    """Follow a link of a mail in a browser that has never been here."""
    visitor = walk(360, script)
    visitor.page.goto(site + paths_in(mail, r"/confirm/\w+")[at])
    return visitor.page


@pytest.mark.parametrize("script", [True, False])
def test_from_registration_to_a_public_page(
    serve: Callable[[str], str], walk: NewWalk, office: Callable[[str], Page], publish: Publish,
    post: Mailbox, script: bool,
) -> None:  # fmt: skip
    """Nobody runs a command here: the site sends by itself."""
    publish("子ども食堂 ほしぞら", address="東京都西東京市南町5丁目6番13号")
    site = serve("")

    page = walk(360, script).page
    page.goto(f"{site}/register")
    for name, value in PLACE.items():
        page.locator(f"#{name}").fill(value)
    page.locator("#consent").check()
    page.get_by_role("button", name="確認に進む").click()
    warning = page.get_by_role("alert")
    expect(warning.get_by_role("link", name="子ども食堂 ほしぞら")).to_be_visible()
    expect(page.locator(".dates li")).to_have_count(6)
    page.get_by_role("button", name="いいえ、別の場所です").click()
    page.wait_for_url("**/thanks/sent")
    assert page.context.cookies() == []

    mail = post.next()
    assert mail["To"] == PLACE["mail"]
    page = from_the_mail(site, mail, walk, script)
    page.locator("main form button").click()
    page.wait_for_url("**/thanks/confirmed")

    desk = office(f"{site}/coordinator/")
    desk.locator("main a", has_text=PLACE["name"]).first.click()
    desk.locator("#suggested-1").check()
    desk.locator("#reason").fill("お休みの月もお書きください。")
    desk.locator("#return form button").click()
    expect(desk.get_by_role("status")).to_contain_text("メールで")

    mail = post.next()
    assert mail["To"] == PLACE["mail"]
    assert "お休みの月もお書きください。" in mail.get_content()
    page = from_the_mail(site, mail, walk, script)
    expect(page.locator("main .notice")).to_contain_text("お休みの月もお書きください。")
    page.locator("#schedule_text").fill("毎月第2・4土曜日 11:30～14:00（8月は休み）")
    page.get_by_role("button", name="確認に進む").click()
    page.get_by_role("button", name="事務局に送る").click()
    page.wait_for_url("**/thanks/corrected")
    assert page.context.cookies() == []

    desk.goto(f"{site}/coordinator/")
    desk.locator("main a", has_text=PLACE["name"]).first.click()
    desk.get_by_role("button", name="承認して公開する").click()
    expect(desk.get_by_role("status")).to_be_visible()

    mail = post.next()
    [public, *_] = paths_in(mail, r"/listings/\w+")
    visitor = walk(360, script)
    visitor.page.goto(site + public)
    expect(visitor.page.locator("h1")).to_have_text(PLACE["name"])
    expect(visitor.page.locator("main")).to_contain_text("8月は休み")
    shown = visitor.page.content()
    assert "canary" not in shown
    assert "かなりあ" not in shown
    assert not visitor.wrong
    assert len(post.got) == 3, "each mail came once"
    desk.goto(f"{site}/coordinator/pipeline")
    expect(desk.locator(".stage-public a", has_text=PLACE["name"])).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_from_a_reminder_to_a_place_that_is_gone(
    serve: Callable[[str], str], walk: NewWalk, office: Callable[[str], Page], publish: Publish,
    run: Callable[..., None], post: Mailbox, script: bool,
) -> None:  # fmt: skip
    hana = Email("hana@example.jp", "", ContactVisibility.STAFF_ONLY)
    old = today() - dt.timedelta(days=200)
    listing = publish("みなみ子ども食堂", assured_date=old, emails=(hana,))
    site = serve("")
    visitor = walk(360, script)
    visitor.page.goto(f"{site}/search?q=みなみ子ども食堂")
    expect(visitor.page.locator("article.card h3")).to_have_text(["みなみ子ども食堂"])

    run("remind")
    run("mail")
    mail = post.next()
    assert mail["To"] == hana.address
    page = from_the_mail(site, mail, walk, script, at=2)
    page.locator("#words").fill("会場がなくなります")
    page.get_by_role("button", name="はい、活動を終えました").click()
    page.wait_for_url("**/confirmed?what=stopped&undo=*")
    assert page.context.cookies() == []

    answer = visitor.page.goto(f"{site}/listings/{listing}")
    assert answer
    assert answer.status in {404, 410}
    expect(visitor.page.locator("main .button", has_text="場所をさがす")).to_be_visible()
    visitor.page.goto(f"{site}/search?q=みなみ子ども食堂")
    expect(visitor.page.locator("article.card")).to_have_count(0)
    for at in range(3):
        used = from_the_mail(site, mail, walk, script, at)
        expect(used.locator("main")).to_contain_text("窓口に電話")

    desk = office(f"{site}/coordinator/")
    desk.locator("main").get_by_role("link", name="提供者からの返事").click()
    expect(desk.locator("blockquote")).to_have_text("会場がなくなります")
    desk.locator("button[value=archive]").click()
    expect(desk.get_by_role("status")).to_be_visible()
    expect(desk.locator("blockquote")).to_have_count(0)
