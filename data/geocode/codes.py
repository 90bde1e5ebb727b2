"""The official codes of municipalities (全国地方公共団体コード, JIS X 0402)."""

from functools import cache
from pathlib import Path

_CODES = Path(__file__).with_name("codes.tsv")
_WEIGHTS = (6, 5, 4, 3, 2)


def code_of(prefecture: str, municipality: str) -> str:
    """The code of five digits, "27144" for 大阪府 and 堺市西区; "" where there is none.

    The names are those of a `Match` or a `Municipality`.
    """
    return _codes().get((prefecture, municipality), "")


def with_check_digit(code: str) -> str:
    """The code of six digits that public files use: "27144" → "271446".

    The last digit is 11 less the weighted sum (6 to 2, from the left) modulo 11, of which the
    last digit counts. Raises ValueError for anything but five digits.
    """
    if len(code) != 5 or not (code.isascii() and code.isdigit()):
        raise ValueError(f"{code!r} is no code of five digits")
    total = sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=True))
    return f"{code}{(11 - total % 11) % 10}"


@cache
def _codes() -> dict[tuple[str, str], str]:
    lines = _CODES.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(prefecture, name): code for code, prefecture, name in rows}
