"""`ibasho serve`: the site, for many visitors."""

import os
import socket
from pathlib import Path

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ibasho.data.listings.store import count_public
from ibasho.data.networks.members import forget_people
from ibasho.data.reports import forget_reports
from ibasho.site.commands.output import pass_data_dir, stores
from ibasho.site.config import SERVED_AT, UnsafeConfigurationError, read_settings

_THREADS = 4  # each with a database connection of its own
_LAST_SECONDS = 3  # for the requests that a worker is busy with when the site is stopped
_WAITING = 128  # requests that a worker has accepted; more wait outside


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@pass_data_dir
def serve(data_dir: Path, host: str, port: int, workers: int) -> None:
    """Serve the site; the search index is brought up to date first."""
    try:
        read_settings(data_dir)
    except (UnsafeConfigurationError, OSError) as error:
        raise click.ClickException(str(error)) from error
    with stores(data_dir) as (db, index):
        forget_reports(db)
        forget_people(db)
        index.bring_up_to_date(db)
        listings = count_public(db)
    _check_free(host, port)
    address = address_of(host, port)
    click.echo(f"Ibasho serves {listings} listings from {data_dir} at {address}")
    if not listings:
        click.echo(
            "There is no listing yet. In another window: .venv/bin/ibasho "
            f"--data-dir {data_dir} import FILE.csv"
        )
    click.echo("Stop with Ctrl+C.")
    os.environ["IBASHO_DATA_DIR"] = str(data_dir.resolve())
    os.environ[SERVED_AT] = os.environ.get(SERVED_AT) or address  # the workers put it into links
    Granian(
        "ibasho.site.commands.serving:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # Ctrl+C reaches the workers too: one that is started again would outlive it.
        respawn_failed_workers=False,
        workers_kill_timeout=_LAST_SECONDS,
        blocking_threads=_THREADS,
        backpressure=_WAITING,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


def application() -> Flask:
    """The app of one worker, which has answered once: tables and templates are loaded."""
    # the other commands start faster without the web
    from ibasho.site.app import create_app
    from ibasho.site.sending import send_in_the_background

    app = create_app(data_dir=Path(os.environ["IBASHO_DATA_DIR"]))
    app.test_client().get("/search", query_string={"q": "食堂", "near": "一番町"})
    send_in_the_background(app.config["IBASHO"])
    return app


def address_of(host: str, port: int) -> str:
    """Where a browser finds what is served on a host: on this machine, where that is every one."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (nothing is bound)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"{host}:{port} cannot be used ({error.strerror}); try another with --port 8001 "
                "(or make run PORT=8001)"
            ) from error
