"""Handing one mail to a mail server, and knowing exactly how far it came."""

import hashlib
import hmac
import ipaddress
import re
import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WITH_CRLF
from email.utils import format_datetime, localtime
from urllib.parse import unquote, urlsplit

from ibasho.data.mail import Message, is_mail_address
from ibasho.site.config import Settings

TIMEOUT_SECONDS = 30
_LONGEST_PROBLEM = 200


class UnreachableError(Exception):
    """The server cannot be used just now; no mail is the cause."""


class LaterError(Exception):
    """The server did not take this mail now, and may do so later."""


class RefusedError(Exception):
    """The server will never take this mail."""


class UnsureError(Exception):
    """The line broke after the text was sent: perhaps it was taken."""


def deliver(settings: Settings, mail_id: int, message: Message) -> None:
    """Hand over one mail; it is taken when this returns.

    A server elsewhere must offer encryption with a certificate that is good for its name. Raises
    UnreachableError, LaterError, RefusedError and UnsureError, each with what the server said.
    """
    if not is_mail_address(message.to):
        raise RefusedError("the mail address cannot be used")
    written = compose(settings, mail_id, message)
    server = _connected(settings)
    try:
        _hand_over(server, settings.mail_from, message.to, written)
    finally:
        with suppress(OSError):  # what became of the mail is known by now
            server.quit()
        server.close()


def compose(settings: Settings, mail_id: int, message: Message) -> bytes:
    """The mail as it goes over the line; the same mail has the same Message-ID each time."""
    made = EmailMessage(policy=WITH_CRLF)
    made["From"] = Address(settings.mail_name, addr_spec=settings.mail_from)
    made["To"] = Address(addr_spec=message.to)
    made["Subject"] = " ".join(message.title.split())
    made["Date"] = format_datetime(localtime())
    own = hmac.new(settings.secret_key.encode(), f"mail {mail_id}".encode(), hashlib.sha256)
    domain = settings.mail_from.rpartition("@")[2]
    made["Message-ID"] = f"<{mail_id}.{own.hexdigest()[:20]}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(message.text, cte="base64")
    return made.as_bytes()


def _connected(settings: Settings) -> smtplib.SMTP:
    """A server that waits for a mail. Raises UnreachableError."""
    parts = urlsplit(settings.smtp)
    host = parts.hostname or ""
    trust = ssl.create_default_context()
    server: smtplib.SMTP | None = None
    try:
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=trust
            )
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_SECONDS)
            server.ehlo_or_helo_if_needed()
            if server.has_extn("starttls"):
                server.starttls(context=trust)
            elif not _is_here(host):
                raise UnreachableError("the mail server offers no encryption (STARTTLS)")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.ehlo_or_helo_if_needed()
    except (OSError, UnreachableError) as error:  # smtplib's own errors are of the first kind
        if server:
            server.close()
        raise UnreachableError(_plain(error)) from error
    return server


def _hand_over(server: smtplib.SMTP, sender: str, to: str, written: bytes) -> None:
    try:
        _expect(server.mail(sender), 250)
        _expect(server.rcpt(to), 250, 251)
        _expect(server.docmd("DATA"), 354)
    except OSError as error:  # the line broke before any text was sent
        raise LaterError(_plain(error)) from error
    try:
        server.send(re.sub(rb"(?m)^\.", b"..", written) + b".\r\n")
        answer = server.getreply()
    except OSError as error:
        raise UnsureError(_plain(error)) from error
    _expect(answer, 250)


def _is_here(host: str) -> bool:
    """Whether the server is this very machine, so that nobody listens on the way."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _expect(answer: tuple[int, bytes], *good: int) -> None:
    code, words = answer
    if code in good:
        return
    problem = _plain(f"{code} {words.decode('utf-8', 'replace')}")
    raise RefusedError(problem) if 500 <= code < 600 else LaterError(problem)


def _plain(problem: object) -> str:
    """What went wrong, without mail addresses, in one line."""
    if isinstance(problem, smtplib.SMTPResponseException):
        reply = problem.smtp_error
        words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        problem = f"{problem.smtp_code} {words}"
    line = " ".join(re.sub(r"\S*@\S*", "…", str(problem)).split())
    return line[:_LONGEST_PROBLEM] or type(problem).__name__
