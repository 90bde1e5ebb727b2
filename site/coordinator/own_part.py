"""A coordinator of a part of the ward writes listings of that part alone."""

from flask import g

from ibasho.data.accounts import Scope
from ibasho.site.coordinator.forms import ListingForm
from ibasho.site.languages import gettext

_FIELDS = {"network": "networks", "school_district": "districts"}


def parts() -> dict[str, list[str]]:
    """What a form offers by field: the networks and districts of who is signed in."""
    scope: Scope = g.account.scope
    offered = {field: sorted(getattr(scope, part)) for field, part in _FIELDS.items()}
    return {field: names for field, names in offered.items() if names and not scope.is_whole}


def propose_own(form: ListingForm) -> None:
    """Begin a new listing in the one part that it can be of."""
    offered = parts()
    if len(offered) == 1:
        [(field, names)] = offered.items()
        if len(names) == 1:
            form[field].data = names[0]


def is_own(form: ListingForm, listing_id: str = "") -> bool:
    """Whether the listing stays within the part; says at the fields what would be."""
    scope: Scope = g.account.scope
    if scope.covers(form.network.data, form.school_district.data, listing_id):
        return True
    for field, names in parts().items():
        told = gettext("Your part of the ward is: %(names)s", names=gettext(", ").join(names))
        form[field].errors = [*form[field].errors, told]
    return False
