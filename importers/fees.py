"""What a place costs, as people write it: 大人:300～500円 子ども:無料, 小学生～高校生:100円.

Every part of the text must say plainly who pays what. Of a text with anything else in it no amount
is taken, and it stays as it is: a price that another word takes back is worse than none.
"""

import re
import unicodedata

from ibasho.data.listings import COST_GROUPS, CostOption
from ibasho.importers.ages import UNSAID, ages_in

_MOST_YEN = 1_000_000
_LONGEST = 200  # characters: what comes after might take a price back
_GROUP_AGES = {
    "toddler": (0, 6), "elementary": (6, 12), "junior_high": (12, 15), "high_school": (15, 18),
    "adult": (18, 199),
}  # fmt: skip
_EVERYONE = frozenset(
    {"", "参加費", "利用料", "料金", "どなたでも", "どなたも", "誰でも", "だれでも", "みんな",
     "一律", "大人も子どもも", "子どもも大人も"}
)  # fmt: skip
_CHILDREN = frozenset({"子ども", "こども", "子供", "お子さん", "子"})
_ADULTS = frozenset({"大人", "おとな", "一般", "保護者", "成人"})
_TERMS = {
    "月額": "monthly", "月謝": "monthly", "月会費": "monthly", "入会金": "initial",
    "登録料": "initial", "入学金": "initial",
}  # fmt: skip

# what changes no price
_SAYS_NOTHING = frozenset(
    {
        "要予約",
        "予約制",
        "予約不要",
        "事前予約制",
        "要事前予約",
        "要申込",
        "申込不要",
        "要申し込み",
        "税込",
        "現金のみ",
    }
)
_HEADING = re.compile("^(?:参加費|利用料|料金|食事代)[:\\s](?=.)")
# 小学生以下 無料 is one part, 子ども無料 300円 are two
_BLANK_BEFORE_PRICE = re.compile(
    r"(?<=[^\W\d円料付])\s+(?=無料|カンパ|投げ銭|お気持ち|¥?\d[\d,]*円)"
)
_JOINED = re.compile("(?<=小)・(?=中)|(?<=中)・(?=高)|(?<=学生)・(?=[中高])")
# 大人(高校生以上)300円
_DEFINED = re.compile(r"(?:大人|おとな|一般|子ども|こども|子供)\(([^()]*)\)(?=:?(?:無料|¥?\d))")
_PARTS = re.compile(r"[、,・/;。!○●◎■◆\s()]+(?![0-9]{3}(?![0-9]))")
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})"
_YEN = rf"¥?(?:{_NUMBER}万(?:[0-9]千)?|{_NUMBER}千|{_NUMBER})(?:円|yen)?"
_GIFT = "(?:カンパ|投げ銭)制?|お気持ち"
_PART = re.compile(
    rf"(?P<who>\D*?|.*?(?:歳|才|[小中高][1-6])(?:以上|以下|未満|まで)?)[はが:]?"
    r"(?:(?:お?[1一]人様?|[1一][食回]|各回)(?:あたり|につき)?)?"
    rf"(?P<price>無料|{_GIFT}|(?P<low>{_YEN})(?:~(?P<high>{_YEN}))?)(?:です)?"
)


