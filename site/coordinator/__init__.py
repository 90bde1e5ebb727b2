"""The coordinator's desk: what waits, what is listed, and how it gets there."""

from ibasho.site.coordinator import notices, pictures, pipeline, synonyms
from ibasho.site.coordinator.views import blueprint

__all__ = ["blueprint", "notices", "pictures", "pipeline", "synonyms"]
