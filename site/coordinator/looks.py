"""What somebody should look at again before a wording is published."""

from collections.abc import Collection
from typing import NamedTuple

from ibasho.data.listings import (
    CLOSED_STATES,
    Fact,
    PublicListing,
    doubted,
    is_mobile,
    store,
)
from ibasho.data.schedule import Certainty
from ibasho.importers.likely import maybe_same
from ibasho.site import reach
from ibasho.site.coordinator.translations import left_behind
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.stores import database


class Looks(NamedTuple):
    """What a check of a wording found: each of these is a word to the coordinator."""

    same_place: list[store.StoredListing]
    maybe_same: list[store.StoredListing]
    doubted: list[Fact]
    left_behind: list[str]
    has_mobile: bool
    has_certain_days: bool
    is_on_map: bool

    @property
    def is_clear(self) -> bool:
        """Whether nothing is there to look at again."""
        return not self.points

    @property
    def points(self) -> list[LazyString]:
        """What is to be looked at again, in a word each."""
        found = (
            (self.same_place, lazy_gettext("same name")),
            (self.maybe_same, lazy_gettext("perhaps the same place")),
            (self.doubted, lazy_gettext("What a newcomer wants to know")),
            (self.left_behind, lazy_gettext("In other languages")),
            (self.has_mobile, lazy_gettext("Telephone, for everyone")),
            (not self.has_certain_days, lazy_gettext("Opening days")),
            (not self.is_on_map, lazy_gettext("Map")),
        )
        return [words for is_found, words in found if is_found]


def looks_at(stored: store.StoredListing, revision: store.Revision, public: PublicListing) -> Looks:
    """Check a wording, as the public would read it, against what is public now."""
    before = stored.published.body if stored.published else None
    same = [
        other
        for other in store.read_same_place(database(), revision.body)
        if other.id != stored.id and reach.covers_stored(other)
    ]
    return Looks(
        same_place=same,
        maybe_same=_maybe_same(revision, {one.id for one in same}),
        doubted=list(doubted(public)),
        left_behind=left_behind(before, revision.body) if before else [],
        has_mobile=any(is_mobile(phone.value) for phone in public.phones),
        has_certain_days=public.schedule.certainty is Certainty.EXACT,
        is_on_map=public.position.is_known,
    )


def _maybe_same(revision: store.Revision, named: Collection[str]) -> list[store.StoredListing]:
    """What else may be the place of a wording: open listings within reach that are not named."""
    db = database()
    found = maybe_same(revision.listing_id, revision.body, store.read_wordings(db))
    listings = [store.read_stored(db, one) for one in found if one not in named]
    return [one for one in listings if one.state not in CLOSED_STATES and reach.covers_stored(one)]
