"""The words by which people say a condition, and those that only join others: tables.

They are written as people write them and folded when they are read. A Japanese word may stand
anywhere in a chunk of text, an English one must be a whole word or, with blanks, several.
"""

import re
from collections.abc import Callable
from functools import partial

from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.text import fold
from ibasho.search_index.ages import AgeGroup, Ages
from ibasho.search_index.opening import (
    AFTERNOON,
    EARLY_EVENING,
    EVENING,
    MORNING,
    DaysMeant,
    Hours,
    coming,
    days_ahead,
    in_week,
    next_public_holiday,
)

_DAY_NAMES = {
    0: ("月曜", "げつよう", "monday"),
    1: ("火曜", "かよう", "tuesday"),
    2: ("水曜", "すいよう", "wednesday"),
    3: ("木曜", "もくよう", "thursday"),
    4: ("金曜", "きんよう", "friday"),
    5: ("土曜", "どよう", "saturday"),
    6: ("日曜", "にちよう", "sunday"),
}
_SEVERAL_DAYS = {
    "土日": (5, 6), "土曜日曜": (5, 6), "土曜・日曜": (5, 6), "どにち": (5, 6),
    "平日": (0, 1, 2, 3, 4), "へいじつ": (0, 1, 2, 3, 4), "weekdays": (0, 1, 2, 3, 4),
}  # fmt: skip
# A line for each meaning.
_DAYS: tuple[tuple[DaysMeant, tuple[str, ...]], ...] = (
    (days_ahead(0, 0), ("今日", "きょう", "本日", "today")),
    (days_ahead(1, 1), ("明日", "あした", "あす", "tomorrow")),
    (days_ahead(2, 2), ("明後日", "あさって", "day after tomorrow", "the day after tomorrow")),
    (in_week(0), ("今週", "こんしゅう", "this week")),
    (in_week(1), ("来週", "らいしゅう", "next week")),
    (in_week(2), ("再来週", "さらいしゅう")),
    (in_week(0, 5, 6), (
        "週末", "今週末", "この週末", "しゅうまつ", "こんしゅうまつ", "今週の土日", "今度の土日",
        "今週の週末", "weekend", "this weekend",
    )),
    (in_week(1, 5, 6), ("来週末", "来週の週末", "来週の土日", "らいしゅうまつ", "next weekend")),
    (next_public_holiday, ("祝日", "しゅくじつ", "public holiday", "public holidays")),
)  # fmt: skip
# A weekday of a week, by what stands before it: 来週の土曜, 来週土曜, next saturday.
_WEEKDAYS_OF: tuple[tuple[Callable[[int], DaysMeant], tuple[str, ...]], ...] = (
    (coming, ("今週", "この", "this")),
    (partial(coming, first=1), ("今度", "次")),
    (lambda day: in_week(1, day, day), ("来週", "らいしゅう", "next")),
    (lambda day: in_week(2, day, day), ("再来週",)),
)
_HOURS: dict[Hours, tuple[str, ...]] = {
    MORNING: ("午前", "午前中", "ごぜん", "ごぜんちゅう", "in the morning"),
    AFTERNOON: ("午後", "ごご", "昼間", "in the afternoon"),
    EARLY_EVENING: ("夕方", "ゆうがた"),
    EVENING: ("夜", "夜間", "よる", "in the evening", "at night"),
}
_FREE = (
    "無料", "無償", "タダ", "ただ", "0円", "ゼロ円", "むりょう", "お金がかからない",
    "お金のかからない", "お金がいらない", "お金のいらない", "おかねがかからない",
    "おかねがいらない", "おかねが かからない", "おかねが いらない",
    "free", "for free", "free of charge", "no cost",
)  # fmt: skip
# A line for each fact.
_FACTS: dict[Fact, tuple[str, ...]] = {
    Fact.NO_BOOKING: (
        "予約なし", "予約不要", "予約いらず", "予約がいらない", "予約のいらない",
        "予約しなくていい", "申し込み不要", "申込不要", "申込み不要", "申し込みなし", "申込なし",
        "よやくなし", "よやくがいらない", "飛び入り", "no booking", "no reservation",
        "without booking",
    ),
    Fact.ALONE: (
        "ひとりで", "一人で", "1人で", "子どもだけで", "子どもだけ", "子どもひとりで",
        "子ども一人で", "alone", "on their own", "by themselves",
    ),
    Fact.ANYONE: ("だれでも", "誰でも", "どなたでも", "anyone", "everyone"),
}  # fmt: skip
_GROUPS: dict[Ages, tuple[str, ...]] = {
    (0, 3): ("赤ちゃん", "あかちゃん", "乳児", "babies", "baby"),
    AgeGroup.PRESCHOOL.ages: (
        "未就学児", "未就学", "就学前", "乳幼児", "幼児", "ようじ", "preschoolers", "preschooler",
        "toddlers", "toddler",
    ),
    (2, 7): ("園児",),
    (6, 10): ("低学年", "小学校低学年"),
    (9, 13): ("高学年", "小学校高学年"),
    AgeGroup.ELEMENTARY.ages: (
        "小学生", "しょうがくせい", "elementary schoolers", "elementary school students",
        "elementary school student", "primary schoolers",
    ),
    (6, 16): ("小中学生", "小・中学生"),
    (6, 19): ("小中高生", "小中高校生"),
    AgeGroup.JUNIOR_HIGH.ages: (
        "中学生", "ちゅうがくせい", "junior high school students", "junior high school student",
    ),
    (12, 19): ("中高生", "中高校生", "teenagers", "teens"),
    AgeGroup.HIGH.ages: (
        "高校生", "こうこうせい", "high school students", "high school student", "high schoolers",
    ),
    (10, 20): ("10代", "十代"),
}  # fmt: skip
# What is looked for as a word, beside those of the kinds: what the names of several of them end in.
_THINGS = ("食堂", "塾", "ひろば", "広場", "相談", "ボランティア", "free schools", "free space")
_NEAR = (
    "近く", "ちかく", "近所", "周辺", "あたり", "辺り", "付近", "近辺", "そば", "まわり", "周り",
    "前", "最寄り", "方面", "nearby", "station", "sta.", "eki",
)  # fmt: skip
_BEFORE_PLACE = ("near", "around", "in", "at", "close to")
_JOINING = (
    "の", "で", "に", "が", "な", "へ", "も", "と", "は", "を", "や", "から", "まで", "なら",
    "でも", "向け", "むけ", "対象", "可", "ok", "オッケー", "毎週", "場所", "ところ", "所", "とこ",
    "ある", "あります", "できる", "行ける", "いける", "行きたい", "いきたい", "通える", "使える",
    "入れる", "食べられる", "食べたい", "参加できる", "やってる", "やっている", "開いてる",
    "開いている", "あいてる", "あいている", "探してる", "探しています", "探す", "さがす",
    "on", "for", "with", "the", "a", "an", "and", "or", "to", "of", "open", "places", "place",
)  # fmt: skip


