"""The addresses of the accounts: who may sign in, as what, and for what part of the ward."""

from dataclasses import dataclass

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data import accounts
from ibasho.data.accounts import AccountExistsError, OwnAccountError, Role, Scope
from ibasho.data.database import Database
from ibasho.data.listings import store
from ibasho.data.mail import is_mail_address
from ibasho.data.record import read_record
from ibasho.data.ward_parts import read_parts
from ibasho.site.account import mails
from ibasho.site.coordinator.views import blueprint
from ibasho.site.form_parts import half_width
from ibasho.site.languages import gettext
from ibasho.site.people_words import ROLES, STATES
from ibasho.site.stores import database

_ADDRESS = "/people/<int(max=9223372036854775807):account_id>"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says of somebody."""

    email: str
    name: str
    role: Role
    networks: frozenset[str]
    districts: frozenset[str]
    listings: tuple[str, ...]

    @property
    def scope(self) -> Scope:
        """The part of the ward; whoever keeps the accounts has no part of it alone."""
        if self.role is Role.ADMIN:
            return Scope()
        return Scope(self.networks, self.districts, frozenset(self.listings))


@blueprint.get("/people")
def people() -> str:
    """Everybody who may sign in or did."""
    return render_template(
        "coordinator/people.html",
        people=accounts.read_people(database()),
        roles=ROLES,
        states=STATES,
        done=request.args.get("done"),
    )


@blueprint.route("/people/invite", methods=["GET", "POST"])
def invite_person() -> Response | str | tuple[str, int]:
    """Invite somebody by mail."""
    if request.method == "GET":
        return _form(Typed("", "", Role.COORDINATOR, frozenset(), frozenset(), ()), None)
    db, typed = database(), _typed()
    errors = _errors(db, typed)
    if not is_mail_address(typed.email):
        errors["email"] = gettext("Write a mail address, such as name@example.jp.")
    write = mails.invitation(current_app.config["IBASHO"], typed.email, typed.name)
    try:
        if errors:
            return _form(typed, None, errors), 422
        accounts.invite(
            db, typed.email, typed.name, typed.role, typed.scope, g.account.actor, write
        )
    except AccountExistsError:
        errors["email"] = gettext("There is an account with this address already.")
        return _form(typed, None, errors), 422
    return redirect(url_for("coordinator.people", done="invited"), 303)


@blueprint.route(_ADDRESS, methods=["GET", "POST"])
def person(account_id: int) -> Response | str | tuple[str, int]:
    """One account: change its name, role and part of the ward."""
    one = accounts.read_person(database(), account_id)
    if request.method == "GET":
        account, scope = one.account, one.account.scope
        listings = tuple(sorted(scope.listings))
        typed = Typed(
            account.email, account.name, account.role, scope.networks, scope.districts, listings
        )
        return _form(typed, one)
    typed = _typed()
    if errors := _errors(database(), typed):
        return _form(typed, one, errors), 422
    try:
        accounts.change_account(
            database(), account_id, typed.name, typed.role, typed.scope, g.account.actor
        )
    except OwnAccountError:
        errors = {"role": gettext("Nobody changes their own role: ask another administrator.")}
        return _form(typed, one, errors), 422
    return redirect(url_for("coordinator.person", account_id=account_id, done="saved"), 303)


@blueprint.post(f"{_ADDRESS}/help")
def help_person(account_id: int) -> Response:
    """Close an account or open it again, send the invitation anew, take the second step away."""
    db, actor, settings = database(), g.account.actor, current_app.config["IBASHO"]
    account = accounts.read_account(db, account_id)
    act = request.form.get("act")
    try:
        if act == "close":
            accounts.close_account(db, account_id, actor)
        elif act == "reopen":
            accounts.reopen_account(db, account_id, actor)
        elif act == "invite":
            write = mails.invitation(settings, account.email, account.name)
            accounts.invite_again(db, account_id, actor, write)
        elif act == "second_step":
            told = mails.changed(settings, account.email, "removed")
            accounts.remove_second_step(db, account_id, actor, told)
        else:
            abort(400)
    except (OwnAccountError, accounts.UnknownAccountError):
        abort(400)
    return redirect(url_for("coordinator.person", account_id=account_id, done=act), 303)


def _typed() -> Typed:
    form = request.form
    role = form.get("role", "")
    if role not in list(Role):
        abort(400)
    ids = (line.strip().rstrip("/").rpartition("/")[2] for line in form.get("listings", "").split())
    return Typed(
        email=half_width(form.get("email")),
        name=form.get("name", "").strip()[:_LONGEST_NAME],
        role=Role(role),
        networks=frozenset(form.getlist("network")),
        districts=frozenset(form.getlist("district")),
        listings=tuple(dict.fromkeys(filter(None, ids))),
    )


def _errors(db: Database, typed: Typed) -> dict[str, str]:
    """What is wrong, by field."""
    errors = {}
    for listing_id in typed.listings:
        try:
            store.read_stored(db, listing_id)
        except store.UnknownListingError:
            errors["listings"] = gettext("There is no listing %(id)s.", id=listing_id)
    if typed.role is Role.PROVIDER and not typed.listings:
        errors["listings"] = gettext("Say which listings this provider looks after.")
    return errors


def _form(typed: Typed, one: accounts.Person | None, errors: dict[str, str] | None = None) -> str:
    networks, districts = read_parts(database())
    return render_template(
        "coordinator/person.html",
        typed=typed,
        one=one,
        errors=errors or {},
        roles=ROLES,
        states=STATES,
        networks=sorted({*networks, *typed.networks}),
        districts=sorted({*districts, *typed.districts}),
        record=list(read_record(database(), one.account.actor)) if one else [],
        done=request.args.get("done"),
    )
