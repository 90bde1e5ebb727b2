"""A real mail server on this machine, which can be told to refuse, and what it was sent."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from queue import Queue

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from support import free_port


@dataclass
class Mailbox:
    """`answer` gives the reply to each whole mail, `greet` that to each recipient."""

    port: int
    got: list[EmailMessage] = field(default_factory=list)
    answer: Callable[[], str] = lambda: "250 taken"
    greet: Callable[[], str] = lambda: "250 ok"
    hang_up: bool = False
    _unread: Queue[EmailMessage] = field(default_factory=Queue)

    @property
    def address(self) -> str:
        """What IBASHO_SMTP says."""
        return f"smtp://127.0.0.1:{self.port}"

    def next(self, seconds: float = 90) -> EmailMessage:
        """The next mail that nobody has read yet; waits for it. Raises queue.Empty."""
        return self._unread.get(timeout=seconds)

    def texts(self) -> list[str]:
        """The texts of the mails, as a reader sees them."""
        return [one.get_content() for one in self.got]

    async def handle_RCPT(  # noqa: N802 (what aiosmtpd calls)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self.greet()
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        reply = self.answer()
        if reply.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=default)
            assert isinstance(message, EmailMessage)
            self.got.append(message)
            self._unread.put(message)
        if self.hang_up:
            assert server.transport is not None
            server.transport.abort()
        return reply


@contextmanager
def listening(
    mailbox: Mailbox, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> Iterator[Mailbox]:
    """Let a mailbox be reached."""
    controller = Controller(mailbox, hostname=host, port=mailbox.port, tls_context=tls)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server that takes everything until it is told otherwise."""
    with listening(Mailbox(free_port())) as opened:
        yield opened
