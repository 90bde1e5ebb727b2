"""The addresses at which the desk enters events: dates, place, whom to ask, cancelled or not."""

import datetime as dt
from itertools import islice
from typing import Any

from flask import abort, current_app, g, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, FieldList, FormField, TimeField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from ibasho.data.addresses import geocoder
from ibasho.data.clock import today
from ibasho.data.events import (
    Application,
    Event,
    EventKind,
    StoredEvent,
    keep_event,
    read_stored_event,
    read_stored_events,
    set_cancelled,
    start_of,
    to_public,
    withdraw_event,
)
from ibasho.data.listings import ContactVisibility, Location, refined
from ibasho.data.networks import network_ids
from ibasho.data.schedule import Occurrence, occurrences, read_phrase
from ibasho.site import reach
from ibasho.site.coordinator.entering import (
    EntryForm,
    Group,
    Row,
    done,
    entry_page,
    id_of,
    is_save,
    is_stale,
    list_page,
    saved,
    step_of,
    withdrawing,
)
from ibasho.site.coordinator.forms import (
    ListingForm,
    contact_lines,
    emails_of,
    location_of,
    phones_of,
    pin_text,
)
from ibasho.site.coordinator.seen import note_seen
from ibasho.site.coordinator.views import blueprint
from ibasho.site.event_words import EVENT_KINDS, day_of_year, event_hours
from ibasho.site.form_parts import SpokenForm, choice, line, text
from ibasho.site.languages import gettext, lazy_gettext
from ibasho.site.listing_fields import place_values
from ibasho.site.stores import database, in_school_year, own_municipality

MOST_DATES = 60
_SPARE_ROWS = 3
_HORIZON = dt.timedelta(days=366)
_TEXTS = ("title", "organization", "description", "schedule_text", "eligibility_description",
          "fees_description", "capacity", "application_process", "url", "network", "note",
          "assured_by")  # fmt: skip
_SECTIONS = (
    (lazy_gettext("What and who"), ("kind", "title", "organization", "description", "network")),
    (lazy_gettext("When"), ("dates", "phrase", "phrase_until", "schedule_text")),
    (lazy_gettext("Where"), ("online", "municipality", "address", "building", "visibility", "pin")),
    (lazy_gettext("Who may come"), ("eligibility_description", "fees_description", "capacity")),
    (lazy_gettext("Booking"), ("application", "apply_until", "application_process")),
    (lazy_gettext("Contact"),
     ("phones_public", "phones_staff", "emails_public", "emails_staff", "url")),
    (lazy_gettext("More"), ("note", "assured_date", "assured_by")),
)  # fmt: skip


class DateRow(SpokenForm):
    """One date of an event."""

    date = DateField(lazy_gettext("Date"), [Optional()])
    opens_at = TimeField(lazy_gettext("From"), [Optional()])
    closes_at = TimeField(lazy_gettext("Until"), [Optional()])
    confirm = BooleanField(lazy_gettext("Not fixed yet"))

    def validate_opens_at(self, field: TimeField) -> None:
        """A time needs its date."""
        if field.data and not self.date.data:
            raise ValidationError(lazy_gettext("Write the date of this time too."))

    def validate_closes_at(self, field: TimeField) -> None:
        """The same, and it ends after it begins."""
        self.validate_opens_at(field)
        begins = self.opens_at.data
        if field.data and begins and field.data <= begins:
            raise ValidationError(lazy_gettext("It ends before it begins."))


