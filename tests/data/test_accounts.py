"""Accounts: passwords and the throttle, sessions and the second step, invitations and resets."""

from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher
from support import PASSWORD, Clock

from ibasho.data import accounts
from ibasho.data.accounts import Role, Scope, Step, TooManyAttemptsError, WeakPasswordError
from ibasho.data.accounts.attempts import ATTEMPTS, ATTEMPTS_OF_ADDRESS, note_attempt
from ibasho.data.accounts.passwords import hash_password
from ibasho.data.database import Database, open_database
from ibasho.data.links import DeadLinkError
from ibasho.data.mail import Message, read_mails, read_message
from ibasho.data.record import read_record

EMAIL = "aoi@example.jp"
OTHER = "another four words here"
STAFF = frozenset({Role.ADMIN, Role.COORDINATOR})


@pytest.fixture
def aoi(db: Database) -> accounts.Account:
    return accounts.add_account(db, EMAIL, Role.COORDINATOR, PASSWORD)


def write(token: str) -> Message:
    return Message(EMAIL, "title", token)


def write_to(address: str, token: str) -> Message:
    return Message(address, "title", token)


def tell(account: accounts.Account) -> Message:
    return Message(account.email, "changed", "changed")


def warn(address: str) -> Message:
    return Message(address, "locked", "locked")


def enter(db: Database, password: str = PASSWORD, address: str = "here") -> accounts.Opened:
    opened = accounts.sign_in(db, EMAIL, password, address, warn=warn)
    assert opened
    return opened


def guess(db: Database, number: int, email: str = EMAIL, address: str = "") -> object:
    """A wrong password, from a network address of its own unless one is said."""
    return accounts.sign_in(db, email, f"wrong words {number}", address or f"at {number}", (), warn)


def mails(db: Database, template: str) -> list[Message]:
    return [read_message(db, one.id) for one in read_mails(db) if one.template == template]


def code_at(clock: Clock, secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock.moment, counter_offset=steps)


def set_up(db: Database, clock: Clock, account_id: int) -> tuple[str, list[str]]:
    """Set up a device; its secret and the spare codes."""
    accounts.begin_device(db, account_id, "a token")
    secret = accounts.secret_to_set_up(db, account_id, "a token")
    assert secret
    codes = accounts.set_up_device(db, account_id, code_at(clock, secret), "a token")
    assert codes
    return secret, codes


# -- passwords


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "short"),
        ("x" * 1025, "long"),
        ("password1234", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
        ("ibasho123456789", "common"),
    ],
)
def test_a_weak_password_is_refused(password: str, why: str) -> None:
    with pytest.raises(WeakPasswordError, match=why):
        hash_password(password)


@pytest.mark.parametrize("password", ["twelve chars", "いろはにほへとちりぬるを", "wide sea " * 15])
def test_long_and_foreign_passwords_are_good(password: str) -> None:
    assert hash_password(password).startswith("$argon2id$")


