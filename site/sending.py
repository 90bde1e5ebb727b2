"""Sending what is due: claimed one by one, so that each goes out once whoever sends."""

import fcntl
import logging
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ibasho.data.database import Database, open_database
from ibasho.data.mail import (
    MailState,
    claim_mail,
    count_mails,
    finish_mail,
    give_up_mail,
    retry_mail,
)
from ibasho.site.config import Settings
from ibasho.site.smtp import LaterError, RefusedError, UnreachableError, UnsureError, deliver

_LOCK = "mail.lock"
_EVERY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails were taken, are to be tried later, were refused, and may have been taken."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a person should know of the mails: none can be sent, some need a decision."""

    is_off: bool
    waiting: int
    undecided: int


def send_due(db: Database, settings: Settings) -> Sent:
    """Send what is due; a server that cannot be reached ends the run, and the rest waits."""
    counts: Counter[str] = Counter()
    while settings.smtp and (claimed := claim_mail(db)):
        mail_id, message = claimed
        try:
            deliver(settings, mail_id, message)
        except (LaterError, UnreachableError) as error:
            retry_mail(db, mail_id, str(error))
            counts["later"] += 1
            if isinstance(error, UnreachableError):
                break
        except RefusedError as error:
            give_up_mail(db, mail_id, MailState.FAILED, str(error))
            counts["failed"] += 1
        except UnsureError as error:
            give_up_mail(db, mail_id, MailState.UNSURE, str(error))
            counts["unsure"] += 1
        else:
            finish_mail(db, mail_id)
            counts["sent"] += 1
    return Sent(**counts)


def trouble(db: Database, settings: Settings) -> Trouble | None:
    """What is wrong with the mails, if anything is."""
    counts = count_mails(db)
    undecided = counts.get(MailState.FAILED, 0) + counts.get(MailState.UNSURE, 0)
    found = Trouble(not settings.smtp, counts.get(MailState.WAITING, 0), undecided)
    return found if found.is_off or undecided else None


def send_in_the_background(settings: Settings) -> None:
    """Send what is due every few seconds, as long as this process lives.

    Of several processes one sends at a time: the one that holds the lock.
    """
    if settings.smtp:
        threading.Thread(target=_send_for_ever, args=[settings], name="mail", daemon=True).start()


def _send_for_ever(settings: Settings) -> None:
    while True:
        try:
            _alone(settings, lambda db: send_due(db, settings))
        except (OSError, sqlite3.Error) as error:
            logging.getLogger(__name__).error("mails could not be sent: %s", error)
        time.sleep(_EVERY_SECONDS)


def _alone(settings: Settings, act: Callable[[Database], object]) -> None:
    """Act if no other process of this site does so."""
    with (settings.data_dir / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        db = open_database(settings.data_dir)
        try:
            act(db)
        finally:
            db.close()
