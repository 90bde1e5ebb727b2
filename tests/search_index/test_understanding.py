"""Days, ages, costs, facts and places among the words of a search become its conditions."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ibasho.data.geocode import Level
from ibasho.data.listings.facts import Fact
from ibasho.data.text import fold
from ibasho.search_index import Place, Point, Understood, understand
from ibasho.search_index.cutting import _WORDS
from ibasho.search_index.understanding import Condition, Role

TODAY = dt.date(2026, 11, 24)  # a Tuesday
TOMORROW = dt.date(2026, 11, 25)
WEEKEND = (dt.date(2026, 11, 28), dt.date(2026, 11, 29))


def place(label: str, level: Level = Level.BLOCK) -> Place:
    return Place(Point(34.5, 135.5), label, level, 150)


PLACES = {
    "鳳": place("鳳駅"), "鳳駅": place("鳳駅"), "鳳東町": place("鳳東町"), "浜寺": place("浜寺"),
    "みなみ小": place("みなみ小学校"), "みなみ小学校区": place("みなみ小学校"),
    "tanashi": place("田無駅"), "堺市": place("堺市", Level.MUNICIPALITY),
}  # fmt: skip
NAMES = ("鳳こども食堂 ひだまり", "土曜教室 はなまる", "浜寺の家", "だれでも広場", "高校性の家")


def read(text: str) -> Understood:
    def names(words: str) -> bool:
        return any(words in fold(name) for name in NAMES)

    return understand(text, PLACES.get, names, TODAY)


OHTORI = {"near": "鳳駅"}
SATURDAY = {"weekdays": [5]}
FREE = {"free": True}
NO_BOOKING = {"facts": ["no_booking"]}


@pytest.mark.parametrize(
    ("query", "text", "conditions"),
    [
        # days
        ("土曜", "", {"土曜": SATURDAY}),
        ("土曜日", "", {"土曜日": SATURDAY}),
        ("どようび", "", {"どようび": SATURDAY}),
        ("毎週土曜", "", {"土曜": SATURDAY}),
        ("月曜日の居場所", "居場所", {"月曜日": {"weekdays": [0]}}),
        ("水曜 居場所", "居場所", {"水曜": {"weekdays": [2]}}),
        ("土日", "", {"土日": {"weekdays": [5, 6]}}),
        ("平日の夕食", "夕食", {"平日": {"weekdays": [0, 1, 2, 3, 4]}}),
        ("saturday", "", {"saturday": SATURDAY}),
        ("Saturdays", "", {"Saturdays": SATURDAY}),
        ("今日", "", {"今日": {"days": ["2026-11-24", "2026-11-24"]}}),
        ("きょうのごはん", "ごはん", {"きょう": {"days": ["2026-11-24", "2026-11-24"]}}),
        ("明日の子ども食堂", "子ども食堂", {"明日": {"days": ["2026-11-25", "2026-11-25"]}}),
        ("週末", "", {"週末": {"days": ["2026-11-28", "2026-11-29"]}}),
        ("今週末 ランチ", "ランチ", {"今週末": {"days": ["2026-11-28", "2026-11-29"]}}),
        ("this weekend", "", {"this weekend": {"days": ["2026-11-28", "2026-11-29"]}}),
        ("tomorrow", "", {"tomorrow": {"days": ["2026-11-25", "2026-11-25"]}}),
        ("明後日", "", {"明後日": {"days": ["2026-11-26", "2026-11-26"]}}),
        ("あさっての居場所", "居場所", {"あさって": {"days": ["2026-11-26", "2026-11-26"]}}),
        ("今週 居場所", "居場所", {"今週": {"days": ["2026-11-24", "2026-11-29"]}}),
        ("来週の子ども食堂", "子ども食堂", {"来週": {"days": ["2026-11-30", "2026-12-06"]}}),
        ("next week", "", {"next week": {"days": ["2026-11-30", "2026-12-06"]}}),
        ("来週末", "", {"来週末": {"days": ["2026-12-05", "2026-12-06"]}}),
        ("来週の土日", "", {"来週の土日": {"days": ["2026-12-05", "2026-12-06"]}}),
        ("来週の土曜", "", {"来週の土曜": {"days": ["2026-12-05", "2026-12-05"]}}),
        ("来週土曜日に行ける食堂", "食堂",
         {"来週土曜日": {"days": ["2026-12-05", "2026-12-05"]}}),
        ("来週 金曜", "", {"来週 金曜": {"days": ["2026-12-04", "2026-12-04"]}}),
        ("再来週の月曜", "", {"再来週の月曜": {"days": ["2026-12-07", "2026-12-07"]}}),
        ("今週の火曜", "", {"今週の火曜": {"days": ["2026-11-24", "2026-11-24"]}}),
        ("今度の火曜日", "", {"今度の火曜日": {"days": ["2026-12-01", "2026-12-01"]}}),
        ("next saturday", "", {"next saturday": {"days": ["2026-12-05", "2026-12-05"]}}),
        ("祝日 居場所", "居場所", {"祝日": {"days": ["2027-01-01", "2027-01-01"]}}),
        # hours
        ("午前", "", {"午前": {"hours": "05:00-12:00"}}),
        ("午後の居場所", "居場所", {"午後": {"hours": "12:00-18:00"}}),
        ("夕方 子ども食堂", "子ども食堂", {"夕方": {"hours": "16:00-19:00"}}),
        ("夜の居場所", "居場所", {"夜": {"hours": "18:00-24:00"}}),
        ("土曜の午前", "", {"土曜": SATURDAY, "午前": {"hours": "05:00-12:00"}}),
        # costs
        ("無料", "", {"無料": FREE}),
        ("無料の塾", "塾", {"無料": FREE}),
        ("タダ", "", {"タダ": FREE}),
        ("ただで食べられる", "", {"ただ": FREE}),
        ("０円 学習支援", "学習支援", {"０円": FREE}),
        ("お金がかからないフリースクール", "フリースクール", {"お金がかからない": FREE}),
        ("おかねが いらない ごはん", "ごはん", {"おかねが いらない": FREE}),
        ("free", "", {"free": FREE}),
        ("free meal", "meal", {"free": FREE}),
        # ages
        ("未就学児の食堂", "食堂", {"未就学児": {"ages": [0, 7]}}),
        ("幼児 ごはん", "ごはん", {"幼児": {"ages": [0, 7]}}),
        ("土曜 赤ちゃん", "赤ちゃん", {"土曜": SATURDAY}),
        ("鳳の近くの乳幼児", "乳幼児", {"鳳の近く": OHTORI}),
        ("小学生", "", {"小学生": {"ages": [6, 13]}}),
        ("小学生の居場所", "居場所", {"小学生": {"ages": [6, 13]}}),
        ("小1", "", {"小1": {"ages": [6, 8]}}),
        ("小６の学習支援", "学習支援", {"小６": {"ages": [11, 13]}}),
        ("小学三年生", "", {"小学三年生": {"ages": [8, 10]}}),
        ("小学校4年生", "", {"小学校4年生": {"ages": [9, 11]}}),
        ("5年生", "", {"5年生": {"ages": [10, 12]}}),
        ("1年生", "", {"1年生": {"ages": [6, 17]}}),
        ("中学生", "", {"中学生": {"ages": [12, 16]}}),
        ("中2 勉強", "勉強", {"中2": {"ages": [13, 15]}}),
        ("高校生も", "", {"高校生": {"ages": [15, 19]}}),
        ("高校3年生", "", {"高校3年生": {"ages": [17, 19]}}),
        ("10歳", "", {"10歳": {"ages": [10, 11]}}),
        ("０歳児", "", {"０歳児": {"ages": [0, 1]}}),
        ("10 years old", "", {"10 years old": {"ages": [10, 11]}}),
        ("小学生と中学生", "", {"小学生": {"ages": [6, 13]}, "中学生": {"ages": [12, 16]}}),
        # facts
        ("予約なし", "", {"予約なし": NO_BOOKING}),
        ("予約不要の子ども食堂", "子ども食堂", {"予約不要": NO_BOOKING}),
        ("申し込み不要", "", {"申し込み不要": NO_BOOKING}),
        ("no booking", "", {"no booking": NO_BOOKING}),
        ("ひとりで", "", {"ひとりで": {"facts": ["alone"]}}),
        ("一人で行ける居場所", "居場所", {"一人で": {"facts": ["alone"]}}),
        ("子どもだけで", "", {"子どもだけで": {"facts": ["alone"]}}),
        ("だれでも", "", {"だれでも": {"facts": ["anyone"]}}),
        ("誰でも 居場所", "居場所", {"誰でも": {"facts": ["anyone"]}}),
        # places
        ("鳳駅", "", {"鳳駅": OHTORI}),
        ("鳳 子ども食堂", "子ども食堂", {"鳳": OHTORI}),
        ("子ども食堂 鳳", "子ども食堂", {"鳳": OHTORI}),
        ("鳳のフリースクール", "フリースクール", {"鳳": OHTORI}),
        ("鳳の近く", "", {"鳳の近く": OHTORI}),
        ("鳳の近くの子ども食堂", "子ども食堂", {"鳳の近く": OHTORI}),
        ("鳳駅周辺のフリースクール", "フリースクール", {"鳳駅周辺": OHTORI}),
        ("鳳 近く", "", {"鳳 近く": OHTORI}),
        ("鳳フリースクール", "フリースクール", {"鳳": OHTORI}),
        ("みなみ小の近く", "", {"みなみ小の近く": {"near": "みなみ小学校"}}),
        ("みなみ小学校区の居場所", "居場所", {"みなみ小学校区": {"near": "みなみ小学校"}}),
        ("鳳東町あたり", "", {"鳳東町あたり": {"near": "鳳東町"}}),
        ("near Tanashi", "", {"near Tanashi": {"near": "田無駅"}}),
        ("free school near tanashi", "free school", {"near tanashi": {"near": "田無駅"}}),
        ("堺市の子ども食堂", "堺市 子ども食堂", {}),
        # several
        ("土曜無料の子ども食堂", "子ども食堂", {"土曜": SATURDAY, "無料": FREE}),
        ("子ども食堂　土曜日・無料", "子ども食堂", {"土曜日": SATURDAY, "無料": FREE}),
        ("ｺﾄﾞﾓ食堂土曜", "ｺﾄﾞﾓ食堂", {"土曜": SATURDAY}),
        ("鳳で土曜に予約なしのごはん", "ごはん",
         {"鳳": OHTORI, "土曜": SATURDAY, "予約なし": NO_BOOKING}),
        ("ひだまり 土曜", "ひだまり", {"土曜": SATURDAY}),
        ("鳳 浜寺 ごはん", "浜寺 ごはん", {"鳳": OHTORI}),
        ("saturday free meal", "meal", {"saturday": SATURDAY, "free": FREE}),
        ("近くの子ども食堂", "子ども食堂", {}),
        ("ごはんと居場所", "ごはん 居場所", {}),
    ],
)  # fmt: skip
def test_words_become_conditions(query: str, text: str, conditions: dict[str, Any]) -> None:
    understood = read(query)
    assert understood.to_json() == {"text": text, "conditions": conditions}


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "　", "!?", "子ども食堂", "こども食堂", "フリースクール", "居場所", "無料塾",
        "土曜教室", "土曜クラブ", "日曜学校", "水曜どうでしょう", "無料体験", "ただいま食堂",
        "ただ今", "ひとりで悩まないで", "だれでもカフェ", "だれでも広場", "小学校", "小学生クラブ",
        "中学校", "高校", "10歳若返る", "100歳", "小7", "高4", "7年生", "近く", "の", "near",
        "鳳こども食堂", "鳳こどもの家", "鳳東町5-6-13", "鳳東町5番6号", "堺市西区鳳東町5丁6",
        "ひまわり の 家", "浜寺", "free school", "Free School", "free schools", "carefree",
        "夜泣き", "夜のおしゃべり会", "来週号", "今週の運勢",
        "saturdayclub", "5-6-13", "赤ちゃん", "未就学児", "幼児", "baby", "\ud800", "😀",
    ],
)  # fmt: skip
def test_other_words_stay_what_is_looked_for(query: str) -> None:
    assert read(query).to_json() == {"text": query.strip(), "conditions": {}}


@pytest.mark.parametrize(
    ("query", "text", "conditions", "meant"),
    [
        ("小学性", "", {"小学性": {"ages": [6, 13]}}, "小学生"),
        ("中学性の居場所", "居場所", {"中学性": {"ages": [12, 16]}}, "中学生"),
        ("土曜無量の子ども食堂", "子ども食堂", {"土曜": SATURDAY, "無量": FREE}, "無料"),
        ("土陽日", "", {"土陽日": SATURDAY}, "土曜日"),
        ("しょうがくせえ", "", {"しょうがくせえ": {"ages": [6, 13]}}, "しょうがくせい"),
        ("Saterday", "", {"Saterday": SATURDAY}, "saturday"),
        ("tomorow free", "", {"tomorow": {"days": ["2026-11-25", "2026-11-25"]}, "free": FREE},
         "tomorrow"),
    ],
)  # fmt: skip
def test_a_typing_error_in_a_condition_is_mended_and_told(
    query: str, text: str, conditions: dict[str, Any], meant: str
) -> None:
    understood = read(query)
    assert understood.to_json() == {"text": text, "conditions": conditions}
    assert [piece.meant for piece in understood.conditions if piece.meant] == [meant]


@pytest.mark.parametrize(
    "query",
    ["大学生", "小学校", "小学館", "日用", "土用", "高校正門", "中学制服", "高校性の家", "anybody"],
)
def test_another_word_is_no_typing_error(query: str) -> None:
    assert read(query).to_json() == {"text": query, "conditions": {}}


@pytest.mark.parametrize("query", ["予約無し", "予約ナシ", "よやく無し", "申し込み無し"])
def test_without_booking_has_several_spellings(query: str) -> None:
    assert read(query).to_json()["conditions"] == {query: NO_BOOKING}


@pytest.mark.parametrize(
    ("query", "text", "conditions"),
    [
        ("寺子屋鳳", "寺子屋", {"鳳": OHTORI}),
        ("土曜の寺子屋", "寺子屋", {"土曜": SATURDAY}),
        ("いじめ相談", "いじめ 相談", {}),
        ("寺子屋", "寺子屋", {}),
        ("LGBT", "LGBT", {}),
        ("いじめられた", "いじめられた", {}),
        ("土曜の草の根", "土曜の草の根", {}),
    ],
)
def test_the_words_of_this_site_are_known_without_blanks(
    query: str, text: str, conditions: dict[str, Any]
) -> None:
    things = frozenset({"寺子屋", "いじめ", "lgbt"})
    understood = understand(query, PLACES.get, lambda _: False, TODAY, things)
    assert understood.to_json() == {"text": text, "conditions": conditions}


def test_days_and_ages_of_several_words_are_all_meant() -> None:
    assert read("今日 明日 ごはん").condition.days == (TODAY, TOMORROW)
    assert read("土曜 日曜").condition.weekdays == {5, 6}
    assert read("午前 午後").condition.hours == ("05:00", "18:00")
    assert read("小学生 中学生").condition.ages == (6, 16)
    assert read("予約なし だれでも").condition.facts == {Fact.NO_BOOKING, Fact.ANYONE}


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("土曜無料の子ども食堂", ["無料の子ども食堂", "土曜 子ども食堂"]),
        ("鳳の近くの子ども食堂", ["子ども食堂"]),
        ("子ども食堂で無料", ["子ども食堂"]),
        ("土曜", [""]),
        ("free meal near tanashi", ["meal near tanashi", "free meal"]),
    ],
)
def test_a_condition_is_let_go_of_with_its_words(query: str, left: list[str]) -> None:
    understood = read(query)
    assert [understood.without(piece) for piece in understood.conditions] == left


def test_the_words_are_let_go_of_without_the_conditions() -> None:
    assert read("土曜無料の子ども食堂").without_text() == "土曜無料"
    assert read("ひまわりの家").without_text() == ""


def test_what_is_said_otherwise_overrules_words() -> None:
    understood = read("鳳の近くで土曜の小学生の居場所").overruled("place", "weekdays", "ages")
    assert understood.condition == Condition()
    assert understood.text == "鳳の近く 居場所"


QUERIES = st.lists(
    st.one_of(
        st.sampled_from(sorted(_WORDS)),
        st.sampled_from([*PLACES, " ", "　", "・", "の", "子", "ｶ", "ﾞ", "ケ", "丘", "1", "小"]),
        st.text(max_size=3),
    ),
    max_size=12,
).map("".join)


@settings(deadline=None)
@given(QUERIES)
def test_no_letter_of_a_query_is_lost(query: str) -> None:
    understood = read(query)
    assert understood.typed == query[:200].strip()
    pieces = understood.pieces
    assert [piece.end for piece in pieces[:-1]] <= [piece.start for piece in pieces[1:]]
    if pieces:
        said = "".join(map(understood.words, pieces))
        assert fold(said).replace(" ", "") == fold(understood.typed).replace(" ", "")
        for piece in pieces:
            is_joining = piece.role is Role.JOINING
            assert not is_joining or fold(understood.words(piece)) in _WORDS


@settings(deadline=None)
@given(QUERIES)
def test_what_is_left_without_a_condition_no_longer_has_it(query: str) -> None:
    understood = read(query)
    for piece in understood.conditions:
        left = read(understood.without(piece))
        assert len(left.conditions) < len(understood.conditions) or left.text != understood.text


def test_a_week_that_ends_is_still_this_week() -> None:
    def days(text: str) -> tuple[dt.date, dt.date] | None:
        sunday = dt.date(2026, 11, 29)
        return understand(text, PLACES.get, lambda _: False, sunday).condition.days

    assert days("今週") == (dt.date(2026, 11, 29), dt.date(2026, 11, 29))
    assert days("来週") == (dt.date(2026, 11, 30), dt.date(2026, 12, 6))
    assert days("今週の土曜") == (dt.date(2026, 12, 5), dt.date(2026, 12, 5)), "one has gone by"
