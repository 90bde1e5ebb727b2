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
_CHILD = re.compile(
    "子ども|こども|コドモ|子供|小人|児童|生徒|学生|小学|中学|高校|小中|中高|1[0-7]歳|18歳(?!以上)|親子"
)
_NOT_EVERY_CHILD = re.compile("未就|幼児|乳|[0-6]歳|大学|ひとり親|一人親|生活保護|非課税")
_ADULT = re.compile("大人|おとな|(?:1[89]|20)歳以上|成人|保護者|一般|高齢|シニア|親|付き?添")
_LIMITED = re.compile(
    "初回|初月|初め|見学|説明|体験|試し|駐車|入会|登録|送迎|2人目|二人目|兄弟|きょうだい|教材|原則|一部"
    "|ほぼ|お?代わり|第[0-9]|回目|休み|誕生"
)
# Only what these words make up is the visit itself, for every child; any other may be a condition.
_FREE_FOR_ALL = re.compile(
    r"(?:お?子(?:ども|供|さん|様)|こども|コドモ|小人|児童|生徒|学生|大学生まで|親子|達|たち"
    r"|[小中高]+(?:(?:等?学)?[校生])*|(?:以下|まで)|から(?=[中高大])|1[58]歳(?:以下|未満|まで)"
    r"|大人|おとな|成人|保護者|一般|高齢者?|シニア|親|付き?添い?"
    r"|誰でも|だれでも|どなたでも|全員|みんな|皆さん|みなさん|全て|すべて|完全"
    r"|参加[費料]?|利用料?|料金|費用|入場料?|受講料?|授業料|学習|相談料?"
    r"|(?:お?食事?|[朝昼夕]食|お昼|[朝昼夕]?(?:ごはん|ご飯)|お?弁当)[代費]?|食堂"
    r"|[はがもとの・~〜～-])*+"
)
_SO_IT_IS = re.compile(
    "(?:です|で(?:ご?利用|ご?参加|食べ)[いただけできられるます]*+|(?:と|に)(?:なり|し)ます)?"
    rf"(?:$|[・/!]|(?:{_ADULT.pattern})\D{{0,4}}\d)"
)
_SIDE_COST = re.compile(
    "(?<!交通)費|(?<![世時年])代(?!表|わ)|(?<![資食材飲原衣無通話])料(?!理)|別途"
)
_NO_COST = re.compile("ません|不要|なし|込|含")
_ONLY = re.compile(
    "のみ|(?<!いた)だけ|に限|限定|場合|初回|回目|初月|世帯|会員|兄弟|きょうだい|ひとり親|非課税|生活保護"
    "|低額|半額|[要応]相談|異な|によ[りる]"
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
    r"(?:台|程度|ほど|くらい|ぐらい|前後)?(?P<less>まで補|[のを引割免相補減助支]|オフ|OFF)?"
    r"(?P<about>\([^()]*\))?[、,/・\s]*"
)
_NOT_EVERYONE = re.compile(
    rf"{_NOT_EVERY_CHILD.pattern}|{_LIMITED.pattern}|援助|減免|免除|助成|補助|割引後|休会"
)
_FOR_SOMETHING_ELSE = re.compile("^(?!.*[込含別他税]).*[費代]")
_ANOTHER_PRICE = re.compile("円|無料|半額|割引(?!後)|あり")
_FAR = 40  # characters; what a monthly fee is for stands nearer


class _Payer(Enum):
    CHILDREN = auto()
    SOME_CHILDREN = auto()
    ADULTS = auto()
    EVERYONE = auto()
    OTHERS = auto()  # その他, 市外の方, and whoever needs 材料


_OTHER_THAN_CHILDREN = (_Payer.EVERYONE, False)


def is_free_for_children(costs: Sequence[CostOption], fees_description: str) -> bool:
    """Whether it was said that children pay nothing; silence is no answer, nor is doubt.

    Stated amounts decide: each that children pay is 0, and at least one is for a visit of others
    than toddlers, or else both the monthly and the initial one are stated. A trial says nothing,
    nor does a 0 for some; an extra only what it costs. Words may deny them: a price for children,
    and any for a visit beside a membership of 0. Without amounts the words must say of the visit
    itself 無料 or 0円 for children or for everyone, without a price or a cost beside it that is
    not the adults': 「大人300円 子ども無料」 is free, 「100円、未就学児無料」, 「初回無料」 and
    「無料体験あり」 are not; a term that is put in words only is no 0.
    """
    amounts = {cost.option: 0 for cost in costs if cost.amount == 0 and _is_for_all(cost)}
    amounts |= {cost.option: cost.amount for cost in costs if cost.amount}
    charged = amounts.keys() & (_EACH_TIME | _MEMBERSHIP | {"extra"})
    if any(amounts[option] for option in charged):
        return False
    if any(cost.amount is None for cost in costs if cost.option in _TERMS_TO_PAY):
        return False
    said = [
        price
        for cost in costs
        if cost.option in _CHILD_GROUPS
        for price in _prices(_group_in_words(cost))
    ]
    said += _prices(fees_description)
    paid = {payer for payer, is_free in said if not is_free} - {_Payer.ADULTS}
    if paid & {_Payer.CHILDREN, _Payer.SOME_CHILDREN}:
        return False
    if charged & (_CHILD_GROUPS - {"toddler"}):
        return True
    if charged & {"per_visit", "per_hour"} or charged >= _MEMBERSHIP:
        return not paid
    return _is_said_free(said) and not _has_side_cost(fees_description)


