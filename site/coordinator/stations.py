"""The addresses at which the desk enters stations, one by one or from a table."""

from dataclasses import dataclass
from typing import Any

from flask import g, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField, ValidationError
from wtforms.validators import DataRequired

from ibasho.data.stations import (
    Station,
    StoredStation,
    enter_stations,
    read_stored_station,
    read_stored_stations,
    withdraw_station,
)
from ibasho.data.text import printable
from ibasho.importers.report import ImportRefusedError
from ibasho.importers.tables import NamedFile, Table, column_key, read_tables
from ibasho.importers.tables import Row as TableRow
from ibasho.site.coordinator.entering import (
    EntryForm,
    Group,
    Row,
    done,
    entry_page,
    is_save,
    is_sent,
    is_stale,
    list_page,
    saved,
    sent,
    sent_file,
    step_of,
    withdrawing,
)
from ibasho.site.coordinator.forms import ListingForm, read_pin
from ibasho.site.coordinator.views import blueprint
from ibasho.site.csv_text import csv_text
from ibasho.site.form_parts import line
from ibasho.site.languages import gettext, lazy_gettext
from ibasho.site.stores import database

_SECTIONS = (("", ("name", "kana", "pin")),)
_MOST_ROWS = 1_000
# What a table may call its columns, folded as `column_key` does.
_COLUMNS = {
    "name": ("駅名", "名称", "駅", "name"),
    "kana": ("よみ", "読み", "駅名カナ", "カナ", "駅名かな", "kana"),
    "lat": ("緯度", "lat", "latitude"),
    "lon": ("経度", "lon", "lng", "longitude"),
}


class StationForm(EntryForm):
    """All that is said of a station."""

    name = line(
        lazy_gettext("Name"),
        lazy_gettext("Give the name under which people know it."),
    )
    kana = line(lazy_gettext("Reading"), lazy_gettext("Give its reading in kana."))
    pin = StringField(
        lazy_gettext("Latitude and longitude"),
        [DataRequired(lazy_gettext("Write latitude and longitude with a comma: 35.7257,139.5386"))],
    )

    validate_pin = ListingForm.validate_pin

    def validate_name(self, field: StringField) -> None:
        """A name that can stand in an address."""
        if "/" in field.data:
            raise ValidationError(lazy_gettext("Write the name without a slash."))


@dataclass(frozen=True, slots=True)
class ReadStations:
    """What was read in a table: the stations, and the rows that say none, with the reason."""

    stations: list[Station]
    problems: list[str]


@blueprint.get("/stations")
def stations() -> str:
    """All stations by their reading."""
    known = read_stored_stations(database())
    return list_page(
        heading=gettext("Stations"),
        lead=gettext("A search starts from a station by its name: 田無駅. The map names them too."),
        add=[
            (gettext("Add a station"), url_for("coordinator.add_station")),
            (gettext("Read a table of stations"), url_for("coordinator.import_stations")),
        ],
        groups=[
            Group("", [_row(one) for one in known if not one.withdrawn],
                  gettext("None is known yet.")),
            Group(gettext("Withdrawn"), [_row(one) for one in known if one.withdrawn]),
        ],
    )  # fmt: skip


@blueprint.route("/stations/new", methods=["GET", "POST"])
def add_station() -> Response | str | tuple[str, int]:
    """A new station."""
    return _edit(sent(StationForm, {}), None)


@blueprint.route("/stations/<station_name>/change", methods=["GET", "POST"])
def change_station(station_name: str) -> Response | str | tuple[str, int]:
    """One station."""
    stored = read_stored_station(database(), station_name)
    body = stored.body
    values = {"name": body.name, "kana": body.kana, "pin": f"{body.lat},{body.lon}"}
    return _edit(sent(StationForm, values), stored)


