"""Any table, where the caller says which column is which field."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from ibasho.data.listings import CostOption, Kind, Listing, locate
from ibasho.data.schedule import read_phrase
from ibasho.importers.ages import ages_in
from ibasho.importers.fees import costs_in
from ibasho.importers.report import ImportOptions, ImportRefusedError, Ledger
from ibasho.importers.rows import (
    Entry,
    RowReader,
    check_placed,
    municipality_named,
    readers,
    source_of,
)
from ibasho.importers.tables import Table, column_key

FIELDS = (
    "name", "kana", "organization", "address", "building", "schedule", "cost", "ages", "phone",
    "url", "description", "id", "kind", "lat", "lon",
)  # fmt: skip
_MAX_NAMED = 30

# Of which fields of a listing the columns of a field speak.
_SAYS = {
    "name": ("name",),
    "kana": ("alternate_name",),
    "organization": ("organization",),
    "address": ("location",),
    "building": ("building",),
    "schedule": ("schedule", "schedule_text"),
    "cost": ("costs", "fees_description"),
    "ages": ("eligibility_description", "minimum_age", "maximum_age"),
    "phone": ("phones",),
    "url": ("url", "note"),
    "description": ("description",),
    "id": (),
    "kind": (),
    "lat": ("location",),
    "lon": ("location",),
}

# Which field a column of this name most likely is, for the command that a refusal proposes.
_LIKELY = {
    "name": ("名称", "施設名", "名前", "食堂名", "事業名", "活動名", "施設名称", "こども食堂名",
             "子ども食堂名", "name"),
    "kana": ("カナ", "かな", "フリガナ", "ふりがな", "名称_カナ", "施設名カナ", "kana"),
    "organization": ("団体名", "運営団体", "運営団体名", "主催", "実施団体", "organization"),
    "address": ("住所", "所在地", "開催場所", "場所", "所在地_連結表記", "address"),
    "building": ("方書", "建物名", "会場", "会場名", "建物名等(方書)", "building"),
    "schedule": ("内容", "開催日", "開催日時", "日時", "実施日", "開催曜日", "開所日", "利用日時",
                 "schedule"),
    "cost": ("参加費", "料金", "費用", "利用料", "cost"),
    "ages": ("対象", "対象者", "対象年齢", "参加条件", "受入年齢", "ages"),
    "phone": ("電話", "電話番号", "連絡先", "tel", "phone"),
    "url": ("url", "ホームページ", "hp", "webサイト", "ウェブサイト"),
    "description": ("説明", "活動内容", "概要", "紹介", "description"),
    "id": ("id", "no"),
    "kind": ("kind",),
    "lat": ("緯度", "latitude", "lat"),
    "lon": ("経度", "longitude", "lon", "lng"),
}  # fmt: skip


def unknown_columns(table: Table) -> ImportRefusedError:
    """The refusal of a table that nobody has explained, with the command that would explain it."""
    names = [name for name in table.header if name]
    likely = likely_fields([name for name in names if name not in table.known])
    proposals = [f"--map '{name}={field}'" for name, field in likely.items()]
    if "name" not in likely.values():
        proposals.insert(0, "--map 'COLUMN=name'")
    listed = ", ".join(names[:_MAX_NAMED]) + (", …" if len(names) > _MAX_NAMED else "")
    return ImportRefusedError(
        f"{table.file} has no columns that are known ({listed})."
        f" Say what they mean: {' '.join(proposals)}"
    )


def likely_fields(columns: Sequence[str]) -> dict[str, str]:
    """Which field a column most likely is, by its name; each field once."""
    likely = {column_key(word): field for field, words in _LIKELY.items() for word in words}
    found: dict[str, str] = {}
    for column in columns:
        field = likely.get(column_key(column))
        if field and field not in found.values():
            found[column] = field
    return found


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise ImportRefusedError unless every field is known and one of them is the name."""
    for column, field in mapping.items():
        if field not in FIELDS:
            raise ImportRefusedError(
                f"--map '{column}={field}': the fields are {', '.join(FIELDS)}."
            )
    if "name" not in mapping.values():
        raise ImportRefusedError("No column is the name. Add --map 'COLUMN=name'.")


def mapping_of(table: Table, options: ImportOptions) -> Mapping[str, str]:
    """Which column is which field: as the caller says, else as the format of the table tells."""
    said = set(options.mapping.values())
    known = {column: field for column, field in table.known.items() if field not in said}
    return {**known, **options.mapping}