def monthly_fee(costs: Sequence[CostOption], fees_description: str) -> int | None:
    """The least that somebody said one pays a month, in yen; None where nobody did.

    Stated amounts come first, then what the words call 月額 or 月謝, discounts for some left out;
    then 0 where children pay nothing at all. What is paid by the visit alone is no monthly fee,
    nor is 0 a month beside a price for each visit, nor a sum that is granted or let off.
    """
    monthly = [cost for cost in costs if cost.option == "monthly"]
    fees = [cost.amount for cost in monthly if cost.amount is not None and _is_for_all(cost)]
    if not fees:
        texts = [
            *(f"月額 {cost.description}" for cost in monthly if cost.amount is None),
            fees_description,
        ]
        fees = [fee for text in texts for fee in _monthly_fees(_in_yen(text))]
    if fees and not any(fees) and _is_paid_by_some_child(fees_description):
        return None
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
            is_for_some = _NOT_EVERYONE.search(about) or _FOR_SOMETHING_ELSE.search(about[1:-1])
            is_for_all = not is_for_some or _ANOTHER_PRICE.search(about)
            is_zero = price["free"] or not int(price["yen"])
            is_hedged = price["more"] or _HEDGE.match(text, end)
            if is_for_all and not price["less"] and not (is_zero and is_hedged):
                found.append(0 if is_zero else int(price["yen"]))
    return found


def _is_for_all(cost: CostOption) -> bool:
    return not _NOT_EVERYONE.search(unicodedata.normalize("NFKC", cost.description))


def _group_in_words(cost: CostOption) -> str:
    return ("未就学児" if cost.option == "toddler" else "子ども") + cost.description


def _is_paid_by_some_child(text: str) -> bool:
    return any(not is_free and payer is not _Payer.ADULTS for payer, is_free in _prices(text))


def _is_said_free(said: Sequence[tuple[_Payer, bool]]) -> bool:
    """Whether children or all come free and nobody but adults pays.

    A plain price before 「子どもは無料」 is what the others pay.
    """
    frees = [payer for payer, is_free in said if is_free]
    if _Payer.CHILDREN in frees:
        first = said.index((_Payer.CHILDREN, True))
        said = [price for n, price in enumerate(said) if n > first or price != _OTHER_THAN_CHILDREN]
    elif _Payer.EVERYONE not in frees:
        return False
    return all(is_free or payer is _Payer.ADULTS for payer, is_free in said)


def _has_side_cost(text: str) -> bool:
    """Whether a cost or a condition is named beside the prices: 別途食材費, 初回のみ."""
    for clause in _CLAUSES.split(unicodedata.normalize("NFKC", text)):
        beside = _PRICE.split(clause)[-1]
        if _FREE_FOR_ALL.fullmatch(beside) or _payer(beside) is _Payer.ADULTS:
            continue
        if _ONLY.search(beside):
            return True
        if _SIDE_COST.search(beside) and not _NO_COST.search(beside):
            return True
    return False


def _prices(text: str) -> list[tuple[_Payer, bool]]:
    """Each price in a text: who pays it, and whether it is nothing, of which doubtful ones go."""
    found = []
    for sentence in unicodedata.normalize("NFKC", text).split("。"):
        before = ""
        for clause in _CLAUSES.split(sentence):
            end = 0
            for price in _PRICE.finditer(clause):
                label, subject = before, clause[end : price.start()] or before
                before, end = "", price.end()
                is_free = bool(price["free"]) or not price[0].strip("0,円")
                is_doubtful = _LIMITED.search(label) or not _FREE_FOR_ALL.fullmatch(subject)
                if is_free and (is_doubtful or not _SO_IT_IS.match(clause, end)):
                    continue
                found.append((_payer(subject), is_free))
            before = clause[end:] or before
    return found


def _payer(subject: str) -> _Payer:
    if _CHILD.search(subject):
        return _Payer.CHILDREN
    if _NOT_EVERY_CHILD.search(subject):
        return _Payer.SOME_CHILDREN
    if _ADULT.search(subject):
        return _Payer.ADULTS
    return _Payer.EVERYONE if _FREE_FOR_ALL.fullmatch(subject) else _Payer.OTHERS
