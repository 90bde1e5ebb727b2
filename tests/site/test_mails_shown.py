"""What the desk may read of a mail: no link that acts for somebody, no letter on an account."""

import datetime as dt
from pathlib import Path

import pytest
from flask import Flask
from support import ReadingClient

from ibasho.data.database import Database
from ibasho.data.mail import Message, UnknownMailError, queue_mail, read_mails, show_message
from ibasho.site import mails
from ibasho.site.config import Settings

TOKEN = "abcd-efgh-jkmn-pqrs"
TEMPLATES = sorted(
    file.stem for file in (Path(mails.__file__).parent / "templates" / "mail").glob("*.txt")
)
LINKED = {
    "account_invitation", "account_reset", "confirm_mail", "invitation", "public", "remind",
    "returned",
}  # fmt: skip


def written(settings: Settings, template: str) -> str:
    """The text of any mail, with everything that one of them needs."""
    link = mails.link(settings, TOKEN)
    values = dict.fromkeys(
        (
            "name", "network", "other", "member", "giver", "need", "offer", "phone", "title",
            "text", "what", "reason", "schedule", "listing_id",
        ),
        "みなみ",
    ) | dict.fromkeys(("link", "still_true", "change", "stopped"), link)  # fmt: skip
    return mails.write_mail(
        settings,
        template,
        "a@example.jp",
        **values,
        token=TOKEN,
        people=[],
        known_on=dt.date(2026, 1, 1),
        is_second=True,
        days=7,
        hours=1,
    ).text


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_mail_is_shown_with_a_link_that_can_be_used(settings: Settings, template: str) -> None:
    text = written(settings, template)
    assert (TOKEN in text) == (template in LINKED)
    shown = mails.without_tokens(text)
    assert TOKEN not in shown
    assert ("……" in shown) == (template in LINKED)
    assert shown.count("\n") == text.count("\n")


def test_every_address_that_a_token_opens_is_cut(app: Flask) -> None:
    secret = {"token", "invitation", "reset"}
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.arguments & secret]
    assert len(rules) >= 4
    for rule in rules:
        address = f"https://ward.example.jp/en{rule.partition('<')[0]}{TOKEN}"
        assert TOKEN not in mails.without_tokens(f"（{address}）")


def test_the_desk_reads_a_mail_without_the_token_of_its_link(
    db: Database, client: ReadingClient, settings: Settings
) -> None:
    text = f"次のページへ\n{mails.link(settings, TOKEN)}\nお待ちしています"
    mail = queue_mail(db, Message("a@example.jp", "題", text), "a", "remind")
    client.sign_in()
    form = {"form_token": client.token("/coordinator/mails"), "do": "read"}
    page = client.post(f"/coordinator/mails/{mail}", data=form).text
    assert "お待ちしています" in page
    assert "/confirm/……" in page
    assert TOKEN not in page


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name.startswith("account_")])
def test_a_letter_on_an_account_is_for_its_person_alone(
    db: Database, client: ReadingClient, template: str
) -> None:
    mail = queue_mail(db, Message("a@example.jp", "題", f"本文 {TOKEN}"), "a", template)
    client.sign_in()
    form = {"form_token": client.token("/coordinator/mails"), "do": "read"}
    assert 'value="read"' not in client.get("/coordinator/mails").text
    page = client.post(f"/coordinator/mails/{mail}", data=form)
    assert page.status_code == 303
    assert TOKEN not in page.text
    with pytest.raises(UnknownMailError):
        show_message(db, mail or 0, "account:1")
    assert not read_mails(db)[0].is_readable
    assert db.execute("SELECT count(*) FROM record WHERE action = 'read_mail'").fetchone()[0] == 0
