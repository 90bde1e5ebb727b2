"""What mails say: templates in `templates/mail/`, the title in the first line, then the text.

Nobody says in which language a provider reads: each mail is Japanese first, with English below.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ibasho.data.mail import Message
from ibasho.site.config import Settings

_FOLDER = Path(__file__).parent / "templates" / "mail"


def write_mail(settings: Settings, template: str, to: str, **values: object) -> Message:
    """A mail from a template, which also knows the site's `address`, `office` and `contact`."""
    text = _template(template).render(
        values, address=address(settings), office=settings.operator, contact=settings.contact
    )
    title, _, rest = text.partition("\n")
    return Message(to, " ".join(title.split()), rest.strip() + "\n")


def link(settings: Settings, token: str) -> str:
    """The address of a one-use link, as it stands in a mail or on paper."""
    return f"{address(settings)}/confirm/{token}"


def address(settings: Settings) -> str:
    """How links in mails and on paper begin."""
    return settings.public_url or "http://127.0.0.1:8000"


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
