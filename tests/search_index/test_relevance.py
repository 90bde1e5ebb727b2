"""A search finds what a careful reader calls right; bench/relevance.py says which it does not."""

from collections import Counter
from pathlib import Path

from relevance import (
    CHOSEN_WITH,
    ENOUGH,
    HELD_OUT,
    Judged,
    demo_ward,
    judge,
    read_cases,
    real_ward,
    score,
)
from support import REAL, needs_real_files


def is_enough(judged: list[Judged]) -> bool:
    found = score(judged)
    return found.recall >= ENOUGH and found.precision >= ENOUGH


def told(judged: list[Judged]) -> str:
    """The shares, and the queries that are not answered as they should be."""
    failing = [(one.query, len(one.missed), len(one.wrong)) for one in judged]
    return f"{score(judged)}; query, missed, wrong: {[one for one in failing if any(one[1:])]}"


def test_no_query_is_asked_twice_and_there_are_enough() -> None:
    for ward in ("demo", "real"):
        both = [*read_cases(ward, CHOSEN_WITH), *read_cases(ward, HELD_OUT)]
        queries = Counter(case.query for case in both)
        assert [query for query, times in queries.items() if times > 1] == []
    assert min(len(read_cases("demo", of)) for of in (CHOSEN_WITH, HELD_OUT)) >= 60


def test_the_demo_ward_is_searched_as_a_careful_reader_would(tmp_path: Path) -> None:
    ward = demo_ward(tmp_path)
    judged = [judge(ward, case) for case in read_cases("demo")]
    assert is_enough(judged), told(judged)


@needs_real_files
def test_the_real_lists_are_searched_as_a_careful_reader_would(tmp_path: Path) -> None:
    ward = real_ward(tmp_path, REAL)
    judged = [judge(ward, case) for case in read_cases("real")]
    assert is_enough(judged), told(judged)
