"""For whom a place is, as people write it, in years: 小学生～高校生, 小3～中学生, 18歳以下.

A range counts only where the whole text is one. 概ね15歳まで asserts no bound, for it must shut
nobody out and promise nothing; such a text stays as it is.
"""

import re
import unicodedata

Ages = tuple[float | None, float | None]
"""The youngest and the oldest age in years, both included; None where there is no such bound."""

UNSAID: Ages = (None, None)

_LONGEST = 200  # characters: what comes after might take a bound back
_LISTED_YEARS = re.compile(r"[0-9０-９]\s*[・、,，]\s*[0-9０-９]")  # 1、2歳

# School years: who is in the first year of an elementary school is or turns 7.
_STAGES = {"小": (6, 6), "中": (12, 3), "高": (15, 3)}
_NAMED: dict[str, tuple[float, float]] = {
    "未就学児": (0, 6), "幼児": (0, 6), "乳幼児": (0, 6), "就学前": (0, 6),
    "小学生": (6, 12), "小学校": (6, 12), "中学生": (12, 15), "中学校": (12, 15),
    "高校生": (15, 18), "高校生世代": (15, 18), "高校生年代": (15, 18),
    "小学生中学生高校生": (6, 18), "小中学生": (6, 15), "中高生": (12, 18), "中高校生": (12, 18),
    "中学生高校生": (12, 18), "小中高生": (6, 18), "小中高校生": (6, 18), "小学生中学生": (6, 15),
}  # fmt: skip
_YEAR_OF_SCHOOL = re.compile("([小中高])(?:学校?|校)?([1-6])(?:年生?)?")
_YEARS = re.compile(r"満?(\d{1,2})(?:歳|才)?")
_LIVES_HERE = re.compile(r"^\w{1,6}(?:在住|在学|在勤|在園)(?:[・、,]?(?:または)?在[住学勤園])*の")
_AROUND = re.compile(
    "^対象(?:年齢|者)?[は:]?|(?:の)?(?:方|児童|生徒|子ども|こども|子供|お子さん|若者|人)?"
    "(?:のみ|だけ|限定|対象|が対象)?(?:です)?$"
)
_KANJI = str.maketrans("一二三四五六", "123456")
_NOT_ALLOWED = re.compile(
    "(?:未就学児|幼児|乳幼児)(?:は|の参加は|の利用は)?(?:不可|ご?遠慮ください)"
)


def ages_in(text: str) -> Ages:
    """The youngest and the oldest age where the whole text is plainly a range; else `UNSAID`.

    A condition about where somebody lives or goes to school may stand before it. Never raises.

    >>> ages_in("区内在住の小3～中学生"), ages_in("概ね15歳まで")
    ((8.0, 15), (None, None))
    """
    if len(text) > _LONGEST or _LISTED_YEARS.search(text):
        return UNSAID
    plain = _plain(text)
    if len(plain) > _LONGEST:
        return UNSAID
    if _NOT_ALLOWED.fullmatch(plain):
        return 6.0, None
    return _range(_AROUND.sub("", _LIVES_HERE.sub("", plain)))


def _plain(text: str) -> str:
    plain = re.sub(r"[\s・、]", "", unicodedata.normalize("NFKC", text))
    plain = re.sub("(?<=[小中高])[一二三四五六]|(?<=学)[一二三四五六](?=年)", _digit, plain)
    return re.sub("[〜～ー-]|から", "~", plain)


def _digit(kanji: re.Match[str]) -> str:
    return kanji[0].translate(_KANJI)


def _range(plain: str) -> Ages:
    if limit := re.fullmatch("(.+?)(以上|以下|未満|まで|~)", plain):
        first, is_range, last = limit[1].partition("~")
        if is_range:
            return _between(first, last) if limit[2] in ("まで", "以下") else UNSAID
        low, high = _group(limit[1])
        match limit[2]:
            case "以上" | "~":
                return low, None
            case "未満":
                years = _YEARS.fullmatch(limit[1])
                return None, (low - 1 if low is not None and years else low)
            case _:
                return None, high
    first, is_range, last = plain.partition("~")
    return _between(first, last) if is_range else _whole(plain)


def _between(first: str, last: str) -> Ages:
    if first[:1] in _STAGES and re.fullmatch("[1-6](?:年生?)?", last):
        # 小学1～6年生
        last = first[0] + last
    low, high = _group(first)[0], _group(last)[1]
    if not first:
        return None, high
    return (low, high) if low is not None and high is not None and low <= high else UNSAID


def _whole(plain: str) -> Ages:
    """A group alone; 15歳 alone may be where it begins or where it ends."""
    return UNSAID if _YEARS.fullmatch(plain) else _group(plain)


def _group(plain: str) -> Ages:
    """The first and the last age of one group, or of one year of age."""
    if plain in _NAMED:
        return _NAMED[plain]
    if year := _YEAR_OF_SCHOOL.fullmatch(plain):
        begins, length = _STAGES[year[1]]
        number = int(year[2])
        return (begins + number - 1.0, begins + float(number)) if number <= length else UNSAID
    if years := _YEARS.fullmatch(plain):
        return float(years[1]), float(years[1])
    return UNSAID
