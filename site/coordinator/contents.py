"""What is shown besides listings, how much of it there is, and where the next is entered."""

from dataclasses import dataclass
from typing import Any

from flask import g, render_template, url_for

from ibasho.data.areas import read_areas
from ibasho.data.articles import read_articles
from ibasho.data.clock import today
from ibasho.data.events import read_stored_events
from ibasho.data.listings import Kind, State
from ibasho.data.listings.store import StoredListing, read_all_stored
from ibasho.data.networks import network_ids
from ibasho.data.schools import read_schools
from ibasho.data.stations import read_stations
from ibasho.site import reach
from ibasho.site.coordinator.entering import Group, Row, list_page
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.stores import database
from ibasho.site.words import state_label

_DESKS = (State.PUBLISHED, State.STALE, State.IN_REVIEW, State.CONFIRMED, State.INVITED,
          State.DRAFT, State.UNLISTED)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """One sort of thing: how many there are, in words, where they stand, where one is added."""

    title: str
    about: str
    count: int
    icon: str
    href: str = ""
    add: tuple[str, str] | None = None
    links: tuple[tuple[str, str], ...] = ()


@blueprint.get("/contents")
def contents() -> str:
    """A card for each sort of thing that whoever is signed in may enter."""
    return render_template(
        "coordinator/contents.html", cards=[*_of_a_part(), *(_of_the_ward() if _is_whole() else ())]
    )


@blueprint.get("/consultation-desks")
def consultation_desks() -> str:
    """The consultation desks: listings of that kind, each with where it stands."""
    return list_page(
        heading=gettext("Consultation desk"),
        lead=gettext("They are listings, and are reviewed like all others."),
        add=[(gettext("Add a consultation desk"), _add_desk())],
        groups=[
            Group("", [_desk_row(one) for one in _desks()], gettext("There is no listing yet")),
        ],
    )


def _of_a_part() -> list[Card]:
    """What a part of the ward may have."""
    day = today()
    events = [one for one in read_stored_events(database())
              if not one.withdrawn and one.body.occurrences[-1].date >= day
              and reach.covers_event(one.body)]  # fmt: skip
    networks = [(id_, name) for name, id_ in network_ids(database()).items()
                if g.account.scope.covers(network=name)]  # fmt: skip
    return [
        Card(gettext("Events"), gettext("To come"), len(events), "day",
             url_for("coordinator.events"),
             (gettext("Add an event"), url_for("coordinator.add_event"))
             if _is_whole() or g.account.scope.networks else None),
        Card(gettext("Consultation desk"), "", len(_desks()), "talk",
             url_for("coordinator.consultation_desks"),
             (gettext("Add a consultation desk"), _add_desk())),
        Card(gettext("Network"), "", len(networks), "circle",
             url_for("coordinator.networks"),
             (gettext("Add a network"), url_for("coordinator.add_network_form"))
             if _is_whole() else None,
             tuple((name, url_for("coordinator.change_network_form", network_id=id_))
                   for id_, name in networks)),
    ]  # fmt: skip


def _of_the_ward() -> list[Card]:
    """What all of the ward shares."""
    db = database()
    return [
        Card(gettext("Good to read"), gettext("Published"), len(read_articles(db, today())), "list",
             url_for("coordinator.articles"),
             (gettext("Add something to read"), url_for("coordinator.add_article"))),
        Card(gettext("Schools"), "", len(read_schools(db)), "here",
             url_for("coordinator.schools"),
             (gettext("Add a school"), url_for("coordinator.add_school"))),
        Card(gettext("Stations"), "", len(read_stations(db)), "pin",
             url_for("coordinator.stations"),
             (gettext("Add a station"), url_for("coordinator.add_station"))),
        Card(gettext("Outlines"), "", len(read_areas(db)), "globe",
             url_for("coordinator.areas"),
             (gettext("Add outlines"), url_for("coordinator.add_areas"))),
    ]  # fmt: skip


def _is_whole() -> bool:
    return bool(g.account.scope.is_whole)


def _add_desk() -> str:
    return url_for("coordinator.add", kind=Kind.CONSULTATION_DESK)


def _desks() -> list[StoredListing]:
    return [
        one
        for state in _DESKS
        for one in read_all_stored(database(), state)
        if (wording := reach.newest_wording(one))
        and wording.kind is Kind.CONSULTATION_DESK
        and reach.covers(one.id, wording)
    ]


def _desk_row(stored: StoredListing) -> Row:
    wording = reach.newest_wording(stored)
    here: dict[str, Any] = {"listing_id": stored.id}
    return Row(
        id=stored.id,
        title=wording.name if wording else stored.id,
        href=url_for("coordinator.listing", **here),
        move="",
        badge=state_label(stored.state),
        lines=tuple(filter(None, (wording.schedule_text,))) if wording else (),
        links=((gettext("Correct a listing"), url_for("coordinator.change", **here)),),
        steps=(),
    )
