"""What providers answered through links, as the desk shows it."""

from typing import NamedTuple

from ibasho.data.database import Database
from ibasho.data.freshness import Answer, read_answers
from ibasho.data.listings import Listing, State, edit, store
from ibasho.site.reach import covers


class Answered(NamedTuple):
    """An answer, the wording that it is about, and where the listing stands."""

    answer: Answer
    listing: Listing | None
    state: State


def answered(db: Database) -> list[Answered]:
    """What nobody has dealt with yet within the part of who is signed in, the oldest first."""
    found = []
    for answer in read_answers(db):
        stored = store.read_stored(db, answer.listing_id)
        newest = stored.published or edit.newest_revision(db, stored.id)
        body = newest.body if newest else None
        if covers(stored.id, body):
            found.append(Answered(answer, body, stored.state))
    return found


def answer_to(db: Database, revision_id: int) -> Answer | None:
    """What the provider who wrote a wording says besides, until it is dealt with."""
    return next((one for one in read_answers(db) if one.revision == revision_id), None)
