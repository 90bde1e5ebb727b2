"""What providers answer by themselves, through the links of a mail or on the page of their place.

“All true” and “we have stopped” can be undone for a while, as long as nobody has acted on them:
each returns the token of a link for that. Each is one transaction.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from ibasho.data.database import Database, transaction
from ibasho.data.freshness.answers import (
    ACTOR,
    SET,
    ReplacedError,
    assure,
    stop,
    suggest_change,
    take_back_assurance,
)
from ibasho.data.freshness.store import close_answer
from ibasho.data.ids import code_hash
from ibasho.data.links import Purpose, end_links, make_link, read_link, reopen_links, use_link
from ibasho.data.listings import store
from ibasho.data.listings.model import Listing
from ibasho.data.listings.states import State, StepError
from ibasho.data.record import write_record
from ibasho.data.sealing import seal_words, unseal_words

UNDO_MINUTES = 30
_UNDO_DAYS = UNDO_MINUTES / (24 * 60)


def assure_own(
    db: Database, listing_id: str, revision_id: int, how: str, actor: str, day: dt.date,
    ended: Sequence[str] = (),
) -> str:  # fmt: skip
    """Keep that all is true, as `assure` does and raises; the token that undoes it.

    `ended` are links that this has used up, and that come back with an undo.
    """
    with transaction(db):
        before = store.read_stored(db, listing_id)
        new = assure(db, listing_id, revision_id, how, actor, day)
        return _offer_undo(db, before, ended, revision=new)


def stop_own(
    db: Database, listing_id: str, last_day: dt.date | None, words: str, reason: str, day: dt.date,
    actor: str, ended: Sequence[str] = (),
) -> str:  # fmt: skip
    """Take a place off the list, as `stop` does and raises; the token that undoes it."""
    with transaction(db):
        before = store.read_stored(db, listing_id)
        answer = stop(db, listing_id, last_day, words, reason, day, actor)
        return _offer_undo(db, before, ended, answer=answer)


def assure_by_link(db: Database, token: str, revision_id: int, how: str, day: dt.date) -> str:
    """`assure_own` by the link of a mail. Raises DeadLinkError as well."""
    with transaction(db):
        listing_id, ended = _answer(db, token)
        return assure_own(db, listing_id, revision_id, how, ACTOR, day, ended)


def change_by_link(
    db: Database, token: str, revision_id: int, body: Listing, words: str, day: dt.date
) -> None:
    """`suggest_change` by the link of a mail. Raises DeadLinkError as well."""
    with transaction(db):
        listing_id, _ = _answer(db, token)
        suggest_change(db, listing_id, revision_id, body, words, day, ACTOR)


def stop_by_link(
    db: Database, token: str, last_day: dt.date | None, words: str, reason: str, day: dt.date
) -> str:
    """`stop_own` by the link of a mail. Raises DeadLinkError as well."""
    with transaction(db):
        listing_id, ended = _answer(db, token)
        return stop_own(db, listing_id, last_day, words, reason, day, ACTOR, ended)


def assure_all(
    db: Database, seen: Mapping[str, int], how: str, actor: str, day: dt.date
) -> tuple[list[str], list[str]]:
    """The same of many listings at once, each with the revision that was seen.

    Returns the listings of which something else is public by now, or nothing: they are left alone;
    and the tokens that undo the others.
    """
    left, tokens = [], []
    with transaction(db):
        for listing_id, revision_id in seen.items():
            try:
                tokens.append(assure_own(db, listing_id, revision_id, how, actor, day))
            except (ReplacedError, StepError, store.UnknownListingError):
                left.append(listing_id)
    return left, tokens


def undo(db: Database, token: str, actor: str) -> None:
    """Take back what a token is for: the place stands as before, and the links of its mail open.

    Raises DeadLinkError; and ReplacedError, UnknownAnswerError or StepError where somebody has
    acted on it, which changes nothing.
    """
    with transaction(db):
        link = read_link(db, token)
        before = json.loads(link.detail)
        left, now = before["left"], store.read_stored(db, link.subject)
        reason_left = unseal_words(db, left["reason_sealed"])
        if (now.state, now.state_reason) != (State(left["state"]), reason_left):
            raise ReplacedError(link.subject)
        if link.revision is not None:
            take_back_assurance(db, link.subject, link.revision, actor)
        else:
            close_answer(db, before["answer"])
            write_record(db, actor, "undo_stopped", link.subject)
        reason = unseal_words(db, before["reason_sealed"])
        store.set_state(db, link.subject, State(before["state"]), reason)
        store.note_for_index(db, link.subject)
        end_links(db, link.subject, Purpose.UNDO)
        reopen_links(db, before["ended"])


def _answer(db: Database, token: str) -> tuple[str, list[str]]:
    """The listing of a link of a mail, and all links of that mail, which are used up by it."""
    listing_id = use_link(db, token).subject
    return listing_id, [code_hash(token), *end_links(db, listing_id, *SET)]


def _offer_undo(
    db: Database,
    before: store.StoredListing,
    ended: Sequence[str],
    revision: int | None = None,
    answer: int | None = None,
) -> str:
    detail = {
        **_stand(db, before), "left": _stand(db, store.read_stored(db, before.id)),
        "answer": answer, "ended": list(ended),
    }  # fmt: skip
    return make_link(db, Purpose.UNDO, before.id, _UNDO_DAYS, revision, json.dumps(detail))


def _stand(db: Database, stored: store.StoredListing) -> dict[str, str]:
    return {"state": stored.state, "reason_sealed": seal_words(db, stored.state_reason)}
