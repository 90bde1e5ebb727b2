"""Clauses about something else: 申込締切は第1土曜, 第1土曜スタッフ会議, 電話受付:月～金.

Their days and times are none of the opening days. They go before the grammar reads the text, and
leave a word that nobody understands, so that the rest is to be confirmed.
"""

from ibasho.data.schedule.text import Token

_DAYS_AND_TIMES = frozenset(
    (
        "NTH",
        "EVERY_WEEK",
        "EVERY_MONTH",
        "EVERY_DAY",
        "WORKING_DAYS",
        "WEEKDAY",
        "DAY",
        "DAYS_ENDING",
        "HOLIDAY",
        "DATE",
        "MONTH_AND_DAY",
        "MONTH",
        "WEEK_OF_MONTH",
        "TIME",
    )
)
_PARTICLES = frozenset("はがにをでも:")
# words for what one does to take part: they stand beside opening days without being about them
_CONTACT = ("申", "問", "電話", "TEL", "Tel", "tel", "連絡", "予約", "募集中", "メール", "FAX")


def without_other_matters(found: list[Token]) -> tuple[list[Token], bool]:
    """The tokens without such clauses, and whether the days beside one may be its own."""
    kept: list[Token] = []
    unsure = False
    at = 0
    while at < len(found):
        token = found[at]
        if token.kind != "MATTER":
            kept.append(token)
            at += 1
            continue
        end = _end_of_clause(found, at + 1)
        follows = any(one.kind in _DAYS_AND_TIMES for one in found[at + 1 : end])
        said = follows or (end > at + 1 and found[at + 1].text in _PARTICLES)
        before = _take_back(kept, token.spaced, stop_at_bracket=said)
        denied = any(one.kind in ("CLOSED", "SUSPENDED") for one in found[at + 1 : end])
        unsure |= denied and not token.text.startswith(_CONTACT)
        alone = not said and not before and not token.text.startswith(_CONTACT)
        unsure |= alone and bool(kept) and kept[-1].kind != "STOP"
        kept.append(Token("OTHER", token.text, spaced=True))
        at = end
    return kept, unsure


def _end_of_clause(found: list[Token], start: int) -> int:
    """The end of the sentence or of the bracket around the place; brackets inside belong to it."""
    depth = 0
    comma = 0
    for index in range(start, len(found)):
        kind = found[index].kind
        if kind == "STOP" and depth == 0:
            return index
        if kind == "COMMA" and depth == 0:
            comma = index
        if comma and kind in ("CLOSED", "SUSPENDED") and depth == 0:
            # 申込はLINEで、8月は休み
            return comma
        depth += (kind == "OPEN") - (kind == "SHUT")
        if depth < 0:
            return index
    return len(found)


def _take_back(kept: list[Token], spaced: bool, stop_at_bracket: bool) -> bool:
    """Drop what is written in one piece with the word: 第1土曜は準備; whether these were days."""
    days = False
    depth = 0
    while kept:
        last = kept[-1]
        if depth == 0 and (
            (spaced and last.text not in _PARTICLES)
            or last.kind in ("OPEN", "STOP", "COMMA")
            or (last.kind == "SHUT" and stop_at_bracket)
        ):
            break
        depth += (last.kind == "SHUT") - (last.kind == "OPEN")
        days |= last.kind in _DAYS_AND_TIMES
        spaced = last.spaced
        kept.pop()
    return days
