"""Pages for everyone; nobody signs in, and nothing about a visitor is kept."""

from ibasho.site.public import (
    articles,
    care,
    child,
    events,
    ground,
    guide,
    kept,
    results,
    sheet,
    suggestions,
)
from ibasho.site.public.views import blueprint

__all__ = [
    "articles",
    "blueprint",
    "care",
    "child",
    "events",
    "ground",
    "guide",
    "kept",
    "results",
    "sheet",
    "suggestions",
]
