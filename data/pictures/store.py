"""The only code that reads and writes the tables of pictures."""

import datetime as dt
import json
from collections.abc import Sequence

from ibasho.data.clock import now, today
from ibasho.data.database import Database, transaction
from ibasho.data.ids import new_id
from ibasho.data.listings import PUBLIC_STATES
from ibasho.data.listings.apart import bring_together
from ibasho.data.listings.codec import listing_from
from ibasho.data.listings.store import read_last, read_stored
from ibasho.data.listings.withhold import Secrets, secrets_of, withhold
from ibasho.data.pictures.model import (
    LONGEST_ALT,
    LONGEST_CREDIT,
    MOST_PICTURES,
    PictureFile,
    PictureState,
    PublicPicture,
    Size,
    StoredPicture,
    UndescribedPictureError,
)
from ibasho.data.record import write_record
from ibasho.data.sealing import WrongKeyError
from ibasho.data.text import printable

_KEPT = dt.timedelta(days=30)  # after it was withdrawn, in case that was a mistake
_STATES = json.dumps(sorted(PUBLIC_STATES))
_SIZES = """(SELECT json_group_array(json_array(width, height)) FROM
  (SELECT width, height FROM picture_file WHERE picture = picture.id ORDER BY width))"""


class UnknownPictureError(LookupError):
    """There is no picture of that id, or not in that width, or not for whoever asks."""


class TooManyPicturesError(Exception):
    """The listing has MOST_PICTURES already."""


# -- the public


def read_public_pictures(db: Database, listing_id: str) -> list[PublicPicture]:
    """The approved pictures of a public listing in their order; none of any other."""
    rows = db.execute(
        f"SELECT picture.id, alt, credit, {_SIZES}, body, sealed"  # noqa: S608 (a constant)
        " FROM picture JOIN published ON published.id = picture.listing"
        " WHERE listing = :listing AND picture.state = 'approved'"
        " AND published.state IN (SELECT value FROM json_each(:states)) ORDER BY position",
        {"listing": listing_id, "states": _STATES},
    ).fetchall()
    try:
        secrets = secrets_of(listing_from(bring_together(db, *rows[0][-2:]))) if rows else None
    except WrongKeyError:  # whether their words tell a secret cannot be known
        return []
    return [_public(id_, alt, credit, sizes, secrets) for id_, alt, credit, sizes, *_ in rows]


def read_public_file(db: Database, picture_id: str, width: int) -> bytes:
    """An approved picture of a public listing in one of its widths. Raises UnknownPictureError."""
    row = db.execute(
        "SELECT file.body FROM picture_file AS file JOIN picture ON picture.id = file.picture"
        " JOIN published ON published.id = picture.listing"
        " WHERE picture.id = :id AND width = :width AND picture.state = 'approved'"
        " AND published.state IN (SELECT value FROM json_each(:states))",
        {"id": picture_id, "width": width, "states": _STATES},
    ).fetchone()
    if row is None:
        raise UnknownPictureError(picture_id)
    return bytes(row[0])


def _public(
    picture_id: str, alt: str, credit: str, sizes: str, secrets: Secrets | None
) -> PublicPicture:
    """The allow-list: what of a picture may be known outside."""

    def text(value: str) -> str:
        return withhold(printable(value), secrets) if secrets else printable(value)

    return PublicPicture(
        picture_id, text(alt), text(credit), tuple(Size(*size) for size in json.loads(sizes))
    )


# -- the staff


def read_pictures(db: Database, listing_id: str) -> list[StoredPicture]:
    """All pictures of a listing in their order, those withdrawn last."""
    rows = db.execute(
        f"SELECT id, alt, credit, {_SIZES}, state FROM picture WHERE listing = ?"  # noqa: S608
        " ORDER BY state = 'withdrawn', position",
        [listing_id],
    ).fetchall()
    secrets = _secrets(db, listing_id) if rows else None
    return [
        StoredPicture(listing_id, PictureState(state), alt, credit,
                      _public(id_, alt, credit, sizes, secrets))
        for id_, alt, credit, sizes, state in rows
    ]  # fmt: skip


def count_waiting(db: Database) -> dict[str, int]:
    """How many pictures of each listing nobody has looked at yet, the longest waiting first."""
    return dict(
        db.execute(
            "SELECT listing, count(*) FROM picture WHERE state = 'waiting'"
            " GROUP BY listing ORDER BY min(created_at)"
        ).fetchall()
    )


def read_picture(db: Database, picture_id: str) -> StoredPicture:
    """One picture, in any state. Raises UnknownPictureError."""
    listing_id = _listing_of(db, picture_id)
    return next(one for one in read_pictures(db, listing_id) if one.public.id == picture_id)


def read_file(db: Database, picture_id: str, width: int) -> bytes:
    """A picture in one of its widths, in any state. Raises UnknownPictureError."""
    row = db.execute(
        "SELECT body FROM picture_file WHERE picture = ? AND width = ?", [picture_id, width]
    ).fetchone()
    if row is None:
        raise UnknownPictureError(picture_id)
    return bytes(row[0])


