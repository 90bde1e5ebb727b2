"""The address where what is kept of somebody is looked for, given out to them, and erased."""

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import Length

from ibasho.data.clock import today
from ibasho.data.erasing import erase_everywhere, find_traces
from ibasho.data.giving_out import give_out
from ibasho.data.kept_words import SHORTEST, Where
from ibasho.data.listings import Listing
from ibasho.data.listings.store import read_wordings
from ibasho.site.coordinator.views import blueprint, follow
from ibasho.site.csv_text import CSV_TYPE, csv_text
from ibasho.site.form_parts import SpokenForm
from ibasho.site.languages import gettext, lazy_gettext, ngettext
from ibasho.site.stores import database

WHERE = {
    Where.WORDINGS: lazy_gettext("Wordings of listings, also older ones"),
    Where.LISTS: lazy_gettext("What lists said of places"),
    Where.EVENTS: lazy_gettext("Events"),
    Where.ARTICLES: lazy_gettext("Articles"),
    Where.PICTURES: lazy_gettext("Words about pictures"),
    Where.NOTICES: lazy_gettext("What was said of single dates"),
    Where.REPORTS: lazy_gettext("What visitors reported"),
    Where.ANSWERS: lazy_gettext("Answers of providers"),
    Where.ONBOARDING: lazy_gettext("Onboarding: people, visits, notes and tasks"),
    Where.DRAFTS: lazy_gettext("Drafts"),
    Where.ACTIVITIES: lazy_gettext("Activity log"),
    Where.NETWORKS: lazy_gettext("Networks: people, minutes, tasks, news, needs and offers"),
    Where.MAILS: lazy_gettext("Mails"),
    Where.ACCOUNTS: lazy_gettext("Accounts that are closed"),
}


class ErasingForm(SpokenForm):
    """What is to be erased. The words are never part of an address: those stand in logs."""

    words = StringField(
        lazy_gettext("Telephone number, mail address or name"),
        [Length(max=200)],
        filters=[lambda value: (value or "").strip()],
        description=lazy_gettext("One at a time. It is found however it is spelt."),
    )
    sure = BooleanField(lazy_gettext("I have looked at it. It cannot be brought back."))

    def validate_words(self, field: StringField) -> None:
        """As much as no other word has."""
        if len("".join(field.data.split())) < SHORTEST:
            raise ValidationError(
                lazy_gettext("Give at least three characters, or too much would be erased.")
            )


@blueprint.route("/erase", methods=["GET", "POST"])
def erase() -> Response | tuple[str, int]:
    """Look for it first, then give it out or erase it; forms all, so that no address says it."""
    form = ErasingForm(request.form)
    traces, found = None, dict[str, Listing]()
    if request.method == "POST" and form.validate():
        if form.sure.data:
            traces = erase_everywhere(database(), form.words.data, g.account.actor)
            follow()
            return redirect(url_for("coordinator.erase", erased=traces.total), 303)
        if "give" in request.form:
            return _copy(give_out(database(), form.words.data, g.account.actor))
        traces = find_traces(database(), form.words.data)
        found = read_wordings(database(), traces.listings)
    page = render_template(
        "coordinator/erase.html",
        form=form,
        traces=traces,
        found=found,
        where=WHERE,
        erased=_erased(request.args.get("erased", type=int)),
    )
    return page, 422 if form.errors else 200


def _copy(passages: list[tuple[Where, str]]) -> Response:
    headings = [gettext("Where"), gettext("What is written")]
    rows = [[str(WHERE[where]), passage] for where, passage in passages]
    copy = Response(csv_text(headings, rows), mimetype=CSV_TYPE)
    # its name says nothing: it lies among somebody's downloads
    copy.headers["Content-Disposition"] = f'attachment; filename="copy-{today().isoformat()}.csv"'
    return copy


def _erased(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("Erased from %(num)d entry.", "Erased from %(num)d entries.", count)
