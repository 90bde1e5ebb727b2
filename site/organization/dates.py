"""The dates of a month of all places of an organisation, on one page with one button."""

import datetime as dt
from typing import NamedTuple

from flask import current_app, g, render_template, request, url_for

from ibasho.data.notices import Month, confirm_months
from ibasho.site.arguments import date_of
from ibasho.site.organization.views import blueprint
from ibasho.site.provider.month import asked_month, dates_of, months
from ibasho.site.provider.shown import Shown, shown
from ibasho.site.provider.views import Answer, answered
from ibasho.site.stores import database


class OwnMonth(NamedTuple):
    """A public place with the dates of its month."""

    found: Shown
    month: Month

    @property
    def is_settled(self) -> bool:
        """Whether its dates are confirmed, or there are some and all of them are closed."""
        days = self.month.days
        return bool(days) and (
            self.month.confirmed_on is not None or not any(one.is_open for one in days)
        )


@blueprint.route("/dates", methods=["GET", "POST"])
def all_dates() -> Answer:
    """Every place that has dates in the month: those that take place are ticked."""
    first = asked_month()
    if request.method == "GET":
        return _page(first)
    if request.form.get("month") != f"{first:%Y-%m}":  # the page is of last month
        return _page(first, is_changed=True), 409
    holidays = current_app.config["IBASHO"].school_holidays
    left = confirm_months(database(), _sent(), first, g.account.actor, holidays)
    done = "replaced" if left else "month"
    return answered(url_for("organization.all_dates", month=f"{first:%Y-%m}", done=done))


def _sent() -> dict[str, tuple[str, set[dt.date]]]:
    """What the page showed of each own place, and the days that were left ticked."""
    ticked: dict[str, set[dt.date]] = {}
    for listing_id, _, text in (one.partition(":") for one in request.form.getlist("open")):
        if date := date_of(text):
            ticked.setdefault(listing_id, set()).add(date)
    seen = (one.partition(":") for one in request.form.getlist("seen"))
    return {
        listing_id: (stamp, ticked.get(listing_id, set()))
        for listing_id, _, stamp in seen
        if g.account.scope.covers(listing_id=listing_id)
    }


def _page(first: dt.date, is_changed: bool = False) -> str:
    places = [
        OwnMonth(found, dates_of(listing_id, first))
        for listing_id in sorted(g.account.scope.listings)
        if (found := shown(listing_id))
    ]
    places.sort(key=lambda one: one.found.listing.name)
    return render_template(
        "organization/dates.html",
        to_confirm=[one for one in places if one.month.days and not one.is_settled],
        settled=[one for one in places if one.is_settled],
        undated=[one for one in places if not one.month.days],
        first=first,
        other=next(one for one in months() if one != first),
        is_changed=is_changed,
    )
