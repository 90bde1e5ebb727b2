"""Draw how the time of a query grows with the number of listings, from what bench/search.py wrote.

.venv/bin/python bench/plot.py FILE.json … > docs/growth.svg: one file of `--json` a size.
"""

import json
import math
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 70, 110, 20, 50
COLOURS = {"ibasho": "#0b6e4f", "tantivy": "#b3541e", "fts5": "#3a5ba0", "postgresql": "#7a3e8e"}


def middle(found: dict[str, Any], engine: str) -> float:
    """The median of a run's sets, in milliseconds."""
    times: list[float] = [of_set[engine] for of_set in found["medians_ms"].values()]
    return statistics.median(times)


def draw(runs: Sequence[dict[str, Any]]) -> str:
    """The picture as SVG; both scales are logarithmic."""
    runs = sorted(runs, key=lambda run: run["documents"])
    engines = [one for one in COLOURS if any(one in run["build"] for run in runs)]
    sizes = [math.log10(run["documents"]) for run in runs]
    lines = {
        engine: [
            (size, math.log10(middle(run, engine)))
            for size, run in zip(sizes, runs, strict=True)
            if engine in run["build"]
        ]
        for engine in engines
    }
    values = [value for line in lines.values() for _, value in line]
    left, right = math.floor(min(sizes)), max(math.ceil(max(sizes)), math.floor(min(sizes)) + 1)
    low, high = math.floor(min(values)), math.ceil(max(values))

    def x(size: float) -> float:
        return LEFT + (size - left) / (right - left) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13"><title>Milliseconds of a query by the number of '
        f'listings</title><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    ]
    for power in range(left, right + 1):
        parts.append(_line(x(power), y(low), x(power), y(high), "#ddd"))
        parts.append(_text(x(power), HEIGHT - BOTTOM + 20, f"{10**power:,}", "middle"))
    for power in range(low, high + 1):
        parts.append(_line(x(left), y(power), x(right), y(power), "#ddd"))
        parts.append(_text(LEFT - 8, y(power) + 4, f"{10.0**power:g} ms", "end"))
    for engine, measured in lines.items():
        at = [(x(size), y(value)) for size, value in measured]
        line = " ".join(f"{one:.1f},{other:.1f}" for one, other in at)
        colour = COLOURS[engine]
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_text(at[-1][0] + 8, at[-1][1] + 4, engine, "start", colour))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "listings", "middle"))
    return "\n".join([*parts, "</svg>"])


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


if __name__ == "__main__":
    print(draw([json.loads(Path(name).read_text()) for name in sys.argv[1:]]))