def _secrets(db: Database, listing_id: str) -> Secrets | None:
    """What the public wording keeps to the staff, or else the newest."""
    newest = read_stored(db, listing_id).published or read_last(db, listing_id)
    return secrets_of(newest.body) if newest else None


def _listing_of(db: Database, picture_id: str) -> str:
    row = db.execute("SELECT listing FROM picture WHERE id = ?", [picture_id]).fetchone()
    if row is None:
        raise UnknownPictureError(picture_id)
    return str(row[0])


# -- writing: each is one transaction with its line in the record of the listing


def add_picture(
    db: Database, listing_id: str, files: Sequence[PictureFile], alt: str, credit: str, actor: str
) -> str:
    """Keep a picture that waits, after the others of its listing, and return its id.

    Raises UndescribedPictureError, TooManyPicturesError and, for a listing that there is not,
    UnknownListingError.
    """
    picture_id = new_id()
    values = {"alt": _described(alt), "credit": _short(credit, LONGEST_CREDIT)}
    with transaction(db):
        read_stored(db, listing_id)
        here, last = db.execute(
            "SELECT coalesce(sum(state <> 'withdrawn'), 0), coalesce(max(position), 0)"
            " FROM picture WHERE listing = ?",
            [listing_id],
        ).fetchone()
        if here >= MOST_PICTURES:
            raise TooManyPicturesError(listing_id)
        db.table("picture").insert(
            {"id": picture_id, "listing": listing_id, **values, "state": PictureState.WAITING.value,
             "position": last + 1, "written_by": actor, "created_at": now()}
        )  # fmt: skip
        db.table("picture_file").insert_all(
            {"picture": picture_id, "width": one.size.width, "height": one.size.height,
             "body": one.body}
            for one in files
        )  # fmt: skip
        write_record(db, actor, "add_picture", listing_id, picture_id)
    return picture_id


def describe_picture(db: Database, picture_id: str, alt: str, credit: str, actor: str) -> None:
    """Say anew what a picture shows and whose it is; the public reads it at once.

    Raises UndescribedPictureError and UnknownPictureError.
    """
    values = {"alt": _described(alt), "credit": _short(credit, LONGEST_CREDIT)}
    with transaction(db):
        listing_id = _listing_of(db, picture_id)
        db.table("picture").update(picture_id, values)
        write_record(db, actor, "describe_picture", listing_id, picture_id)


def show_picture(db: Database, picture_id: str, actor: str) -> None:
    """Approve a picture, or bring one back. Raises UnknownPictureError, TooManyPicturesError."""
    with transaction(db):
        before = read_picture(db, picture_id)
        others = read_pictures(db, before.listing_id)
        shown = sum(one.state is not PictureState.WITHDRAWN for one in others)
        if before.state is PictureState.WITHDRAWN and shown >= MOST_PICTURES:
            raise TooManyPicturesError(before.listing_id)
        if before.state is not PictureState.APPROVED:
            db.execute(
                "UPDATE picture SET state = 'approved', withdrawn_on = NULL WHERE id = ?",
                [picture_id],
            )
            write_record(db, actor, "show_picture", before.listing_id, picture_id)


def withdraw_picture(db: Database, picture_id: str, actor: str) -> None:
    """Take a picture back: nobody outside sees it from now on. Raises UnknownPictureError.

    It can be shown again for thirty days; those withdrawn longer ago are erased.
    """
    day = today()
    with transaction(db):
        listing_id = _listing_of(db, picture_id)
        done = db.execute(
            "UPDATE picture SET state = 'withdrawn', withdrawn_on = ?"
            " WHERE id = ? AND state <> 'withdrawn' RETURNING id",
            [day.isoformat(), picture_id],
        ).fetchone()
        if done:
            write_record(db, actor, "withdraw_picture", listing_id, picture_id)
        db.execute("DELETE FROM picture WHERE withdrawn_on < ?", [(day - _KEPT).isoformat()])


def move_picture(db: Database, picture_id: str, later: bool, actor: str) -> None:
    """Let a picture change places with the one before it, or with the one after it where `later`.

    Nothing happens at either end. Raises UnknownPictureError.
    """
    with transaction(db):
        listing_id = _listing_of(db, picture_id)
        ids = [
            one.public.id
            for one in read_pictures(db, listing_id)
            if one.state is not PictureState.WITHDRAWN
        ]
        place = ids.index(picture_id) if picture_id in ids else -1
        other = place + (1 if later else -1)
        if place < 0 or not 0 <= other < len(ids):
            return
        [mine, theirs] = (
            db.execute("SELECT position FROM picture WHERE id = ?", [one]).fetchone()[0]
            for one in (picture_id, ids[other])
        )
        db.table("picture").update(picture_id, {"position": theirs})
        db.table("picture").update(ids[other], {"position": mine})
        write_record(db, actor, "move_picture", listing_id, picture_id)


def _described(alt: str) -> str:
    words = _short(alt, LONGEST_ALT)
    if not words:
        raise UndescribedPictureError
    return words


def _short(text: str, longest: int) -> str:
    return " ".join(printable(text).split())[:longest]
