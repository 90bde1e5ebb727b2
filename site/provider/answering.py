"""The three answers of a reminder: all is true, something has changed, we have stopped."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from flask import render_template, request, url_for

from ibasho.data.clock import today
from ibasho.data.freshness import (
    ReplacedError,
    assure_by_link,
    change_by_link,
    has_other_facts,
    stop_by_link,
)
from ibasho.data.links import DeadLinkError, Link, Purpose
from ibasho.data.listings import Listing, StepError, store
from ibasho.data.schedule import read_phrase
from ibasho.data.text import printable
from ibasho.site.arguments import date_of
from ibasho.site.provider.correction import CorrectionForm, corrected, fields_to_correct
from ibasho.site.provider.forms import BY_MAIL
from ibasho.site.provider.returned import correct_returned, is_returned, returned_wording
from ibasho.site.provider.shown import Shown, next_dates, shown
from ibasho.site.provider.views import PAGES, Answer, answered, dead
from ibasho.site.stores import database

STOPPED = "提供者の連絡：活動を終えた"
LONGEST_WORDS = 500


def still_true(token: str, link: Link) -> Answer:
    """The public wording, and a button that says that all of it is true."""
    found = shown(link.subject)
    if found is None:
        return dead("away")
    if request.method == "POST":
        try:
            undo = assure_by_link(database(), token, _seen(), BY_MAIL, today())
        except ReplacedError:
            return _page("provider/still_true.html", found, is_replaced=True), 409
        except DeadLinkError as error:
            return dead(str(error))
        return answered(thanks("true", undo))
    return _page("provider/still_true.html", found, is_replaced=_is_replaced(link, found))


def change(token: str, link: Link) -> Answer:
    """A short form; what is sent waits until the office has read it.

    For a wording that was returned it is the form of who registers.
    """
    if is_returned(link):
        return correct_returned(token, link)
    found = shown(link.subject)
    if found is None:
        return dead("away")
    keep = partial(change_by_link, database(), token)
    then, is_replaced = thanks("change"), _is_replaced(link, found)
    return ask_what_changed(found, found.body, BY_MAIL, keep, then, is_replaced)


def ask_what_changed(
    found: Shown,
    start: Listing,
    how: str,
    keep: Callable[[int, Listing, str, dt.date], None],
    then: str,
    is_replaced: bool = False,
) -> Answer:
    """The short form, which begins with a wording; what is sent is kept, and leads to an address.

    `keep` is given the revision that was seen, the new wording, what is said besides, and the day;
    `how` is what the listing keeps of who called it true.
    """
    form = CorrectionForm(request.form or None, data=fields_to_correct(start))
    if request.method == "GET":
        dates = found.dates if start == found.body else next_dates(start.schedule)
        return _page("provider/change.html", found, form=form, dates=dates,
                     is_replaced=is_replaced)  # fmt: skip
    is_good = form.validate()
    dates = next_dates(read_phrase(form.schedule_text.data))
    if not is_good or request.form.get("step") == "look":
        page = _page("provider/change.html", found, form=form, dates=dates, is_replaced=False)
        return page if is_good else (page, 422)
    try:
        keep(_seen(), corrected(form, start, today(), how), _words(), today())
    except ReplacedError:
        page = _page("provider/change.html", found, form=form, dates=dates, is_replaced=True)
        return page, 409
    except StepError:
        return dead("away")
    except DeadLinkError as error:
        return dead(str(error))
    return answered(then)


def stopped(token: str, link: Link) -> Answer:
    """Asks once more, and from when; the place is off the list until the office has decided."""
    found = shown(link.subject)
    if found is None:
        return dead("away")
    keep = partial(stop_by_link, database(), token)
    return ask_whether_stopped(found, keep, partial(thanks, "stopped"))


def ask_whether_stopped(
    found: Shown,
    keep: Callable[[dt.date | None, str, str, dt.date], str],
    then: Callable[[str], str],
) -> Answer:
    """The question; a yes is kept with the last day, if one is named, and leads to an address.

    `keep` returns the token that undoes it, of which `then` makes the address.
    """
    if request.method == "GET":
        return _page("provider/stopped.html", found)
    try:
        undo = keep(date_of(request.form.get("last_day", "")), _words(), STOPPED, today())
    except StepError:
        return dead("away")
    except DeadLinkError as error:
        return dead(str(error))
    return answered(then(undo))


PAGES.update({Purpose.STILL_TRUE: still_true, Purpose.CHANGE: change, Purpose.STOPPED: stopped})


def _page(template: str, found: Shown, **more: object) -> str:
    returned = returned_wording(found.listing.id)
    values: dict[str, object] = {
        "found": found,
        "dates": found.dates,
        "longest": LONGEST_WORDS,
        "reason": returned.decision_reason if returned else "",
    }
    return render_template(template, **values | more)


def thanks(what: str, undo: str | None = None) -> str:
    """The address of the page that says what follows."""
    return url_for("provider.confirmed", what=what, undo=undo)


def _is_replaced(link: Link, found: Shown) -> bool:
    """Whether the link was made for a wording that said something else."""
    if link.revision is None or link.revision == found.revision:
        return False
    return has_other_facts(store.read_revision(database(), link.revision).body, found.body)


def _seen() -> int:
    seen = request.form.get("revision", "")
    return int(seen) if seen.isdecimal() and len(seen) < 18 else 0


def _words() -> str:
    return printable(request.form.get("words", "")).strip()[:LONGEST_WORDS]
