"""The words of a place itself: in the language of the page where it gives them, else Japanese."""

from dataclasses import dataclass, field
from typing import NamedTuple

from flask import Flask
from markupsafe import Markup

from ibasho.data.listings import TRANSLATED, PublicListing, in_language
from ibasho.site.languages import LazyString, language, lazy_gettext
from ibasho.site.words import in_japanese

_LABELS: dict[str, LazyString] = {
    "description": lazy_gettext("About"),
    "eligibility_description": lazy_gettext("Who may come"),
    "application_process": lazy_gettext("Booking"),
    "fees_description": lazy_gettext("Cost"),
    "note": lazy_gettext("Note"),
}


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One text of a place as a page shows it.

    `original` is what stands there in Japanese where `text` is given in the page's language, and
    "" otherwise. `lang` is the attribute that marks the text on a page in another language.
    """

    text: str
    original: str = ""
    lang: Markup = field(default_factory=Markup)

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.text)


class Original(NamedTuple):
    """A Japanese text for which a page shows one in its own language."""

    label: str
    text: str


def japanese(text: str) -> OwnWords:
    """What a place says in Japanese alone."""
    return OwnWords(text, lang=in_japanese())


def own(listing: PublicListing, text: str, rest: str | None = None) -> OwnWords:
    """The text of one of the fields `TRANSLATED`, in the page's language where it is given.

    `rest` is what a page shows of the Japanese where that is not all of it.
    """
    said = getattr(in_language(listing.translations, language()), text)
    written = getattr(listing, text)
    if said:
        return OwnWords(said, "" if said == written else written)
    return japanese(written if rest is None else rest)


def told_here(listing: PublicListing) -> frozenset[str]:
    """The fields whose texts are given in the page's language."""
    said = in_language(listing.translations, language())
    return frozenset(text for text in TRANSLATED if getattr(said, text))


def originals(listing: PublicListing) -> list[Original]:
    """The Japanese of the texts that a page shows in its own language; names stand side by side."""
    return [
        Original(str(label), said.original)
        for text, label in _LABELS.items()
        if (said := own(listing, text)).original
    ]


def install(app: Flask) -> None:
    """Let the templates choose with the same rule."""
    app.jinja_env.filters.update(own=own, originals=originals)
