"""A result within the page of a school or a city, and how to put it there."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from flask import current_app, render_template, request, url_for

from ibasho.data.clock import today
from ibasho.site import stores, words
from ibasho.site.keeping import not_on_a_device
from ibasho.site.maps import SCRIPTS, STYLES, map_shell
from ibasho.site.public.cards import read_cards
from ibasho.site.public.care import is_hard
from ibasho.site.public.views import asked_here, blueprint

MOST = 10


class Face(StrEnum):
    """What of a result is shown first."""

    LIST = "list"
    MAP = "map"


def _face() -> Face:
    return Face.MAP if request.args.get("view") == Face.MAP else Face.LIST


@blueprint.get("/embed")
def embed() -> str:
    """The first few places of a search, alone or under their map, for a frame of another page."""
    asked = asked_here()
    if is_hard(asked):
        not_on_a_device()
    result = stores.find(replace(asked.query, limit=MOST, offset=0), today())
    return render_template(
        "public/embed.html",
        asked=asked,
        total=result.total,
        cards=read_cards(result, asked),
        with_map=_face() is Face.MAP,
        shell=map_shell(current_app.config["IBASHO"]),
        map_files={"scripts": SCRIPTS, "styles": STYLES},
    )


@blueprint.get("/embed/how")
def embed_how() -> str:
    """The lines to copy, for the conditions of this address."""
    asked = asked_here()
    face = _face()
    asked_for: dict[str, Any] = dict(asked.arguments(page=None))
    if face is Face.MAP:
        asked_for["view"] = face
    return render_template(
        "public/embed_how.html",
        asked=asked,
        face=face,
        kinds=[kind for kind in words.KINDS if kind in stores.index().kinds()],
        address=url_for("public.embed", **asked_for, _external=True),
        shown=asked_for,
    )
