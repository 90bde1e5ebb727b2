"""What all forms share: their language, and the choices that several of them offer."""

from flask_babel import get_locale
from wtforms import Form
from wtforms.fields import SelectChoice
from wtforms.i18n import get_translations

from ibasho.data.listings import AddressVisibility
from ibasho.site.languages import lazy_gettext
from ibasho.site.words import KINDS

KIND_CHOICES = [SelectChoice(str(kind), label) for kind, label in KINDS.items()]
VISIBILITIES = [
    SelectChoice(str(AddressVisibility.EXACT), lazy_gettext("All of it")),
    SelectChoice(str(AddressVisibility.AREA_ONLY), lazy_gettext("Only the town")),
    SelectChoice(str(AddressVisibility.ON_REQUEST), lazy_gettext("Only the city or ward")),
]


class SpokenForm(Form):  # type: ignore[misc]  # WTForms has no types
    """A form whose own messages come in the language of the page."""

    class Meta:
        """The language of WTForms' own messages."""

        def get_translations(self, form: Form) -> object:
            """The catalogue that comes with WTForms; English where it has none."""
            return get_translations([str(get_locale()), "en"])
