"""Further venues and days: to which listing each row belongs, and what that makes of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ibasho.data.listings import CLOSED_STATES, Listing
from ibasho.data.listings.identity import same_address
from ibasho.data.listings.store import StoredListing
from ibasho.importers.match import Shelf, identity, is_main
from ibasho.importers.merge import join
from ibasho.importers.musubie import Further, FurtherSheet
from ibasho.importers.report import ImportRefusedError, Ledger
from ibasho.importers.rows import TSUIKA, Entry


def complete(
    sheets: Iterable[FurtherSheet],
    mains: Sequence[Entry],
    source_ids: Mapping[str, int],
    shelf: Shelf,
    ledger: Ledger,
) -> list[Entry]:
    """The rows of tsuika sheets as entries beside those of the main sheets.

    A row's main listing is among `mains` or was imported before. A row at the same place, or
    without an address, is another day there; at another address it is a listing of its own.
    """
    by_number = _by_number(mains)
    found: list[Entry] = []
    venues: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sheet in sheets:
        for further in sheet.rows:
            place = sheet.source, further.number
            stored = shelf.main_of(source_ids.get(sheet.source), further.number)
            main = by_number.get(place) or (_said_in_main(stored) if stored else None)
            row = sheet.file, further.reader.row.number
            if main is None:
                further.reader.skip("ID", "belongs to no listing that is known; import that first")
            elif place not in by_number and stored and stored.state in CLOSED_STATES:
                ledger.leave(*row, "ID", further.number, f"its listing is {stored.state}")
            else:
                body, is_venue = _completed(further, main)
                entry = Entry(*row, sheet.source, body, part=TSUIKA, parent=identity(main))
                key = _venue_key(further.number, identity(body), venues[place]) if is_venue else ""
                found.append(replace(entry, key=key))
    return found


def with_source(sheet: FurtherSheet, shelf: Shelf, source_ids: Mapping[str, int]) -> FurtherSheet:
    """The sheet with the source that knows most of its numbers, where it does not name one.

    Raises ImportRefusedError where several may be meant and its addresses do not tell.
    """
    if sheet.source:
        return sheet
    numbers = {further.number for further in sheet.rows}
    known = {
        name: sum(shelf.main_of(source_id, number) is not None for number in numbers)
        for name, source_id in source_ids.items()
    }
    most = max(known.values(), default=0)
    names = [name for name, count in known.items() if count == most and count]
    if len(names) > 1 and sheet.likely not in names:
        raise ImportRefusedError(
            f"{sheet.file} may belong to {' or '.join(names)}."
            " Import it together with its main file, or add --source."
        )
    return replace(sheet, source=names[0] if len(names) == 1 else sheet.likely)


def _by_number(mains: Sequence[Entry]) -> dict[tuple[str, str], Listing]:
    """The main rows by what a tsuika sheet calls them: their number for it, or else their ID."""
    found: dict[tuple[str, str], Listing] = {}
    for entry in mains:
        if number := entry.part.partition("/")[2]:
            found.setdefault((entry.source, number), entry.body)
    for entry in mains:
        if entry.key:
            found.setdefault((entry.source, entry.key), entry.body)
    return found


def _said_in_main(stored: StoredListing) -> Listing | None:
    bodies = [body for part, body in stored.imported.items() if is_main(part)]
    return join(bodies) if bodies else None


def _completed(further: Further, main: Listing) -> tuple[Listing, bool]:
    """What a row says together with its main listing, and whether it is at another place."""
    where = main.location
    is_here = not further.address or same_address(
        where.municipality, further.address
    ) == same_address(where.municipality, where.address)
    if is_here:
        return replace(further.service, name=main.name, location=where), False
    venue = further.located_in(where.municipality)
    return (
        replace(
            venue,
            name=main.name,
            alternate_name=main.alternate_name,
            description=main.description,
            organization=main.organization,
            phones=main.phones,
            emails=main.emails,
            url=main.url,
            network=main.network,
        ),
        True,
    )


def _venue_key(number: str, venue: str, known: list[str]) -> str:
    """The ID of a further venue, by its place among the venues of its listing."""
    if venue not in known:
        known.append(venue)
    place = known.index(venue) + 1
    return f"{number}/{TSUIKA}" if place == 1 else f"{number}/{TSUIKA}/{place}"
