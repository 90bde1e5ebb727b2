"""The dates of a month for the people of a place: confirmed in two taps, or without some."""

import datetime as dt

from flask import current_app, render_template, request

from ibasho.data.clock import today
from ibasho.data.listings.store import UnknownListingError
from ibasho.data.notices import (
    FurtherDay,
    Month,
    MonthChangedError,
    WrongDateError,
    WrongTimesError,
    confirm_month,
    last_of_month,
    read_month,
    withdraw_month,
)
from ibasho.site.arguments import date_of
from ibasho.site.languages import gettext
from ibasho.site.provider.shown import Shown, shown
from ibasho.site.provider.views import ACTOR, Answer, answered, blueprint, by_own_link, dead
from ibasho.site.stores import database


@blueprint.route("/p/<token>/dates", methods=["GET", "POST"])
def month(token: str) -> Answer:
    """The dates of a month, for whoever has the lasting link of the place."""
    return by_own_link(token, lambda listing, here: ask_for_dates(listing, here, ACTOR))


def ask_for_dates(
    listing_id: str, back: str, actor: str, template: str = "provider/month.html"
) -> Answer:
    """What is left of this month, or the next one: each day with a tick, a further day, one button.

    `back` is the address of the place's own page.
    """
    found = shown(listing_id)
    if found is None:
        return dead("away")
    first = asked_month()
    if request.method == "GET":
        return _page(template, found, first, back)
    if request.form.get("month") != f"{first:%Y-%m}":  # the page is of last month
        return _page(template, found, first, back, is_changed=True), 409
    try:
        if "withdraw" in request.form:
            withdraw_month(database(), listing_id, first, actor)
        else:
            _confirm(listing_id, first, actor)
    except MonthChangedError:
        return _page(template, found, first, back, is_changed=True), 409
    except WrongDateError:
        wrong = gettext("Choose a day of this month that has not passed.")
        return _page(template, found, first, back, {"further": wrong}), 422
    except WrongTimesError:
        wrong = gettext("Give both times; it has to end after it begins.")
        return _page(template, found, first, back, {"opens_at": wrong}), 422
    except UnknownListingError:  # it was taken off the list meanwhile
        return dead("away")
    return answered(f"{back}?done={'taken_back' if 'withdraw' in request.form else 'month'}")


def coming_month(listing_id: str) -> Month:
    """The dates of next month as they stand."""
    return dates_of(listing_id, months()[1])


def months() -> tuple[dt.date, dt.date]:
    """The first days of this month and of the next."""
    this = today().replace(day=1)
    return this, last_of_month(this) + dt.timedelta(days=1)


def asked_month() -> dt.date:
    """The month that is asked for: the next where nobody asks for this one."""
    this, following = months()
    return this if request.values.get("month") == f"{this:%Y-%m}" else following


def dates_of(listing_id: str, first: dt.date) -> Month:
    """The dates of a month as they stand. Raises UnknownListingError."""
    holidays = current_app.config["IBASHO"].school_holidays
    return read_month(database(), listing_id, first, holidays)


def _confirm(listing_id: str, first: dt.date, actor: str) -> None:
    form = request.form
    further = None
    if any(form.get(name) for name in ("further", "opens_at", "closes_at")):
        date = date_of(form.get("further", ""))
        if date is None:
            raise WrongDateError(form.get("further", ""))
        further = FurtherDay(date, form.get("opens_at", ""), form.get("closes_at", ""))
    elif not dates_of(listing_id, first).days:
        raise WrongDateError("nothing to confirm")
    days = [date for text in form.getlist("open") if (date := date_of(text))]
    confirm_month(
        database(), listing_id, first, form.get("seen", ""), days, further, actor,
        current_app.config["IBASHO"].school_holidays,
    )  # fmt: skip


def _page(
    template: str,
    found: Shown,
    first: dt.date,
    back: str,
    wrong: dict[str, str] | None = None,
    is_changed: bool = False,
) -> str:
    month = dates_of(found.listing.id, first)
    chosen = set(request.form.getlist("open")) if wrong else None
    return render_template(
        template,
        found=found,
        month=month,
        first=first,
        other=next(one for one in months() if one != first),
        ticked={
            one.date for one in month.days
            if (one.is_open if chosen is None else one.date.isoformat() in chosen)
        },
        typed=request.form if wrong else {},
        wrong=wrong or {},
        is_changed=is_changed,
        back=back,
    )  # fmt: skip
