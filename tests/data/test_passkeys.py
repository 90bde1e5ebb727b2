"""Passkeys: what a device signs lets its owner in, once, and nothing else does."""

import hashlib
import json
from collections.abc import Callable

import pyotp
import pytest
from authenticator import PRESENT, Device, from_text, to_text
from support import PASSWORD, Clock

from ibasho.data import accounts
from ibasho.data.accounts import Opened, Place, Role, Step, TooManyAttemptsError
from ibasho.data.accounts.attempts import ATTEMPTS
from ibasho.data.database import Database
from ibasho.data.mail import Message, read_mails
from ibasho.data.record import read_record

HERE = Place("localhost", "http://localhost:8000")


@pytest.fixture
def aoi(db: Database) -> accounts.Account:
    return accounts.add_account(db, "aoi@example.jp", Role.COORDINATOR, PASSWORD)


@pytest.fixture
def device(db: Database, aoi: accounts.Account) -> Device:
    """A device with a passkey of Aoi's."""
    return add(db, aoi, Device())


def add(db: Database, account: accounts.Account, device: Device, name: str = "PC") -> Device:
    assert try_to_add(db, account, device, name) is not None
    return device


def try_to_add(
    db: Database, account: accounts.Account, device: Device, name: str = "PC"
) -> list[str] | None:
    answer = device.make(accounts.begin_passkey(db, account, "a session", HERE))
    told = Message(account.email, "added", "added")
    return accounts.add_passkey(db, account, "a session", HERE, answer, name, told)


def enter(db: Database, device: Device) -> Opened | None:
    asked = accounts.begin_entering(db, "a browser", HERE, "here")
    return accounts.enter_with_passkey(db, "a browser", device.sign(asked), HERE, "here")


def half_of(db: Database, email: str = "aoi@example.jp") -> str:
    half = accounts.sign_in(db, email, PASSWORD, "here")
    assert half
    assert half.step is Step.CODE
    return half.token


def step(db: Database, device: Device, half: str) -> Opened | None:
    asked = accounts.begin_passkey_step(db, half, HERE)
    assert asked
    return accounts.step_with_passkey(db, half, device.sign(asked), HERE, "here")


def actions(db: Database, account: accounts.Account) -> list[tuple[str, str]]:
    return [(one.action, one.detail) for one in read_record(db, account.actor)]


def name_of(device: Device) -> str:
    """How the record names its passkey."""
    return f"passkey:{hashlib.sha256(device.credential).hexdigest()[:8]}"