class EventForm(EntryForm):
    """All that a coordinator says of an event; place and contacts are asked as for a listing."""

    kind = choice(lazy_gettext("What is it?"), EVENT_KINDS)
    title = line(lazy_gettext("Title"), lazy_gettext("Write a title."))
    organization = ListingForm.organization
    description = ListingForm.description
    network = choice(lazy_gettext("Network"), {})
    dates = FieldList(FormField(DateRow), label=lazy_gettext("Dates"))
    phrase = line(
        lazy_gettext("Or several dates in words"),
        hint=lazy_gettext("毎月第2土曜日 10:00～12:00: the dates are put in above when you go on."),
    )
    phrase_until = DateField(lazy_gettext("Until which day"), [Optional()])
    schedule_text = line(lazy_gettext("About the times"))
    online = BooleanField(lazy_gettext("Online"))
    municipality = ListingForm.municipality
    address = ListingForm.address
    building = ListingForm.building
    visibility = ListingForm.visibility
    pin = ListingForm.pin
    eligibility_description = ListingForm.eligibility_description
    fees_description = line(lazy_gettext("Cost"))
    capacity = ListingForm.capacity
    application = choice(
        lazy_gettext("Does one have to apply?"),
        {
            str(Application.NOT_SAID): lazy_gettext("Nothing is said of it"),
            str(Application.NOT_NEEDED): lazy_gettext("No need to apply"),
            str(Application.NEEDED): lazy_gettext("Apply first"),
            str(Application.FULL): lazy_gettext("Full: no more applications"),
        },
    )
    apply_until = DateField(lazy_gettext("Last day to apply"), [Optional()])
    application_process = line(lazy_gettext("In your words"))
    phones_public = ListingForm.phones_public
    phones_staff = ListingForm.phones_staff
    emails_public = ListingForm.emails_public
    emails_staff = ListingForm.emails_staff
    url = ListingForm.url
    note = text(
        lazy_gettext("Note"), hint=lazy_gettext("Everyone reads it: also why it is cancelled.")
    )
    assured_date = ListingForm.assured_date
    assured_by = ListingForm.assured_by

    validate_municipality = ListingForm.validate_municipality
    validate_pin = ListingForm.validate_pin
    validate_phones_public = ListingForm.validate_phones_public
    validate_phones_staff = ListingForm.validate_phones_staff
    validate_emails_public = ListingForm.validate_emails_public
    validate_emails_staff = ListingForm.validate_emails_staff

    def validate_phrase(self, field: object) -> None:
        """Words that name certain dates; without any, a date of its own."""
        named = self.named_dates()
        if self.phrase.data and not named:
            raise ValidationError(
                lazy_gettext("No certain date was found in these words. Write the dates above.")
            )
        if not named and not any(row.form.date.data for row in self.dates):
            raise ValidationError(lazy_gettext("Give at least one date."))
        if len(named) + len(self.dates) > MOST_DATES + _SPARE_ROWS:
            raise ValidationError(
                lazy_gettext("These are too many dates. Say until which day, or enter them apart.")
            )

    def named_dates(self) -> list[Occurrence]:
        """The dates from today on that the words name, a year at most."""
        if not self.phrase.data:
            return []
        schedule = in_school_year(read_phrase(self.phrase.data))
        last = self.phrase_until.data or today() + _HORIZON
        return list(islice(occurrences(schedule, today(), last), MOST_DATES + 1))


@blueprint.get("/events")
def events() -> str:
    """The events of this part of the ward, those to come first."""
    day = today()
    known = [one for one in read_stored_events(database()) if reach.covers_event(one.body)]
    coming = [one for one in known if _last(one) >= day and not one.withdrawn]
    coming.sort(key=lambda one: start_of(_next(one.body, day)[0]))
    over = [one for one in reversed(known) if _last(one) < day and not one.withdrawn]
    gone = [one for one in reversed(known) if one.withdrawn]
    return list_page(
        heading=gettext("Events"),
        add=[(gettext("Add an event"), url_for("coordinator.add_event"))] if _may_add() else [],
        groups=[
            Group(gettext("To come"), [_row(one, day) for one in coming],
                  gettext("No event is announced. The first one appears to everyone at once.")),
            Group(gettext("Over"), [_row(one, day) for one in over]),
            Group(gettext("Withdrawn"), [_row(one, day) for one in gone]),
        ],
    )  # fmt: skip


