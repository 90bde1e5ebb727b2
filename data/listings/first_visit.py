"""What a first visitor wants to know, read from the words of the place: never from a blank.

A badge is given where one whole clause says it and nothing more: 「誰でも歓迎」, not 「子育て中の
家庭なら誰でも」; 「ひとりで来てよい」, not 「小学生はひとりで来てよい」. Anything else that the
place says may take it back. What has a condition stays in the place's own words.
"""

import re
from dataclasses import dataclass

from ibasho.data.listings.clauses import clauses_of, plain
from ibasho.data.listings.facts import Fact
from ibasho.data.listings.kinds import VOLUNTEER_KINDS, Kind
from ibasho.data.listings.public import PublicListing


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """What is promised, and what remains of the words about who may come and about booking."""

    welcomes: tuple[Fact, ...]
    who: str
    booking: str


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
    said = _promises(listing)
    against = _taken_back(listing, set(said.values()))
    told = {clause for fact, clause in said.items() if fact not in against}
    return FirstVisit(
        tuple(fact for fact in Fact if fact in said.keys() - against),
        "。".join(one for one in clauses_of(listing.eligibility_description) if one not in told),
        "。".join(one for one in clauses_of(listing.application_process) if one not in told),
    )


def words_against(listing: PublicListing) -> set[Fact]:
    """Which of these promises the words and ages of a place would take back, whoever made them."""
    return _taken_back(listing, set(_promises(listing).values()))


def _promises(listing: PublicListing) -> dict[Fact, str]:
    """What clauses promise, each for itself."""
    said: dict[Fact, str] = {}
    for clause in clauses_of(listing.eligibility_description):
        bare = plain(clause)
        if _ANYONE.fullmatch(bare):
            said.setdefault(Fact.ANYONE, clause)
        elif _NAMES_ALONE.search(bare) and _ALONE.fullmatch(bare):
            said.setdefault(Fact.ALONE, clause)
    booking = clauses_of(listing.application_process)
    if booking and _NO_BOOKING.fullmatch(plain(booking[0])):
        said[Fact.NO_BOOKING] = booking[0]
    return said


def _taken_back(listing: PublicListing, said: set[str]) -> set[Fact]:
    """What anything but these clauses makes a promise for some only."""
    texts = (listing.eligibility_description, listing.application_process, listing.schedule_text,
             listing.note)  # fmt: skip
    rest = [clause for text in texts for clause in clauses_of(text) if clause not in said]
    has_ages = bool(listing.minimum_age) or listing.maximum_age is not None
    against = {
        Fact.NO_BOOKING: any(map(_BUT_CALL.search, rest)),
        Fact.ALONE: listing.kind in _NOT_FOR_CHILDREN_ALONE or any(map(_WITH_ADULTS.search, rest)),
        Fact.ANYONE: has_ages or any(map(_BUT_NOT_ALL.search, rest)),
    }
    return {fact for fact, is_against in against.items() if is_against}