@blueprint.post("/stations/<station_name>/move")
def move_station(station_name: str) -> Response:
    """Withdraw a station, or bring it back."""
    db, actor = database(), g.account.actor
    step = step_of(
        withdrawing(lambda withdrawn: withdraw_station(db, station_name, withdrawn, actor))
    )
    return done("coordinator.stations", step, station_name)


@blueprint.route("/stations/import", methods=["GET", "POST"])
def import_stations() -> Response | str | tuple[str, int]:
    """A table of stations: what was read is shown before it is kept."""
    read, error, text = None, "", ""
    if is_sent():
        text = request.form.get("text", "")
        data = sent_file()[1] or text.encode()
        try:
            read = _read(data)
        except ImportRefusedError:
            error = gettext(
                "No table was found in it. Send a CSV that begins with 駅名, よみ, 緯度, 経度."
            )
        if read and is_save() and read.stations:
            enter_stations(database(), read.stations, g.account.actor)
            return saved("coordinator.stations")
        if read:
            text = _as_table(read.stations)
    page = render_template(
        "coordinator/station_table.html", read=read, error=error, text=text,
    )  # fmt: skip
    return (page, 422) if error else page


def _edit(form: StationForm, stored: StoredStation | None) -> Response | str | tuple[str, int]:
    stale, before = False, stored.body.name if stored else ""
    if is_sent() and form.validate():
        stale = is_stale(stored)
        station = _station(form.name.data, form.kana.data, form.pin.data)
        if station and not stale:
            enter_stations(database(), [station], g.account.actor, before)
            return saved("coordinator.stations", station.name)
    heading = gettext("%(name)s Station", name=before) if before else gettext("Add a station")
    back = (gettext("Stations"), url_for("coordinator.stations"))
    return entry_page(form, heading, _SECTIONS, back, stored, stale)


def _station(name: str, kana: str, point: str) -> Station | None:
    """A station of Japan; None where the point is none, or the name is empty."""
    position = read_pin(point)
    name = printable(name).strip().removesuffix("駅").replace("/", "／")
    if not name or position is None or position.lat is None or position.lon is None:
        return None
    return Station(name, printable(kana).strip(), position.lat, position.lon)


def _read(data: bytes) -> ReadStations:
    """The stations of a CSV or XLSX. Raises ImportRefusedError."""
    table = read_tables(NamedFile("table", data))[0]
    places = _places(table)
    stations: dict[str, Station] = {}
    problems = []
    for row in table.rows[:_MOST_ROWS]:
        name, kana, lat, lon = (_cell(row, place) for place in places)
        station = _station(name, kana, f"{lat},{lon}")
        if station and station.kana:
            stations[station.name] = station
        else:
            problems.append(
                gettext("Row %(number)d: a name, a reading or a point in Japan is missing.",
                        number=row.number)
            )  # fmt: skip
    return ReadStations(list(stations.values()), problems)


def _places(table: Table) -> list[int]:
    """Which column is what. Raises ImportRefusedError where one is missing."""
    keys = [column_key(name) for name in table.header]
    places = []
    for names in _COLUMNS.values():
        found = [keys.index(column_key(name)) for name in names if column_key(name) in keys]
        if not found:
            raise ImportRefusedError(names[0])
        places.append(found[0])
    return places


def _cell(row: TableRow, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _as_table(stations: list[Station]) -> str:
    """What was read, as the form carries it on to the moment at which it is kept."""
    rows = ((one.name, one.kana, one.lat, one.lon) for one in stations)
    return csv_text([names[0] for names in _COLUMNS.values()], rows)


def _row(stored: StoredStation) -> Row:
    station = stored.body
    here: dict[str, Any] = {"station_name": stored.body.name}
    return Row(
        id=station.name,
        title=gettext("%(name)s Station", name=station.name),
        href=url_for("coordinator.change_station", **here),
        move=url_for("coordinator.move_station", **here),
        lines=(station.kana,),
        steps=("bring_back" if stored.withdrawn else "withdraw",),
    )
