"""Pages that many visitors ask for are made once a minute, and anew after every change.

A page is the same for all visitors of one language, but for the nonce of its scripts. It is kept
in the memory of a process and given for the rest of the minute, unless anything is written to the
database; the first question after that forgets it.
Nothing is kept for who is signed in, and nothing whose address says more than a link of ours may.
"""

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, Response, current_app, g, request

from ibasho.site import compression, stores
from ibasho.site.keeping import begin, for_everyone, is_for_everyone
from ibasho.site.languages import language, offered
from ibasho.site.security import nonce
from ibasho.site.session import session_token

_PAGES = frozenset(
    {"public.home", "public.search", "public.listing", "public.feed", "public.embed"}
)
_MOST_BYTES = 30_000_000  # a thousand pages, or thirty maps of a whole ward
_ADDRESS = (
    "wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "PATH_INFO",
    "QUERY_STRING",
)  # fmt: skip


@dataclass(slots=True)
class _Kept:
    """A page, cut where its nonce stands, and what is to be done whenever it is given.

    `packed` are the same pieces compressed, once somebody has asked for them so.
    """

    pieces: Sequence[bytes]
    kind: str
    actions: Sequence[Callable[[], None]]
    packed: Sequence[bytes] = ()


@dataclass(slots=True)
class _Minute:
    """The pages of one state, and how many bytes they are."""

    state: Hashable = None
    pages: dict[Hashable, _Kept] = field(default_factory=dict)
    size: int = 0

    def keep(self, page: Hashable, kept: _Kept) -> None:
        """Keep a page, as far as there is room."""
        if self._takes(kept.pieces):
            self.pages[page] = kept

    def answer(self, kept: _Kept) -> Response:
        """A kept page with the nonce of this request."""
        word = nonce().encode()
        body = word.join(kept.pieces)
        if not (compression.is_text(kept.kind, len(body)) and compression.takes_gzip()):
            return Response(body, mimetype=kept.kind)
        packed = kept.packed or compression.pack_around(kept.pieces, len(word))
        if not kept.packed and self._takes(packed):
            kept.packed = packed
        return compression.mark(
            Response(compression.join_packed(packed, word, body), mimetype=kept.kind)
        )

    def _takes(self, pieces: Sequence[bytes]) -> bool:
        """Whether there is room for these, which then is theirs."""
        size = sum(map(len, pieces))
        has_room = self.size + size <= _MOST_BYTES
        self.size += size * has_room
        return has_room


def install(app: Flask) -> None:
    """Answer from memory where a page was made within the minute; after the access check."""
    app.extensions["ibasho_minute"] = _Minute()
    app.before_request(_look_up)
    app.after_request(_keep)


def each_time(action: Callable[[], None]) -> None:
    """Do something now, and again whenever the page of this request is given from memory."""
    g.setdefault("each_time", []).append(action)
    action()


def is_kept() -> bool:
    """Whether the page of this request is given from memory: it is whole already, maybe packed."""
    return "is_kept" in g


def _look_up() -> Response | None:
    begin()
    g.pop("page", None)
    g.pop("each_time", None)
    g.pop("is_kept", None)
    if request.method != "GET" or request.endpoint not in _PAGES or session_token():
        return None
    minute = _minute((int(time.time() // 60), stores.state()))
    # a page names its own address, and the host of it is what the visitor's request says it is
    # and offers the language that the visitor's browser asks for
    page = (*map(request.environ.get, _ADDRESS), language(), offered())
    kept = minute.pages.get(page)
    if kept is None:
        # a page that is made now is kept for this state alone, whatever changes meanwhile
        g.page = minute, page
        return None
    for_everyone()
    for action in kept.actions:
        action()
    g.is_kept = True
    return minute.answer(kept)


def _keep(response: Response) -> Response:
    minute, page = g.pop("page", (None, None))
    if minute and response.status_code == 200 and is_for_everyone():
        pieces = response.get_data().split(nonce().encode())
        minute.keep(page, _Kept(pieces, response.mimetype or "", g.pop("each_time", ())))
    return response


def _minute(state: Hashable) -> _Minute:
    """The pages of this state; those of any other are forgotten."""
    minute = cast("_Minute", current_app.extensions["ibasho_minute"])
    if minute.state != state:
        minute = current_app.extensions["ibasho_minute"] = _Minute(state)
    return minute
