"""The addresses at which a network's members and their contacts are kept."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import abort, g, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.clock import today
from ibasho.data.listings import PublicListing, State, store, to_public
from ibasho.data.listings.store import UnknownListingError
from ibasho.data.networks import (
    Member,
    NotChangeableError,
    PartnerKind,
    Person,
    UnknownMemberError,
    read_members,
)
from ibasho.data.networks import members as keeping
from ibasho.data.schedule import Occurrence, next_occurrence
from ibasho.site import reach
from ibasho.site.arguments import row_number
from ibasho.site.coordinator.network_forms import PartnerForm, PersonForm
from ibasho.site.coordinator.network_words import PARTNERS
from ibasho.site.coordinator.networks import ADDRESS, form_page, go, shared
from ibasho.site.coordinator.seen import note_network_seen
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.stores import database, in_school_year, index

PAGE = "network_members"


class Row(NamedTuple):
    """A member with its next date; `public` is the listing as everyone sees it."""

    member: Member
    public: PublicListing | None
    next: Occurrence | None


@blueprint.get(f"{ADDRESS}/members")
def network_members(network_id: int) -> str:
    """Who belongs to it, when they open next, whom to call; and who could be taken in."""
    note_network_seen(network_id)
    members = read_members(database(), network_id)
    known = {member.id for member in members}
    return render_template(
        "coordinator/network_members.html",
        **shared(network_id),
        rows=_rows(members),
        partners=PARTNERS,
        others=sorted(
            (
                stored
                for stored in store.read_all_stored(database(), State.PUBLISHED)
                if stored.id not in known and reach.covers_stored(stored) and _may_leave(stored)
            ),
            key=_name,
        ),
    )


@blueprint.post(f"{ADDRESS}/members/add")
def network_member_add(network_id: int) -> Response:
    """Let a listing belong to it; one within reach, and of no network that is out of reach."""
    listing_id = request.form.get("listing", "")
    try:
        within = reach.reaches_listing(database(), g.account, listing_id)
        if not (within and _may_leave(store.read_stored(database(), listing_id))):
            abort(404)
        revision = keeping.add_member(database(), network_id, listing_id, g.account.actor)
    except UnknownListingError:
        abort(404)
    except NotChangeableError:
        return go(PAGE, network_id, "waits")
    index()
    return go(PAGE, network_id, "member_added", revision)


@blueprint.post(f"{ADDRESS}/members/remove")
def network_member_remove(network_id: int) -> Response:
    """Let a listing belong to no network."""
    listing_id = request.form.get("listing", "")
    try:
        revision = keeping.remove_member(database(), network_id, listing_id, g.account.actor)
    except (UnknownListingError, UnknownMemberError):
        abort(404)
    except NotChangeableError:
        return go(PAGE, network_id, "waits")
    index()
    return go(PAGE, network_id, "member_removed", revision)


@blueprint.post(f"{ADDRESS}/members/undo")
def network_member_undo(network_id: int) -> Response:
    """Let a listing belong where it did before it was taken in or out."""
    db = database()
    try:
        revision = row_number(request.form.get("member", ""))
        before = keeping.network_before(db, network_id, revision)
        if not g.account.scope.takes_network(before):
            abort(404)
        keeping.undo_member(db, network_id, revision, g.account.actor)
    except ValueError:
        abort(400)
    except (UnknownListingError, UnknownMemberError):
        abort(404)
    except NotChangeableError:
        return go(PAGE, network_id, "changed_since")
    index()
    return go(PAGE, network_id, "member_undone")


@blueprint.route(f"{ADDRESS}/partners/new", methods=["GET", "POST"])
def network_partner_add(network_id: int) -> Response | str | tuple[str, int]:
    """An organization without a listing."""
    form = PartnerForm(request.form)
    if request.method == "POST" and form.validate():
        kind = PartnerKind(form.kind.data)
        keeping.add_partner(database(), network_id, kind, form.name.data, g.account.actor)
        return go(PAGE, network_id, "saved")
    back = url_for("coordinator.network_members", network_id=network_id)
    return form_page(network_id, form, gettext("Add an organization without a listing"), back)


@blueprint.post(f"{ADDRESS}/partners/<int(max=9223372036854775807):partner_id>")
def network_partner_move(network_id: int, partner_id: int) -> Response:
    """Take it out, or back in."""
    is_back = request.form.get("step") == "restore"
    try:
        keeping.move_partner(database(), network_id, partner_id, is_back, g.account.actor)
    except UnknownMemberError:
        abort(404)
    return go(PAGE, network_id, "saved" if is_back else "partner_removed", partner_id)


@blueprint.route(f"{ADDRESS}/people/new", methods=["GET", "POST"])
def network_person_add(network_id: int) -> Response | str | tuple[str, int]:
    """Whom to write to or call for a member; `of` names it beforehand."""
    form = PersonForm(request.form, member=request.args.get("of", ""))
    form.member.choices = [
        (member.key, member.name) for member in read_members(database(), network_id)
    ]
    if request.method == "POST" and form.validate():
        person = Person(form.name.data, form.role.data, form.phone.data, form.email.data)
        keeping.add_person(database(), network_id, form.member.data, person, g.account.actor)
        return go(PAGE, network_id, "saved")
    back = url_for("coordinator.network_members", network_id=network_id)
    hint = gettext("Kept encrypted, for the desk alone.")
    return form_page(network_id, form, gettext("Add a contact"), back, hint)


@blueprint.post(f"{ADDRESS}/people/<int(max=9223372036854775807):person_id>")
def network_person_move(network_id: int, person_id: int) -> Response:
    """Take a contact out, or back in."""
    is_back = request.form.get("step") == "restore"
    try:
        keeping.move_person(database(), network_id, person_id, is_back, g.account.actor)
    except UnknownMemberError:
        abort(404)
    return go(PAGE, network_id, "saved" if is_back else "person_removed", person_id)


def _may_leave(stored: store.StoredListing) -> bool:
    """Whether the network that a listing names now is for whoever is signed in to change."""
    published = stored.published
    return published is None or bool(g.account.scope.takes_network(published.body.network))


def _name(stored: store.StoredListing) -> str:
    return stored.published.body.name if stored.published else ""


def _rows(members: list[Member]) -> list[Row]:
    """Each with what everyone sees of it, dates that are closed out of turn left out."""
    found = store.read_public(database(), [member.id for member in members])
    return [_row(member, {one.id: one for one in found}) for member in members]


def _row(member: Member, known: Mapping[str, PublicListing]) -> Row:
    if member.body is None:
        return Row(member, None, None)
    public = known.get(member.id) or to_public(member.id, member.body)
    return Row(member, public, next_occurrence(in_school_year(public.schedule), today()))