def costs_in(text: str) -> tuple[CostOption, ...]:
    """What each group or term costs, where every part of the text says so plainly; else nothing.

    A range or カンパ has no amount, and is kept as the words of its group. 子ども are those up to
    junior high school, and up to high school where the text has a price for 18歳以上. Never raises.

    >>> [(cost.option, cost.amount) for cost in costs_in("小学生以下 無料、大人300円")]
    [('toddler', 0), ('elementary', 0), ('adult', 300)]
    """
    if len(text) > _LONGEST or len(plain := unicodedata.normalize("NFKC", text)) > _LONGEST:
        return ()
    plain = re.sub("[〜～ー-]", "~", plain).strip()
    plain = re.sub(r"\s*[:：]\s*", ":", plain)
    plain = _DEFINED.sub(_defined, _JOINED.sub("", _HEADING.sub("", plain)))
    plain = _BLANK_BEFORE_PRICE.sub("", plain)
    parts = [part for part in _PARTS.split(plain) if part and part not in _SAYS_NOTHING]
    has_18 = any(ages_in(part.partition("歳以上")[0] + "歳以上")[0] == 18 for part in parts)
    found: dict[str, CostOption] = {}
    everyones: dict[str, CostOption] = {}
    for part in parts:
        read = _PART.fullmatch(part)
        price = _price(read) if read else None
        options = _options(read["who"], has_18, price == (0, "")) if read else ()
        if read and price and not options and _is_young(read["who"]):
            # 3歳以下無料 is not all of the toddlers: their words stay, and the others' prices hold
            options, price = ("toddler",), (None, part)
        if read is None or price is None or not options:
            return ()
        said = {option: CostOption(option, *price) for option in options}
        if options == COST_GROUPS and price[0] is None and "円" not in price[1]:
            # カンパ of whom, or for what, nobody said
            return ()
        if options == COST_GROUPS:
            # 子ども無料 300円: whose the second price is, nobody said
            if found or everyones:
                return ()
            everyones = said
            continue
        if any(found.get(option, cost) != cost for option, cost in said.items()):
            return ()
        found |= said
        if read["who"] in _CHILDREN:
            # 300円（子どもは無料）: up to which age they are children, nobody said
            everyones = {o: cost for o, cost in everyones.items() if o == "adult"}
    found = everyones | found
    order = (*COST_GROUPS, *dict.fromkeys(_TERMS.values()))
    return tuple(found[option] for option in order if option in found)


def _price(part: re.Match[str]) -> tuple[int | None, str] | None:
    """An amount, or none and a range or カンパ in words; None where it is no price."""
    if part["price"] == "無料":
        return 0, ""
    if part["low"] is None:
        return None, part["price"]
    low, high = _amount(part["low"]), _amount(part["high"] or part["low"])
    has_unit = part["price"].startswith("¥") or part["price"].endswith(("円", "yen"))
    if not has_unit or low is None or high is None or high < low:
        return None
    return (low, "") if low == high else (None, part["price"].replace("~", "～"))


def _defined(group: re.Match[str]) -> str:
    """The ages alone where a bracket says what 大人 or 子ども means here."""
    return group[0] if ages_in(group[1]) == UNSAID else group[1]


def _amount(text: str) -> int | None:
    plain = re.sub("[¥,円]|yen", "", text)
    tens = re.fullmatch("(?:([0-9]+)万)?(?:([0-9]+)千)?([0-9]*)", plain)
    if not tens or not plain:
        return None
    amount = int(tens[1] or 0) * 10_000 + int(tens[2] or 0) * 1_000 + int(tens[3] or 0)
    return amount if amount <= _MOST_YEN else None


def _is_young(who: str) -> bool:
    """Whether a part speaks of toddlers alone, though not of all."""
    _, high = ages_in(who)
    return high is not None and high < _GROUP_AGES["toddler"][1]


def _options(who: str, has_18: bool, is_free: bool) -> tuple[str, ...]:
    """The groups or the term of which a part speaks; empty where that is not certain."""
    if who in _TERMS:
        return (_TERMS[who],)
    if who in _EVERYONE:
        return COST_GROUPS
    if who in _ADULTS:
        return ("adult",)
    if who in _CHILDREN:
        return COST_GROUPS[:4] if has_18 else COST_GROUPS[:3] if is_free else COST_GROUPS[1:3]
    low, high = ages_in(who)
    if low is None and high is None:
        return ()
    inside = tuple(
        group
        for group, (young, old) in _GROUP_AGES.items()
        if (low or 0) <= young and (high is None or old <= high)
    )
    # 小3～中学生 is no whole group at one end: what the younger ones pay would be made up
    ends = {age for ages in _GROUP_AGES.values() for age in ages}
    return inside if (low is None or low in ends) and (high is None or high in ends) else ()