@blueprint.route("/events/new", methods=["GET", "POST"])
def add_event() -> Response | str | tuple[str, int]:
    """A new event; it is looked at before it is kept."""
    if not _may_add():
        abort(403)
    return _edit(_form(), None)


@blueprint.route("/events/<event_id>/copy", methods=["GET", "POST"])
def copy_event(event_id: str) -> Response | str | tuple[str, int]:
    """A new event that says what another says, on other dates."""
    before = read_stored_event(database(), event_id).body
    note_seen(event_id, before)
    values = _values(before) | {
        "dates": [], "apply_until": None, "note": "", "assured_date": None, "assured_by": "",
    }  # fmt: skip
    return _edit(_form(values), None, before)


@blueprint.route("/events/<event_id>/change", methods=["GET", "POST"])
def change_event(event_id: str) -> Response | str | tuple[str, int]:
    """One event; what it says takes the place of what it said."""
    stored = read_stored_event(database(), event_id)
    note_seen(event_id, stored.body)
    return _edit(_form(_values(stored.body)), stored, stored.body)


@blueprint.post("/events/<event_id>/move")
def move_event(event_id: str) -> Response:
    """Say that an event is cancelled, withdraw it, or take that back."""
    db, actor = database(), g.account.actor
    step = step_of(
        {
            "cancel": lambda: set_cancelled(db, event_id, True, actor),
            "resume": lambda: set_cancelled(db, event_id, False, actor),
            **withdrawing(lambda withdrawn: withdraw_event(db, event_id, withdrawn, actor)),
        }
    )
    return done("coordinator.events", step, event_id)


def _edit(
    form: EventForm, stored: StoredEvent | None, before: Event | None = None
) -> Response | str | tuple[str, int]:
    """What follows from a form: what is wrong, how it looks, or that it is kept."""
    preview, stale = None, False
    if request.method == "POST" and form.validate():
        event = _event(form, before, stored is None)
        stale = is_stale(stored)
        if is_save() and not stale:
            event_id = keep_event(database(), event, g.account.actor, id_of(stored))
            return saved("coordinator.events", event_id, is_new=stored is None)
        preview = to_public(stored.id if stored else "new", event)
        form = _form(_values(event), sent=False)
    heading = stored.body.title if stored else gettext("Add an event")
    empty = sum(not row.form.date.data for row in form.dates)
    for _ in range(_SPARE_ROWS - empty):
        form.dates.append_entry()
    coming = preview.since(today()) if preview else []
    return entry_page(
        form, heading, _SECTIONS, (gettext("Events"), url_for("coordinator.events")), stored, stale,
        "coordinator/event.html", preview=preview, is_checked_first=True, over=not coming,
        becomes_public=not (stored and stored.withdrawn),
        dates=coming or (preview.occurrences if preview else ()),
    )  # fmt: skip


def _form(values: dict[str, object] | None = None, sent: bool | None = None) -> EventForm:
    """The form as it was sent, or else with these values."""
    is_sent = request.method == "POST" if sent is None else sent
    start = values or {"municipality": own_municipality()}
    form = EventForm(request.form if is_sent else None, data=start)
    names = _networks()
    if kept := (values or {}).get("network"):
        names = list(dict.fromkeys([*names, str(kept)]))
    nobody = [SelectChoice("", gettext("None"))] if g.account.scope.is_whole else []
    form.network.choices = nobody + [SelectChoice(name, name) for name in names]
    return form


def _networks() -> list[str]:
    """The networks for which whoever is signed in may announce something."""
    known = network_ids(database())
    scope = g.account.scope
    return list(known) if scope.is_whole else sorted(scope.networks)


