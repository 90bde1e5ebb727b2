"""Which things an account may touch: one rule for every argument that an address can have.

An address of the staff whose argument is not here is open to nobody, so that a new page cannot
forget to ask.
"""

from collections.abc import Callable, Collection

from flask import abort, current_app, g, request

from ibasho.data.accounts import Account, Role, read_account
from ibasho.data.activities import Activity, read_activity
from ibasho.data.database import Database
from ibasho.data.events import Event, read_stored_event
from ibasho.data.freshness import listing_of_answer
from ibasho.data.listings import Listing, edit, store
from ibasho.data.networks import read_network
from ibasho.data.pictures import read_picture
from ibasho.data.pipeline import StoredLead, read_lead
from ibasho.data.reports import listing_of_report
from ibasho.site.stores import database

Reach = Callable[[Database, Account, str], bool]
"""Whether a thing, by its id in the address, is within an account's part of the ward.

Raises LookupError where there is no such thing.
"""


def reaches_listing(db: Database, account: Account, listing_id: str) -> bool:
    """By the public wording, or by the newest where there is none."""
    stored = store.read_stored(db, listing_id)
    newest = stored.published or edit.newest_revision(db, listing_id)
    return account.scope.covers_listing(listing_id, newest.body if newest else None)


def reaches_revision(db: Database, account: Account, revision_id: str) -> bool:
    """By its listing."""
    return reaches_listing(db, account, store.read_revision(db, int(revision_id)).listing_id)


def reaches_whole(_db: Database, account: Account, _id: str) -> bool:
    """What belongs to the whole ward."""
    return account.scope.is_whole


def reaches_lead(db: Database, account: Account, lead_id: str) -> bool:
    """By the listing that came of it; until there is one, by its network and school district."""
    return _covers_lead(db, account, read_lead(db, lead_id))


def _covers_lead(db: Database, account: Account, lead: StoredLead) -> bool:
    if lead.listing:
        return reaches_listing(db, account, lead.listing)
    return account.scope.covers(lead.body.network, lead.body.school_district)


def _of_reported_listing(db: Database, account: Account, report_id: str) -> bool:
    return reaches_listing(db, account, listing_of_report(db, int(report_id)))


def _of_pictured_listing(db: Database, account: Account, picture_id: str) -> bool:
    return reaches_listing(db, account, read_picture(db, picture_id).listing_id)


def _beside_its_listing(_db: Database, _account: Account, _id: str) -> bool:
    """The address names its listing too, which has a rule; the store takes both together."""
    return "listing_id" in (request.view_args or {})


def reaches_network(db: Database, account: Account, network_id: str) -> bool:
    """By its name."""
    return account.scope.covers(network=read_network(db, int(network_id)).name)


def _beside_its_network(_db: Database, _account: Account, _id: str) -> bool:
    """The address names its network too, which has a rule; the stores take both together."""
    return "network_id" in (request.view_args or {})


def reaches_event(db: Database, account: Account, event_id: str) -> bool:
    """By its network; one of no network belongs to the whole ward."""
    return _covers_event(account, read_stored_event(db, event_id).body)


def _covers_event(account: Account, event: Event) -> bool:
    return account.scope.covers(network=event.network)


def reaches_activity(db: Database, account: Account, activity_id: str) -> bool:
    """By its network, or by the listing that it concerns."""
    return _covers_activity(db, account, read_activity(db, activity_id).body)


def _covers_activity(db: Database, account: Account, activity: Activity) -> bool:
    return account.scope.covers(network=activity.network) or bool(
        activity.listing and reaches_listing(db, account, activity.listing)
    )


def _names_nothing(_db: Database, _account: Account, _value: str) -> bool:
    return True


def _of_answered_listing(db: Database, account: Account, answer_id: str) -> bool:
    return reaches_listing(db, account, listing_of_answer(db, int(answer_id)))


def _account(db: Database, account: Account, account_id: str) -> bool:
    """Of accounts only who keeps them; the table of access says so as well."""
    read_account(db, int(account_id))
    return account.role is Role.ADMIN


REACH: dict[str, Reach] = {
    "listing_id": reaches_listing,
    "revision_id": reaches_revision,
    "report_id": _of_reported_listing,
    "picture_id": _of_pictured_listing,
    "notice_id": _beside_its_listing,
    "network_id": reaches_network,
    "partner_id": _beside_its_network,
    "person_id": _beside_its_network,
    "meeting_id": _beside_its_network,
    "task_id": _beside_its_network,
    "news_id": _beside_its_network,
    "need_id": _beside_its_network,
    "offer_id": _beside_its_network,
    "width": _names_nothing,
    "answer_id": _of_answered_listing,
    "mail_id": reaches_whole,
    "group_id": reaches_whole,
    "lead_id": reaches_lead,
    "account_id": _account,
    "event_id": reaches_event,
    "article_id": reaches_whole,
    "school_id": reaches_whole,
    "station_name": reaches_whole,
    "area_id": reaches_whole,
    "file_id": reaches_whole,
    "activity_id": reaches_activity,
    "run_id": reaches_whole,
    "feed_id": reaches_whole,
}


def check() -> None:
    """Answer 404 where an argument of this address names what is out of reach."""
    account: Account = g.account
    for name, value in (request.view_args or {}).items():
        rule = REACH.get(name)
        if rule is None:
            current_app.logger.error("nobody says who may reach %s", name)
            abort(403)
        try:
            is_within = rule(database(), account, str(value))
        except LookupError:
            abort(404)
        if not is_within:
            abort(404)


def covers(listing_id: str, body: Listing | None) -> bool:
    """Whether a listing belongs on a page of whoever is signed in, by its public wording."""
    account: Account = g.account
    return account.scope.covers_listing(listing_id, body)


def wordings_within(ids: Collection[str] | None = None) -> dict[str, Listing]:
    """The wording of each of these listings, or of all, within reach; read in one question."""
    wordings = store.read_wordings(database(), ids)
    return {id_: body for id_, body in wordings.items() if covers(id_, body)}


def covers_stored(stored: store.StoredListing) -> bool:
    """The same of a stored listing, by the newest wording where none is public."""
    return bool(g.account.scope.is_whole) or covers(stored.id, newest_wording(stored))


def newest_wording(stored: store.StoredListing) -> Listing | None:
    """The public wording of a listing, or the newest where none is public."""
    newest = stored.published or edit.newest_revision(database(), stored.id)
    return newest.body if newest else None


def covers_revision(revision: store.Revision) -> bool:
    """The same of a wording, by its listing."""
    return bool(g.account.scope.is_whole) or reaches_listing(
        database(), g.account, revision.listing_id
    )


def covers_lead(lead: StoredLead) -> bool:
    """Whether a lead belongs on a page of whoever is signed in."""
    return bool(g.account.scope.is_whole) or _covers_lead(database(), g.account, lead)


def covers_event(event: Event) -> bool:
    """Whether an event belongs on a page of whoever is signed in."""
    return _covers_event(g.account, event)


def covers_activity(activity: Activity) -> bool:
    """Whether an activity does."""
    return _covers_activity(database(), g.account, activity)
