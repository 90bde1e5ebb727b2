"""From files to entries: which format each table has, and whose list it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from ibasho.importers.mapped import check_mapping, fitting, mapping_of, read_mapped, unknown_columns
from ibasho.importers.musubie import FurtherSheet, part_of, read_further, read_main
from ibasho.importers.report import ImportOptions, ImportRefusedError, Ledger
from ibasho.importers.rows import MAIN, TSUIKA, Entry, leading_code, municipality_named
from ibasho.importers.tables import NamedFile, Table, read_tables

MUSUBIE, TABLE, GEOJSON = "musubie", "table", "geojson"
_LATER = ("municipal", "hsds")


@dataclass(frozen=True, slots=True)
class Batch:
    """What the files say, before anything is compared with what is kept."""

    format: str
    entries: tuple[Entry, ...]
    further: tuple[FurtherSheet, ...] = ()


def read_batch(files: Sequence[NamedFile], options: ImportOptions, ledger: Ledger) -> Batch:
    """The rows of all files. Raises ImportRefusedError for what cannot be imported."""
    _check(files, options)
    tables = [read_tables(file) for file in files]
    ledger.total = 2 * sum(len(table.rows) for of_file in tables for table in of_file)
    is_named = all("name" in table.known.values() for of_file in tables for table in of_file)
    if options.mapping or options.format == TABLE or is_named:
        return _read_mapped(tables, options, ledger)
    return _read_musubie(tables, options, ledger)


def _check(files: Sequence[NamedFile], options: ImportOptions) -> None:
    if not files:
        raise ImportRefusedError("No file was named. Name the files to import.")
    if options.format in _LATER:
        raise ImportRefusedError(
            f"The format {options.format} cannot be imported yet."
            " Export the list as a table and say with --map what its columns mean."
        )
    if options.format not in ("auto", MUSUBIE, TABLE, GEOJSON):
        raise ImportRefusedError(f"The format {options.format} is not known. Leave --format out.")
    if options.mapping and options.format == MUSUBIE:
        raise ImportRefusedError("--map is for other tables. Leave out --map or --format musubie.")
    if options.municipality and not municipality_named(options.municipality):
        raise ImportRefusedError(
            f"No municipality is called {options.municipality}."
            " Write it with its prefecture, for example 大阪府堺市西区."
        )


def _read_mapped(
    tables: Sequence[Sequence[Table]], options: ImportOptions, ledger: Ledger
) -> Batch:
    mapping = mapping_of(tables[0][0], options)
    if not options.mapping and "name" not in mapping.values():
        raise unknown_columns(tables[0][0])
    check_mapping(mapping)
    wanted = [table for of_file in tables for table in fitting(of_file, options.mapping)]
    entries = [entry for table in wanted for entry in read_mapped(table, options, ledger)]
    return Batch(TABLE, tuple(entries))


def _read_musubie(
    tables: Sequence[Sequence[Table]], options: ImportOptions, ledger: Ledger
) -> Batch:
    known: dict[str, list[Table]] = {MAIN: [], TSUIKA: []}
    for of_file in tables:
        parts = [part_of(table.header) for table in of_file]
        if not any(parts):
            raise unknown_columns(of_file[0])
        for part, table in zip(parts, of_file, strict=True):
            if part:
                known[part].append(table)
    entries: list[Entry] = []
    sources: dict[str, str] = {}
    for table in known[MAIN]:
        found = read_main(table, options, ledger)
        entries += found
        if found:
            sources[leading_code(table.file)] = found[0].source
    further = []
    for table in known[TSUIKA]:
        code = leading_code(table.file)
        only = next(iter(sources.values())) if len(sources) == 1 and not code.isdecimal() else ""
        further.append(read_further(table, options, ledger, sources.get(code, only)))
    return Batch(MUSUBIE, tuple(entries), tuple(further))
