"""`ibasho backup` and `restore`: the whole site as one file, and back."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from ibasho.data import sealing
from ibasho.data.backup import (
    Restored,
    UnusableBackupError,
    read_backup,
    record_backup,
    restore_backup,
    write_backup,
)
from ibasho.site.commands.output import as_json, pass_data_dir, print_json, stores

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@_FILE
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@as_json
@pass_data_dir
def backup(data_dir: Path, file: Path, force: bool, as_json: bool) -> None:
    """Write all that is known into FILE, also while the site serves, and prove that it is whole."""
    if file.exists() and not force:
        raise click.ClickException(f"{file} is there already; name another, or say --force")
    if not file.parent.is_dir():
        raise click.ClickException(f"there is no folder {file.parent}; make it first")
    with stores(data_dir, make=False) as (db, _), _bar("Copying", as_json) as progress:
        try:
            manifest = write_backup(db, file, progress)
        except UnusableBackupError as error:
            raise click.ClickException(str(error)) from error
        problem = record_backup(db, manifest)
    if problem:
        click.echo(
            f"the database could not be written ({problem}): this backup is not on record", err=True
        )
    if as_json:
        print_json({"file": str(file), **asdict(manifest)})
        return
    click.echo(f"{file}: {manifest.rows['listing']:,} listings, read again and found whole.")
    if manifest.key:
        key = data_dir / sealing.FILE_NAME
        click.echo(f"What is confidential in it opens only with {key}: keep a copy elsewhere.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only prove that the backup is whole.")
@as_json
@pass_data_dir
def restore(data_dir: Path, file: Path, dry_run: bool, as_json: bool) -> None:
    """Put what is in FILE in place of what is known now; that is kept as a backup of its own."""
    try:
        manifest = read_backup(file)
        restored = None
        if not dry_run:
            data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _bar("Restoring", as_json) as progress:
                restored = restore_backup(data_dir, file, progress)
            with stores(data_dir) as (db, index):
                index.rebuild(db)
    except UnusableBackupError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{data_dir} cannot be written: {error}") from error
    if as_json:
        done = _as_json(restored) if restored else {"before": None}
        print_json({"dry_run": dry_run, **done, **asdict(manifest)})
        return
    made = manifest.made_at[:16].replace("T", " ")
    click.echo(
        f"{file} of {made} UTC is whole: {manifest.rows['listing']:,} listings"
        + ("." if dry_run else ", now in place.")
    )
    for line in _told(restored, made) if restored else ():
        click.echo(line)


def _as_json(restored: Restored) -> dict[str, object]:
    paths = {"before": restored.before, "damaged": restored.damaged}
    return {
        **{name: path and str(path) for name, path in paths.items()},
        **asdict(restored.carried),
    }


def _told(restored: Restored, made: str) -> Iterator[str]:
    """What there is to know after a backup was brought back, and what to look at."""
    carried = restored.carried
    if restored.before:
        yield f"What was there before is in {restored.before}."
    if restored.damaged:
        yield f"The database that was there cannot be read; it is kept as {restored.damaged}."
    if carried.kept:
        yield (
            f"{len(carried.kept)} accounts come in as just before: passwords, second steps and "
            "passkeys, and what was used up, removed or closed since the backup, stay so."
        )
    if carried.unknown:
        yield f"LOOK AT these accounts. What became of them since {made} UTC is not known here:"
        yield from (f"  {email}" for email in carried.unknown)
        yield (
            "Their spare codes have ended: each makes new ones at /account. All else of theirs is "
            "as it was then, so at /coordinator/people close whoever has left, set roles right and "
            "remove the second step of whoever has lost a device or removed a passkey; whoever has "
            "a new password since chooses one anew."
        )
    if carried.gone:
        yield "Not in the backup, so invite them again: " + ", ".join(carried.gone)


@contextmanager
def _bar(label: str, is_hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the error stream where somebody looks at it."""
    is_hidden = is_hidden or not sys.stderr.isatty()
    with click.progressbar(length=100, label=label, file=sys.stderr, hidden=is_hidden) as bar:

        def progress(done: int, whole: int) -> None:
            bar.update(100 * done // max(whole, 1) - bar.pos)

        yield progress
