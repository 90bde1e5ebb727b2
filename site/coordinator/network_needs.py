"""The addresses at which needs and offers of a network are kept and brought together."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.clock import today
from ibasho.data.fingerprint import fingerprint
from ibasho.data.listings import Position, PositionSource
from ibasho.data.mail import Message
from ibasho.data.networks import Help, Need, Offer, Person, Standing, read_members, read_network
from ibasho.data.networks import helping as keeping
from ibasho.data.networks.matching import Fit, fits
from ibasho.site.coordinator.network_forms import NeedForm, OfferForm
from ibasho.site.coordinator.network_words import STANDINGS, why
from ibasho.site.coordinator.networks import ADDRESS, form_page, go, matches_of, shared
from ibasho.site.coordinator.seen import note_network_seen
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.mails import write_mail
from ibasho.site.stores import database, find_place

PAGE = "network_needs"
_NUMBER = "int(max=9223372036854775807)"
_PAIR = f"{ADDRESS}/offers/<{_NUMBER}:offer_id>/needs/<{_NUMBER}:need_id>"
_OTHERS = 3  # needs that an offer could serve as well


class Row(NamedTuple):
    """An open offer: the need that suits best when all are looked at together, and others."""

    offer: Offer
    best: Fit | None
    others: list[Fit]


class Over(NamedTuple):
    """A need or an offer as it is listed once it is closed."""

    words: str
    who: str
    standing: Standing
    id: int
    is_need: bool


_T = TypeVar("_T", Need, Offer)
_CLOSED = {Standing.WITHDRAWN, Standing.EXPIRED}


@blueprint.get(f"{ADDRESS}/needs")
def network_needs(network_id: int) -> str:
    """What is lacking, what is offered, and what could go together."""
    note_network_seen(network_id)
    db, day = database(), today()
    needs, offers = (
        keeping.read_needs(db, network_id, day),
        keeping.read_offers(db, network_id, day),
    )
    is_open = [need for need in needs if need.standing is Standing.OPEN]
    chosen, unfit = matches_of(network_id, day), keeping.decided_pairs(db, network_id, "unfit")
    rows = []
    for offer in (one for one in offers if one.standing is Standing.OPEN):
        best = chosen.get(offer.id)
        others = [fit for fit in fits(offer, is_open, day, unfit) if fit != best]
        rows.append(Row(offer, best, others[:_OTHERS]))
    by_need = {need.id: need for need in needs}
    return render_template(
        "coordinator/network_needs.html",
        **shared(network_id),
        rows=rows,
        needs=is_open,
        joined=[
            (offer, by_need[need])
            for offer in offers
            for one, need in sorted(keeping.decided_pairs(db, network_id, "joined"))
            if one == offer.id and need in by_need
        ],
        over=[
            *(Over(one.words, one.member, one.standing, one.id, True) for one in needs
              if one.standing in _CLOSED),
            *(Over(one.words, one.giver, one.standing, one.id, False) for one in offers
              if one.standing in _CLOSED),
        ],
        standings=STANDINGS,
        why=why,
    )  # fmt: skip


@blueprint.route(f"{ADDRESS}/needs/new", methods=["GET", "POST"])
def network_need_add(network_id: int) -> Response | str | tuple[str, int]:
    """What a member lacks."""
    form = NeedForm(request.form)
    form.listing.choices = _choices(network_id)
    if request.method == "POST" and form.validate():
        keeping.add_need(
            database(), network_id, form.listing.data, Help(form.kind.data), form.words.data,
            form.amount.data, form.until.data, g.account.actor,
        )  # fmt: skip
        return go(PAGE, network_id, "saved")
    return form_page(network_id, form, gettext("Add a need"), _back(network_id))


@blueprint.route(f"{ADDRESS}/offers/new", methods=["GET", "POST"])
def network_offer_add(network_id: int) -> Response | str | tuple[str, int]:
    """What a company or a neighbour gives."""
    form = OfferForm(request.form)
    if request.method == "POST" and form.validate():
        keeping.add_offer(database(), network_id, _offer(form), g.account.actor)
        return go(PAGE, network_id, "saved")
    hint = gettext("Who offers, and where, is kept encrypted, for the desk alone.")
    return form_page(network_id, form, gettext("Add an offer"), _back(network_id), hint)


@blueprint.route(f"{ADDRESS}/needs/<{_NUMBER}:need_id>/change", methods=["GET", "POST"])
def network_need_change(network_id: int, need_id: int) -> Response | str | tuple[str, int]:
    """What an open need really is."""
    need = _one_of(keeping.read_needs(database(), network_id, today()), need_id)
    note_network_seen(network_id)
    known = {"listing": need.listing_id, "kind": str(need.kind), "words": need.words,
             "amount": need.amount, "until": need.until}  # fmt: skip
    form, seen = NeedForm(request.form or None, data=known), fingerprint(known)
    form.listing.choices = _choices(network_id)
    is_stale = request.method == "POST" and request.form.get("seen") != seen
    if request.method == "POST" and form.validate() and not is_stale:
        try:
            keeping.correct_need(
                database(), network_id, need_id, form.listing.data, Help(form.kind.data),
                form.words.data, form.amount.data, form.until.data, g.account.actor,
            )  # fmt: skip
        except keeping.NotOpenError:
            return go(PAGE, network_id, "not_open")
        return go(PAGE, network_id, "saved")
    heading, back = gettext("Correct a need"), _back(network_id)
    return form_page(network_id, form, heading, back, seen=seen, is_stale=is_stale)


@blueprint.route(f"{ADDRESS}/offers/<{_NUMBER}:offer_id>/change", methods=["GET", "POST"])
def network_offer_change(network_id: int, offer_id: int) -> Response | str | tuple[str, int]:
    """What an open offer really is."""
    offer = _one_of(keeping.read_offers(database(), network_id, today()), offer_id)
    note_network_seen(network_id)
    known = {
        name: getattr(offer, name)
        for name in (
            "giver",
            "phone",
            "email",
            "words",
            "amount",
            "place",
            "until",
            "is_perishable",
        )
    }
    known |= {"kind": str(offer.kind), "reach": str(offer.reach_m or "")}  # fmt: skip
    form, seen = OfferForm(request.form or None, data=known), fingerprint(known)
    is_stale = request.method == "POST" and request.form.get("seen") != seen
    if request.method == "POST" and form.validate() and not is_stale:
        try:
            keeping.correct_offer(
                database(), network_id, offer_id, _offer(form, offer), g.account.actor
            )
        except keeping.NotOpenError:
            return go(PAGE, network_id, "not_open")
        return go(PAGE, network_id, "saved")
    hint = gettext("Who offers, and where, is kept encrypted, for the desk alone.")
    heading, back = gettext("Correct an offer"), _back(network_id)
    return form_page(network_id, form, heading, back, hint, seen, is_stale)


@blueprint.post(f"{ADDRESS}/needs/<{_NUMBER}:need_id>")
def network_need_move(network_id: int, need_id: int) -> Response:
    """Withdraw a need, or open it again."""
    is_out = request.form.get("step") != "restore"
    try:
        keeping.withdraw_need(database(), network_id, need_id, is_out, g.account.actor)
    except keeping.UnknownHelpError:
        abort(404)
    except keeping.NotOpenError:
        return go(PAGE, network_id, "not_open")
    return go(PAGE, network_id, "need_withdrawn" if is_out else "saved", need_id)


@blueprint.post(f"{ADDRESS}/offers/<{_NUMBER}:offer_id>")
def network_offer_move(network_id: int, offer_id: int) -> Response:
    """Withdraw an offer, or open it again."""
    is_out = request.form.get("step") != "restore"
    try:
        keeping.withdraw_offer(database(), network_id, offer_id, is_out, g.account.actor)
    except keeping.UnknownHelpError:
        abort(404)
    except keeping.NotOpenError:
        return go(PAGE, network_id, "not_open")
    return go(PAGE, network_id, "offer_withdrawn" if is_out else "saved", offer_id)


@blueprint.route(_PAIR, methods=["GET", "POST"])
def network_join(network_id: int, offer_id: int, need_id: int) -> Response | str | tuple[str, int]:
    """Shows what either side will be told; both are told just that when it is confirmed."""
    db, day = database(), today()
    try:
        offer, need = keeping.read_pair(db, network_id, offer_id, need_id, day)
    except keeping.UnknownHelpError:
        abort(404)
    note_network_seen(network_id)
    people = _people_of(network_id, need)
    mails = _mails(network_id, offer, need, people)
    is_open = {offer.standing, need.standing} == {Standing.OPEN}
    seen = fingerprint(offer.giver, offer.phone, offer.email, people, mails)
    is_other = request.method == "POST" and is_open and request.form.get("seen") != seen
    if request.method == "GET" or is_other:
        page = render_template(
            "coordinator/network_join.html",
            **shared(network_id),
            given=offer,  # `offer` is the language that a page offers
            need=need,
            people=people,
            why="".join(why(offer, fit) for fit in fits(offer, [need], day)),
            is_open=is_open,
            mails=mails,
            seen=seen,
            is_other=is_other,
        )
        return (page, 409) if is_other else page
    try:
        keeping.join(db, network_id, offer_id, need_id, day, mails, g.account.actor)
    except keeping.NotOpenError:
        return go(PAGE, network_id, "not_open")
    return go(PAGE, network_id, "joined", f"{offer_id}-{need_id}")


@blueprint.post(f"{_PAIR}/judge")
def network_judge(network_id: int, offer_id: int, need_id: int) -> Response:
    """Say that two do not fit, or take back what was decided of them."""
    db, actor = database(), g.account.actor
    is_undone = request.form.get("step") == "undo"
    try:
        if is_undone:
            keeping.undo_match(db, network_id, offer_id, need_id, actor)
        else:
            keeping.decline(db, network_id, offer_id, need_id, today(), actor)
    except keeping.UnknownHelpError:
        if not is_undone:
            abort(404)
        return redirect(_back(network_id), 303)  # somebody else was faster
    except keeping.NotOpenError:
        return go(PAGE, network_id, "not_open")
    return go(PAGE, network_id, "saved" if is_undone else "unfit", f"{offer_id}-{need_id}")


def _choices(network_id: int) -> list[tuple[str, str]]:
    members = [one for one in read_members(database(), network_id) if one.state]
    return [(member.id, member.name) for member in members]


def _one_of(all_of: Sequence[_T], number: int) -> _T:
    """The one of this number that is open, or was until its date."""
    correctable = {Standing.OPEN, Standing.EXPIRED}
    found = [one for one in all_of if one.id == number and one.standing in correctable]
    if not found:
        abort(404)
    return found[0]


def _offer(form: OfferForm, before: Offer | None = None) -> Offer:
    """The offer of a form; a place that is written as before stays where it was measured from."""
    place = find_place(form.place.data) if form.place.data else None
    position = Position()
    if before and before.place == form.place.data:
        position = before.position
    elif place:
        position = Position(
            place.point.lat, place.point.lon, place.level, place.radius_m, PositionSource.GEOCODER
        )
    return Offer(
        kind=Help(form.kind.data),
        giver=form.giver.data,
        phone=form.phone.data,
        email=form.email.data,
        words=form.words.data,
        amount=form.amount.data,
        place=form.place.data,
        position=position,
        reach_m=int(form.reach.data) if form.reach.data else None,
        until=form.until.data,
        is_perishable=form.is_perishable.data,
    )


def _people_of(network_id: int, need: Need) -> tuple[Person, ...]:
    members = {member.id: member for member in read_members(database(), network_id) if member.state}
    return members[need.listing_id].contacts if need.listing_id in members else ()


def _mails(
    network_id: int, offer: Offer, need: Need, people: tuple[Person, ...]
) -> tuple[Message, ...]:
    """One to the giver, and one to everybody who speaks for the member; each with the other's."""
    giver = Person(offer.giver, phone=offer.phone, email=offer.email)
    sides = [(giver, need.member, people), *((one, offer.giver, (giver,)) for one in people)]
    network = read_network(database(), network_id).name
    return tuple(
        write_mail(
            current_app.config["IBASHO"], "network_match", to.email, network=network, name=to.name,
            other=other, people=theirs, member=need.member, giver=offer.giver,
            need=f"{need.words} {need.amount}".strip(),
            offer=f"{offer.words} {offer.amount}".strip(),
        )
        for to, other, theirs in sides
        if to.email
    )  # fmt: skip


def _back(network_id: int) -> str:
    return url_for("coordinator.network_needs", network_id=network_id)
