"""Who may open what: one table; what is not in it is open to nobody."""

from enum import StrEnum

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.accounts import Account, Role
from ibasho.site import reach
from ibasho.site.session import current_account


class Audience(StrEnum):
    """For whom a page is."""

    EVERYONE = "everyone"
    DESK = "desk"
    """Coordinators, each within their part of the ward."""
    WARD = "ward"
    """Coordinators of the whole ward: what concerns all of it."""
    ADMIN = "admin"
    """Who keeps the accounts."""
    PROVIDER = "provider"
    """Who looks after listings of their own."""
    SIGNED_IN = "signed_in"
    """Whoever has an account: what concerns that account alone."""


ROLES: dict[Audience, frozenset[Role]] = {
    Audience.DESK: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Audience.WARD: frozenset({Role.COORDINATOR, Role.ADMIN}),
    Audience.ADMIN: frozenset({Role.ADMIN}),
    Audience.PROVIDER: frozenset({Role.PROVIDER}),
    Audience.SIGNED_IN: frozenset(Role),
}

ACCESS: dict[str, Audience] = {
    "static": Audience.EVERYONE,
    "vendor": Audience.EVERYONE,
    "public.home": Audience.EVERYONE,
    "public.search": Audience.EVERYONE,
    "public.listing": Audience.EVERYONE,
    "public.picture": Audience.EVERYONE,
    "public.listing_calendar": Audience.EVERYONE,
    "public.report": Audience.EVERYONE,
    "public.register": Audience.EVERYONE,
    "public.thanks": Audience.EVERYONE,
    "public.feed": Audience.EVERYONE,
    "public.areas": Audience.EVERYONE,
    "public.table": Audience.EVERYONE,
    "public.services": Audience.EVERYONE,
    "public.one_service": Audience.EVERYONE,
    "public.suggest": Audience.EVERYONE,
    "public.desks": Audience.EVERYONE,
    "public.guide": Audience.EVERYONE,
    "public.child": Audience.EVERYONE,
    "public.about": Audience.EVERYONE,
    "public.accessibility": Audience.EVERYONE,
    "public.events": Audience.EVERYONE,
    "public.event": Audience.EVERYONE,
    "public.articles": Audience.EVERYONE,
    "public.article": Audience.EVERYONE,
    "public.kept": Audience.EVERYONE,
    "public.sheet": Audience.EVERYONE,
    "public.sheet_pdf": Audience.EVERYONE,
    "public.events_calendar": Audience.EVERYONE,
    "public.event_calendar": Audience.EVERYONE,
    "public.health": Audience.EVERYONE,
    "public.robots": Audience.EVERYONE,
    "public.embed": Audience.EVERYONE,
    "public.embed_how": Audience.EVERYONE,
    "public.manifest": Audience.EVERYONE,
    "public.worker": Audience.EVERYONE,
    "public.offline": Audience.EVERYONE,
    "public.sitemap": Audience.EVERYONE,
    "provider.confirm": Audience.EVERYONE,
    "provider.confirmed": Audience.EVERYONE,
    "provider.month": Audience.EVERYONE,
    "provider.own_change": Audience.EVERYONE,
    "provider.own_stopped": Audience.EVERYONE,
    "provider.meetings": Audience.EVERYONE,
    "account.sign_in": Audience.EVERYONE,
    "account.sign_out": Audience.EVERYONE,
    "account.second_step": Audience.EVERYONE,
    "account.ask_for_passkey": Audience.EVERYONE,
    "account.enter_with_passkey": Audience.EVERYONE,
    "account.ask_for_step": Audience.EVERYONE,
    "account.forgotten": Audience.EVERYONE,
    "account.choose": Audience.EVERYONE,
    "account.take_up": Audience.EVERYONE,
    "account.own": Audience.SIGNED_IN,
    "account.end_sessions": Audience.SIGNED_IN,
    "account.change_password": Audience.SIGNED_IN,
    "account.device": Audience.SIGNED_IN,
    "account.spare_codes": Audience.SIGNED_IN,
    "account.passkeys": Audience.SIGNED_IN,
    "account.add_passkey": Audience.SIGNED_IN,
    "organization.places": Audience.PROVIDER,
    "organization.place": Audience.PROVIDER,
    "organization.month": Audience.PROVIDER,
    "organization.all_dates": Audience.PROVIDER,
    "organization.change": Audience.PROVIDER,
    "organization.stopped": Audience.PROVIDER,
    "coordinator.desk": Audience.DESK,
    "coordinator.listings": Audience.DESK,
    "coordinator.listing": Audience.DESK,
    "coordinator.add": Audience.DESK,
    "coordinator.change": Audience.DESK,
    "coordinator.schedule": Audience.DESK,
    "coordinator.place": Audience.DESK,
    "coordinator.keep_draft": Audience.DESK,
    "coordinator.drop_draft": Audience.DESK,
    "coordinator.review": Audience.DESK,
    "coordinator.preview": Audience.DESK,
    "coordinator.history": Audience.DESK,
    "coordinator.restore": Audience.DESK,
    "coordinator.undo": Audience.DESK,
    "coordinator.do_not_list": Audience.WARD,
    "coordinator.erase": Audience.WARD,
    "coordinator.approve": Audience.DESK,
    "coordinator.reject": Audience.DESK,
    "coordinator.move": Audience.DESK,
    "coordinator.light": Audience.DESK,
    "coordinator.notice": Audience.DESK,
    "coordinator.take_back": Audience.DESK,
    "coordinator.finish_report": Audience.DESK,
    "coordinator.add_picture_of": Audience.DESK,
    "coordinator.change_picture": Audience.DESK,
    "coordinator.picture": Audience.DESK,
    "coordinator.record": Audience.DESK,
    "coordinator.record_table": Audience.DESK,
    "coordinator.assure": Audience.DESK,
    "coordinator.month": Audience.DESK,
    "coordinator.paper": Audience.DESK,
    "coordinator.own_page": Audience.DESK,
    "coordinator.answers": Audience.DESK,
    "coordinator.finish_answer": Audience.DESK,
    "coordinator.mails": Audience.WARD,
    "coordinator.one_mail": Audience.WARD,
    "coordinator.leads": Audience.DESK,
    "coordinator.add_lead": Audience.DESK,
    "coordinator.lead": Audience.DESK,
    "coordinator.change_lead": Audience.DESK,
    "coordinator.move_lead": Audience.DESK,
    "coordinator.undo_lead": Audience.DESK,
    "coordinator.check_lead": Audience.DESK,
    "coordinator.note_lead": Audience.DESK,
    "coordinator.task_lead": Audience.DESK,
    "coordinator.invite_lead": Audience.DESK,
    "coordinator.networks": Audience.DESK,
    "coordinator.network": Audience.DESK,
    "coordinator.network_members": Audience.DESK,
    "coordinator.network_member_add": Audience.DESK,
    "coordinator.network_member_remove": Audience.DESK,
    "coordinator.network_member_undo": Audience.DESK,
    "coordinator.network_calendar": Audience.DESK,
    "coordinator.network_calendar_file": Audience.DESK,
    "coordinator.network_partner_add": Audience.DESK,
    "coordinator.network_partner_move": Audience.DESK,
    "coordinator.network_person_add": Audience.DESK,
    "coordinator.network_person_move": Audience.DESK,
    "coordinator.network_meeting_add": Audience.DESK,
    "coordinator.network_meeting": Audience.DESK,
    "coordinator.network_meeting_sheet": Audience.DESK,
    "coordinator.network_meeting_change": Audience.DESK,
    "coordinator.network_meeting_off": Audience.DESK,
    "coordinator.network_meeting_withdraw": Audience.DESK,
    "coordinator.network_task_add": Audience.DESK,
    "coordinator.network_task_change": Audience.DESK,
    "coordinator.network_task_done": Audience.DESK,
    "coordinator.network_all_news": Audience.DESK,
    "coordinator.network_news_add": Audience.DESK,
    "coordinator.network_news": Audience.DESK,
    "coordinator.network_news_change": Audience.DESK,
    "coordinator.network_news_send": Audience.DESK,
    "coordinator.network_needs": Audience.DESK,
    "coordinator.network_need_add": Audience.DESK,
    "coordinator.network_offer_add": Audience.DESK,
    "coordinator.network_need_move": Audience.DESK,
    "coordinator.network_need_change": Audience.DESK,
    "coordinator.network_offer_change": Audience.DESK,
    "coordinator.network_offer_move": Audience.DESK,
    "coordinator.network_join": Audience.DESK,
    "coordinator.network_judge": Audience.DESK,
    "coordinator.contents": Audience.DESK,
    "coordinator.consultation_desks": Audience.DESK,
    "coordinator.events": Audience.DESK,
    "coordinator.add_event": Audience.DESK,
    "coordinator.copy_event": Audience.DESK,
    "coordinator.change_event": Audience.DESK,
    "coordinator.move_event": Audience.DESK,
    "coordinator.add_network_form": Audience.WARD,
    "coordinator.change_network_form": Audience.DESK,
    "coordinator.move_network": Audience.WARD,
    "coordinator.articles": Audience.WARD,
    "coordinator.add_article": Audience.WARD,
    "coordinator.change_article": Audience.WARD,
    "coordinator.move_article": Audience.WARD,
    "coordinator.schools": Audience.WARD,
    "coordinator.add_school": Audience.WARD,
    "coordinator.change_school": Audience.WARD,
    "coordinator.move_school": Audience.WARD,
    "coordinator.stations": Audience.WARD,
    "coordinator.add_station": Audience.WARD,
    "coordinator.change_station": Audience.WARD,
    "coordinator.move_station": Audience.WARD,
    "coordinator.import_stations": Audience.WARD,
    "coordinator.areas": Audience.WARD,
    "coordinator.add_areas": Audience.WARD,
    "coordinator.outline_file": Audience.WARD,
    "coordinator.change_area": Audience.WARD,
    "coordinator.move_area": Audience.WARD,
    "coordinator.activities": Audience.DESK,
    "coordinator.add_activity": Audience.DESK,
    "coordinator.change_activity": Audience.DESK,
    "coordinator.move_activity": Audience.DESK,
    "coordinator.activity_table": Audience.DESK,
    "coordinator.imports": Audience.WARD,
    "coordinator.one_import": Audience.WARD,
    "coordinator.compare_import": Audience.WARD,
    "coordinator.publish_import": Audience.WARD,
    "coordinator.drop_import": Audience.WARD,
    "coordinator.undo_import": Audience.WARD,
    "coordinator.add_feed": Audience.WARD,
    "coordinator.change_feed": Audience.WARD,
    "coordinator.fetch_feed": Audience.WARD,
    "coordinator.remove_feed": Audience.WARD,
    "coordinator.synonyms": Audience.WARD,
    "coordinator.add_synonyms": Audience.WARD,
    "coordinator.change_synonyms": Audience.WARD,
    "coordinator.remove_synonyms": Audience.WARD,
    "coordinator.people": Audience.ADMIN,
    "coordinator.invite_person": Audience.ADMIN,
    "coordinator.person": Audience.ADMIN,
    "coordinator.help_person": Audience.ADMIN,
}


def install(app: Flask) -> None:
    """Check every request against the table before its view runs."""
    app.before_request(_check)


def is_open_to(account: Account, endpoint: str) -> bool:
    """Whether somebody who is signed in may open the pages of an endpoint."""
    audience = ACCESS.get(endpoint)
    if audience is None or audience is Audience.EVERYONE:
        return audience is Audience.EVERYONE
    is_within = audience is not Audience.WARD or account.scope.is_whole
    return is_within and account.role in ROLES[audience]


def _check() -> Response | None:
    if request.endpoint is None:
        return None
    audience = ACCESS.get(request.endpoint)
    if audience is Audience.EVERYONE:
        return None
    if audience is None:
        current_app.logger.error("no entry in the access table: %s", request.endpoint)
        abort(403)
    account = current_account()
    if account is None:
        there = ""
        if request.method == "GET" and request.endpoint != "coordinator.desk":  # each has a home
            there = request.script_root + request.full_path.removesuffix("?")
        return redirect(url_for("account.sign_in", next=there or None), 303)
    if not is_open_to(account, request.endpoint):
        abort(403)
    g.account = account
    reach.check()
    return None
