"""Mails reach a real mail server once, whatever fails on the way, and none is lost."""

import datetime as dt
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from mailbox import Mailbox, listening, mailbox
from pathlib import Path

import pytest
from browsing import served
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from support import free_port

from ibasho.data.database import Database, open_database, transaction
from ibasho.data.mail import MailState, Message, claim_mail, count_mails, queue_mail, read_mails
from ibasho.site.commands import main
from ibasho.site.config import Settings, UnsafeConfigurationError
from ibasho.site.sending import Sent, send_due

JAPANESE = Message(
    "hana@example.jp", "「みなみ食堂」の掲載内容はいまも正しいですか", "毎月第2土曜\n.行頭の点\n"
)
FROM = "desk@ward.example.jp"


@pytest.fixture
def post() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture
def own(settings: Settings, post: Mailbox) -> Settings:
    return replace(settings, smtp=post.address, mail_from=FROM, mail_name="西区役所 子育て支援課")


def queue(db: Database, key: str = "a", message: Message = JAPANESE) -> None:
    with transaction(db):
        queue_mail(db, message, key, "remind")


def make_due(db: Database) -> None:
    with transaction(db):
        db.execute("UPDATE mail SET due_at = '2000'")


def states(db: Database) -> list[str]:
    return [str(one.state) for one in read_mails(db)]


def test_a_japanese_mail_arrives_as_it_was_written(
    db: Database, own: Settings, post: Mailbox
) -> None:
    queue(db)
    assert send_due(db, own) == Sent(sent=1)
    [got] = post.got
    assert got["Subject"] == JAPANESE.title
    assert got.get_content().replace("\r\n", "\n") == JAPANESE.text
    assert got["From"].addresses[0].display_name == "西区役所 子育て支援課"
    assert got["To"] == "hana@example.jp"
    assert got["Auto-Submitted"] == "auto-generated"
    assert abs(got["Date"].datetime - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert states(db) == ["sent"]


def test_two_senders_send_each_mail_once(
    db: Database, data_dir: Path, own: Settings, post: Mailbox
) -> None:
    for number in range(20):
        queue(db, str(number), replace(JAPANESE, title=str(number)))

    def send(_: int) -> int:
        other = open_database(data_dir)
        try:
            return send_due(other, own).sent
        finally:
            other.close()

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(send, range(2)))
    assert sum(counts) == 20
    assert sorted(int(one["Subject"]) for one in post.got) == list(range(20))


def test_a_sender_that_was_killed_leaves_a_question_and_sends_nothing_twice(
    db: Database, own: Settings, post: Mailbox
) -> None:
    queue(db)
    assert claim_mail(db)
    assert send_due(db, own) == Sent()  # it may be under way
    with transaction(db):
        db.execute("UPDATE mail SET changed_at = '2000'")
    assert send_due(db, own) == Sent()
    assert states(db) == ["unsure"]
    assert post.got == []


def test_a_mail_refused_for_now_goes_out_later_with_the_same_id(
    db: Database, own: Settings, post: Mailbox
) -> None:
    ids = []
    post.answer = lambda: "451 greylisted <hana@example.jp>"
    queue(db)
    assert send_due(db, own) == Sent(later=1)
    assert send_due(db, own) == Sent()  # not before its time
    [waiting] = read_mails(db)
    assert waiting.state is MailState.WAITING
    assert waiting.problem == "451 greylisted …"
    post.answer = lambda: "250 taken"
    for _ in range(2):
        with transaction(db):
            db.execute("UPDATE mail SET due_at = '2000', state = 'waiting'")
        assert send_due(db, own) == Sent(sent=1)
    ids = [one["Message-ID"] for one in post.got]
    assert ids[0] == ids[1]


def test_a_mail_refused_for_good_has_failed_and_the_next_goes_out(
    db: Database, own: Settings, post: Mailbox
) -> None:
    replies = iter(["550 no such person hana@example.jp", "250 ok"])
    post.greet = lambda: next(replies)
    queue(db, "a")
    queue(db, "b")
    assert send_due(db, own) == Sent(sent=1, failed=1)
    assert [(one.state, one.problem) for one in read_mails(db, [MailState.FAILED])] == [
        (MailState.FAILED, "550 no such person …")
    ]


@pytest.mark.parametrize(
    "to", ["x", "a@b@c.jp", "ａ@example.jp", "a@example.jp\r\nBcc: b@c.jp", ""]
)
def test_an_address_that_is_none_is_given_to_no_server(
    db: Database, own: Settings, post: Mailbox, to: str
) -> None:
    queue(db, "a", replace(JAPANESE, to=to))
    assert send_due(db, own) == Sent(failed=1)
    assert post.got == []


