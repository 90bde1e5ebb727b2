"""The coordinator's desk: what waits, what is listed, and how it gets there."""

from ibasho.site.coordinator import (
    answers,
    freshness,
    mails,
    network_meetings,
    network_members,
    network_needs,
    network_news,
    networks,
    notices,
    people,
    pictures,
    pipeline,
    record,
    synonyms,
)
from ibasho.site.coordinator.views import blueprint

__all__ = [
    "answers",
    "blueprint",
    "freshness",
    "mails",
    "network_meetings",
    "network_members",
    "network_needs",
    "network_news",
    "networks",
    "notices",
    "people",
    "pictures",
    "pipeline",
    "record",
    "synonyms",
]