def _event(form: EventForm, before: Event | None, is_new: bool) -> Event:
    """The event that a valid form describes, at the point of its block where the site has that."""
    rows = [row.form for row in form.dates if row.form.date.data]
    dates = [
        Occurrence(row.date.data, _time(row.opens_at.data), _time(row.closes_at.data),
                   confirm=row.confirm.data)
        for row in rows
    ]  # fmt: skip
    settings = current_app.config["IBASHO"]
    where = location_of(form, before.location if before else Location())
    with geocoder(settings.data_dir, settings.dictionary) as find:
        where = refined(where, find)
    return Event(
        kind=EventKind(form.kind.data),
        occurrences=tuple(dict.fromkeys([*dates, *form.named_dates()])),
        online=form.online.data,
        location=where,
        application=Application(form.application.data),
        apply_until=form.apply_until.data,
        phones=phones_of(form),
        emails=emails_of(form),
        cancelled=bool(before and before.cancelled and not is_new),
        assured_date=form.assured_date.data,
        **{name: getattr(form, name).data or "" for name in _TEXTS},
    )


def _values(event: Event) -> dict[str, object]:
    """The fields of the form for an event."""
    return {
        **{name: getattr(event, name) for name in _TEXTS},
        "kind": str(event.kind),
        "dates": [
            {"date": one.date, "opens_at": _clock(one.opens_at), "closes_at": _clock(one.closes_at),
             "confirm": one.confirm}
            for one in event.occurrences
        ],
        "online": event.online,
        **place_values(event.location),
        "pin": pin_text(event.location.position),
        "application": str(event.application),
        "apply_until": event.apply_until,
        "phones_public": contact_lines(event.phones, ContactVisibility.PUBLIC),
        "phones_staff": contact_lines(event.phones, ContactVisibility.STAFF_ONLY),
        "emails_public": contact_lines(event.emails, ContactVisibility.PUBLIC),
        "emails_staff": contact_lines(event.emails, ContactVisibility.STAFF_ONLY),
        "assured_date": event.assured_date,
    }  # fmt: skip


def _row(stored: StoredEvent, day: dt.date) -> Row:
    """An event in the list, at its next date or else its last."""
    event = stored.body
    coming = _next(event, day)
    here: dict[str, Any] = {"event_id": stored.id}
    links = [(gettext("Copy to another date"), url_for("coordinator.copy_event", **here))]
    page = "" if stored.withdrawn else url_for("public.event", **here)
    if page:
        links.append((gettext("As everyone sees it"), page))
    return Row(
        id=stored.id,
        title=event.title,
        href=url_for("coordinator.change_event", **here),
        move=url_for("coordinator.move_event", **here),
        badge=str(EVENT_KINDS[event.kind]),
        look=f"event-{event.kind}",
        lines=tuple(filter(None, (_dates(coming), event.location.building, event.network))),
        mark=gettext("Cancelled") if event.cancelled else "",
        links=tuple(links),
        steps=_steps(stored, _last(stored) < day),
        shown=gettext("It is public now.") if page else gettext("Nobody outside sees it."),
        public=page,
    )


def _next(event: Event, day: dt.date) -> list[Occurrence]:
    """Its dates from a JST date on; of one that is over the last."""
    return [one for one in event.occurrences if one.date >= day] or [event.occurrences[-1]]


def _steps(stored: StoredEvent, is_over: bool) -> tuple[str, ...]:
    if stored.withdrawn:
        return ("bring_back",)
    if is_over:
        return ("withdraw",)
    return ("resume" if stored.body.cancelled else "cancel", "withdraw")


def _dates(coming: list[Occurrence]) -> str:
    first = f"{day_of_year(coming[0].date)} {event_hours(coming[0])}".strip()
    more = len(coming) - 1
    return f"{first} {gettext('and %(count)d more', count=more)}" if more else first


def _may_add() -> bool:
    return bool(g.account.scope.is_whole or g.account.scope.networks)


def _last(stored: StoredEvent) -> dt.date:
    return stored.body.occurrences[-1].date


def _time(value: dt.time | None) -> str | None:
    return f"{value:%H:%M}" if value else None


def _clock(text: str | None) -> dt.time | None:
    """A time for its field, which knows no 24:00."""
    return dt.time.fromisoformat("23:59" if text == "24:00" else text) if text else None
