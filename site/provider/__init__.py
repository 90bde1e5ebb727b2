"""Pages for the people of a place: each is opened by a link, and nobody signs in."""

from ibasho.site.provider import (
    answering,
    mail_confirmation,
    meetings,
    month,
    own_page,
    returned,
    undoing,
)
from ibasho.site.provider.views import blueprint

__all__ = [
    "answering",
    "blueprint",
    "mail_confirmation",
    "meetings",
    "month",
    "own_page",
    "returned",
    "undoing",
]
