"""`ibasho mail` and `ibasho remind`: what goes out by mail, and the question what is still true."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from ibasho.data.clock import today
from ibasho.data.freshness import Due, Step, listings_to_ask, read_due, take
from ibasho.data.mail import MailState, count_mails, forget_old_mails
from ibasho.site.commands.output import as_json, pass_data_dir, print_json, stores
from ibasho.site.config import Settings, UnsafeConfigurationError, read_settings
from ibasho.site.mails import write_reminder
from ibasho.site.sending import send_due

_DONE = {
    Step.FIRST: "asked by mail",
    Step.SECOND: "asked again by mail",
    Step.STALE: "marked as not confirmed",
    Step.UNLIST: "taken off the list",
}


@click.command()
@as_json
@pass_data_dir
def mail(data_dir: Path, as_json: bool) -> None:
    """Send the mails that are due."""
    settings = _settings(data_dir)
    with stores(data_dir, make=False) as (db, _):
        done = send_due(db, settings)
        forget_old_mails(db)
        waiting = count_mails(db).get(MailState.WAITING, 0)
    if as_json:
        print_json({**asdict(done), "waiting": waiting, "configured": bool(settings.smtp)})
        return
    if not settings.smtp:
        click.echo(f"{waiting} mails wait: set IBASHO_SMTP and IBASHO_MAIL_FROM to send them")
        return
    click.echo(
        f"{done.sent} sent, {done.later} to be tried again, {done.failed} refused, "
        f"{done.unsure} perhaps sent; {waiting} wait"
    )


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@as_json
@pass_data_dir
def remind(data_dir: Path, dry_run: bool, as_json: bool) -> None:
    """Ask providers whether old listings are still true; mark and take off what nobody answers."""
    settings = _settings(data_dir)
    day = today()
    with stores(data_dir, make=False) as (db, index):
        due = read_due(db, day, settings.limits)
        done = [
            one
            for one in due
            if dry_run
            or take(db, one, day, settings.limits, lambda what: write_reminder(settings, what))
        ]
        to_phone = len(listings_to_ask(db, day, settings.limits))
        if not dry_run:
            index.bring_up_to_date(db)
    counts = Counter(one.step for one in done)
    if not settings.public_url and counts[Step.FIRST] + counts[Step.SECOND]:
        click.echo(
            f"links in these mails begin with {settings.address}; set IBASHO_PUBLIC_URL to the"
            " address under which others reach this site",
            err=True,
        )
    if as_json:
        print_json(
            {
                "dry_run": dry_run,
                **{str(step): counts[step] for step in Step},
                "to_phone": to_phone,
                "listings": [_as_json(one) for one in done],
            }
        )
        return
    for one in done:
        click.echo(f"{one.body.name}: {'would be ' * dry_run}{_DONE[one.step]}")
    told = ", ".join(f"{counts[step]} {words}" for step, words in _DONE.items())
    click.echo(f"{told}; {to_phone} to telephone")


def _as_json(one: Due) -> dict[str, str]:
    return {"id": one.listing_id, "name": one.body.name, "step": str(one.step),
            "known_on": one.known_on.isoformat()}  # fmt: skip


def _settings(data_dir: Path) -> Settings:
    try:
        return read_settings(data_dir)
    except (UnsafeConfigurationError, OSError) as error:
        raise click.ClickException(str(error)) from error
