"""What providers answered through links, as the desk shows it."""

from typing import NamedTuple

from ibasho.data.database import Database
from ibasho.data.freshness import Answer, read_answers
from ibasho.data.listings import Listing, State, store
from ibasho.site.reach import wordings_within


class Answered(NamedTuple):
    """An answer, the wording that it is about, and where the listing stands."""

    answer: Answer
    listing: Listing
    state: State


def answered(db: Database) -> list[Answered]:
    """What nobody has dealt with yet within the part of who is signed in, the oldest first."""
    found = list(read_answers(db))
    ids = {one.listing_id for one in found}
    bodies, states = wordings_within(ids), store.read_states(db, ids)
    return [
        Answered(one, bodies[one.listing_id], states[one.listing_id])
        for one in found
        if one.listing_id in bodies
    ]


def answer_to(db: Database, revision_id: int) -> Answer | None:
    """What the provider who wrote a wording says besides, until it is dealt with."""
    return next((one for one in read_answers(db) if one.revision == revision_id), None)
