"""Pages for everyone; nobody signs in, and nothing about a visitor is kept."""

from ibasho.site.public import events, ground, results, suggestions
from ibasho.site.public.views import blueprint

__all__ = ["blueprint", "events", "ground", "results", "suggestions"]