def test_a_weaker_hash_of_before_is_made_anew_at_sign_in(
    db: Database, aoi: accounts.Account
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    db.table("account").update(aoi.id, {"password_hash": weak})
    enter(db)
    kept = db.execute("SELECT password_hash FROM account").fetchone()[0]
    assert kept != weak
    assert not PasswordHasher().check_needs_rehash(kept)


# -- the throttle


def test_guesses_are_counted_for_one_account_until_the_window_has_passed(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    for number in range(ATTEMPTS):
        assert guess(db, number) is None
    with pytest.raises(TooManyAttemptsError):
        enter(db)
    clock.later(minutes=14)
    with pytest.raises(TooManyAttemptsError):
        enter(db)
    clock.later(minutes=2)
    assert enter(db)


def test_guesses_at_one_account_keep_nobody_else_out(db: Database, aoi: accounts.Account) -> None:
    for number in range(ATTEMPTS):
        guess(db, number, "somebody.else@example.jp")
    with pytest.raises(TooManyAttemptsError):
        guess(db, 99, "somebody.else@example.jp")
    assert enter(db)


def test_guesses_from_one_address_are_counted_whatever_the_account_and_survive_a_restart(
    db: Database, data_dir: Path
) -> None:
    for number in range(ATTEMPTS_OF_ADDRESS):
        note_attempt(db, f"account person{number}@example.jp", "one address")
    db.close()
    again = open_database(data_dir)
    with pytest.raises(TooManyAttemptsError):
        guess(again, 99, "new@example.jp", "one address")
    assert guess(again, 99, "new@example.jp", "another address") is None
    again.close()


def test_who_is_locked_out_is_told_once_an_hour_and_the_administrator_sees_it(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    for number in range(ATTEMPTS):
        guess(db, number)
    assert mails(db, "account_locked") == []
    for number in range(3):
        with pytest.raises(TooManyAttemptsError):
            guess(db, number)
    assert [one.to for one in mails(db, "account_locked")] == [EMAIL]
    assert accounts.read_person(db, aoi.id).is_locked
    assert "lock_out" in [one.action for one in read_record(db, aoi.actor)]
    clock.later(minutes=61)
    assert not accounts.read_person(db, aoi.id).is_locked
    for number in range(ATTEMPTS):
        guess(db, number)
    with pytest.raises(TooManyAttemptsError):
        guess(db, 99)
    assert len(mails(db, "account_locked")) == 2


def test_nobody_is_written_to_about_an_account_that_is_not(db: Database) -> None:
    for number in range(ATTEMPTS):
        guess(db, number)
    with pytest.raises(TooManyAttemptsError):
        guess(db, 99)
    assert read_mails(db) == []


# -- sessions


def test_a_session_ends_when_it_is_idle(db: Database, aoi: accounts.Account, clock: Clock) -> None:
    token = enter(db).token
    for _ in range(3):
        clock.later(minutes=119)
        assert accounts.read_session(db, token) == aoi
    clock.later(minutes=121)
    assert accounts.read_session(db, token) is None


def test_a_session_ends_after_half_a_day(db: Database, aoi: accounts.Account, clock: Clock) -> None:
    token = enter(db).token
    for _ in range(7):
        clock.later(minutes=100)
        assert accounts.read_session(db, token)
    clock.later(minutes=21)
    assert accounts.read_session(db, token) is None


Change = Callable[[Database, accounts.Account], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda db, one: accounts.set_password(db, one.email, OTHER),
        lambda db, one: accounts.change_account(db, one.id, "", Role.SCHOOL, one.scope, "x"),
        lambda db, one: accounts.change_account(
            db, one.id, "", one.role, Scope(networks=frozenset({"ひがしネット"})), "x"
        ),
        lambda db, one: accounts.close_account(db, one.id, "x"),
        lambda db, one: accounts.remove_second_step(db, one.id, "x"),
        lambda db, one: accounts.end_sessions(db, one.id),
    ],
    ids=["password", "role", "scope", "close", "second step", "by hand"],
)
def test_what_changes_an_account_ends_its_sessions(
    db: Database, aoi: accounts.Account, change: Change
) -> None:
    first, second = enter(db).token, enter(db).token
    change(db, aoi)
    assert accounts.read_session(db, first) is None
    assert accounts.read_session(db, second) is None


def test_a_new_name_ends_no_session(db: Database, aoi: accounts.Account) -> None:
    token = enter(db).token
    accounts.change_account(db, aoi.id, "あおい", Role.COORDINATOR, Scope(), "x")
    account = accounts.read_session(db, token)
    assert account
    assert account.name == "あおい"


def test_a_session_can_be_ended_by_its_account_alone(db: Database, aoi: accounts.Account) -> None:
    here, there = enter(db).token, enter(db).token
    other = accounts.add_account(db, "b@example.jp", Role.SCHOOL, PASSWORD)
    [one] = [one for one in accounts.read_sessions(db, aoi.id, here) if not one.is_this]
    accounts.end_session(db, other.id, one.id)
    assert accounts.read_session(db, there)
    accounts.end_session(db, aoi.id, one.id)
    assert accounts.read_session(db, there) is None
    assert accounts.read_session(db, here)


# -- the second step


def test_a_password_alone_opens_no_session_where_a_second_step_is_set_up(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    secret, _ = set_up(db, clock, aoi.id)
    half = enter(db)
    assert half.step is Step.CODE
    assert accounts.read_session(db, half.token) is None
    assert accounts.type_code(db, half.token, "000000", "here") is None
    clock.later(seconds=30)
    opened = accounts.type_code(db, half.token, code_at(clock, secret), "here")
    assert opened
    assert accounts.read_session(db, opened.token) == aoi
    assert accounts.type_code(db, half.token, code_at(clock, secret, 1), "here") is None, "used up"


def test_a_code_is_good_once(db: Database, aoi: accounts.Account, clock: Clock) -> None:
    secret, _ = set_up(db, clock, aoi.id)
    assert not accounts.take_code(db, aoi.id, code_at(clock, secret)), "it set the device up"
    clock.later(seconds=30)
    code = code_at(clock, secret)
    assert accounts.take_code(db, aoi.id, code)
    assert not accounts.take_code(db, aoi.id, code)
    assert not accounts.take_code(db, aoi.id, code_at(clock, secret, -1)), "older than the last"


def test_a_clock_may_be_one_step_off_and_no_more(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    secret, _ = set_up(db, clock, aoi.id)
    clock.later(minutes=10)
    assert not accounts.take_code(db, aoi.id, code_at(clock, secret, -2))
    assert not accounts.take_code(db, aoi.id, code_at(clock, secret, 2))
    assert accounts.take_code(db, aoi.id, code_at(clock, secret, -1))
    assert accounts.take_code(db, aoi.id, code_at(clock, secret, 1))


def test_codes_are_throttled_for_the_account_and_a_right_password_does_not_begin_anew(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    secret, _ = set_up(db, clock, aoi.id)
    clock.later(minutes=1)
    wrong = next(one for one in ("000000", "111111") if one != code_at(clock, secret))
    for _ in range(ATTEMPTS):
        assert accounts.type_code(db, enter(db).token, wrong, "here", warn) is None
    with pytest.raises(TooManyAttemptsError):
        accounts.type_code(db, enter(db).token, code_at(clock, secret), "here", warn)
    assert accounts.read_person(db, aoi.id).is_locked
    assert len(mails(db, "account_locked")) == 1
    clock.later(minutes=16)
    assert accounts.type_code(db, enter(db).token, code_at(clock, secret), "here", warn)


def test_the_first_half_of_a_sign_in_grows_old(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    secret, _ = set_up(db, clock, aoi.id)
    half = enter(db).token
    clock.later(minutes=16)
    assert accounts.waiting_for(db, half) is None
    assert accounts.type_code(db, half, code_at(clock, secret), "here") is None


def test_a_demanded_second_step_is_set_up_at_the_first_sign_in(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    def password() -> accounts.Opened:
        opened = accounts.sign_in(db, EMAIL, PASSWORD, "here", STAFF)
        assert opened
        return opened

    first = password()
    assert first.step is Step.SET_UP
    secret = accounts.secret_to_set_up(db, aoi.id, first.token)
    assert secret
    assert accounts.read_session(db, first.token) is None
    assert accounts.type_code(db, first.token, code_at(clock, secret), "here") is None
    assert accounts.set_up_and_enter(db, first.token, "000000", "here") is None
    done = accounts.set_up_and_enter(db, first.token, code_at(clock, secret), "here")
    assert done
    opened, codes = done
    assert accounts.read_session(db, opened.token) == aoi
    assert len(codes) == len(set(codes)) == 8
    assert accounts.secret_to_set_up(db, aoi.id, first.token) is None
    assert password().step is Step.CODE
    assert accounts.waiting_for(db, first.token) is None, "every other half has ended"


def test_a_device_is_set_up_with_a_secret_that_no_other_sign_in_has_seen(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    thief = accounts.sign_in(db, EMAIL, PASSWORD, "there", STAFF)
    assert thief
    seen = accounts.secret_to_set_up(db, aoi.id, thief.token)
    own = accounts.sign_in(db, EMAIL, PASSWORD, "here", STAFF)
    assert own
    secret = accounts.secret_to_set_up(db, aoi.id, own.token)
    assert seen
    assert secret
    assert seen != secret
    assert accounts.waiting_for(db, thief.token) is None, "the newest alone"
    assert accounts.set_up_and_enter(db, own.token, code_at(clock, secret), "here")
    clock.later(seconds=30)
    assert not accounts.take_code(db, aoi.id, code_at(clock, seen))


def test_a_secret_made_in_a_session_is_shown_to_no_half_sign_in(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    session = enter(db).token
    thief = accounts.sign_in(db, EMAIL, PASSWORD, "there", STAFF)
    assert thief
    accounts.begin_device(db, aoi.id, session)
    own, other = (accounts.secret_to_set_up(db, aoi.id, one) for one in (session, thief.token))
    assert own
    assert own != other
    assert accounts.set_up_device(db, aoi.id, code_at(clock, own), session)
    assert accounts.waiting_for(db, thief.token) is None
    assert accounts.secret_to_set_up(db, aoi.id, thief.token) is None
    assert accounts.read_session(db, session) == aoi


def test_a_school_is_not_asked_for_a_second_step(db: Database) -> None:
    accounts.add_account(db, EMAIL, Role.SCHOOL, PASSWORD)
    opened = accounts.sign_in(db, EMAIL, PASSWORD, "here", STAFF)
    assert opened
    assert opened.step is Step.NONE


def test_a_spare_code_is_good_once_however_it_is_typed(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    _, codes = set_up(db, clock, aoi.id)
    typed = f"{codes[0][:4].upper()}-{codes[0][4:8]} {codes[0][8:]}"
    assert accounts.take_code(db, aoi.id, typed)
    assert not accounts.take_code(db, aoi.id, codes[0])
    assert accounts.count_spare_codes(db, aoi.id) == 7
    new = accounts.new_spare_codes(db, aoi.id)
    assert not accounts.take_code(db, aoi.id, codes[1])
    assert accounts.take_code(db, aoi.id, new[1])


def test_neither_secret_nor_spare_codes_can_be_read_from_the_database(
    db: Database, aoi: accounts.Account, clock: Clock, data_dir: Path
) -> None:
    secret, codes = set_up(db, clock, aoi.id)
    token = enter(db).token
    db.close()
    for file in data_dir.iterdir():
        for text in (secret, token, *codes):
            assert text.encode() not in file.read_bytes()


def test_who_has_lost_all_sets_up_a_device_anew_and_is_told(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    _, codes = set_up(db, clock, aoi.id)
    accounts.remove_second_step(db, aoi.id, "account:9", tell(aoi))
    assert not accounts.has_second_step(db, aoi.id)
    assert not accounts.take_code(db, aoi.id, codes[0])
    assert len(mails(db, "account_changed")) == 1
    assert ("account:9", "remove_second_step") in [
        (one.actor, one.action) for one in read_record(db, aoi.actor)
    ]


# -- invitations


def invite(db: Database) -> tuple[accounts.Account, str]:
    scope = Scope(networks=frozenset({"ひがしネット"}))
    return accounts.invite(db, EMAIL, "あおい", Role.COORDINATOR, scope, "account:9", write)


def test_an_invitation_is_mailed_taken_up_once_and_opens_a_part_of_the_ward(
    db: Database, clock: Clock
) -> None:
    account, token = invite(db)
    assert [one.text for one in mails(db, "account_invitation")] == [token]
    assert accounts.read_person(db, account.id).state == "invited"
    assert accounts.sign_in(db, EMAIL, PASSWORD, "here") is None
    with pytest.raises(WeakPasswordError):
        accounts.take_up(db, token, "short")
    accounts.take_up(db, token, PASSWORD)
    assert enter(db).account.scope.networks == {"ひがしネット"}
    assert accounts.read_person(db, account.id).state == "active"
    with pytest.raises(DeadLinkError, match="used"):
        accounts.take_up(db, token, OTHER)


def test_an_invitation_is_good_for_a_week_and_the_newest_alone(db: Database, clock: Clock) -> None:
    account, first = invite(db)
    clock.later(days=6)
    accounts.invite_again(db, account.id, "account:9", write)
    with pytest.raises(DeadLinkError, match="used"):
        accounts.invited_by(db, first)
    second = mails(db, "account_invitation")[0].text
    clock.later(days=6, hours=23)
    assert accounts.invited_by(db, second) == account
    clock.later(hours=1)
    with pytest.raises(DeadLinkError, match="old"):
        accounts.take_up(db, second, PASSWORD)


def test_a_closed_account_is_shut_in_every_way_and_can_be_opened_again(
    db: Database, aoi: accounts.Account
) -> None:
    accounts.ask_reset(db, EMAIL, "here", write_to)
    token = mails(db, "account_reset")[0].text
    accounts.close_account(db, aoi.id, "account:9")
    assert accounts.sign_in(db, EMAIL, PASSWORD, "here") is None
    with pytest.raises(DeadLinkError):
        accounts.choose_password(db, token, OTHER, tell)
    accounts.ask_reset(db, EMAIL, "here", write_to)
    assert len(mails(db, "account_reset")) == 1
    accounts.reopen_account(db, aoi.id, "account:9")
    assert enter(db)


def test_who_keeps_the_accounts_cannot_shut_themselves_out(db: Database) -> None:
    admin = accounts.add_account(db, EMAIL, Role.ADMIN, PASSWORD)
    with pytest.raises(accounts.OwnAccountError):
        accounts.close_account(db, admin.id, admin.actor)
    with pytest.raises(accounts.OwnAccountError):
        accounts.change_account(db, admin.id, "", Role.SCHOOL, Scope(), admin.actor)


def test_nobody_removes_their_own_second_step(db: Database, clock: Clock) -> None:
    admin = accounts.add_account(db, EMAIL, Role.ADMIN, PASSWORD)
    set_up(db, clock, admin.id)
    with pytest.raises(accounts.OwnAccountError):
        accounts.remove_second_step(db, admin.id, admin.actor, tell(admin))
    assert accounts.has_second_step(db, admin.id)
    assert mails(db, "account_changed") == []


# -- forgotten passwords


def test_a_forgotten_password_is_chosen_anew_within_an_hour(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    session = enter(db).token
    accounts.ask_reset(db, f" {EMAIL.upper()} ", "here", write_to)
    accounts.ask_reset(db, EMAIL, "here", write_to)
    [second, first] = mails(db, "account_reset")
    assert first.to == EMAIL
    clock.later(minutes=59)
    accounts.choose_password(db, first.text, OTHER, tell)
    assert accounts.read_session(db, session) is None
    assert accounts.sign_in(db, EMAIL, PASSWORD, "here") is None
    assert enter(db, OTHER)
    assert len(mails(db, "account_changed")) == 1
    for token, why in ((first.text, "used"), (second.text, "used")):
        with pytest.raises(DeadLinkError, match=why):
            accounts.choose_password(db, token, PASSWORD, tell)


def test_a_link_for_a_new_password_is_good_for_an_hour(
    db: Database, aoi: accounts.Account, clock: Clock
) -> None:
    accounts.ask_reset(db, EMAIL, "here", write_to)
    clock.later(minutes=60)
    with pytest.raises(DeadLinkError, match="old"):
        accounts.reset_of(db, mails(db, "account_reset")[0].text)


def test_asking_for_an_unknown_address_does_the_same_and_leaves_nothing(
    db: Database, aoi: accounts.Account
) -> None:
    written = []

    def note(address: str, token: str) -> Message:
        written.append(address)
        return write_to(address, token)

    accounts.ask_reset(db, "nobody@example.jp", "here", note)
    assert written == ["nobody@example.jp"]
    assert read_mails(db) == []
    assert db.execute("SELECT count(*) FROM link").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM sign_in_attempt").fetchone()[0] == 2


def test_nobody_is_flooded_with_mails_about_a_forgotten_password(
    db: Database, aoi: accounts.Account
) -> None:
    for _ in range(3):
        accounts.ask_reset(db, EMAIL, "here", write_to)
    with pytest.raises(TooManyAttemptsError):
        accounts.ask_reset(db, EMAIL, "elsewhere", write_to)
    assert len(mails(db, "account_reset")) == 3


def test_an_invitation_chooses_no_password_for_an_account_in_use(db: Database) -> None:
    account, token = invite(db)
    accounts.take_up(db, token, PASSWORD)
    accounts.ask_reset(db, account.email, "here", write_to)
    reset = mails(db, "account_reset")[0].text
    with pytest.raises(DeadLinkError, match="unknown"):
        accounts.take_up(db, reset, OTHER)


def test_changing_the_password_asks_for_the_old_one_and_keeps_this_session(
    db: Database, aoi: accounts.Account
) -> None:
    here, there = enter(db).token, enter(db).token
    assert not accounts.change_password(db, aoi, "wrong words", OTHER, here, "x", tell)
    assert accounts.change_password(db, aoi, PASSWORD, OTHER, here, "x", tell)
    assert accounts.read_session(db, here)
    assert accounts.read_session(db, there) is None
    assert len(mails(db, "account_changed")) == 1
