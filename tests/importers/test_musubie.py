"""What the columns of the むすびえ format become."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ibasho.data.database import Database
from ibasho.data.listings import (
    ContactVisibility,
    CostOption,
    Email,
    Kind,
    Listing,
    Phone,
    PositionSource,
    State,
    store,
)
from ibasho.data.record import read_record
from ibasho.data.schedule import Certainty
from ibasho.importers import ImportOptions, ImportReport, import_files

Run = Callable[..., ImportReport]
Main = Callable[..., Path]
The = Callable[[], Listing]

STAFF = ContactVisibility.STAFF_ONLY


FULL = {
    "名称_カナ": "ヒダマリショクドウ",
    "設置目的": "孤食をなくす",
    "実施支援の主な区分": "学習支援;居場所",
    "方書": "田無公民館",
    "電話番号1": "(042)458-0251",
    "電話番号1_連絡先備考": "平日のみ",
    "内線番号": "12",
    "URL": "https://example.org/a",
    "メールアドレス1": "a@example.org",
    "運営団体名": "わいわいネット",
    "参加条件": "どなたでも",
    "参加費_幼児": "0",
    "参加費_小学生": "100円",
    "参加費_中学生": "１００",
    "参加費_高校生": "無料",
    "参加費_大人": "300～500円",
    "参加費特記事項": "大人はカンパ",
    "予約方法": "電話",
    "予約特記事項": "前日まで",
    "定員": "30",
    "フードパントリー実施": "1",
    "テイクアウト実施": "0",
    "学区": "南小",
    "ネットワークの加入": "市ネット",
    "備考": "駐車場なし",
}


def test_every_column_finds_its_field(run: Run, main: Main, the: The) -> None:
    report = run(main(FULL))
    body = the()
    assert report.problems == ()
    assert body.kind is Kind.CHILDRENS_CAFETERIA
    assert body.name == "ひだまり食堂"
    assert body.alternate_name == "ヒダマリショクドウ"
    assert body.description == "孤食をなくす\n学習支援;居場所"
    assert body.organization == "わいわいネット"
    assert body.location.municipality == "東京都西東京市"
    assert body.location.address == "西東京市南町5-6-11"
    assert body.location.building == "田無公民館"
    assert body.phones == (Phone("042-458-0251", "平日のみ 内線 12"),)
    assert body.emails == (Email("a@example.org"),)
    assert body.url == "https://example.org/a"
    assert body.schedule.certainty is Certainty.EXACT
    assert body.schedule_text == "第３土曜日 10:30～13:30"
    assert body.costs == (
        CostOption("toddler", 0),
        CostOption("elementary", 100),
        CostOption("junior_high", 100),
        CostOption("high_school", 0),
        CostOption("adult", None, "300～500円"),
    )
    assert body.fees_description == "大人はカンパ"
    assert body.eligibility_description == "どなたでも"
    assert (body.minimum_age, body.maximum_age) == (None, None)
    assert body.application_process == "電話\n前日まで"
    assert body.capacity == "30"
    assert (body.food_pantry, body.takeaway) == (True, False)
    assert (body.school_district, body.network, body.note) == ("南小", "市ネット", "駐車場なし")
    assert body.assured_date is None


def test_a_blank_says_nothing(run: Run, main: Main, the: The) -> None:
    run(main({"開催日": "", "開催開始時間": "", "開催終了時間": ""}))
    body = the()
    assert body.costs == ()
    assert (body.food_pantry, body.takeaway) == (None, None)
    assert body.eligibility_description == body.application_process == body.schedule_text == ""
    assert body.schedule.certainty is Certainty.UNKNOWN


def test_a_weekday_alone_says_how_often(run: Run, main: Main, the: The) -> None:
    run(main({"開催頻度": "5", "開催曜日": "日", "開催日": ""}))
    assert the().schedule_text == "月1回 日 10:30～13:30"
    assert the().schedule.certainty is Certainty.UNKNOWN


def test_times_that_the_days_say_too_are_written_once(run: Run, main: Main, the: The) -> None:
    row = {"開催日": "", "開催開始時間": "15:00", "開催終了時間": "17:30"}
    for column in ("開催日", "開催日時特記事項"):
        run(main(row | {column: "第2・4水曜日 15時～１７時30分"}))
        assert the().schedule_text == "第2・4水曜日 15時～１７時30分"
    run(main(row | {"開催日時特記事項": "第2・4水曜日 15時30分～"}))
    assert the().schedule_text == "15:00～17:30\n第2・4水曜日 15時30分～"


def test_importing_publishes_and_leaves_word(run: Run, main: Main, db: Database) -> None:
    run(main({}), licence="CC BY 4.0")
    [stored] = store.read_all_stored(db)
    [public] = store.read_all_public(db)
    assert stored.state is State.PUBLISHED
    assert public.source_name == "東京都西東京市 子ども食堂一覧"
    assert public.source_licence == "CC BY 4.0"
    assert public.listed_on == dt.date(2026, 12, 1)
    assert public.assured_date is None
    assert store.read_index_outbox(db)[1] == [stored.id]
    [entry] = read_record(db, stored.id)
    assert (entry.actor, entry.action) == ("command-line", "import")
    assert stored.published
    assert entry.detail == str(stored.published.id)


def test_a_mobile_number_is_for_the_staff_alone(run: Run, main: Main, the: The) -> None:
    run(main({"電話番号1": "090-1234-5678", "電話番号2": "042-458-0251／080 1111 2222"}))
    assert [(phone.number, phone.visibility) for phone in the().phones] == [
        ("090-1234-5678", STAFF),
        ("042-458-0251", ContactVisibility.PUBLIC),
        ("080-1111-2222", STAFF),
    ]


def test_a_number_that_lost_its_zero_gets_it_back(run: Run, main: Main, the: The) -> None:
    run(main({"電話番号1": "9012345678", "電話番号2": "424580251"}))
    assert [(phone.number, phone.visibility) for phone in the().phones] == [
        ("090-1234-5678", STAFF),
        ("042-458-0251", ContactVisibility.PUBLIC),
    ]


def test_volunteers_mail_addresses_are_for_the_staff(run: Run, main: Main, the: The) -> None:
    run(main({"メールアドレス1": "a@example.org"}), kind=Kind.VOLUNTEER_GROUP)
    assert the().emails == (Email("a@example.org", "", STAFF),)


def test_coordinates_are_a_pin_of_the_file(run: Run, main: Main, the: The) -> None:
    report = run(main({"緯度": "35.7262", "経度": "139.5388"}))
    position = the().location.position
    assert (position.lat, position.lon, position.level) == (35.7262, 139.5388, "pin")
    assert position.source is PositionSource.FILE
    assert report.positions == {"pin": 1}


@pytest.mark.parametrize(
    ("lat", "lon", "reason"),
    [
        ("34.5", "135.5", "lies outside 東京都西東京市"),
        ("35.7520", "139.5450", "lies far from 東京都西東京市南町5丁目"),
        ("139.5388", "35.7262", "exchanged"),
        ("0", "0", "outside Japan"),
        ("35.7262", "", "no pair of decimal degrees"),
        ("35°43'", "139°32'", "no pair of decimal degrees"),
        ("nan", "inf", "no pair of decimal degrees"),
    ],
)
def test_coordinates_that_cannot_be_right_are_reported(
    run: Run, main: Main, the: The, lat: str, lon: str, reason: str
) -> None:
    report = run(main({"緯度": lat, "経度": lon}))
    assert the().location.position.source is PositionSource.GEOCODER
    assert 35.70 < (the().location.position.lat or 0) < 35.77
    [problem] = report.problems
    assert (problem.row, problem.field) == (2, "緯度, 経度")
    assert reason in problem.reason


def test_without_an_address_a_listing_is_in_its_municipality(
    run: Run, main: Main, the: The
) -> None:
    report = run(main({"住所": ""}))
    assert report.positions == {"municipality": 1}
    assert not the().location.position.is_known


def test_the_municipality_is_found_in_the_address_or_by_the_code(
    run: Run, main: Main, kept: Callable[[], dict[str, store.StoredListing]]
) -> None:
    unstated = {"都道府県": "", "市区町村名": ""}
    run(main(unstated | {"住所": "東京都西東京市泉町1-1"}, unstated | {"住所": "南町5-6-11"}))
    places = [one.published.body.location for one in kept().values() if one.published]
    assert {place.municipality for place in places} == {"東京都西東京市"}


def test_a_row_without_a_name_is_skipped_and_reported(run: Run, main: Main) -> None:
    report = run(main({"名称": " "}, {}, {"名称": "", "住所": "", "備考": "以上"}))
    assert (report.rows, report.created, report.skipped) == (3, 1, 2)
    assert [(problem.row, problem.field) for problem in report.problems] == [
        (2, "名称"),
        (4, "名称"),
    ]


def test_a_closing_time_before_the_opening_is_reported(run: Run, main: Main) -> None:
    [problem] = run(main({"開催開始時間": "18:00", "開催終了時間": "17:30"})).problems
    assert (problem.field, problem.value) == ("開催終了時間", "17:30")


def test_several_web_addresses_and_none(run: Run, main: Main, the: The) -> None:
    report = run(main({"URL": "https://a.example/x\nhttps://b.example/y"}))
    assert (the().url, the().note, report.problems) == (
        "https://a.example/x", "https://b.example/y", (),
    )  # fmt: skip
    [problem] = run(main({"URL": "Instagram @hidamari"})).problems
    assert problem.field == "URL"
    assert (the().url, the().note) == ("", "Instagram @hidamari")


def test_the_report_as_json_has_exactly_these_keys(run: Run, main: Main) -> None:
    report = run(
        main(
            {"緯度": "x"}, {"名称": "ひだまり 食堂 ", "住所": "西東京市南町5丁目6番11号", "ID": "2"}
        )
    )
    assert list(report.to_json()) == [
        "format", "rows", "created", "updated", "unchanged", "skipped", "positions", "problems",
        "duplicates",
    ]  # fmt: skip
    [problem] = report.to_json()["problems"]
    assert list(problem) == ["row", "field", "value", "reason"]
    several = run(main({"緯度": "x"}), main({}, name="b.csv"))
    [problem] = several.to_json()["problems"]
    assert list(problem) == ["file", "row", "field", "value", "reason"]


def test_a_dry_run_reports_and_keeps_nothing(
    run: Run, main: Main, dump: Callable[[], object]
) -> None:
    before = dump()
    assert run(main({}), dry_run=True).created == 1
    assert dump() == before


def test_progress_reaches_its_end(db: Database, main: Main) -> None:
    steps: list[tuple[int, int]] = []
    import_files(db, [main({}, {"名称": "b"}, {"名称": ""})], ImportOptions(), dt.date(2026, 1, 1),
                 progress=lambda done, total: steps.append((done, total)))  # fmt: skip
    assert steps == sorted(steps)
    assert steps[-1] == (6, 6)


def test_a_place_that_cannot_be_found_is_reported(run: Run, main: Main) -> None:
    report = run(main({"市区町村名": "西東京町", "住所": "どこか"}), municipality="西東京市")
    assert [problem.field for problem in report.problems] == ["市区町村名", "住所"]
    assert report.positions == {"municipality": 1}


def test_a_dash_is_no_fee_but_a_word_is(run: Run, main: Main, the: The) -> None:
    run(main({"参加費_幼児": "－", "参加費_小学生": "なし", "参加費_大人": "未定"}))
    assert the().costs == (
        CostOption("elementary", None, "なし"),
        CostOption("adult", None, "未定"),
    )
