"""Pages for everyone; nobody signs in, and nothing about a visitor is kept."""

from ibasho.site.public import (
    articles,
    calendar,
    events,
    ground,
    kept,
    reports,
    results,
    sheet,
    suggestions,
)
from ibasho.site.public.views import blueprint

__all__ = [
    "articles",
    "blueprint",
    "calendar",
    "events",
    "ground",
    "kept",
    "reports",
    "results",
    "sheet",
    "suggestions",
]
