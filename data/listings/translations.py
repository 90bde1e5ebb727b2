"""The texts of a listing in a language other than Japanese, as somebody wrote them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

from ibasho.data.listings.facts import LANGUAGES

TONGUES = tuple(LANGUAGES.values())
"""The codes of the languages in which texts may be given: all of the site's but Japanese."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a listing says in one language; a field that is empty was not given in it.

    `language` is one of `TONGUES`; `easy` is Japanese too, in words that are easy to read. The
    other fields are called like those of a listing that they stand for.
    """

    language: str
    name: str = ""
    description: str = ""
    eligibility_description: str = ""
    application_process: str = ""
    fees_description: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is given in this language."""
        return not any(getattr(self, text) for text in TRANSLATED)


TRANSLATED = tuple(field.name for field in fields(Translation) if field.name != "language")
"""The texts that can be given in several languages, in the order in which forms ask for them."""


def in_language(translations: Iterable[Translation], code: str) -> Translation:
    """What is given in this language; one without any text where that is nothing."""
    found = (one for one in translations if one.language == code)
    return next(found, Translation(code))


def each_text(translation: Translation, change: Callable[[str], str]) -> Translation:
    """The translation with every text changed by this function."""
    texts = {text: change(getattr(translation, text)) for text in TRANSLATED}
    return Translation(translation.language, **texts)
