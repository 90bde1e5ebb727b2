"""The addresses at which the desk says what a network is; who belongs to it is said elsewhere."""

from flask import g, url_for
from werkzeug.wrappers import Response

from ibasho.data.networks import Network, NotATelephoneError, read_network
from ibasho.data.networks.naming import (
    NameInUseError,
    NameTakenError,
    add_network,
    change_network,
)
from ibasho.site.coordinator.entering import (
    EntryForm,
    entry_page,
    is_sent,
    is_stale,
    saved,
    sent,
)
from ibasho.site.coordinator.networks import go
from ibasho.site.coordinator.views import blueprint
from ibasho.site.form_parts import line, phone_line, text
from ibasho.site.languages import gettext, lazy_gettext
from ibasho.site.stores import database

_ADDRESS = "/networks/<int(max=9223372036854775807):network_id>/change"
_LIST = "coordinator.contents"
_SECTIONS = (("", ("name", "description", "phone")),)


class NetworkForm(EntryForm):
    """What everyone may know of a network."""

    name = line(
        lazy_gettext("Name"),
        lazy_gettext("Give the name under which people know it."),
        hint=lazy_gettext("Listings and events name it exactly so."),
    )
    description = text(lazy_gettext("About"))
    phone = phone_line(lazy_gettext("Telephone, for everyone"))


@blueprint.route("/networks/new", methods=["GET", "POST"])
def add_network_form() -> Response | str | tuple[str, int]:
    """A new network."""
    return _edit(sent(NetworkForm, {}), None, None)


@blueprint.route(_ADDRESS, methods=["GET", "POST"])
def change_network_form(network_id: int) -> Response | str | tuple[str, int]:
    """What one network says of itself."""
    network = read_network(database(), network_id)
    values = {"name": network.name, "description": network.description, "phone": network.phone}
    return _edit(sent(NetworkForm, values), network_id, network)


def _edit(
    form: NetworkForm, network_id: int | None, before: Network | None
) -> Response | str | tuple[str, int]:
    stale = False
    if is_sent() and form.validate():
        stale = is_stale(before)
        if not stale and _keep(form, network_id):
            return go("network", network_id, "saved") if network_id else saved(_LIST)
    heading = before.name if before else gettext("Add a network")
    back = (gettext("What is shown"), url_for(_LIST))
    return entry_page(form, heading, _SECTIONS, back, before, stale)


def _keep(form: NetworkForm, network_id: int | None) -> bool:
    """Keep what the form says; where that cannot be, say in the form why, and return False."""
    try:
        network = Network(form.name.data, form.description.data, form.phone.data)
        if network_id is None:
            add_network(database(), network, g.account.actor)
        else:
            change_network(database(), network_id, network, g.account.actor)
    except NotATelephoneError:
        form.phone.errors = [gettext("This is no telephone number.")]
    except NameTakenError:
        form.name.errors = [gettext("Another network is called so.")]
    except NameInUseError:
        form.name.errors = [
            gettext("Listings, events or accounts still name it as before. Change them first.")
        ]
    return not form.errors