def test_a_title_of_two_lines_is_no_header(db: Database, own: Settings, post: Mailbox) -> None:
    queue(db, "a", replace(JAPANESE, title="x\r\nBcc: b@example.jp"))
    assert send_due(db, own) == Sent(sent=1)
    assert post.got[0]["Subject"] == "x Bcc: b@example.jp"
    assert post.got[0]["Bcc"] is None


def test_a_line_that_breaks_after_the_text_is_never_tried_again(
    db: Database, own: Settings, post: Mailbox
) -> None:
    post.hang_up = True
    queue(db)
    assert send_due(db, own) == Sent(unsure=1)
    make_due(db)
    assert send_due(db, own) == Sent()
    assert len(post.got) == 1
    assert states(db) == ["unsure"]


def test_a_server_that_is_down_keeps_all_mails_waiting(db: Database, own: Settings) -> None:
    port = free_port()
    away = replace(own, smtp=f"smtp://127.0.0.1:{port}")
    for number in range(3):
        queue(db, str(number))
    assert send_due(db, away) == Sent(later=1)
    assert states(db) == ["waiting"] * 3
    make_due(db)
    with listening(Mailbox(port)) as back:
        assert send_due(db, away) == Sent(sent=3)
        assert len(back.got) == 3


def test_a_server_elsewhere_must_speak_in_secret(db: Database, own: Settings) -> None:
    own_name = socket.gethostbyname(socket.gethostname())
    if own_name.startswith("127."):
        pytest.skip("this machine has no address but its own")
    box = Mailbox(free_port())
    with listening(box, host=own_name):
        queue(db)
        assert send_due(db, replace(own, smtp=f"smtp://{own_name}:{box.port}")) == Sent(later=1)
    assert box.got == []
    assert "STARTTLS" in read_mails(db)[0].problem


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for localhost, and the file that says whom to believe."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file, private = folder / "cert.pem", folder / "key.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, private)
    return context, file


def test_a_certificate_that_nobody_vouches_for_is_not_believed(
    db: Database, own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, file = certificate(tmp_path)
    box = Mailbox(free_port())
    with listening(box, context, "localhost"):
        there = replace(own, smtp=f"smtp://localhost:{box.port}")
        queue(db)
        assert send_due(db, there) == Sent(later=1)
        assert box.got == []
        make_due(db)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert send_due(db, there) == Sent(sent=1)


@pytest.mark.parametrize(
    ("smtp", "sender"),
    [("http://x", FROM), ("smtp://", FROM), ("smtp://x", ""), ("smtp://x", "a\nb@c.jp")],
)
def test_a_mail_server_that_cannot_be_meant_does_not_start(
    settings: Settings, smtp: str, sender: str
) -> None:
    with pytest.raises(UnsafeConfigurationError, match="IBASHO_"):
        replace(settings, smtp=smtp, mail_from=sender)


def test_the_command_says_what_it_sent(
    db: Database, data_dir: Path, post: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(db)

    def run() -> dict[str, object]:
        done = CliRunner().invoke(main, ["--data-dir", str(data_dir), "mail", "--json"])
        assert done.exit_code == 0, done.output
        told: dict[str, object] = json.loads(done.stdout)
        return told

    assert run() == {"sent": 0, "later": 0, "failed": 0, "unsure": 0, "waiting": 1,
                     "configured": False}  # fmt: skip
    monkeypatch.setenv("IBASHO_SMTP", post.address)
    monkeypatch.setenv("IBASHO_MAIL_FROM", FROM)
    assert run() == {"sent": 1, "later": 0, "failed": 0, "unsure": 0, "waiting": 0,
                     "configured": True}  # fmt: skip


def test_a_command_that_is_killed_while_the_server_thinks_sends_nothing_twice(
    db: Database, data_dir: Path, post: Mailbox
) -> None:
    post.answer = lambda: time.sleep(1) or "250 taken"  # type: ignore[func-returns-value]
    queue(db)
    more = {"IBASHO_SMTP": post.address, "IBASHO_MAIL_FROM": FROM}
    child = subprocess.Popen(
        [Path(sys.executable).parent / "ibasho", "--data-dir", data_dir, "mail"],
        env=os.environ | more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while count_mails(db).get(MailState.SENDING, 0) == 0:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    with transaction(db):
        db.execute("UPDATE mail SET changed_at = '2000'")
    assert claim_mail(db) is None
    assert states(db) == ["unsure"]


def test_the_server_of_the_site_sends_by_itself(
    db: Database, data_dir: Path, post: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBASHO_SMTP", post.address)
    monkeypatch.setenv("IBASHO_MAIL_FROM", FROM)
    queue(db)
    with served(data_dir, ""):
        wait_for(lambda: states(db) == ["sent"])
    assert len(post.got) == 1


def wait_for(is_so: Callable[[], bool]) -> None:
    for _ in range(150):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")
