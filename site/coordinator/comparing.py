"""A listing beside the row that may be the same place, field by field, and what is chosen."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import LazyString

from ibasho.data.imports.verdicts import Judgement, Verdict
from ibasho.data.listings import Listing
from ibasho.importers.match import said
from ibasho.importers.merge import BOTH, TAKE, chosen, confirmed_by_hand, differences
from ibasho.importers.pairs import Pair
from ibasho.site.coordinator.changes import changes_between
from ibasho.site.coordinator.import_words import FIELD_LABELS
from ibasho.site.languages import lazy_gettext

KEEP = "keep"
MARKS: dict[str, LazyString] = {
    "confirmed": lazy_gettext("confirmed with the place"),
    "pin": lazy_gettext("position set by hand"),
    "written": lazy_gettext("written by hand here"),
}

# What changes together, by one word.
_LABELS = {"costs": FIELD_LABELS["cost"], "location": FIELD_LABELS["address"]}


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen in one field: what stands there, what the row says, or both, by lines.

    `mark` says who stands for what is there. `picked` is what is chosen until somebody does.
    """

    unit: str
    label: str
    keep: tuple[str, ...]
    take: tuple[str, ...]
    both: tuple[str, ...]
    mark: LazyString | None
    picked: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One pair on the page; `key` begins the names of its fields."""

    key: str
    pair: Pair
    choices: tuple[Choice, ...]

    @property
    def row(self) -> Listing:
        """What the list says."""
        return self.pair.group.says


def comparison(pair: Pair) -> Comparison:
    """The two side by side."""
    return Comparison(key_of(pair), pair, tuple(_choices(pair)) if pair.can_merge else ())


def key_of(pair: Pair) -> str:
    """By what a form knows the pair again."""
    return "p" + hashlib.sha256(f"{pair.group.identity}\n{pair.other}".encode()).hexdigest()[:12]


def verdict_of(pair: Pair, form: Mapping[str, str], otherwise: str = "") -> Verdict | None:
    """What a form says of a pair, or `otherwise`; None where it says nothing that can be."""
    key = key_of(pair)
    judged = form.get(f"{key}-judgement", otherwise)
    if judged not in list(Judgement) or (judged == Judgement.SAME and not pair.can_merge):
        return None
    take = {}
    if judged == Judgement.SAME:
        for unit, options in differences(pair.body, pair.group.says).items():
            if (picked := form.get(f"{key}-{unit}", "")) in options:
                take[unit] = picked
    group = pair.group
    return Verdict(
        group.source, group.identity, pair.other, Judgement(judged), take, pair.why,
        group.digest, pair.revision,
    )  # fmt: skip


def _choices(pair: Pair) -> Iterable[Choice]:
    current, row = pair.body, pair.group.says
    by_hand = confirmed_by_hand(pair.stored, said(pair.stored)) if pair.stored else {}
    for unit, options in differences(current, row).items():
        changes = changes_between(current, chosen(current, row, {unit: TAKE}))
        if changes:
            keep = _lines((change.label, change.before) for change in changes)
            mark = by_hand.get(unit) if keep else None
            picked = KEEP if mark else TAKE
            if pair.verdict and pair.verdict.judgement is Judgement.SAME:
                picked = pair.verdict.take.get(unit, KEEP)
            merged = chosen(current, row, {unit: BOTH}) if BOTH in options else current
            yield Choice(
                unit,
                str(_LABELS.get(unit, changes[0].label)),
                keep,
                _lines((change.label, change.after) for change in changes),
                _lines((one.label, one.after) for one in changes_between(current, merged)),
                MARKS[mark] if mark else None,
                picked,
            )


def _lines(said: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What is filled in, each after its label where there are several."""
    all_ = list(said)
    return tuple(f"{label}: {text}" if len(all_) > 1 else text for label, text in all_ if text)
