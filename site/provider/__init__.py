"""Pages for the people of a place: each is opened by a link, and nobody signs in."""

from ibasho.site.provider import mail_confirmation, returned
from ibasho.site.provider.views import blueprint

__all__ = ["blueprint", "mail_confirmation", "returned"]
