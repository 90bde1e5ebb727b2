"""Furigana: the reading over every word that is known, in a page that is made already.

The words stand in furigana.tsv with their readings, and none is guessed: a run of kanji gets
readings where known words cover the whole of it, the longest first, and none at all otherwise.
A single kanji stands beside others only where it is marked `+`, and `〜` is the rest of a word that
goes on in hiragana. The name of a place is read as its own kana say.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from flask import Flask, Response

from ibasho.data.stations import read_stations
from ibasho.data.text import hiragana
from ibasho.site import stores
from ibasho.site.languages import spoken
from ibasho.site.minute import is_kept
from ibasho.site.page_texts import change_texts
from ibasho.site.spoken_name import spoken_name

_TABLE = Path(__file__).with_name("furigana.tsv")
_KANJI = "一-龥々"
# what gets one reading together, and what stands between
_PARTS = re.compile(f"[0-9]*[{_KANJI}][{_KANJI}0-9]*|(?:(?![0-9]*[{_KANJI}]).)+")
_RUN = re.compile(f"[{_KANJI}]+")
_NEIGHBOUR = re.compile(f"[{_KANJI}ァ-ヺー0-9]")
_HIRAGANA = re.compile("[ぁ-ゖ]")

_DAYS = {
    1: "いちにち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか",
    7: "なのか", 8: "ようか", 9: "ここのか", 10: "とおか", 14: "じゅうよっか", 20: "はつか",
    24: "にじゅうよっか",
}  # fmt: skip
_WEEKDAYS = {
    "月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち",
    "祝": "しゅく",
}  # fmt: skip
_FIGURES = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{1,2})日(?![本曜])"
    r"|(?<![0-9])(?P<people>[12])人"
    r"|(?<=[0-9])(?P<counted>月|分|年|時(?!間))"
    r"|(?<=か)(?P<months>月)(?!曜)"
    r"|(?P<monthly>月)(?=[0-9,]+円)"
    r"|(?<=[（(])(?P<weekday>[月火水木金土日祝])(?=[)）])"
    r"|(?P<first>[月火水木金土日])(?=・[月火水木金土日祝](?![一-龥々]))"
    r"|(?<=[月火水木金土日]・)(?P<later>[月火水木金土日祝])(?![一-龥々])"
    r"|(?<![一-龥々])(?P<grade>[小中高][1-6])(?![0-9丁番-])"
)
_SCHOOLS = {"小": "しょう", "中": "ちゅう", "高": "こう"}
_GRADES = {"1": "いち", "2": "に", "3": "さん", "4": "よん", "5": "ご", "6": "ろく"}

_RUBY = re.compile("<ruby>.*?<rt>(.*?)</rt>.*?</ruby>")
_GAPS = re.compile("[^ぁ-ゖー]")
_OTHER = re.compile(r'<([a-z0-9]+)\b[^>]*\s(?:lang="(?!ja")|data-read)')
_LISTINGS = re.compile(r"(?<!/coordinator)/listings/([0-9A-Za-z_-]+)")


_NONE: Mapping[str, str] = MappingProxyType({})


class _Words(NamedTuple):
    """Known words with their ruby, by their first kanji: whole, beside others, and begun."""

    whole: Mapping[str, list[tuple[str, str]]]
    joined: Mapping[str, str]
    begun: Mapping[str, str]


def install(app: Flask) -> None:
    """Put the readings over the pages of the languages that have them, before they are kept."""
    app.after_request(_over_page)


def with_furigana(
    page: str, names: Mapping[str, str] = _NONE, places: Mapping[str, str] = _NONE
) -> str:
    """The page (HTML) with readings in its texts; hiragana of names and places by what is written.

    `names` are read where they are the whole of a text, `places` where they stand in one.
    What `change_texts` leaves alone stays, and so does what is in another language or has
    `data-read`, for it is read already.
    """

    def change(text: str) -> str:
        read = _named(text, names) or over_words(text, places)
        # one box: else each word would be an item of its own in a row of items
        return read if read == text else f'<span class="read">{read}</span>'

    return change_texts(page, change, _OTHER)


def over_words(text: str, places: Mapping[str, str] = _NONE) -> str:
    """A text (escaped for HTML) with the readings of all words that are known, and of `places`."""
    made: list[str] = []
    at = 0
    while run := _next(text, at):
        made.append(text[at : run.start()])
        at = run.end()
        if run.re is _FIGURES:
            made.append(_figures(run))
            continue
        place = next((one for one in places if text.startswith(one, run.start())), "")
        if place:
            made.append(ruby(place, places[place]))
            at = run.start() + len(place)
            continue
        covered = _cover(text, run.start(), run.end())
        if covered is None:
            made.append(run[0])
        else:
            made += covered[0]
            at = covered[1]
    made.append(text[at:])
    return "".join(made)


def _next(text: str, at: int) -> re.Match[str] | None:
    """What is read by its figures or the next run of kanji, whichever comes first."""
    found = [one for one in (_FIGURES.search(text, at), _RUN.search(text, at)) if one]
    return min(found, key=re.Match.start, default=None)


def ruby(word: str, reading: str) -> str:
    """A word with its reading (hiragana) over its kanji: 問い合わせ has と and あ."""
    parts = _PARTS.findall(word)
    shape = "".join("(.+?)" if _RUN.search(part) else _spoken(part) for part in parts)
    found = re.fullmatch(shape, reading)
    if found is None:
        return _over(word, reading)
    readings = iter(found.groups())
    return "".join(_over(part, next(readings)) if _RUN.search(part) else part for part in parts)


def _spoken(part: str) -> str:
    """The pattern of what is no kanji: kana as they are, signs not at all, the rest somehow."""
    pieces = re.findall(r"[ぁ-ゖー]+|[0-9A-Za-z]+|[^ぁ-ゖー0-9A-Za-z]+", hiragana(part))
    return "".join(
        re.escape(one) if _HIRAGANA.match(one) else ".*?" if one.isalnum() else "[^ぁ-ゖー]*"
        for one in pieces
    )


def _over(word: str, reading: str) -> str:
    return f"<ruby>{word}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


def _named(text: str, names: Mapping[str, str]) -> str:
    """The name of a place with its reading; "" where the text is none."""
    name = text.strip()
    reading = names.get(unescape(name))
    if not reading:
        return ""
    by_words = over_words(name)
    said = hiragana(_RUBY.sub(r"\1", by_words))
    is_said_so = _GAPS.sub("", said) == _GAPS.sub("", reading)
    return text.replace(name, by_words if is_said_so else ruby(name, reading))


def _figures(found: re.Match[str]) -> str:
    """What is read by the number beside it: 12月1日 is ついたち, 中3 ちゅうさん."""
    text = found.string
    if grade := found["grade"]:
        return _over(grade, _SCHOOLS[grade[0]] + _GRADES[grade[1]])
    if found["day"]:
        number = int(found["day"])
        if number == 1 and text[found.start() - 1 : found.start()] == "月":
            return _over(found[0], "ついたち")
        if number in _DAYS:
            return _over(found[0], _DAYS[number])
        return found["day"] + _over("日", "にち")
    if found["people"]:
        return _over(found[0], "ひとり" if found["people"] == "1" else "ふたり")
    if found["counted"] == "分":
        return _over("分", "ふん" if text[found.start() - 1] in "2579" else "ぷん")
    if found["counted"]:
        return _over(found[0], {"月": "がつ", "年": "ねん", "時": "じ"}[found[0]])
    if found["months"] or found["monthly"]:
        return _over("月", "げつ" if found["months"] else "つき")
    return _over(found[0], _WEEKDAYS[found[0]])


def _cover(text: str, at: int, end: int) -> tuple[list[str], int] | None:
    """Known words that cover text[at:end], and where the last of them ends; None if none do."""
    if at >= end:
        return [], at
    beside = bool(_NEIGHBOUR.match(text[at - 1 : at])) or bool(_RUN.match(text[at + 1 : at + 2]))
    for length, marked in _words_at(text, at, beside):
        following = _cover(text, at + length, end)
        if following is not None:
            return [marked, *following[0]], following[1]
    return None


def _words_at(text: str, at: int, beside: bool) -> Iterator[tuple[int, str]]:
    """The words that may begin here, with length and ruby: the likeliest first.

    `beside`: the kanji here stands beside another, or beside figures or katakana.
    """
    words = _words()
    first = text[at]
    known = [one for one in words.whole.get(first, []) if text.startswith(one[0], at)]
    yield from ((len(word), marked) for word, marked in known if len(_RUN.findall(word)[0]) > 1)
    if beside and first in words.joined:
        yield 1, words.joined[first]
    yield from ((len(word), marked) for word, marked in known if len(word) > 1 or not beside)
    if first in words.begun and _HIRAGANA.match(text[at + 1 : at + 2]):
        yield 1, words.begun[first]


@cache
def _words() -> _Words:
    whole: dict[str, list[tuple[str, str]]] = {}
    joined: dict[str, str] = {}
    begun: dict[str, str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        word, reading = line.split("\t")
        if word.startswith("+"):
            joined[word[1:]] = _over(word[1:], reading)
        elif word.endswith("〜"):
            begun[word[:-1]] = _over(word[:-1], reading)
        else:
            whole.setdefault(word[0], []).append((word, ruby(word, reading)))
    for words in whole.values():
        words.sort(key=lambda one: -len(one[0]))
    return _Words(whole, joined, begun)


def _over_page(response: Response) -> Response:
    if spoken().ruby and response.mimetype == "text/html" and not is_kept():
        page = response.get_data(as_text=True)
        known = (_names(page), _stations()) if response.status_code == 200 else ()
        response.set_data(with_furigana(page, *known))
    return response


def _stations() -> dict[str, str]:
    """The readings of the ward's stations."""
    stations = read_stations(stores.database())
    return {f"{one.name}駅": f"{hiragana(one.kana)}えき" for one in stations if one.kana}


def _names(page: str) -> dict[str, str]:
    """The readings of the places that a page links to."""
    ids = sorted(set(_LISTINGS.findall(page)))
    listings = stores.listings(ids)
    return {listing.name: said for listing in listings if (said := spoken_name(listing))}
