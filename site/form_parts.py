"""What all forms share: their language, and how a line, a text and a choice are asked for."""

import unicodedata
from collections.abc import Mapping
from typing import TypeVar

from flask_babel import get_locale
from wtforms import (
    Form,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.i18n import get_translations
from wtforms.validators import DataRequired, Length

from ibasho.data import telephone
from ibasho.data.text import printable
from ibasho.site.languages import LazyString, lazy_gettext

SHORT = Length(max=200)
_Value = TypeVar("_Value", bound=str)

NOT_IN_JAPAN = lazy_gettext(
    "A telephone number has 10 or 11 digits and begins with 0. Please look again."
)
_DIGITS = lazy_gettext("Write digits alone, such as 20.")
NO_MAIL = lazy_gettext("Write a mail address: name@example.jp")


class WholeNumberField(IntegerField):  # type: ignore[misc]  # WTForms has no types
    """A whole number, with or without what it counts: 20, ２０人, 300円."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ValueError, saying what to write."""
        try:
            super().process_formdata([one.strip().rstrip("円人名") for one in valuelist])
        except ValueError as error:
            raise ValueError(str(_DIGITS)) from error


class SpokenForm(Form):  # type: ignore[misc]  # WTForms has no types
    """A form whose own messages come in the language of the page."""

    class Meta:
        """The language of WTForms' own messages."""

        def get_translations(self, form: Form) -> object:
            """The catalogue that comes with WTForms; English where it has none."""
            return get_translations([str(get_locale()), "en"])


def plain(value: str | None) -> str:
    """What was typed, without blanks around it and characters that no page may hold."""
    return printable(value or "").strip()


def half_width(value: str | None) -> str:
    """The same in the letters of a mail address: ａ＠ｂ．ｊｐ is a@b.jp."""
    return unicodedata.normalize("NFKC", plain(value))


def line(
    label: LazyString, needed: LazyString | None = None, hint: LazyString | str = "",
    most: int = 200,
) -> StringField:  # fmt: skip
    """A field of one line; `needed` is what is said where it stays empty."""
    rules = [DataRequired(needed), Length(max=most)] if needed else [Length(max=most)]
    return StringField(label, rules, description=hint, filters=[plain])


def phone_line(label: LazyString) -> StringField:
    """A field for a telephone number and words behind it: 03-1234-5678 内線12."""
    read = [plain, telephone.one_line]
    return StringField(label, [SHORT, _is_telephone], filters=read)


def mail_line(label: LazyString, needed: LazyString | None = None) -> StringField:
    """A field for a mail address, which may stay empty where nothing is needed."""
    rules = [DataRequired(needed)] if needed else []
    return StringField(label, [*rules, Length(max=254), _is_mail], filters=[half_width])


def is_mail(written: str) -> bool:
    """Whether mail can go there: one word with one @, and a dot after it."""
    name, _, host = written.partition("@")
    is_word = len(written.split()) == 1 and not set(written) & set('<>,;:"()[]\\')
    return bool(
        written.isascii() and name and "." in host.strip(".") and "@" not in host and is_word
    )


def text(
    label: LazyString,
    needed: LazyString | None = None,
    hint: LazyString | str = "",
    rows: int = 3,
    most: int = 4_000,
) -> TextAreaField:
    """A field of several lines, of so many letters at most."""
    rules = [DataRequired(needed), Length(max=most)] if needed else [Length(max=most)]
    return TextAreaField(label, rules, description=hint, filters=[plain], render_kw={"rows": rows})


def choice(
    label: LazyString, labels: Mapping[_Value, LazyString | str], hint: str = ""
) -> SelectField:
    """A field with these choices, by their values."""
    choices = [SelectChoice(str(value), name) for value, name in labels.items()]
    return SelectField(label, choices=choices, description=hint)


def _is_telephone(_form: Form, field: StringField) -> None:
    """A number that can be called, or nothing."""
    if field.data and not telephone.read(field.data).number:
        raise ValidationError(NOT_IN_JAPAN)


def _is_mail(_form: Form, field: StringField) -> None:
    """An address to which mail can go, or nothing."""
    if field.data and not is_mail(field.data):
        raise ValidationError(NO_MAIL)
