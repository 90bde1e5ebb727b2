"""How an address is read: by furigana over it, or in Latin letters for who reads no Japanese.

Made from what is public of a listing or an event, never from more.
"""

import re

from flask import Flask
from markupsafe import Markup, escape

from ibasho.data.events import PublicEvent
from ibasho.data.geocode import Part, fold_address, read_names
from ibasho.data.listings import PublicListing
from ibasho.data.romaji import hepburn
from ibasho.site.furigana import over_words, ruby
from ibasho.site.languages import DEFAULT, spoken
from ibasho.site.words import without_prefecture

# What kind of place it is stands apart from its name: Nishitōkyō-shi, Minami-chō.
_KINDS = {
    "都": ("と",), "府": ("ふ",), "県": ("けん",), "市": ("し",), "区": ("く",), "郡": ("ぐん",),
    "町": ("ちょう", "まち"), "村": ("むら", "そん"),
}  # fmt: skip
_BLOCK = re.compile("[0-9]+(?:(?:丁目?|番地?|号|ノ|-)+[0-9]+)*")
_BETWEEN = re.compile("[^0-9]+")
_NUMBER_FIRST = re.compile("[0-9０-９]|[一二三四五六七八九十]+丁目")


def address(place: PublicListing | PublicEvent, *, short: bool = False) -> str:
    """Where a place is, with furigana on pages that have them; "" where nothing is public.

    `short`: without the prefecture, as people of the place say it.
    """
    text = _text(place, short)
    if not spoken().ruby:
        return text
    over = Markup("").join(map(_over, read_names(text, place.municipality)))
    # what is read here, or has no reading here, gets none by the words in it
    return Markup('<span class="read" data-read>{}</span>').format(over) if over else ""


def address_in_latin(place: PublicListing | PublicEvent, *, short: bool = False) -> str:
    """The same as one says it, in Latin letters; "" on Japanese pages and where none is known.

    "…" stands for the rest where it goes on with a name whose reading is not known.
    """
    if spoken().tag == DEFAULT:
        return ""
    said: list[str] = []
    for part in read_names(_text(place, short), place.municipality):
        if part.reading:
            said.append(_latin(part))
        elif said:
            block = _BLOCK.match(fold_address(part.text))
            said.append(_BETWEEN.sub("-", block[0]) if block else "…")
    return " ".join(said)


def _text(place: PublicListing | PublicEvent, short: bool) -> str:
    text = place.address or place.municipality
    return without_prefecture(text) if short else text


def _over(part: Part) -> Markup:
    text = str(escape(part.text))
    if part.reading:
        text = ruby(text, part.reading)
    elif _NUMBER_FIRST.match(text):
        text = over_words(text)
    return Markup(text)  # noqa: S704 (escaped above)


def _latin(part: Part) -> str:
    for kind in _KINDS.get(part.text[-1], ()):
        name = part.reading.removesuffix(kind)
        if name and name != part.reading:
            return f"{hepburn(name, part.text[:-1])}-{hepburn(kind, '').lower()}"
    return hepburn(part.reading, part.text)


def install(app: Flask) -> None:
    """Let the templates say where a place is."""
    app.jinja_env.filters.update(address=address, address_in_latin=address_in_latin)
