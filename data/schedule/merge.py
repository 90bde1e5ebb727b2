"""Several schedules of one listing as one."""

from collections.abc import Iterable
from dataclasses import replace

from ibasho.data.schedule.build import DOUBTS
from ibasho.data.schedule.model import Certainty, Note, Schedule, ordered


def merge(schedules: Iterable[Schedule]) -> Schedule:
    """The union: rows of one name and address, or a main row and its further days.

    It is exact only if all are; a part that is unknown or suspended beside one with dates makes it
    partial; it is unknown, or suspended, only if all parts are. No schedule at all is unknown.
    Beside a part that is doubtful all dates are to be confirmed, as within one phrase.

    >>> from ibasho.data.schedule import read_phrase
    >>> merge([read_phrase("第2土曜"), read_phrase("第4土曜")]).certainty
    <Certainty.EXACT: 'exact'>
    """
    parts = list(dict.fromkeys(schedules))
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Schedule("", Certainty.UNKNOWN, notes=(Note.NOT_GIVEN,))
    notes = {note for part in parts for note in part.notes}
    rules = [rule for part in parts if not part.suspended for rule in part.rules]
    if notes & {*DOUBTS, Note.SUSPENDED, Note.IRREGULAR}:
        rules = [replace(rule, hedged=True) for rule in rules]
    certainties = {part.certainty for part in parts}
    certainty = certainties.pop() if len(certainties) == 1 else Certainty.PARTIAL
    return Schedule(
        phrase=" / ".join(part.phrase for part in parts if part.phrase),
        certainty=certainty,
        rules=tuple(dict.fromkeys(rules)),
        closed_on=tuple(sorted({date for part in parts for date in part.closed_on})),
        open_on=tuple(sorted({date for part in parts for date in part.open_on})),
        suspended=all(part.suspended for part in parts),
        notes=ordered(notes),
        school_rules=tuple(dict.fromkeys(rule for part in parts for rule in part.school_rules)),
        special=tuple(dict.fromkeys(one for part in parts for one in part.special)),
    )
