"""A coordinator of a part of the ward writes listings of that part alone."""

from flask import abort, g, make_response

from ibasho.data.accounts import Scope
from ibasho.data.listings import Listing, store
from ibasho.site.coordinator.forms import ListingForm
from ibasho.site.errors import error_page
from ibasho.site.languages import gettext, lazy_gettext
from ibasho.site.stores import database

NOT_YOURS = lazy_gettext("Name a network or school district that you look after.")
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
    """Whether the listing stays within the part; says at the fields what would be.

    A network or district that is another than the form began with has to be of the part itself.
    """
    scope: Scope = g.account.scope
    network, district = form.network, form.school_district
    wrong = []
    if not scope.takes_network(network.data, network.object_data):
        wrong.append("network")
    if not scope.takes_district(district.data, district.object_data):
        wrong.append("school_district")
    if not (wrong or scope.covers(network.data, district.data, listing_id)):
        wrong = list(parts()) or list(_FIELDS)
    for field in wrong:
        form[field].errors = [*form[field].errors, _told(parts().get(field, []))]
    return not wrong


def takes(listing_id: str, body: Listing) -> bool:
    """Whether a listing may be given this wording by whoever is signed in.

    What differs is seen from the public wording, or from the newest where none is public.
    """
    scope: Scope = g.account.scope
    before = store.read_wordings(database(), [listing_id]).get(listing_id)
    return scope.takes_wording(body, before)


def keep_own(listing_id: str, body: Listing) -> None:
    """Answer 403, and say which part it is, where a wording would lead out of that."""
    if not takes(listing_id, body):
        said = _told([name for names in parts().values() for name in names])
        abort(make_response(error_page(403, said), 403))


def _told(names: list[str]) -> str:
    if not names:
        return str(NOT_YOURS)
    return gettext("Your part of the ward is: %(names)s", names=gettext(", ").join(names))
