"""Pages about hard subjects: who listens stands on top, and the page is left with one tap."""

from ibasho.data.listings import Kind
from ibasho.data.listings.kinds import KIND_WORDS
from ibasho.data.text import fold
from ibasho.site.asking import Asked
from ibasho.site.public.desks import NATIONAL_LINES, Line
from ibasho.site.public.views import blueprint

# What somebody types who looks for a person to talk to, is in distress, or worries about a child.
_HARD_WORDS = tuple(
    map(
        fold,
        (
            *KIND_WORDS[Kind.CONSULTATION_DESK], "相談",
            "虐待", "ネグレクト", "体罰", "暴力", "殴", "叩かれ", "たたかれ", "性被害", "痴漢",
            "いじめ", "死にたい", "しにたい", "消えたい", "きえたい", "自殺", "自傷",
            "リストカット", "家出", "帰りたくない", "助けて", "たすけて", "ヤングケアラー",
            "不登校", "学校に行けない", "学校に行きたくない",
        ),
    )
)  # fmt: skip


@blueprint.app_template_test("hard")
def is_hard(asked: Asked) -> bool:
    """Whether a search is for somebody who listens, or in words of distress."""
    text = fold(asked.text)
    return asked.kind is Kind.CONSULTATION_DESK or any(one in text for one in _HARD_WORDS)


@blueprint.app_template_global()
def lines_that_listen() -> list[Line]:
    """The national lines that a child may call, but for the one that stands above them."""
    return [line for line in NATIONAL_LINES if not line.urgent]
