"""Pages of an organisation that signs in to look after many places."""

from ibasho.site.organization import dates
from ibasho.site.organization.views import blueprint

__all__ = ["blueprint", "dates"]
