"""What passkeys are asked to sign: each is good once, for minutes, for the browser that asked."""

import datetime as dt
import secrets
from enum import StrEnum

from ibasho.data.accounts.sessions import token_hash
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction

CHALLENGE_LIMIT = dt.timedelta(minutes=5)


class Act(StrEnum):
    """What a signature is for; one that was given for another act is worth nothing."""

    ADD = "add"
    """To add the passkey to an account that is signed in."""
    ENTER = "enter"
    """To sign in by itself."""
    STEP = "step"
    """To be the second step after a password."""


def make_challenge(db: Database, token: str, act: Act) -> bytes:
    """A new challenge for the browser with this token; its older one for the same is void."""
    challenge = secrets.token_bytes(32)
    made = {
        "token_hash": token_hash(token),
        "act": str(act),
        "challenge": challenge,
        "made_at": now(),
    }
    with transaction(db):
        db.execute("DELETE FROM passkey_challenge WHERE made_at < ?", [now(-CHALLENGE_LIMIT)])
        db.table("passkey_challenge").insert(made, replace=True)
    return challenge


def take_challenge(db: Database, token: str, act: Act) -> bytes | None:
    """Use up the challenge of this token; None where there is none, or it is too old."""
    with transaction(db):
        row = db.execute(
            "DELETE FROM passkey_challenge WHERE token_hash = ? AND act = ?"
            " RETURNING challenge, made_at",
            [token_hash(token), str(act)],
        ).fetchone()
    return bytes(row[0]) if row and row[1] > now(-CHALLENGE_LIMIT) else None
