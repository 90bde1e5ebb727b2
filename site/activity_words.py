"""How activities and fiscal years are said to people."""

from ibasho.data.activities import ActivityKind
from ibasho.data.fiscal_year import Period
from ibasho.site.languages import LazyString, gettext, lazy_gettext

ACTIVITY_KINDS: dict[ActivityKind, LazyString] = {
    ActivityKind.SCHOOL_VISIT: lazy_gettext("School visit"),
    ActivityKind.HEARING: lazy_gettext("Hearing"),
    ActivityKind.PRINCIPALS: lazy_gettext("Meeting of principals"),
    ActivityKind.TRAINING: lazy_gettext("Training"),
    ActivityKind.MEETING: lazy_gettext("Meeting"),
    ActivityKind.PUBLICITY: lazy_gettext("Publicity"),
    ActivityKind.OTHER: lazy_gettext("Something else"),
}
PERIODS: dict[Period, LazyString] = {
    Period.FIRST: lazy_gettext("First third (April to July)"),
    Period.MIDDLE: lazy_gettext("Second third (August to November)"),
    Period.LAST: lazy_gettext("Last third (December to March)"),
}


def fiscal_year_label(year: int) -> str:
    """A fiscal year as offices say it: 2026年度."""
    return gettext("Fiscal year %(year)d", year=year)
