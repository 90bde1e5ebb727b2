"""How what visitors report is said to people."""

from ibasho.data.reports import Matter
from ibasho.site.languages import LazyString, lazy_gettext

MATTERS: dict[Matter, LazyString] = {
    Matter.CLOSED: lazy_gettext("It was closed, or exists no longer"),
    Matter.MOVED: lazy_gettext("It is in another place"),
    Matter.TIME: lazy_gettext("The days or times are different"),
    Matter.PHONE: lazy_gettext("The telephone number is wrong"),
    Matter.OTHER: lazy_gettext("Something else"),
}
