"""What goes between a provider and the office: register, confirm, return, correct, publish.

Each is one transaction: rows, record, and the mail that tells of it. What a mail says is the
caller's: a `Letter` is given the address and, where there is one, the token of the link.
"""

from collections.abc import Callable

from ibasho.data.accounts import TooManyAttemptsError
from ibasho.data.accounts.attempts import note_in_an_hour
from ibasho.data.clock import now, today
from ibasho.data.database import Database, transaction
from ibasho.data.links import Purpose, end_links, make_link, use_link
from ibasho.data.listings import Listing, State, StepError, edit, locate, store
from ibasho.data.listings.states import check_step
from ibasho.data.mail import Message, cancel_mails, queue_mail
from ibasho.data.pipeline import store as leads
from ibasho.data.pipeline.contact import contact_address
from ibasho.data.pipeline.leads import subject_of
from ibasho.data.pipeline.model import Lead, Stage
from ibasho.data.record import write_record

PROVIDER = "provider"
"""How the record names whoever acts through a link, without an account."""

CONFIRM_DAYS = 7
CORRECT_DAYS = 30
OWN_PAGE_DAYS = 1_100
MOST_A_DAY = 200
"""So many may register on one day without having answered the mail; the last resort."""
MOST_OF_MAIL = 3
"""So many of these with one mail address, so that nobody is flooded by somebody else."""
MOST_OF_ADDRESS = 10
"""So many may register from one network address in an hour."""

Letter = Callable[[str, str], Message]
"""A mail to an address, with the token of its link ("" where it has none)."""


class TooManyError(Exception):
    """More register, in all, with one mail address or from one place, than anybody needs."""


class AlreadySentError(Exception):
    """Today this mail went to this provider already."""


class NoAddressError(Exception):
    """Nobody has given a mail address to which this could go."""


def register(
    db: Database, body: Listing, lead: Lead, consent: str, form_key: str, letter: Letter,
    address: str,
) -> str:  # fmt: skip
    """Keep what a provider says of their own place, and mail them a link to confirm; its lead.

    The listing is a draft until they open the link. `consent` is the version of the wording that
    they agreed to; of the network `address` a keyed hash alone is kept. The same form again changes
    nothing. Raises TooManyError.
    """
    with transaction(db):
        if known := leads.lead_of_form(db, form_key):
            return known
        _check_how_many(db, lead, address)
        listing_id = store.insert_listing(db, body, State.DRAFT)
        revision = store.insert_revision(db, listing_id, body, PROVIDER, None)
        lead_id = leads.insert_lead(db, lead, listing_id, form_key, consent, today())
        write_record(db, PROVIDER, "register", listing_id, str(revision))
        write_record(db, PROVIDER, "consent", subject_of(lead_id), consent)
        token = make_link(db, Purpose.CONFIRM_MAIL, listing_id, CONFIRM_DAYS, revision)
        key = f"confirm-mail:{lead_id}"
        queue_mail(
            db, letter(contact_address(db, listing_id), token), key, "confirm_mail", listing_id
        )
    return lead_id


def confirm_mail(db: Database, token: str) -> None:
    """Note that who registered reads mail there; the listing goes to review.

    Raises DeadLinkError.
    """
    with transaction(db):
        link = use_link(db, token)
        lead = leads.lead_of_listing(db, link.subject)
        if lead:
            leads.set_mail_confirmed(db, lead.id, today())
        if store.read_stored(db, link.subject).state is State.DRAFT:
            _advance(db, link.subject, State.IN_REVIEW)


def invite(db: Database, lead_id: str, actor: str, letter: Letter) -> None:
    """Mail the people of a lead a link with which they fill in their listing by themselves.

    Where there is no listing yet, an empty one of that name and place is made. Raises
    NoAddressError, AlreadySentError, StepError where the listing is past that, UnknownLeadError.
    """
    with transaction(db):
        lead = leads.read_lead(db, lead_id)
        if not lead.mail:
            raise NoAddressError
        listing_id = lead.listing or _draft(db, lead_id, lead.body, actor)
        state = store.read_stored(db, listing_id).state
        if state not in {State.DRAFT, State.INVITED}:
            raise StepError(f"{state} → {State.INVITED}")
        if state is State.DRAFT:
            store.set_state(db, listing_id, State.INVITED)
        if lead.own_stage is not Stage.INVITED:
            leads.set_stage(db, lead_id, lead.own_stage, Stage.INVITED, "", actor)
        write_record(db, actor, "invite", listing_id)
        newest = edit.newest_revision(db, listing_id)
        key = f"invitation:{lead_id}:{today()}"
        _send_correction(db, listing_id, newest.id if newest else None, letter, key, "invitation")


