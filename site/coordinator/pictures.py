"""The pictures of a listing at the desk: add, look, show, put in order, take back."""

from dataclasses import dataclass, field

from flask import Response as FlaskResponse
from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.listings.store import UnknownListingError
from ibasho.data.pictures import (
    BrokenPictureError,
    HeicError,
    LargeFileError,
    ManyPixelsError,
    NoPictureError,
    PictureFile,
    TooManyPicturesError,
    UndescribedPictureError,
    UnknownPictureError,
    UnusablePictureError,
    add_picture,
    describe_picture,
    encode,
    move_picture,
    read_file,
    read_picture,
    show_picture,
    withdraw_picture,
)
from ibasho.site.coordinator.views import blueprint, listing_page
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.public.pictures import KIND, WIDTH
from ibasho.site.stores import database

_UNDESCRIBED = lazy_gettext("Say in words what the picture shows.")
_TOO_MANY = lazy_gettext("There are eight pictures already. Take one back first.")
_NO_FILE = lazy_gettext("Choose a file.")
_NOT_AGREED = lazy_gettext("Ask whoever is in it and whoever took it, then tick this.")
_TOO_LARGE = lazy_gettext(
    "This picture is too large. Make it smaller: 10 MB and 50 megapixels at most."
)
_NO_PICTURE = lazy_gettext("This file cannot be shown as a picture. Choose a JPEG, PNG or WebP.")
_UNUSABLE: dict[type[UnusablePictureError], LazyString] = {
    LargeFileError: _TOO_LARGE,
    ManyPixelsError: _TOO_LARGE,
    HeicError: lazy_gettext(
        "This is a HEIC file of an iPhone, which many browsers cannot show. Send it from the iPhone"
        " itself, or save it as JPEG first."
    ),
    NoPictureError: _NO_PICTURE,
    BrokenPictureError: _NO_PICTURE,
}


@dataclass(slots=True)
class PictureForm:
    """What was typed about a picture, and what is wrong with it by field.

    `picture_id` is "" for a new one.
    """

    picture_id: str
    alt: str
    credit: str
    agreed: bool = False
    errors: dict[str, LazyString] = field(default_factory=dict)


@blueprint.post("/listings/<listing_id>/pictures")
def add_picture_of(listing_id: str) -> Response | tuple[str, int]:
    """A new picture; it waits until somebody has looked at it."""
    form = PictureForm(
        "", request.form.get("alt", ""), request.form.get("credit", ""), "agreed" in request.form
    )
    files = _files(form)
    if not form.alt.strip():
        form.errors["alt"] = _UNDESCRIBED
    if not form.agreed:
        form.errors["agreed"] = _NOT_AGREED
    try:
        if not form.errors:
            add_picture(database(), listing_id, files, form.alt, form.credit, g.account.actor)
    except TooManyPicturesError:
        form.errors["file"] = _TOO_MANY
    except UnknownListingError:
        abort(404)
    return _wrong(listing_id, form) if form.errors else _back(listing_id, "added")


@blueprint.post("/pictures/<picture_id>")
def change_picture(picture_id: str) -> Response | tuple[str, int]:
    """New words for a picture, and one step: show it, take it back, put it elsewhere."""
    db, actor = database(), g.account.actor
    try:
        before = read_picture(db, picture_id)
    except UnknownPictureError:
        abort(404)
    form = PictureForm(
        picture_id,
        request.form.get("alt", before.alt),
        request.form.get("credit", before.credit),
    )
    step = request.form.get("step", "")
    try:
        if step != "withdraw" and (form.alt, form.credit) != (before.alt, before.credit):
            describe_picture(db, picture_id, form.alt, form.credit, actor)
        if step == "show":
            show_picture(db, picture_id, actor)
        elif step == "withdraw":
            withdraw_picture(db, picture_id, actor)
        elif step in {"earlier", "later"}:
            move_picture(db, picture_id, step == "later", actor)
    except UndescribedPictureError:
        form.errors["alt"] = _UNDESCRIBED
    except TooManyPicturesError:
        form.errors["alt"] = _TOO_MANY
    return _wrong(before.listing_id, form) if form.errors else _back(before.listing_id, step)


@blueprint.get(f"/pictures/<picture_id>-<{WIDTH}:width>.webp")
def picture(picture_id: str, width: int) -> FlaskResponse:
    """A picture in any state, for those who decide about it."""
    try:
        return FlaskResponse(read_file(database(), picture_id, width), mimetype=KIND)
    except UnknownPictureError:
        abort(404)


def _files(form: PictureForm) -> tuple[PictureFile, ...]:
    """The picture that was sent, made anew; none, and why in the form, where it cannot be."""
    file = request.files.get("file")
    data = file.read() if file else b""
    if not data:
        form.errors["file"] = _NO_FILE
        return ()
    try:
        return encode(data)
    except UnusablePictureError as error:
        form.errors["file"] = _UNUSABLE[type(error)]
        return ()


def _back(listing_id: str, done: str) -> Response:
    there = url_for(
        "coordinator.listing", listing_id=listing_id, picture=done or None, _anchor="pictures"
    )
    return redirect(there, 303)


def _wrong(listing_id: str, form: PictureForm) -> tuple[str, int]:
    return listing_page(listing_id, picture_form=form), 422
