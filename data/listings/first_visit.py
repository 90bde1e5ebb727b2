"""What a first visitor wants to know, read from the words of the place: never from a blank.

A badge is given where one whole clause says it and nothing more: 「誰でも歓迎」, not 「子育て中の
家庭なら誰でも」; 「ひとりで来てよい」, not 「小学生はひとりで来てよい」. Anything else that the
place says may take it back. What has a condition stays in the place's own words.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from ibasho.data.listings.kinds import VOLUNTEER_KINDS, Kind
from ibasho.data.listings.public import PublicListing


class Welcome(StrEnum):
    """What a place promises to somebody who comes for the first time."""

    ANYONE = "anyone"
    ALONE = "alone"
    NO_BOOKING = "no_booking"


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """What is promised, and what remains of the words about who may come and about booking."""

    welcomes: tuple[Welcome, ...]
    who: str
    booking: str


_CLAUSE = re.compile(r"[^。\n]+")
_MAY = (
    "(?:(?:の)?(?:参加|来店|利用|来所|来場)?(?:も|は|が)?(?:来て(?:も)?(?:よい|いい|大丈夫|OK)"
    "|できます|可能?|OK|歓迎|大歓迎|どうぞ|大丈夫(?:です)?))"
)
_ANYONE = re.compile(f"(?:誰|だれ|どなた)でも{_MAY}?")
_ALONE = re.compile(
    "(?:(?:子ども|こども|子供)(?:が|は|だけ|一人|ひとり)?)?"
    f"(?:(?:ひとり|一人|1人|お一人|だけ)(?:で|でも|での|の)?)?{_MAY}"
)
_NAMES_ALONE = re.compile("ひとり|一人|1人|だけ")
_NO_BOOKING = re.compile(
    "(?:事前の?)?(?:予約|申込み?|申し込み)(?:は|も)?(?:不要|なし|いりません|必要ありません)(?:です)?"
)
# What takes a promise back, wherever the place says it.
_WITH_ADULTS = re.compile(
    "(?:家族|保護者|大人|おとな|おうちの人|親)(?:の方)?(?:と|の?付|の送迎|も?一緒)"
    "|親子で(?!も)|引率|送迎|同伴|付き?添|(?<!人)以上|のみ|不可"
)
_BUT_CALL = re.compile(
    "予約|前日|日前|までに|申込|申し込|電話|連絡|登録|面談|見学|要相談|知らせ|注文|整理券|必要"
)
_BUT_NOT_ALL = re.compile(
    "限|のみ|対象|在住|在学|(?:生|歳|児|年)まで|(?<!人)以上|以下|会員|登録|遠慮|ただし|申込|申し込"
)
# Who comes alone there is a grown-up.
_NOT_FOR_CHILDREN_ALONE = VOLUNTEER_KINDS | {Kind.PARENTING_SUPPORT}


def first_visit(listing: PublicListing) -> FirstVisit:
    """What the words of a place promise to a newcomer, and the words that say more than that."""
    who = _clauses(listing.eligibility_description)
    booking = _clauses(listing.application_process)
    said: dict[Welcome, str] = {}
    for clause in who:
        plain = _plain(clause)
        if _ANYONE.fullmatch(plain):
            said.setdefault(Welcome.ANYONE, clause)
        elif _NAMES_ALONE.search(plain) and _ALONE.fullmatch(plain):
            said.setdefault(Welcome.ALONE, clause)
    if booking and _NO_BOOKING.fullmatch(_plain(booking[0])):
        said[Welcome.NO_BOOKING] = booking[0]
    elsewhere = _clauses(f"{listing.schedule_text}\n{listing.note}")
    rest = [clause for clause in (*who, *booking, *elsewhere) if clause not in said.values()]
    for welcome in [one for one in said if _taken_back(one, listing, rest)]:
        del said[welcome]
    told = set(said.values())
    return FirstVisit(
        tuple(welcome for welcome in Welcome if welcome in said),
        "。".join(clause for clause in who if clause not in told),
        "。".join(clause for clause in booking if clause not in told),
    )


def _taken_back(welcome: Welcome, listing: PublicListing, rest: list[str]) -> bool:
    """Whether something else that the place says makes the promise one for some only."""
    if welcome is Welcome.NO_BOOKING:
        return any(map(_BUT_CALL.search, rest))
    if welcome is Welcome.ALONE:
        return listing.kind in _NOT_FOR_CHILDREN_ALONE or any(map(_WITH_ADULTS.search, rest))
    has_ages = bool(listing.minimum_age) or listing.maximum_age is not None
    return has_ages or any(map(_BUT_NOT_ALL.search, rest))


def _clauses(text: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSE.findall(text) if clause.strip()]


def _plain(clause: str) -> str:
    return re.sub(r"[\s!！、]", "", unicodedata.normalize("NFKC", clause))
