"""How the desk says what networks do, and what can be taken back after it was done."""

from typing import Any, NamedTuple

from flask import request, url_for

from ibasho.data.geocode import Level
from ibasho.data.networks import Help, Offer, PartnerKind, Standing
from ibasho.data.networks.matching import Fit
from ibasho.site.languages import LazyString, gettext, lazy_gettext, ngettext
from ibasho.site.words import distance

HELP: dict[Help, LazyString] = {
    Help.PEOPLE: lazy_gettext("People to help"),
    Help.FOOD: lazy_gettext("Food"),
    Help.MONEY: lazy_gettext("Money"),
    Help.SPACE: lazy_gettext("Space"),
    Help.EQUIPMENT: lazy_gettext("Equipment"),
}

PARTNERS: dict[PartnerKind, LazyString] = {
    PartnerKind.SUPPORTER: lazy_gettext("Supporting group"),
    PartnerKind.COMPANY: lazy_gettext("Company or shop"),
    PartnerKind.COUNCIL: lazy_gettext("Council of social welfare"),
    PartnerKind.OFFICE: lazy_gettext("Office"),
    PartnerKind.SCHOOL: lazy_gettext("School"),
    PartnerKind.OTHER: lazy_gettext("Something else"),
}

STANDINGS: dict[Standing, LazyString] = {
    Standing.OPEN: lazy_gettext("Open"),
    Standing.MATCHED: lazy_gettext("Brought together"),
    Standing.WITHDRAWN: lazy_gettext("Withdrawn"),
    Standing.EXPIRED: lazy_gettext("Past its date"),
}

# What a page says once something was done; most are followed by a way back.
DONE: dict[str, LazyString] = {
    "saved": lazy_gettext("Saved."),
    "member_added": lazy_gettext("Taken into the network. The public page follows."),
    "member_removed": lazy_gettext("Taken out of the network. The public page follows."),
    "member_undone": lazy_gettext("Put back as it was. The public page follows."),
    "changed_since": lazy_gettext(
        "Somebody else has changed it meanwhile. Below is what it is now."
    ),
    "meeting_withdrawn": lazy_gettext("The meeting is withdrawn. Its minutes are kept."),
    "waits": lazy_gettext(
        "A change of this place waits for a decision. Decide it first, then try again."
    ),
    "partner_removed": lazy_gettext("Taken out of the network."),
    "person_removed": lazy_gettext("Contact taken out. It is forgotten after thirty days."),
    "off": lazy_gettext("The meeting is called off."),
    "task_done": lazy_gettext("Done. One thing less."),
    "need_withdrawn": lazy_gettext("Withdrawn"),
    "offer_withdrawn": lazy_gettext("Withdrawn"),
    "unfit": lazy_gettext("These two are not suggested again."),
    "joined": lazy_gettext("Brought together. Mails to both are on their way."),
    "not_open": lazy_gettext("Somebody was faster: one of the two is not open any more."),
    "in_use": lazy_gettext("Something belongs to it or names it. It cannot be withdrawn."),
    "brought_back": lazy_gettext("It is there again."),
    "sent": lazy_gettext("On its way to the members."),
}

# How it is taken back: the address, what its argument is called, the values that are sent.
_UNDO: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "member_added": ("network_member_undo", (), {}),
    "member_removed": ("network_member_undo", (), {}),
    "meeting_withdrawn": ("network_meeting_withdraw", ("meeting_id",), {"step": "restore"}),
    "partner_removed": ("network_partner_move", ("partner_id",), {"step": "restore"}),
    "person_removed": ("network_person_move", ("person_id",), {"step": "restore"}),
    "off": ("network_meeting_off", ("meeting_id",), {"step": "restore"}),
    "task_done": ("network_task_done", ("meeting_id",), {"step": "restore"}),
    "need_withdrawn": ("network_need_move", ("need_id",), {"step": "restore"}),
    "offer_withdrawn": ("network_offer_move", ("offer_id",), {"step": "restore"}),
    "unfit": ("network_judge", ("offer_id", "need_id"), {"step": "undo"}),
    "joined": ("network_judge", ("offer_id", "need_id"), {"step": "undo"}),
}


class Said(NamedTuple):
    """What was just done, and how to take it back: an address and values, or neither."""

    text: str
    address: str = ""
    values: dict[str, str] = {}  # noqa: RUF012 (never changed)


def said_of(network_id: int) -> Said | None:
    """What the address says was just done, in `done` and, of what, in `one`."""
    done = request.args.get("done", "")
    if done not in DONE:
        return None
    text = str(DONE[done])
    numbers = request.args.get("one", "").split("-")
    if done not in _UNDO or not all(one.isdecimal() and len(one) < 10 for one in numbers):
        return Said(text)
    endpoint, names, values = _UNDO[done]
    if done == "task_done" and len(numbers) == 2:
        values = values | {"task": numbers.pop()}
    if not names and len(numbers) == 1:
        values = values | {"member": numbers.pop()}
    if len(numbers) != len(names):
        return Said(text)
    arguments: dict[str, Any] = dict(zip(names, map(int, numbers), strict=True))
    address = url_for(f"coordinator.{endpoint}", network_id=network_id, **arguments)
    return Said(text, address, values)


def why(offer: Offer, fit: Fit) -> str:
    """Why an offer and a need could go together: same kind, 1.2 km, 3 days left."""
    parts = [gettext("same kind")]
    if fit.distance_m is None:
        parts.append(gettext("distance not known"))
    else:
        ends = (offer.position, fit.need.position)
        vaguest = max(ends, key=lambda one: (one.radius_m or 0, one.level is not Level.PIN))
        parts.append(distance(fit.distance_m, vaguest))
    if fit.days_left == 0:
        parts.append(gettext("today is the last day"))
    elif fit.days_left is not None:
        parts.append(ngettext("%(num)d day left", "%(num)d days left", fit.days_left))
    return gettext(" / ").join(parts)
