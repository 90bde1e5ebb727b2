"""Whether children come free of charge and what a month costs, as far as somebody said so."""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum, auto

from ibasho.data.listings.model import COST_GROUPS, CostOption

_CHILD_GROUPS = frozenset(COST_GROUPS) - {"adult"}
_EACH_TIME = _CHILD_GROUPS | {"per_visit", "per_hour"}
_MEMBERSHIP = frozenset({"monthly", "initial"})
_TERMS_TO_PAY = _MEMBERSHIP | {"per_visit", "per_hour"}

_PRICE = re.compile(r"(?P<free>無料|(?<![\d,])0円)|(?<![\d,])[\d,]+ ?[万千百]?円|有料|実費")
_CLAUSES = re.compile(r"[\s、。,;:/()「」【】\[\]]+(?!\d{3})")
_CHILD = re.compile("子ども|こども|コドモ|子供|小人|児童|生徒|学生|小学|中学|高校|小中|18歳")
_NOT_EVERY_CHILD = re.compile("未就|幼児|乳|[0-6]歳|大学|ひとり親|一人親|生活保護|非課税")
_ADULT = re.compile("大人|おとな|成人|保護者|一般|高齢|シニア|親|付き?添")
_LIMITED = re.compile(
    "初回|初月|初め|見学|体験|試し|駐車|入会|登録|送迎|2人目|二人目|兄弟|きょうだい|教材|原則|一部|ほぼ|お?代わり"
)
_HEDGE = re.compile("では?(?:な|あ)|じゃな|とは限|または|又は|もしくは|か|[~〜～-]|から")

_N = r"(?<![\d.])(\d{1,7}(?:\.\d{1,3})?)"
_SAME_UNIT = re.compile(rf"{_N}(?=[~〜～-]\d{{1,7}}(?:\.\d{{1,3}})?([万千]?円))")
_TEN_THOUSANDS = re.compile(rf"{_N}万(?:(\d)千|(\d{{1,4}}))?(?:円|(?=[~〜～-]))")
_THOUSANDS = re.compile(rf"{_N}千円")
_MONTHLY = re.compile(
    r"月(?:額|謝|会費|々|(?=\d{2,7}円))|毎月(?=\d{2,7}円)|[1一][かヶケカ]月(?:あたり)?(?=\d{2,7}円)"
)
# Any other word before a monthly fee may make it a discount, a side fee or a pause.
_WHOSE = (
    r"(?:フリースクール|オンライン|通所|通学|教室|[小中高](?:学|校|等)?[生部]?|平日|全日|コース|プラン"
    r"|[週月][1-7](?:[~〜～-][1-7])?[日回](?:間|まで|以上)?|利用料|会費|授業料|学費|料?金|費用|参加費"
    r"|税込|およそ|約|上限|最大|一律|[はのがもとで・:\s()\[\]])*+"
)
_WHOSE_IT_IS = re.compile(_WHOSE)
_AMOUNT = re.compile(
    rf"{_WHOSE}(?:(?P<yen>\d{{1,7}})円|(?P<free>無料))(?P<more>[~〜～-]\d{{1,7}}円)?"
    r"(?:台|程度|ほど|くらい|ぐらい|前後)?(?P<about>\([^()]*\))?[、,/・\s]*"
)
_NOT_EVERYONE = re.compile(rf"{_NOT_EVERY_CHILD.pattern}|{_LIMITED.pattern}|援助|減免|割引後|休会")
_ANOTHER_PRICE = re.compile("円|無料|半額|割引(?!後)|あり")
_FAR = 40  # characters; what a monthly fee is for stands nearer


class _Payer(Enum):
    CHILDREN = auto()
    SOME_CHILDREN = auto()
    ADULTS = auto()
    EVERYONE = auto()