def fitting(tables: Sequence[Table], mapping: Mapping[str, str]) -> list[Table]:
    """The tables that have every mapped column. Raises ImportRefusedError where none has."""
    wanted = {column_key(column): column for column in mapping}
    found = [table for table in tables if wanted.keys() <= set(map(column_key, table.header))]
    if found:
        return found
    table = tables[0]
    missing = [wanted[key] for key in wanted.keys() - set(map(column_key, table.header))]
    listed = ", ".join([name for name in table.header if name][:_MAX_NAMED])
    raise ImportRefusedError(
        f"{table.file} has no column {', '.join(sorted(missing))}. Its columns are {listed}."
    )


def read_mapped(table: Table, options: ImportOptions, ledger: Ledger) -> list[Entry]:
    """The rows of a table as entries of one source."""
    mapping = mapping_of(table, options)
    columns: dict[str, list[str]] = {field: [] for field in FIELDS}
    for column, field in mapping.items():
        columns[field].append(column)
    municipality = municipality_named(options.municipality)
    found = []
    for reader in readers(table, mapping, ledger):
        ledger.tick()
        name = _line(reader, columns["name"])
        if name:
            body = _listing(reader, columns, name, municipality, options)
            found.append((reader.row.number, _line(reader, columns["id"]), body))
        else:
            reader.skip(columns["name"][0], "has no name")
    check_placed([body.location for *_, body in found], table.file)
    stated = [municipality] if municipality else (body.location.municipality for *_, body in found)
    source = source_of(options.source, options.kind, stated, table.file) if found else ""
    said = {"kind"}.union(*(_SAYS[field] for field in mapping.values()))
    silent = frozenset({"building", *(field.name for field in fields(Listing))} - said)
    return [
        Entry(table.file, row, source, body, key, silent=silent - {"note"} if body.note else silent)
        for row, key, body in found
    ]


def _listing(
    reader: RowReader,
    columns: Mapping[str, list[str]],
    name: str,
    municipality: str,
    options: ImportOptions,
) -> Listing:
    fees, ages = _text(reader, columns["cost"]), _text(reader, columns["ages"])
    youngest, oldest = ages_in(ages)
    when = _text(reader, columns["schedule"])
    address, building = _line(reader, columns["address"]), _line(reader, columns["building"])
    point = (
        reader.pin(columns["lat"][0], columns["lon"][0], municipality, address)
        if columns["lat"] and columns["lon"]
        else None
    )
    place = locate(municipality, address, building, pin=point)
    reader.check_place(", ".join(columns["address"]), place)
    body = Listing(
        kind=_kind(reader, columns["kind"], options.kind),
        name=name,
        alternate_name=_line(reader, columns["kana"]),
        description=_text(reader, columns["description"]),
        organization=_line(reader, columns["organization"]),
        location=place,
        schedule=read_phrase(when),
        schedule_text=when,
        costs=_costs(fees),
        fees_description=fees,
        eligibility_description=ages,
        minimum_age=youngest,
        maximum_age=oldest,
    )
    told = [reader.phones(column) for column in columns["phone"]]
    addresses = [reader.web_address(column) for column in columns["url"]]
    urls = [url for url, _ in addresses if url]
    notes = [
        *urls[1:],
        *(rest for _, rest in addresses if rest),
        *(rest for _, rest in told if rest),
    ]
    return replace(
        body,
        phones=tuple(phone for phones, _ in told for phone in phones),
        url=urls[0] if urls else "",
        note="\n".join(notes),
    )


def _kind(reader: RowReader, columns: Sequence[str], otherwise: Kind) -> Kind:
    """The kind that a row states by its value; that of the whole list where it states none."""
    said = _line(reader, columns)
    if said and said not in list(Kind):
        reader.problem(columns[0], f"is no kind that is known; {otherwise} is taken")
    return Kind(said) if said in list(Kind) else otherwise


def _costs(text: str) -> tuple[CostOption, ...]:
    return costs_in(text) if text else ()


def _line(reader: RowReader, columns: Sequence[str]) -> str:
    return " ".join(filter(None, map(reader.line, columns)))


def _text(reader: RowReader, columns: Sequence[str]) -> str:
    return "\n".join(filter(None, map(reader.text, columns)))