def test_a_passkey_is_both_steps_at_once_and_each_use_is_on_record(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    opened = enter(db, device)
    assert opened
    assert accounts.read_session(db, opened.token) == aoi
    assert actions(db, aoi)[:2] == [("sign-in", ""), ("use_passkey", name_of(device))]
    [passkey] = accounts.read_passkeys(db, aoi.id)
    assert passkey.used_at >= passkey.added_at


def test_a_passkey_is_the_second_step_after_the_password(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    half = half_of(db)
    opened = step(db, device, half)
    assert opened
    assert accounts.read_session(db, opened.token) == aoi
    assert accounts.waiting_for(db, half) is None


def test_beside_a_telephone_either_is_the_second_step(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    accounts.begin_device(db, aoi.id, "a session")
    totp = pyotp.TOTP(accounts.secret_to_set_up(db, aoi.id, "a session") or "")
    spare = accounts.set_up_device(db, aoi.id, totp.at(clock.moment), "a session")
    device = Device()
    assert try_to_add(db, aoi, device) == [], "the spare codes of the telephone stay"
    assert step(db, device, half_of(db))
    clock.later(seconds=30)
    assert accounts.type_code(db, half_of(db), totp.at(clock.moment), "here")
    assert spare
    assert accounts.type_code(db, half_of(db), spare[0], "here")
    accounts.remove_passkey(db, aoi, 1, "a session")
    assert half_of(db)
    assert accounts.count_spare_codes(db, aoi.id) == 7


def test_who_adds_the_first_gets_spare_codes_and_a_mail(
    db: Database, aoi: accounts.Account
) -> None:
    codes = try_to_add(db, aoi, Device())
    assert codes
    assert len(codes) == 8
    assert try_to_add(db, aoi, Device()) == []
    assert [one.template for one in read_mails(db)] == ["account_changed"] * 2
    opened = accounts.type_code(db, half_of(db), codes[0], "here")
    assert opened, "who has lost the device comes in with one"


def test_a_challenge_is_good_once_and_for_minutes(
    db: Database, aoi: accounts.Account, device: Device, clock: Clock
) -> None:
    asked = accounts.begin_entering(db, "a browser", HERE, "here")
    first, again = device.sign(asked), device.sign(asked)
    assert accounts.enter_with_passkey(db, "a browser", first, HERE, "here")
    assert not accounts.enter_with_passkey(db, "a browser", first, HERE, "here"), "replayed"
    assert not accounts.enter_with_passkey(db, "a browser", again, HERE, "here")
    late = device.sign(accounts.begin_entering(db, "a browser", HERE, "here"))
    clock.later(minutes=6)
    assert not accounts.enter_with_passkey(db, "a browser", late, HERE, "here")
    made = Device().make(accounts.begin_passkey(db, aoi, "a session", HERE))
    clock.later(minutes=6)
    assert accounts.add_passkey(db, aoi, "a session", HERE, made, "late") is None


def test_a_wrong_answer_uses_a_challenge_up_too(db: Database, device: Device) -> None:
    asked = accounts.begin_entering(db, "a browser", HERE, "here")
    good, wrong = device.sign(asked), json.loads(device.sign(asked))
    wrong["response"]["signature"] = to_text(b"nothing")
    assert not accounts.enter_with_passkey(db, "a browser", json.dumps(wrong), HERE, "here")
    assert not accounts.enter_with_passkey(db, "a browser", good, HERE, "here")


def test_a_challenge_is_for_the_browser_and_the_act_that_it_was_made_for(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    def is_in(token: str, answer: str) -> bool:
        return bool(accounts.enter_with_passkey(db, token, answer, HERE, "here"))

    asked = accounts.begin_entering(db, "a browser", HERE, "here")
    assert not is_in("another browser", device.sign(asked))
    asked = accounts.begin_passkey_step(db, half := half_of(db), HERE) or ""
    assert not is_in(half, device.sign(asked))
    assert accounts.step_with_passkey(db, half, device.sign(asked), HERE, "here")
    made = Device().make(accounts.begin_passkey(db, aoi, "a session", HERE))
    assert accounts.add_passkey(db, aoi, "another session", HERE, made, "PC") is None
    assert accounts.add_passkey(db, aoi, "a session", HERE, made, "PC") is not None


def test_another_accounts_passkey_is_no_second_step(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    other = accounts.add_account(db, "b@example.jp", Role.COORDINATOR, PASSWORD)
    stranger = add(db, other, Device())
    half = half_of(db)
    assert step(db, stranger, half) is None
    assert ("use_passkey", name_of(stranger)) not in actions(db, other)
    assert step(db, device, half), "the half goes on waiting for its own"


def test_a_passkey_is_of_one_account_alone(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    other = accounts.add_account(db, "b@example.jp", Role.COORDINATOR, PASSWORD)
    assert try_to_add(db, other, Device(credential=device.credential)) is None
    posing = Device(credential=device.credential, user=device.user)
    assert enter(db, posing) is None, "signed with another key"
    device.user = b"somebody else"
    assert enter(db, device) is None


def test_a_counter_that_goes_back_is_refused_and_put_on_record(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    device.counter = 7
    assert enter(db, device)
    for counter in (8, 3, 0):
        device.counter = counter - 1
        assert enter(db, device) is None, "a copy"
        assert actions(db, aoi)[0] == ("refuse_passkey", name_of(device))
    device.counter = 8
    assert enter(db, device)


def test_a_device_that_does_not_count_is_let_in(db: Database, device: Device) -> None:
    for _ in range(2):
        device.counter = -1
        assert enter(db, device)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda device: setattr(device, "flags", PRESENT),
        lambda device: setattr(device, "origin", "http://localhost:9000"),
        lambda device: setattr(device, "origin", "https://1ocalhost.example"),
    ],
    ids=["not verified", "port", "false page"],
)
def test_what_a_false_page_or_an_open_device_gives_is_refused(
    db: Database, aoi: accounts.Account, device: Device, spoil: Callable[[Device], None]
) -> None:
    spoil(device)
    assert enter(db, device) is None
    assert step(db, device, half_of(db)) is None
    new = Device()
    spoil(new)
    assert try_to_add(db, aoi, new) is None


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "x" * 100, '{"id": 1}'])
def test_nonsense_is_refused(db: Database, aoi: accounts.Account, answer: str) -> None:
    accounts.begin_entering(db, "a browser", HERE, "here")
    assert accounts.enter_with_passkey(db, "a browser", answer, HERE, "here") is None
    accounts.begin_passkey(db, aoi, "a session", HERE)
    assert accounts.add_passkey(db, aoi, "a session", HERE, answer, "PC") is None


def test_bytes_that_were_changed_anywhere_are_refused(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    for key in ("clientDataJSON", "attestationObject"):
        for place in range(0, 200, 7):
            made = json.loads(Device().make(accounts.begin_passkey(db, aoi, "a session", HERE)))
            body = bytearray(from_text(made["response"][key]))
            body[place % len(body)] ^= 0xFF
            made["response"][key] = to_text(bytes(body))
            accounts.add_passkey(db, aoi, "a session", HERE, json.dumps(made), "PC")
    for key in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for place in range(0, 60, 7):
            asked = accounts.begin_entering(db, "a browser", HERE, f"at {key} {place}")
            answer = json.loads(device.sign(asked))
            body = bytearray(from_text(answer["response"][key]))
            body[place % len(body)] ^= 0xFF
            answer["response"][key] = to_text(bytes(body))
            db.execute("DELETE FROM sign_in_attempt")
            assert not accounts.enter_with_passkey(
                db, "a browser", json.dumps(answer), HERE, f"at {key} {place}"
            )


Change = Callable[[Database, accounts.Account], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda db, one: accounts.remove_passkey(db, one, 1, "a session"),
        lambda db, one: accounts.remove_second_step(db, one.id, "account:9"),
        lambda db, one: accounts.close_account(db, one.id, "account:9"),
    ],
    ids=["removed", "second step removed", "closed"],
)
def test_a_passkey_that_ended_opens_nothing_and_what_it_opened_ends(
    db: Database, aoi: accounts.Account, device: Device, change: Change
) -> None:
    opened = enter(db, device)
    assert opened
    asked = accounts.begin_entering(db, "a browser", HERE, "here")
    change(db, aoi)
    assert accounts.read_session(db, opened.token) is None
    answer = device.sign(asked)
    assert accounts.enter_with_passkey(db, "a browser", answer, HERE, "here") is None
    assert enter(db, device) is None


def test_nobody_removes_or_names_the_passkey_of_somebody_else(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    other = accounts.add_account(db, "b@example.jp", Role.COORDINATOR, PASSWORD)
    accounts.remove_passkey(db, other, 1, "a session")
    accounts.rename_passkey(db, other.id, 1, "mine")
    assert [one.name for one in accounts.read_passkeys(db, aoi.id)] == ["PC"]
    assert enter(db, device)


def test_with_the_last_passkey_go_the_spare_codes_unless_a_device_is_set_up(
    db: Database, aoi: accounts.Account, device: Device
) -> None:
    add(db, aoi, Device())
    accounts.remove_passkey(db, aoi, 1, "a session")
    assert accounts.count_spare_codes(db, aoi.id) == 8
    accounts.remove_passkey(db, aoi, 2, "a session")
    assert accounts.count_spare_codes(db, aoi.id) == 0
    opened = accounts.sign_in(db, aoi.email, PASSWORD, "here")
    assert opened
    assert opened.step is Step.NONE


def test_a_locked_account_is_locked_for_passkeys_too(
    db: Database, aoi: accounts.Account, device: Device, clock: Clock
) -> None:
    for number in range(ATTEMPTS):
        accounts.sign_in(db, aoi.email, f"wrong words {number}", "elsewhere")
    with pytest.raises(TooManyAttemptsError):
        enter(db, device)
    clock.later(minutes=16)
    assert enter(db, device)
    device.key = Device().key
    for _ in range(ATTEMPTS):
        assert enter(db, device) is None
    with pytest.raises(TooManyAttemptsError):
        enter(db, device)


def test_who_asks_too_often_waits(db: Database, clock: Clock) -> None:
    for _ in range(240):
        accounts.begin_entering(db, "a browser", HERE, "one address")
    with pytest.raises(TooManyAttemptsError):
        accounts.begin_entering(db, "a browser", HERE, "one address")
    assert accounts.begin_entering(db, "a browser", HERE, "another address")