def is_free_for_children(costs: Sequence[CostOption], fees_description: str) -> bool:
    """Whether it was said that children pay nothing; silence is no answer.

    Stated amounts decide: each that children pay is 0, and at least one is for a visit, or else
    both the monthly and the initial one are stated. A trial says nothing, an extra only what it
    costs. Without amounts the words must say 無料 or 0円 for children or for everyone, without a
    price that children pay beside it: 「大人300円 子ども無料」 is free, 「100円、未就学児無料」 and
    「初回無料」 are not; a term that is put in words only is no 0.
    """
    amounts = {cost.option: 0 for cost in costs if cost.amount == 0}
    amounts |= {cost.option: cost.amount for cost in costs if cost.amount}
    charged = amounts.keys() & (_EACH_TIME | _MEMBERSHIP | {"extra"})
    if any(amounts[option] for option in charged):
        return False
    if any(cost.amount is None for cost in costs if cost.option in _TERMS_TO_PAY):
        return False
    if charged & _EACH_TIME or charged >= _MEMBERSHIP:
        return True
    said = [
        price
        for cost in costs
        if cost.option in _CHILD_GROUPS
        for price in _prices(f"子ども {cost.description}")
    ]
    said += _prices(fees_description)
    free = {payer for payer, is_free in said if is_free}
    paid = {payer for payer, is_free in said if not is_free}
    if _Payer.CHILDREN in paid:
        return False
    return _Payer.CHILDREN in free or (_Payer.EVERYONE in free and _Payer.EVERYONE not in paid)


def monthly_fee(costs: Sequence[CostOption], fees_description: str) -> int | None:
    """The least that somebody said one pays a month, in yen; None where nobody did.

    Stated amounts come first, then what the words call 月額 or 月謝, discounts for some left out;
    then 0 where children pay nothing at all. What is paid by the visit alone is no monthly fee,
    nor is 0 a month beside a price for each visit.
    """
    monthly = [cost for cost in costs if cost.option == "monthly"]
    fees = [cost.amount for cost in monthly if cost.amount is not None]
    if not fees:
        texts = [*(f"月額 {cost.description}" for cost in monthly), fees_description]
        fees = [fee for text in texts for fee in _monthly_fees(_in_yen(text))]
    if not fees and is_free_for_children(costs, fees_description):
        fees = [0]
    if not any(fees) and any(cost.amount for cost in costs if cost.option in _EACH_TIME):
        return None
    return min(fees, default=None)


def _in_yen(text: str) -> str:
    """The text with its sums as plain yen: 3.5万円, ３万５千円, ¥35,000 and 3～5万円."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
    text = re.sub(r"(?<=\d) (?=[万千]?円)", "", re.sub(r"¥ ?(\d+)(?![\d円])", r"\1円", text))
    text = _SAME_UNIT.sub(r"\1\2", text)
    text = _TEN_THOUSANDS.sub(
        lambda sum_: f"{_times(sum_[1], 10_000) + int(sum_[2] or 0) * 1000 + int(sum_[3] or 0)}円",
        text,
    )
    return _THOUSANDS.sub(lambda sum_: f"{_times(sum_[1], 1000)}円", text)


def _times(number: str, factor: int) -> int:
    return round(float(number) * factor)


def _monthly_fees(text: str) -> list[int]:
    """What a text with plain yen names as monthly fees for everyone."""
    found = []
    for name in _MONTHLY.finditer(text):
        subject = re.split(
            r"[、。,;!\n]|円|無料", text[max(0, name.start() - _FAR) : name.start()]
        )[-1]
        if not _WHOSE_IT_IS.fullmatch(subject):
            continue
        end = name.end()
        while price := _AMOUNT.match(text, end):
            end = price.end()
            about = price["about"] or ""
            is_for_all = not _NOT_EVERYONE.search(about) or _ANOTHER_PRICE.search(about)
            is_zero = price["free"] or not int(price["yen"])
            is_hedged = price["more"] or _HEDGE.match(text, end)
            if is_for_all and not (is_zero and is_hedged):
                found.append(0 if is_zero else int(price["yen"]))
    return found


def _prices(text: str) -> list[tuple[_Payer, bool]]:
    """Each price in a text: who pays it, and whether it is nothing."""
    found = []
    before = ""
    for clause in _CLAUSES.split(unicodedata.normalize("NFKC", text)):
        end = 0
        for price in _PRICE.finditer(clause):
            subject = clause[end : price.start()] or before
            before, end = "", price.end()
            is_free = bool(price["free"]) or not price[0].strip("0,円")
            if is_free and (_HEDGE.match(clause, end) or _LIMITED.search(subject)):
                continue
            found.append((_payer(subject), is_free))
        before = clause[end:] or before
    return found


def _payer(subject: str) -> _Payer:
    if _CHILD.search(subject):
        return _Payer.CHILDREN
    if _NOT_EVERY_CHILD.search(subject):
        return _Payer.SOME_CHILDREN
    return _Payer.ADULTS if _ADULT.search(subject) else _Payer.EVERYONE
