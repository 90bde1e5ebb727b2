"""Needs and offers of a network as they are kept, and what the desk decides of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.geocode import Level
from ibasho.data.listings import Position, PositionSource
from ibasho.data.listings.places import public_position
from ibasho.data.mail import Message, cancel_mails, queue_mail
from ibasho.data.networks.help import Help, Need, Offer, Standing, standing_of
from ibasho.data.networks.matching import Pair
from ibasho.data.networks.members import UnknownMemberError, read_members
from ibasho.data.networks.rows import insert_row, seal_values, unseal_values
from ibasho.data.record import write_record

MAIL = "network_match"


class UnknownHelpError(LookupError):
    """There is no such need, offer or decision in this network."""


class NotOpenError(Exception):
    """The need or the offer is not open any more."""


def add_need(
    db: Database, network_id: int, listing_id: str, kind: Help, words: str, amount: str,
    until: dt.date | None, actor: str,
) -> int:  # fmt: skip
    """Keep what a member lacks; its id. Raises UnknownMemberError."""
    values = _need_values(db, network_id, listing_id, kind, words, amount, until)
    return _insert(db, "need", values, actor)


def correct_need(
    db: Database, network_id: int, need_id: int, listing_id: str, kind: Help, words: str,
    amount: str, until: dt.date | None, actor: str,
) -> None:  # fmt: skip
    """Keep what an open need really is. UnknownHelpError, NotOpenError, UnknownMemberError."""
    values = _need_values(db, network_id, listing_id, kind, words, amount, until)
    _correct(db, "need", need_id, values, actor)


def add_offer(db: Database, network_id: int, offer: Offer, actor: str) -> int:
    """Keep what somebody gives; its id."""
    return _insert(db, "offer", _offer_values(db, network_id, offer), actor)


def correct_offer(db: Database, network_id: int, offer_id: int, offer: Offer, actor: str) -> None:
    """Keep what an open offer really is. Raises UnknownHelpError, NotOpenError."""
    _correct(db, "offer", offer_id, _offer_values(db, network_id, offer), actor)


def withdraw_need(
    db: Database, network_id: int, need_id: int, is_withdrawn: bool, actor: str
) -> None:
    """Say that an open need is no more, or is again. UnknownHelpError, NotOpenError."""
    _withdraw(db, "need", network_id, need_id, is_withdrawn, actor)


def withdraw_offer(
    db: Database, network_id: int, offer_id: int, is_withdrawn: bool, actor: str
) -> None:
    """Say that an open offer is no more, or is again. UnknownHelpError, NotOpenError."""
    _withdraw(db, "offer", network_id, offer_id, is_withdrawn, actor)


def join(
    db: Database, network_id: int, offer_id: int, need_id: int, day: dt.date,
    mails: Sequence[Message], actor: str,
) -> int:  # fmt: skip
    """Bring an offer and a need together and queue what is written to both; the number of it.

    One transaction. Raises UnknownHelpError, and NotOpenError unless both are open on this JST
    date.
    """
    with transaction(db):
        _open_pair(db, network_id, offer_id, need_id, day)
        match_id = _decide(db, network_id, offer_id, need_id, "joined", actor)
        _set_state(db, network_id, offer_id, need_id, "matched")
        for number, mail in enumerate(mails):
            queue_mail(db, mail, f"match:{match_id}:{number}", MAIL, f"match:{match_id}")
    return match_id


def decline(
    db: Database, network_id: int, offer_id: int, need_id: int, day: dt.date, actor: str
) -> int:
    """Say that an offer and a need do not fit. Raises UnknownHelpError, NotOpenError."""
    with transaction(db):
        _open_pair(db, network_id, offer_id, need_id, day)
        return _decide(db, network_id, offer_id, need_id, "unfit", actor)


def undo_match(db: Database, network_id: int, offer_id: int, need_id: int, actor: str) -> None:
    """Take back what was decided of a pair; mails that wait are not sent. UnknownHelpError."""
    with transaction(db):
        read_pair(db, network_id, offer_id, need_id, dt.date.min)
        row = db.execute(
            "SELECT id, state FROM network_match WHERE need = ? AND offer = ?"
            " AND state <> 'undone'",
            [need_id, offer_id],
        ).fetchone()
        if row is None:
            raise UnknownHelpError(f"{offer_id} {need_id}")
        db.table("network_match").update(row[0], {"state": "undone", "at": now()})
        if row[1] == "joined":
            _set_state(db, network_id, offer_id, need_id, "open")
            cancel_mails(db, f"match:{row[0]}", MAIL)
        write_record(db, actor, "undo_match", f"network:{network_id}", str(row[0]))


def read_needs(db: Database, network_id: int, day: dt.date) -> list[Need]:
    """What the members of a network lack as of a JST date, the newest first."""
    members = {member.id: member for member in read_members(db, network_id) if member.state}
    found = []
    query = "SELECT * FROM network_need WHERE network = ? ORDER BY id DESC"
    for row in db.query(query, [network_id]):
        member = members.get(row["listing"])
        until = _date(row["until_on"])
        # who has left the network needs nothing of it
        state = standing_of(row["state"], until, day) if member else Standing.WITHDRAWN
        found.append(Need(
            row["id"], row["listing"], member.name if member else "", Help(row["kind"]),
            until=until, standing=state,
            position=public_position(member.body.location) if member and member.body
            else Position(),
            **unseal_values(db, row["sealed"]),
        ))  # fmt: skip
    return found


def read_offers(db: Database, network_id: int, day: dt.date) -> list[Offer]:
    """What is offered to a network as of a JST date, what ends first before the rest."""
    rows = db.query(
        "SELECT * FROM network_offer WHERE network = ?"
        " ORDER BY is_perishable DESC, until_on IS NULL, until_on, id DESC",
        [network_id],
    )
    return [_offer(db, row, day) for row in rows]


def read_pair(
    db: Database, network_id: int, offer_id: int, need_id: int, day: dt.date
) -> tuple[Offer, Need]:
    """An offer and a need of one network. Raises UnknownHelpError."""
    offers = {offer.id: offer for offer in read_offers(db, network_id, day)}
    needs = {need.id: need for need in read_needs(db, network_id, day)}
    if offer_id not in offers or need_id not in needs:
        raise UnknownHelpError(f"{offer_id} {need_id}")
    return offers[offer_id], needs[need_id]


def decided_pairs(db: Database, network_id: int, state: str) -> set[Pair]:
    """The pairs (offer, need) of a network that were `joined` or found `unfit`."""
    rows = db.execute(
        "SELECT offer, need FROM network_match JOIN network_need ON network_need.id = need"
        " WHERE network = ? AND network_match.state = ?",
        [network_id, state],
    ).fetchall()
    return {(offer, need) for offer, need in rows}


def _open_pair(db: Database, network_id: int, offer_id: int, need_id: int, day: dt.date) -> None:
    for one in read_pair(db, network_id, offer_id, need_id, day):
        if one.standing is not Standing.OPEN:
            raise NotOpenError


def _insert(db: Database, what: str, values: dict[str, Any], actor: str) -> int:
    with transaction(db):
        one = insert_row(db, f"network_{what}", values)
        write_record(db, actor, f"add_{what}", f"network:{values['network']}", str(one))
    return one


def _need_values(
    db: Database, network_id: int, listing_id: str, kind: Help, words: str, amount: str,
    until: dt.date | None,
) -> dict[str, Any]:  # fmt: skip
    if f"listing:{listing_id}" not in {member.key for member in read_members(db, network_id)}:
        raise UnknownMemberError(listing_id)
    return {
        "network": network_id, "listing": listing_id, "kind": str(kind), "state": "open",
        "until_on": until.isoformat() if until else None,
        "sealed": seal_values(db, {"words": words, "amount": amount}),
    }  # fmt: skip


def _offer_values(db: Database, network_id: int, offer: Offer) -> dict[str, Any]:
    sealed = {name: getattr(offer, name)
              for name in ("giver", "phone", "email", "words", "amount", "place")}  # fmt: skip
    return {
        "network": network_id, "kind": str(offer.kind), "state": "open",
        "until_on": offer.until.isoformat() if offer.until else None,
        "is_perishable": int(offer.is_perishable), "reach_m": offer.reach_m,
        "sealed": seal_values(db, sealed | {"position": asdict(offer.position)}),
    }  # fmt: skip


def _correct(db: Database, what: str, one: int, values: dict[str, Any], actor: str) -> None:
    with transaction(db):
        _check_state(db, what, values["network"], one, "open")
        db.table(f"network_{what}").update(one, values)
        write_record(db, actor, f"correct_{what}", f"network:{values['network']}", str(one))


def _check_state(db: Database, what: str, network_id: int, one: int, state: str) -> None:
    found = db.execute(
        f"SELECT state FROM network_{what} WHERE id = ? AND network = ?",  # noqa: S608 (our names)
        [one, network_id],
    ).fetchone()
    if found is None:
        raise UnknownHelpError(str(one))
    if found[0] != state:
        raise NotOpenError


def _withdraw(
    db: Database, what: str, network_id: int, one: int, is_withdrawn: bool, actor: str
) -> None:
    before, after = ("open", "withdrawn") if is_withdrawn else ("withdrawn", "open")
    with transaction(db):
        _check_state(db, what, network_id, one, before)
        db.table(f"network_{what}").update(one, {"state": after})
        action = f"withdraw_{what}" if is_withdrawn else f"add_{what}"
        write_record(db, actor, action, f"network:{network_id}", str(one))


def _decide(
    db: Database, network_id: int, offer_id: int, need_id: int, state: str, actor: str
) -> int:
    db.execute(
        "UPDATE network_match SET state = 'undone' WHERE need = ? AND offer = ?"
        " AND state = 'unfit'",
        [need_id, offer_id],
    )
    values = {"need": need_id, "offer": offer_id, "state": state, "at": now()}
    match_id = insert_row(db, "network_match", values)
    write_record(db, actor, f"match:{state}", f"network:{network_id}", str(match_id))
    return match_id


def _set_state(db: Database, network_id: int, offer_id: int, need_id: int, state: str) -> None:
    for what, one in (("offer", offer_id), ("need", need_id)):
        db.execute(
            f"UPDATE network_{what} SET state = ? WHERE id = ? AND network = ?",  # noqa: S608 (our names)
            [state, one, network_id],
        )


def _offer(db: Database, row: dict[str, Any], day: dt.date) -> Offer:
    values = unseal_values(db, row["sealed"])
    point = values.pop("position")
    point |= {"level": Level(point["level"]), "source": PositionSource(point["source"])}
    until = _date(row["until_on"])
    return Offer(
        kind=Help(row["kind"]),
        position=Position(**point),
        reach_m=row["reach_m"],
        until=until,
        is_perishable=bool(row["is_perishable"]),
        id=row["id"],
        standing=standing_of(row["state"], until, day),
        **values,
    )


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
