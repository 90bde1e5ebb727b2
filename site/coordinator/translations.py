"""The texts of a listing in other languages as fields of its form, and back."""

from collections.abc import Iterator
from typing import NamedTuple

from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import Length

from ibasho.data.listings import TONGUES, TRANSLATED, Listing, Translation, in_language
from ibasho.site.form_parts import plain
from ibasho.site.languages import LANGUAGES, LazyString, gettext, lazy_gettext

# The label of each text, the longest that it may be, and whether it has several lines.
_FIELDS: dict[str, tuple[LazyString, int, bool]] = {
    "name": (lazy_gettext("Name"), 200, False),
    "description": (lazy_gettext("About"), 4_000, True),
    "eligibility_description": (lazy_gettext("Who may come"), 500, False),
    "application_process": (lazy_gettext("Booking"), 500, False),
    "fees_description": (lazy_gettext("Cost in words"), 200, False),
    "note": (lazy_gettext("Note"), 4_000, True),
}


class Section(NamedTuple):
    """The part of the form for one language: its name, its fields, and whether any needs a look."""

    name: str
    lang: str
    fields: list[str]
    is_open: bool


def add_translation_fields(form: type[Form]) -> None:
    """Let a form ask for every text in every language, after all that it asks for already."""
    for code in TONGUES:
        for text in TRANSLATED:
            setattr(form, _name(code, text), _field(code, text))


def translation_values(listing: Listing) -> dict[str, str]:
    """The values of these fields for a listing."""
    return {
        _name(code, text): getattr(in_language(listing.translations, code), text)
        for code in TONGUES
        for text in TRANSLATED
    }


def translations_of(form: Form, before: Listing) -> tuple[Translation, ...]:
    """What a valid form gives in other languages; one that it does not ask for stays."""
    given = (
        Translation(code, **{text: form[_name(code, text)].data or "" for text in TRANSLATED})
        for code in TONGUES
    )
    others = (one for one in before.translations if one.language not in TONGUES)
    return (*(one for one in given if not one.is_empty), *others)


def left_behind(before: Listing, after: Listing) -> list[str]:
    """The texts that stay as they were in a language while their Japanese changes, by label."""
    return [
        _label(one.language, _FIELDS[text][0])
        for one in after.translations
        for text in TRANSLATED
        if one.language in TONGUES
        and getattr(one, text)
        and getattr(one, text) == getattr(in_language(before.translations, one.language), text)
        and getattr(before, text) != getattr(after, text)
    ]


def sections(form: Form) -> Iterator[Section]:
    """The parts of the form, a language each; those with a text or an error are open."""
    for code in TONGUES:
        names = [_name(code, text) for text in TRANSLATED]
        is_open = any(form[name].data or form[name].errors for name in names)
        yield Section(LANGUAGES[code].name, LANGUAGES[code].tag, names, is_open)


def _name(code: str, text: str) -> str:
    return f"{code}_{text}"


def _field(code: str, text: str) -> Field:
    label, longest, is_long = _FIELDS[text]
    kind = TextAreaField if is_long else StringField
    return kind(
        LazyString(_label, code, label),
        [Length(max=longest)],
        filters=[plain],
        render_kw={"lang": LANGUAGES[code].tag},
    )


def _label(code: str, label: LazyString) -> str:
    """A field with the language that it is for, as a list of fields names it."""
    return gettext("%(language)s: %(field)s", field=label, language=LANGUAGES[code].name)
