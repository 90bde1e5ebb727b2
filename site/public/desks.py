"""The national lines for children: numbers and hours are facts, with where they are published."""

from dataclasses import dataclass

from ibasho.site.languages import LazyString, lazy_gettext


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line: its name, number, hours and for whom it is; who publishes these facts."""

    name: LazyString
    number: str
    hours: LazyString
    about: LazyString
    source: str
    urgent: bool = False


NATIONAL_LINES = (
    Line(
        lazy_gettext("189 “Ichi-haya-ku”: when a child may be in danger"),
        "189",
        lazy_gettext("Day and night, every day. Free of charge."),
        lazy_gettext(
            "Reaches the child guidance centre of your area. You need not be sure and need not "
            "give your name."
        ),
        "こども家庭庁",
        urgent=True,
    ),
    Line(
        lazy_gettext("24-hour SOS line for children"),
        "0120-0-78310",
        lazy_gettext("Day and night, every day. Free of charge."),
        lazy_gettext("For children and parents: bullying, school, anything that weighs on you."),
        "文部科学省",
    ),
    Line(
        lazy_gettext("Childline"),
        "0120-99-7777",
        lazy_gettext("16:00 to 21:00, every day except 29 December to 3 January. Free of charge."),
        lazy_gettext("For children up to 18. They listen; you decide what to talk about."),
        "チャイルドライン支援センター",
    ),
)
