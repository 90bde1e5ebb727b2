"""Whether a row of a list is a place that is there already: what people said, remembered."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.record import write_record
from ibasho.data.sealing import digest, seal_words, unseal_words


class Judgement(StrEnum):
    """What a row is to a listing that it resembles."""

    SAME = "same"
    """The same place: what was chosen of the row is taken over."""
    DIFFERENT = "different"
    """Another place."""
    NOTHING = "nothing"
    """The same place, and nothing of the row is taken over."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody said of a row of `source` and a listing or another row.

    `take` says field by field what is taken of the row: `take` or `both`. `said` is the digest of
    the row as it was then, `revision` the wording of the listing; `run` is the import that has
    taken it over.
    """

    source: str
    identity: str
    other: str
    judgement: Judgement
    take: Mapping[str, str]
    why: str
    said: str
    revision: int | None = None
    run: int | None = None

    def holds(self, said: str, revision: int | None) -> bool:
        """Whether row and listing are as they were seen; what is done already holds for the row."""
        return self.said == said and (self.run is not None or self.revision == revision)


def read_verdicts(db: Database) -> dict[tuple[str, str], list[Verdict]]:
    """All of them, by the name of the source and the identity of the row."""
    found: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for row in db.query("SELECT * FROM same_place ORDER BY decided_at"):
        verdict = _verdict(db, row)
        found[verdict.source, verdict.identity].append(verdict)
    return found


def keep_verdicts(db: Database, verdicts: Sequence[Verdict], run: int, actor: str) -> None:
    """Remember what was decided about rows of an open list; it replaces what was said before."""
    with transaction(db):
        for one in verdicts:
            db.execute(
                "INSERT OR REPLACE INTO same_place (source, pair_digest, sealed, verdict, said,"
                " revision, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [one.source, _digest(db, one), _seal(db, one), str(one.judgement), one.said,
                 one.revision, actor, now()],
            )  # fmt: skip
        write_record(db, actor, "compare_import", f"import:{run}", str(len(verdicts)))


def note_taken(db: Database, verdict: Verdict, run: int) -> None:
    """Note that an import has taken over what was chosen; part of its transaction."""
    db.execute(
        "UPDATE same_place SET run = ? WHERE source = ? AND pair_digest = ?",
        [run, verdict.source, _digest(db, verdict)],
    )


def _digest(db: Database, verdict: Verdict) -> str:
    return digest(db, f"{verdict.identity}\n{verdict.other}")


def _seal(db: Database, verdict: Verdict) -> str:
    """What a row is, and so where a place is, whose address may be nobody else's business."""
    told = {"identity": verdict.identity, "other": verdict.other, "take": dict(verdict.take),
            "why": verdict.why}  # fmt: skip
    return seal_words(db, json.dumps(told, ensure_ascii=False))


def _verdict(db: Database, row: dict[str, Any]) -> Verdict:
    return Verdict(
        **json.loads(unseal_words(db, row["sealed"])),
        source=row["source"],
        judgement=Judgement(row["verdict"]),
        said=row["said"],
        revision=row["revision"],
        run=row["run"],
    )