def correct(db: Database, token: str, body: Listing, seen: int | None) -> int:
    """Keep the wording that a provider wrote through a link; it waits for a decision.

    `seen` is the revision that they started from. Raises DeadLinkError, StaleRevisionError.
    """
    with transaction(db):
        listing_id = use_link(db, token).subject
        revision_id = edit.propose_change(db, listing_id, body, PROVIDER, seen)
        end_links(db, listing_id, Purpose.CHANGE)
        state = store.read_stored(db, listing_id).state
        if state is State.INVITED:
            _advance(db, listing_id, State.CONFIRMED)
        if state in {State.DRAFT, State.INVITED, State.CONFIRMED}:
            _advance(db, listing_id, State.IN_REVIEW)
    return revision_id


def return_revision(
    db: Database, revision_id: int, actor: str, reason: str, letter: Letter
) -> bool:
    """Decline a waiting revision, and mail the reason with a link to correct it.

    Whether anybody was mailed: where no address is known, the office has to call. Raises as
    `reject_revision` does.
    """
    with transaction(db):
        listing_id = edit.reject_revision(db, revision_id, actor, reason)
        if not contact_address(db, listing_id):
            return False
        key = f"returned:{revision_id}:{now()}"  # after an undo it may be returned once more
        _send_correction(db, listing_id, revision_id, letter, key, "returned")
    return True


def undo_return(db: Database, revision_id: int, actor: str) -> str:
    """Let a returned wording wait again. The listing's id.

    Its mail is not sent if it still waits, and its link opens nothing. Raises DecidedError where
    it is not returned, or anything has followed it.
    """
    with transaction(db):
        revision = store.read_revision(db, revision_id)
        listing_id = revision.listing_id
        last = store.read_last(db, listing_id)
        if revision.decision != "rejected" or last is None or last.id != revision_id:
            raise edit.DecidedError(str(revision_id))
        end_links(db, listing_id, Purpose.CHANGE)
        cancel_mails(db, listing_id, "returned")
        store.reopen_revision(db, revision_id)
        if store.read_stored(db, listing_id).state is State.DRAFT:
            store.set_state(db, listing_id, State.IN_REVIEW)
        write_record(db, actor, "undo_return", listing_id, str(revision_id))
    return listing_id


def publish(db: Database, revision_id: int, actor: str, letter: Letter) -> str:
    """Approve a waiting revision; its provider is told. The listing's id.

    They are told where it is public for the first time, with the lasting link of their own page, or
    where the wording is theirs. Raises as `approve_revision` does.
    """
    with transaction(db):
        revision = store.read_revision(db, revision_id)
        is_first = store.read_stored(db, revision.listing_id).published is None
        listing_id = edit.approve_revision(db, revision_id, actor)
        end_links(db, listing_id, Purpose.CONFIRM_MAIL, Purpose.CHANGE)
        lead = leads.lead_of_listing(db, listing_id)
        if lead and lead.mail and (is_first or revision.written_by == PROVIDER):
            token = _own_page(db, listing_id) if is_first else ""
            message = letter(lead.mail, token)
            queue_mail(db, message, f"public:{revision_id}", "public", listing_id)
    return listing_id


def _own_page(db: Database, listing_id: str) -> str:
    end_links(db, listing_id, Purpose.PROVIDER)
    return make_link(db, Purpose.PROVIDER, listing_id, OWN_PAGE_DAYS)


def _check_how_many(db: Database, lead: Lead, address: str) -> None:
    waiting = leads.mails_unconfirmed(db, today())
    mails = {person.mail.casefold() for person in lead.people}
    if len(waiting) >= MOST_A_DAY or sum(one in mails for one in waiting) >= MOST_OF_MAIL:
        raise TooManyError
    try:
        note_in_an_hour(db, f"register {address}", MOST_OF_ADDRESS)
    except TooManyAttemptsError as error:
        raise TooManyError from error


def _send_correction(
    db: Database, listing_id: str, revision: int | None, letter: Letter, key: str, template: str
) -> None:
    """Mail a link to correct a listing; those that were sent before open nothing any more."""
    end_links(db, listing_id, Purpose.CHANGE)
    token = make_link(db, Purpose.CHANGE, listing_id, CORRECT_DAYS, revision)
    message = letter(contact_address(db, listing_id), token)
    if queue_mail(db, message, key, template, listing_id) is None:
        raise AlreadySentError


def _draft(db: Database, lead_id: str, lead: Lead, actor: str) -> str:
    body = Listing(
        lead.kind, lead.name, location=locate(lead.municipality, lead.place),
        network=lead.network, school_district=lead.school_district,
    )  # fmt: skip
    listing_id = store.insert_listing(db, body, State.DRAFT)
    revision = store.insert_revision(db, listing_id, body, actor, None)
    # nobody has to decide on what only a name says
    store.decide_revision(db, revision, "rejected", actor)
    leads.set_listing(db, lead_id, listing_id)
    write_record(db, actor, "list_lead", subject_of(lead_id))
    return listing_id


def _advance(db: Database, listing_id: str, state: State) -> None:
    check_step(store.read_stored(db, listing_id).state, state)
    store.set_state(db, listing_id, state)
    write_record(db, PROVIDER, f"state:{state}", listing_id)
