"""What a mail is, and what may become of it."""

import re
from dataclasses import dataclass
from enum import StrEnum


class MailState(StrEnum):
    """Where a mail stands. `unsure`: the line broke after the text; a person decides."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    DROPPED = "dropped"


_LETTERS = "account_"
_PART = r"[^\s@<>(),;:\"\\\[\]]+"
_ADDRESS = re.compile(rf"{_PART}@{_PART}\.{_PART}")


def is_mail_address(text: str) -> bool:
    """Whether a mail server may be given this address: one alone, in plain letters."""
    return text.isascii() and _ADDRESS.fullmatch(text) is not None


def is_letter(template: str) -> bool:
    """Whether a sort of mail is for its person alone: with its link one becomes that person."""
    return template.startswith(_LETTERS)


@dataclass(frozen=True, slots=True)
class Message:
    """What is written to one person: plain text, as it will be sent."""

    to: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """What the staff know of a mail; moments are UTC as `data.clock.now` writes them.

    `key` says what it is about, `template` what sort of mail it is, `subject` names the thing it
    concerns. `to` and `title` are "" once they were forgotten.
    """

    id: int
    key: str
    template: str
    subject: str
    to: str
    title: str
    state: MailState
    tries: int
    due_at: str
    changed_at: str
    problem: str

    @property
    def is_readable(self) -> bool:
        """Whether the desk may read what it says, and it is not forgotten."""
        return bool(self.to) and not is_letter(self.template)
