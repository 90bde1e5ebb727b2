"""`ibasho user`: accounts of the staff."""

import sys
from pathlib import Path

import click

from ibasho.data.accounts import (
    MIN_LENGTH,
    AccountExistsError,
    Role,
    UnknownAccountError,
    WeakPasswordError,
    add_account,
    set_password,
)
from ibasho.site.commands.output import as_json, pass_data_dir, print_json, stores

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
    if "@" not in email.strip("@") or any(character.isspace() for character in email):
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


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    words = f"Password ({MIN_LENGTH} characters or more)"
    return str(click.prompt(words, hide_input=True, confirmation_prompt=True, err=True))
