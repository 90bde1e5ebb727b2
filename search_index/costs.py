"""Whether children eat, learn and play free of charge, as far as somebody said so."""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum, auto

from ibasho.data.listings.model import COST_GROUPS, CostOption

_CHILD_GROUPS = frozenset(COST_GROUPS) - {"adult"}

_PRICE = re.compile(r"(?P<free>無料|(?<![\d,])0円)|[\d,]+ ?[万千百]?円|有料|実費")
_CLAUSES = re.compile(r"[\s、。,;:/()「」【】\[\]]+(?!\d{3})")
_CHILD = re.compile("子ども|こども|コドモ|子供|小人|児童|生徒|学生|小学|中学|高校|小中|18歳")
_NOT_EVERY_CHILD = re.compile("未就|幼児|乳|[0-6]歳|大学|ひとり親|一人親|生活保護|非課税")
_ADULT = re.compile("大人|おとな|成人|保護者|一般|高齢|シニア|親|付き?添")
_LIMITED = re.compile(
    "初回|初め|見学|体験|試し|駐車|入会|登録|送迎|2人目|二人目|兄弟|原則|一部|ほぼ|お?代わり"
)
_HEDGE = re.compile("では?(?:な|あ)|じゃな|とは限|または|又は|もしくは|か|[~〜～-]|から")


class _Payer(Enum):
    CHILDREN = auto()
    SOME_CHILDREN = auto()
    ADULTS = auto()
    EVERYONE = auto()


def is_free_for_children(costs: Sequence[CostOption], fees_description: str) -> bool:
    """Whether it was said that children pay nothing; silence is no answer.

    Stated amounts decide: at least one for children, and each of them 0. Without any, the words
    must say 無料 or 0円 for children or for everyone, without a price that children pay beside
    it: 「大人300円 子ども無料」 is free, 「100円、未就学児無料」 and 「初回無料」 are not.
    """
    children = [cost for cost in costs if cost.option in _CHILD_GROUPS]
    amounts = [cost.amount for cost in children if cost.amount is not None]
    if amounts:
        return not any(amounts)
    said = [price for cost in children for price in _prices(f"子ども {cost.description}")]
    said += _prices(fees_description)
    free = {payer for payer, is_free in said if is_free}
    paid = {payer for payer, is_free in said if not is_free}
    if _Payer.CHILDREN in paid:
        return False
    return _Payer.CHILDREN in free or (_Payer.EVERYONE in free and _Payer.EVERYONE not in paid)


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
