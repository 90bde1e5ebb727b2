"""Pages for everyone; nobody signs in, and nothing about a visitor is kept."""

from ibasho.site.public import (
    articles,
    calendar,
    care,
    child,
    embed,
    events,
    ground,
    guide,
    installed,
    kept,
    pictures,
    registering,
    reports,
    results,
    search_engines,
    sheet,
    suggestions,
)
from ibasho.site.public.views import blueprint

__all__ = [
    "articles",
    "blueprint",
    "calendar",
    "care",
    "child",
    "embed",
    "events",
    "ground",
    "guide",
    "installed",
    "kept",
    "pictures",
    "registering",
    "reports",
    "results",
    "search_engines",
    "sheet",
    "suggestions",
]
