"""The むすびえ format for children's cafeterias, and its sheet of further venues and days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ibasho.data.geocode import geocode
from ibasho.data.listings import COST_GROUPS, VOLUNTEER_KINDS, CostOption, Email, Listing, locate
from ibasho.data.schedule import Schedule, read_columns
from ibasho.importers import cells
from ibasho.importers.ages import ages_in
from ibasho.importers.report import ImportOptions, Ledger
from ibasho.importers.rows import (
    MAIN,
    TSUIKA,
    Entry,
    RowReader,
    check_placed,
    is_reversed,
    municipality_named,
    readers,
    source_of,
)
from ibasho.importers.tables import Table, column_key

CODES = ("全国地方公共団体コード", "都道府県コード又は市区町村コード")
IDS = ("ID", "NO")
FEES = dict(
    zip(
        COST_GROUPS,
        ("参加費_幼児", "参加費_小学生", "参加費_中学生", "参加費_高校生", "参加費_大人"),
        strict=True,
    )
)
# What the codes of 開催頻度 stand for.
FREQUENCIES = {
    "1": "ほぼ毎日", "2": "週3～4回", "3": "週1～2回", "4": "2週間に1回", "5": "月1回",
    "6": "数か月に1回", "7": "季節限定", "8": "不定期",
}  # fmt: skip
SHARED_COLUMNS = (
    "住所", "方書", "緯度", "経度", "開催頻度", "開催曜日", "開催日", "開催開始時間",
    "開催終了時間", "開催日時特記事項", "参加条件", *FEES.values(), "参加費特記事項", "予約方法",
    "予約特記事項", "定員", "学区", "備考",
)  # fmt: skip
MAIN_COLUMNS = (
    *CODES, *IDS, *SHARED_COLUMNS, "都道府県", "市区町村名", "名称", "名称_カナ", "設置目的",
    "実施支援の主な区分", "電話番号1", "電話番号1_連絡先備考", "電話番号2",
    "電話番号2_連絡先備考", "内線番号", "URL", "メールアドレス1", "メールアドレス1_連絡先備考",
    "メールアドレス2", "メールアドレス2_連絡先備考", "運営団体名", "フードパントリー実施",
    "テイクアウト実施", "ネットワークの加入", "追加情報NO",
)  # fmt: skip
_TELLING = frozenset(map(column_key, ("開催頻度", "開催曜日", "開催日", *FEES.values())))


@dataclass(frozen=True, slots=True)
class Further:
    """A row of a tsuika sheet: another venue or day of the listing whose ID or number it names."""

    reader: RowReader
    number: str
    service: Listing
    address: str
    building: str

    def located_in(self, municipality: str) -> Listing:
        """The service at its own address."""
        point = self.reader.pin("緯度", "経度", municipality, self.address)
        place = locate(municipality, self.address, self.building, pin=point)
        self.reader.check_place("住所", place)
        return replace(self.service, location=place)


@dataclass(frozen=True, slots=True)
class FurtherSheet:
    """A tsuika sheet and the source of which it is part.

    Without its main file the source is "", and `likely` the one that its addresses point to.
    """

    file: str
    rows: tuple[Further, ...]
    source: str
    likely: str = ""


def part_of(header: Sequence[str]) -> str:
    """Which sheet of the format has these columns: `main`, `tsuika`, or "" for neither."""
    keys = set(map(column_key, header))
    if len(keys & _TELLING) < 3:
        return ""
    if column_key("名称") in keys:
        return MAIN
    return TSUIKA if keys & set(map(column_key, IDS)) else ""


def read_main(table: Table, options: ImportOptions, ledger: Ledger) -> list[Entry]:
    """The rows of a main sheet as entries of one source."""
    rows = readers(table, MAIN_COLUMNS, ledger)
    stated = _municipalities(rows, municipality_named(options.municipality))
    source = source_of(options.source, options.kind, stated, table.file)
    entries = []
    for reader, municipality in zip(rows, stated, strict=True):
        ledger.tick()
        name = reader.line("名称")
        if not name:
            reader.skip("名称", "has no name")
            continue
        body = _main(reader, name, municipality, options)
        number = reader.line("追加情報NO")
        part = f"{MAIN}/{number}" if number else MAIN
        row, key = reader.row.number, _first(reader, IDS)
        entries.append(Entry(table.file, row, source, body, key, part))
    check_placed([entry.body.location for entry in entries], table.file)
    return entries


def read_further(
    table: Table, options: ImportOptions, ledger: Ledger, source: str = ""
) -> FurtherSheet:
    """The rows of a tsuika sheet, which say little without their main sheet.

    `source` is that of the main file where it is imported in the same call.
    """
    rows = []
    for reader in readers(table, (*IDS, *SHARED_COLUMNS), ledger):
        ledger.tick()
        number = _first(reader, IDS)
        if number:
            service, place = _service(reader, options), (reader.line("住所"), reader.line("方書"))
            rows.append(Further(reader, number, service, *place))
        else:
            reader.skip("ID", "does not say to which listing it belongs")
    stated = options.source or municipality_named(options.municipality)
    if source or stated:
        source = source or source_of(options.source, options.kind, [stated], table.file)
        return FurtherSheet(table.file, tuple(rows), source)
    found = list(filter(None, (_municipality_in(row.address) for row in rows)))
    likely = source_of("", options.kind, found, table.file) if found else ""
    return FurtherSheet(table.file, tuple(rows), "", likely)


def _municipalities(rows: Sequence[RowReader], fallback: str) -> list[str]:
    """Where each row is: as it states, by its address, or as most rows of the same code."""
    found = [
        municipality_named(reader.line("都道府県") + reader.line("市区町村名"))
        or _municipality_in(reader.line("住所"))
        for reader in rows
    ]
    codes = [_first(reader, CODES) for reader in rows]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for code, municipality in zip(codes, found, strict=True):
        if municipality:
            votes[code][municipality] += 1
    by_code = {code: votes[code].most_common(1)[0][0] for code in votes if code}
    return [
        municipality or by_code.get(code, "") or fallback
        for code, municipality in zip(codes, found, strict=True)
    ]


def _municipality_in(address: str) -> str:
    match = geocode(address)
    return f"{match.prefecture}{match.municipality}" if match.municipality else ""


def _main(reader: RowReader, name: str, municipality: str, options: ImportOptions) -> Listing:
    stated = reader.line("市区町村名")
    if stated and not municipality_named(reader.line("都道府県") + stated):
        reader.problem("市区町村名", "is no municipality that is known")
    address = reader.line("住所")
    point = reader.pin("緯度", "経度", municipality, address)
    place = locate(municipality, address, reader.line("方書"), pin=point)
    reader.check_place("住所", place)
    url, more_addresses = reader.web_address("URL")
    service = _service(reader, options)
    told = [
        reader.phones(column, _phone_words(reader, column)) for column in ("電話番号1", "電話番号2")
    ]
    return replace(
        service,
        name=name,
        alternate_name=reader.line("名称_カナ"),
        description=_joined(reader.text("設置目的"), reader.text("実施支援の主な区分")),
        organization=reader.line("運営団体名"),
        location=place,
        phones=tuple(phone for phones, _ in told for phone in phones),
        emails=tuple(
            email
            for column in ("メールアドレス1", "メールアドレス2")
            for email in _emails(reader, column, public=options.kind not in VOLUNTEER_KINDS)
        ),
        url=url,
        food_pantry=cells.yes_no(reader.line("フードパントリー実施")),
        takeaway=cells.yes_no(reader.line("テイクアウト実施")),
        network=reader.text("ネットワークの加入"),
        note=_joined(more_addresses, *(words for _, words in told), service.note),
    )


def _service(reader: RowReader, options: ImportOptions) -> Listing:
    """What both sheets say: when, for whom, at what cost. It has no name and no place yet."""
    schedule, schedule_text = _schedule(reader)
    conditions = reader.text("参加条件")
    youngest, oldest = ages_in(conditions)
    return Listing(
        kind=options.kind,
        name="",
        schedule=schedule,
        schedule_text=schedule_text,
        costs=tuple(
            _cost(group, reader.line(column))
            for group, column in FEES.items()
            if not cells.is_dash(reader.line(column))
        ),
        fees_description=reader.text("参加費特記事項"),
        eligibility_description=conditions,
        minimum_age=youngest,
        maximum_age=oldest,
        application_process=_joined(reader.text("予約方法"), reader.text("予約特記事項")),
        capacity=reader.line("定員"),
        school_district=reader.line("学区"),
        note=reader.text("備考"),
    )


def _schedule(reader: RowReader) -> tuple[Schedule, str]:
    """When it is open, as read and as people wrote it."""
    frequency = reader.line("開催頻度")
    weekday, date = reader.line("開催曜日"), reader.line("開催日")
    opens_at, closes_at = reader.line("開催開始時間"), reader.line("開催終了時間")
    note = reader.text("開催日時特記事項")
    schedule = read_columns(
        frequency=frequency,
        weekday=weekday,
        date=date,
        opens_at=opens_at,
        closes_at=closes_at,
        note=note,
    )
    if is_reversed(opens_at, closes_at):
        reader.problem("開催終了時間", f"is not after the beginning, {opens_at}")
    # 土 says nothing that 第３土曜日 does not say; 土 alone is not every Saturday.
    often = "" if date else FREQUENCIES.get(frequency, frequency)
    days = "" if set(weekday.removesuffix("曜日")) <= set(date) else weekday
    is_said = all(cells.says_time(f"{date} {note}", time) for time in (opens_at, closes_at))
    times = "" if is_said else f"{opens_at}～{closes_at}"
    return schedule, _joined(" ".join(filter(None, (often, date, days, times))), note)


def _cost(group: str, text: str) -> CostOption:
    amount = cells.yen(text)
    return CostOption(group, amount, "" if amount is not None else text)


def _phone_words(reader: RowReader, column: str) -> str:
    extension = reader.contact("内線番号") if column == "電話番号1" else ""
    words = reader.line(f"{column}_連絡先備考"), f"内線 {extension}" if extension else ""
    return " ".join(filter(None, words))


def _emails(reader: RowReader, column: str, *, public: bool) -> tuple[Email, ...]:
    text = reader.contact(column)
    found = cells.emails_in(text, reader.line(f"{column}_連絡先備考"), public=public)
    if text and not found:
        reader.problem(column, "is no mail address; it was left out")
    return found


def _first(reader: RowReader, columns: Iterable[str]) -> str:
    return next(filter(None, map(reader.line, columns)), "")


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))
