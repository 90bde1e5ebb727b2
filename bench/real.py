"""The real files that are measured on, and how figures are printed."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "real"


def options(description: str) -> argparse.ArgumentParser:
    """What every measurement understands; the description says what is measured."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object, no table")
    return parser


def add_real(parser: argparse.ArgumentParser) -> None:
    """Let the parser take the folder of the real files."""
    parser.add_argument("--real", type=Path, default=BESIDE, help="the folder of the real files")


def need(folder: Path) -> Path:
    """The folder itself; ends the program with a line that says what to do where it is missing."""
    if not folder.is_dir():
        sys.exit(f"There are no real files in {folder}. Name their folder: --real DIR")
    return folder


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should come to: at least, or at most, this much."""

    figure: str
    bound: float
    at_least: bool = False

    def judged(self, figures: Mapping[str, object]) -> dict[str, object]:
        """Goal, figure and whether it is reached, in words."""
        found = figures.get(self.figure)
        said = "not measured"
        if isinstance(found, int | float):
            is_reached = found >= self.bound if self.at_least else found <= self.bound
            said = "reached" if is_reached else "not reached"
        sign = "≥" if self.at_least else "≤"
        return {"goal": f"{sign} {_cell(self.bound)}", "measured": found, "so": said}


def judge(goals: Iterable[Goal], figures: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Each goal beside what was measured, by the name of the figure."""
    return {goal.figure: goal.judged(figures) for goal in goals}


def show_goals(judged: Mapping[str, Mapping[str, object]]) -> None:
    """Print a table of the goals."""
    rows = [(name, one["goal"], one["measured"], one["so"]) for name, one in judged.items()]
    show({}, as_json=False, table=[("\ngoal", "", "measured", ""), *rows])


def show(result: Mapping[str, object], *, as_json: bool, table: Iterable[Iterable[object]]) -> None:
    """Print the result as one JSON object, or else the table: rows of cells, the first its head."""
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    rows = [[_cell(value) for value in row] for row in table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *others = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        print("  ".join(cells).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