def _folded(*words: str) -> frozenset[str]:
    return frozenset(map(fold, words))


WEEKDAYS: dict[str, frozenset[int]] = {
    fold(name + end): frozenset({day})
    for day, names in _DAY_NAMES.items()
    for name in names
    for end in (("", "s") if name.isascii() else ("", "日", "び"))
} | {fold(name): frozenset(days) for name, days in _SEVERAL_DAYS.items()}
DAYS: dict[str, DaysMeant] = {fold(word): meant for meant, words in _DAYS for word in words} | {
    fold(before + joint + name): of(day)
    for of, befores in _WEEKDAYS_OF
    for before in befores
    for joint in ((" ",) if before.isascii() else ("の", "", " "))
    for name, days in WEEKDAYS.items()
    for day in days
    if len(days) == 1 and name.isascii() == before.isascii()
}
HOURS = {fold(word): hours for hours, words in _HOURS.items() for word in words}
FREE = _folded(*_FREE)
FACTS = {fold(word): fact for fact, words in _FACTS.items() for word in words}
GROUPS = {fold(word): ages for ages, words in _GROUPS.items() for word in words}
THINGS = _folded(*_THINGS, *(word for words in KIND_WORDS.values() for word in words))
NEAR = _folded(*_NEAR)
BEFORE_PLACE = _folded(*_BEFORE_PLACE)
JOINING = _folded(*_JOINING)

# Anchored where they are matched: a school year (小1, 中学2年生), a year that may be of any school
# (3年生), an age (10歳, 0歳児, age 10, 10 years old).
_NUMBERS = "1-6一二三四五六"
_YEAR_OF_SCHOOL = re.compile(
    f"(?:([小中高])(?:学校?|校)?([{_NUMBERS}])(?:年生?)?|([{_NUMBERS}])年生)"
)
_YEARS = re.compile(r"(\d{1,2})(?:歳児?|才児?|さい)|age (\d{1,2})\b|(\d{1,2}) years? old\b")
_FIRST_YEARS = {"小": 6, "中": 12, "高": 15}
_SCHOOL_YEARS = {"小": 6, "中": 3, "高": 3}


def ages_at(text: str, start: int) -> tuple[int, Ages] | None:
    """Where the school year or age that begins at `start` of a folded text ends, and the ages."""
    if match := _YEARS.match(text, start):
        years = int(match[1] or match[2] or match[3])
        return match.end(), (years, years + 1)
    match = _YEAR_OF_SCHOOL.match(text, start)
    if not match:
        return None
    number = match[2] or match[3]
    year = int(number) if number.isdecimal() else "一二三四五六".index(number) + 1
    schools = [school for school in match[1] or "小中高" if year <= _SCHOOL_YEARS[school]]
    if not schools:
        return None
    # who is in the first year is or turns 7
    return match.end(), (_FIRST_YEARS[schools[0]] + year - 1, _FIRST_YEARS[schools[-1]] + year + 1)


# What a keyboard writes for the same sound, by each letter of a condition.
SOUND_ALIKE = {
    letter: alike.replace(letter, "")
    for alike in ("生性制製成", "曜陽様", "料量両", "約役訳", "予預余", "児時", "週周", "末松",
                  "未味", "就終", "乳入", "低定", "償賞", "後語")
    for letter in alike
}  # fmt: skip
# Below school age: hardly any place says whether it takes them, unless it is there for them.
LITTLE_ONES = frozenset(word for word, ages in GROUPS.items() if ages[1] <= 7)
CONDITIONS = frozenset({*WEEKDAYS, *DAYS, *HOURS, *FREE, *FACTS, *GROUPS})
