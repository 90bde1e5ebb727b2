"""`ibasho user`: accounts of the staff."""

import sys
from pathlib import Path

import click

from ibasho.data.accounts import (
    COMMAND_LINE,
    INVITATION_DAYS,
    MIN_LENGTH,
    AccountExistsError,
    Role,
    Scope,
    UnknownAccountError,
    WeakPasswordError,
    add_account,
    find_account,
    invite,
    remove_second_step,
    set_password,
)
from ibasho.data.mail import is_mail_address
from ibasho.data.ward_parts import read_parts
from ibasho.site.account.mails import changed, invitation
from ibasho.site.commands.output import as_json, pass_data_dir, print_json, stores
from ibasho.site.config import Settings, UnsafeConfigurationError, read_settings

_WEAK = {
    "short": f"the password is shorter than {MIN_LENGTH} characters; three or four words do well",
    "long": "the password is longer than 1024 characters",
    "common": "the password is one that is tried first; three or four words do well",
}


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@as_json
@pass_data_dir
def add(data_dir: Path, email: str, role: str, password_stdin: bool, as_json: bool) -> None:
    """Let somebody sign in."""
    if not is_mail_address(email):
        raise click.UsageError(f"{email} is not a mail address")
    password = _password(password_stdin)
    with stores(data_dir) as (db, _):
        try:
            account = add_account(db, email, Role(role), password)
        except WeakPasswordError as error:
            raise click.ClickException(_WEAK[str(error)]) from error
        except AccountExistsError as error:
            raise click.ClickException(f"there is an account for {email} already") from error
    if as_json:
        print_json({"id": account.id, "email": account.email, "role": account.role})
    else:
        click.echo(f"{email} may sign in as {role} at /sign-in")


@user.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", default="", help="What the mail calls them.")
@click.option("--network", "networks", multiple=True, help="A network that is theirs.")
@click.option("--district", "districts", multiple=True, help="A school district that is theirs.")
@click.option("--listing", "listings", multiple=True, help="The id of a listing that is theirs.")
@as_json
@pass_data_dir
def invite_(
    data_dir: Path,
    email: str,
    role: str,
    name: str,
    networks: tuple[str, ...],
    districts: tuple[str, ...],
    listings: tuple[str, ...],
    as_json: bool,
) -> None:
    """Invite somebody by mail to choose a password and sign in.

    Without --network, --district and --listing a coordinator has the whole ward.
    """
    if not is_mail_address(email):
        raise click.UsageError(f"{email} is not a mail address")
    settings = _settings(data_dir)
    scope = Scope(frozenset(networks), frozenset(districts), frozenset(listings))
    with stores(data_dir) as (db, _):
        try:
            account, token = invite(
                db, email, name, Role(role), scope, COMMAND_LINE, invitation(settings, email, name)
            )
        except AccountExistsError as error:
            raise click.ClickException(f"there is an account for {email} already") from error
        known = read_parts(db)
    for named, entered, what in (
        (networks, known[0], "network"),
        (districts, known[1], "district"),
    ):
        for one in sorted(set(named) - set(entered)):
            click.echo(
                f"No {what} is called {one} yet: enter it at the desk, or correct the account at"
                f" {settings.address}/coordinator/people/{account.id}",
                err=True,
            )
    link = f"{settings.address}/invitation/{token}"
    if as_json:
        print_json({"id": account.id, "email": account.email, "role": account.role, "link": link})
    else:
        click.echo(f"The invitation waits to be mailed to {email}. Its link, good for")
        click.echo(f"{INVITATION_DAYS} days, in case you hand it over yourself: {link}")


@user.command("second-step")
@click.argument("email")
@pass_data_dir
def second_step(data_dir: Path, email: str) -> None:
    """Take the second step away from who has lost the device and the spare codes."""
    settings = _settings(data_dir)
    with stores(data_dir, make=False) as (db, _):
        account = find_account(db, email)
        if account is None:
            raise click.ClickException(f"there is no account for {email}")
        told = changed(settings, account.email, "removed")
        remove_second_step(db, account.id, COMMAND_LINE, told)
    click.echo(f"{email} has no second step; the next sign-in sets it up anew")


@user.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@pass_data_dir
def password_(data_dir: Path, email: str, password_stdin: bool) -> None:
    """Give somebody a new password; who is signed in with the old one is signed out."""
    password = _password(password_stdin)
    with stores(data_dir, make=False) as (db, _):
        try:
            set_password(db, email, password)
        except WeakPasswordError as error:
            raise click.ClickException(_WEAK[str(error)]) from error
        except UnknownAccountError as error:
            raise click.ClickException(f"there is no account for {email}") from error
    click.echo(f"{email} has a new password")


def _settings(data_dir: Path) -> Settings:
    try:
        return read_settings(data_dir)
    except UnsafeConfigurationError as error:
        raise click.ClickException(str(error)) from error


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    words = f"Password ({MIN_LENGTH} characters or more)"
    return str(click.prompt(words, hide_input=True, confirmation_prompt=True, err=True))
