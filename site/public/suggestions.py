"""What a visitor may mean while typing: words, places to go, places to be near. Nothing is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from flask import Response, request

from ibasho.data.clock import today
from ibasho.data.geocode import town_names
from ibasho.data.listings import Kind
from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.schools import read_schools
from ibasho.data.stations import read_stations
from ibasho.data.text import fold_closed, printable
from ibasho.search_index import SearchQuery, with_synonyms
from ibasho.site import stores
from ibasho.site.languages import gettext
from ibasho.site.public.views import as_json, blueprint
from ibasho.site.words import district_label, kind_label

MOST = 8
_MOST_LISTINGS = 4
_MOST_ALIKE = 4
_MOST_MUNICIPALITIES = 5
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Known:
    """A text that a search understands, what it is, and the folded spellings that lead to it."""

    text: str
    about: str
    spellings: tuple[str, ...]


@blueprint.get("/suggest")
def suggest() -> Response:
    """At most eight texts for a field of the search; the fields of places get places alone."""
    typed = printable(request.args.get("q", ""))[:_LONGEST]
    places_only = request.args.get("field") in {"near", "to"}
    response = as_json({"suggestions": suggestions(typed, places_only)})
    response.headers["Cache-Control"] = "no-store"
    return response


def suggestions(typed: str, places_only: bool = False) -> list[dict[str, str]]:
    """Texts that begin with what was typed, then texts that hold it."""
    if not fold_closed(typed):
        return []
    found = [] if places_only else [*_words(typed), *_listings(typed)]
    known = _places()
    if places_only:
        known = [one for one in known if one.about != gettext("School district")]
    found += _matching(known, typed)
    abouts: dict[str, str] = {}
    for text, about in found:
        abouts.setdefault(text, about)
    return [{"text": text, "about": about} for text, about in islice(abouts.items(), MOST)]


def _words(typed: str) -> list[tuple[str, str]]:
    """Kinds and words for them, then the words by which other words are known here."""
    kinds = _matching(_kinds(), typed)
    called = {text for text, _ in kinds}
    groups = [one for one in _groups() if one.text not in called]
    found = (one for one in _matching(groups, typed) if _finds(one[0]))
    return [*kinds, *islice(found, _MOST_ALIKE - len(kinds))]


def _groups() -> Iterator[Known]:
    """The first word of each group that stands for one another, by all of its words."""
    for group in stores.synonyms():
        yield Known(group.words[0], gettext("What"), tuple(map(fold_closed, group.words)))


def _finds(word: str) -> bool:
    """Whether a word, or what stands for it, finds anything."""
    query = with_synonyms(SearchQuery(text=word, limit=1), stores.synonyms())
    return bool(stores.find(query, today(), relax=False).total)


def _matching(known: Iterable[Known], typed: str) -> list[tuple[str, str]]:
    """Those that begin so before those that only hold it."""
    # 子 alone is not yet 子ども, which folds to こども
    pieces = {fold_closed(typed), typed.strip()}
    begins, holds = [], []
    for one in known:
        spellings = (*one.spellings, one.text)
        if any(spelling.startswith(piece) for spelling in spellings for piece in pieces):
            begins.append((one.text, one.about))
        elif any(piece in spelling for spelling in spellings for piece in pieces):
            holds.append((one.text, one.about))
    return [*begins, *holds][:_MOST_ALIKE]


def _kinds() -> Iterator[Known]:
    """Each kind by its name in the page's language, and each word for it by itself."""
    labels = {kind: kind_label(kind) for kind in sorted(stores.index().kinds())}
    what = gettext("What")
    for kind, label in labels.items():
        yield Known(label, what, (fold_closed(label), fold_closed(KIND_WORDS[kind][0])))
    for kind, word, folded in _words_of_kinds():
        if kind in labels:
            yield Known(word, labels[kind], folded)


@cache
def _words_of_kinds() -> list[tuple[Kind, str, tuple[str]]]:
    return [(kind, word, (fold_closed(word),)) for kind in KIND_WORDS for word in KIND_WORDS[kind]]


def _listings(typed: str) -> list[tuple[str, str]]:
    return [
        (listing.name, kind_label(listing.kind))
        for listing in stores.suggest(typed, _MOST_LISTINGS)
    ]


@cache
def _towns(municipality: str) -> list[tuple[str, tuple[str]]]:
    return [(town, (fold_closed(town),)) for town in town_names(municipality)]


def _places() -> list[Known]:
    """Stations, schools, towns and districts of this site."""
    db = stores.database()
    known = [
        Known(
            f"{one.name}駅", gettext("Station"),
            (fold_closed(f"{one.name}駅"), fold_closed(one.kana)),
        )
        for one in read_stations(db)
    ]  # fmt: skip
    schools = read_schools(db)
    known += [Known(one.name, gettext("School"), (fold_closed(one.name),)) for one in schools]
    for municipality in stores.municipalities()[:_MOST_MUNICIPALITIES]:
        known += [Known(town, gettext("Town"), folded) for town, folded in _towns(municipality)]
    districts = dict.fromkeys(one.district for one in schools if one.district)
    known += [
        Known(label, gettext("School district"), (fold_closed(label),))
        for label in map(district_label, districts)
    ]
    return known
