"""What mails say: templates in `templates/mail/`, the title in the first line, then the text.

Nobody says in which language a provider reads: each mail is Japanese first, with English below.
"""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ibasho.data.freshness import Reminder
from ibasho.data.links import Purpose
from ibasho.data.mail import Message
from ibasho.site.config import Settings

_FOLDER = Path(__file__).parent / "templates" / "mail"
_TOKEN = re.compile(r"(?<=/)(invitation|sign-in/reset|confirm|p)/\S+")


def write_mail(settings: Settings, template: str, to: str, **values: object) -> Message:
    """A mail from a template, which also knows the site's `address`, `office` and `contact`."""
    text = _template(template).render(
        values,
        address=settings.address,
        office=settings.operator or settings.mail_name,
        contact=settings.contact,
    )
    title, _, rest = text.partition("\n")
    return Message(to, " ".join(title.split()), rest.strip() + "\n")


def write_reminder(settings: Settings, reminder: Reminder) -> Message:
    """The question whether a listing is still true, with its three links."""
    return write_mail(
        settings,
        "remind",
        reminder.to,
        name=reminder.body.name,
        known_on=reminder.known_on,
        is_second=reminder.is_second,
        schedule=reminder.body.schedule_text,
        still_true=link(settings, reminder.tokens[Purpose.STILL_TRUE]),
        change=link(settings, reminder.tokens[Purpose.CHANGE]),
        stopped=link(settings, reminder.tokens[Purpose.STOPPED]),
    )


def link(settings: Settings, token: str) -> str:
    """The address of a one-use link, as it stands in a mail or on paper."""
    return f"{settings.address}/confirm/{token}"


def without_tokens(text: str) -> str:
    """What a mail says, to be shown to others than whom it was written to: its links open nothing.

    With one that works they could answer, or take an account up, as that person.
    """
    return _TOKEN.sub(r"\1/……", text)


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=False,  # noqa: S701 (plain text)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(f"{name}.txt")
