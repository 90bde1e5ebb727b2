"""The second step: codes that a device makes from a shared secret (RFC 6238), and their spares."""

import hmac
from typing import Any

import pyotp

from ibasho.data.accounts.model import OwnAccountError, UnknownAccountError, actor_of
from ibasho.data.accounts.sessions import ABSOLUTE_LIMIT, end_sessions, token_hash
from ibasho.data.clock import now, seconds
from ibasho.data.database import Database, transaction
from ibasho.data.ids import code_hash, new_code, new_id
from ibasho.data.mail import Message, queue_mail
from ibasho.data.record import write_record
from ibasho.data.sealing import seal, unseal

ISSUER = "Ibasho"
SPARE_CODES = 8
STEP_SECONDS = 30
_DRIFT = 1  # a device's clock may be one step off


def has_device(db: Database, account_id: int) -> bool:
    """Whether a device is set up."""
    query = "SELECT totp IS NOT NULL FROM account WHERE id = ?"
    return bool(_row(db, query, account_id)[0])


def has_second_step(db: Database, account_id: int) -> bool:
    """Whether a password alone opens nothing: a device is set up, or there is a passkey."""
    query = "SELECT EXISTS (SELECT 1 FROM passkey WHERE account = ?)"
    return has_device(db, account_id) or bool(_row(db, query, account_id)[0])


def begin_device(db: Database, account_id: int, token: str) -> None:
    """Make a new secret for a device to be set up; it counts once a code of it was typed.

    It is for the session, or the first half of one, whose `token` this is: nobody else is shown it.
    """
    begun = {
        "token_hash": token_hash(token),
        "account": account_id,
        "secret": seal(db, pyotp.random_base32()),
        "begun_at": now(),
    }
    with transaction(db):
        db.execute("DELETE FROM device_set_up WHERE begun_at < ?", [now(-ABSOLUTE_LIMIT)])
        db.table("device_set_up").insert(begun, replace=True)


def secret_to_set_up(db: Database, account_id: int, token: str) -> str | None:
    """The secret that was made for this token, as people type it; None once it counts."""
    query = "SELECT secret FROM device_set_up WHERE account = ? AND token_hash = ?"
    found = db.execute(query, [account_id, token_hash(token)]).fetchone()
    return None if found is None else unseal(db, found[0])


def device_address(secret: str, email: str) -> str:
    """What a device reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def set_up_device(
    db: Database,
    account_id: int,
    code: str,
    token: str,
    message: Message | None = None,
) -> list[str] | None:
    """Let the new secret of this token count if this is its code; the spare codes, kept nowhere.

    Other sessions than that of the token end; `message` tells the person where a device was set
    up before. None where the code is not its.
    """
    with transaction(db):
        secret = secret_to_set_up(db, account_id, token)
        step = _step_of(secret, code, None) if secret else None
        if secret is None or step is None:
            return None
        db.execute(
            "UPDATE account SET totp = ?, totp_step = ? WHERE id = ?",
            [seal(db, secret), step, account_id],
        )
        _forget_set_up(db, account_id)
        end_sessions(db, account_id, token)
        write_record(db, actor_of(account_id), "set_up_device", actor_of(account_id))
        tell_of_change(db, account_id, message)
        return new_spare_codes(db, account_id)


def take_code(db: Database, account_id: int, code: str) -> bool:
    """Use up a code of the device or a spare one; False where it is neither, or was used."""
    with transaction(db):
        sealed, last = _row(db, "SELECT totp, totp_step FROM account WHERE id = ?", account_id)
        step = _step_of(unseal(db, sealed), code, last) if sealed is not None else None
        if step is not None:
            db.execute("UPDATE account SET totp_step = ? WHERE id = ?", [step, account_id])
            return True
        used = db.execute(
            "UPDATE recovery_code SET used_at = ?"
            " WHERE account = ? AND code_hash = ? AND used_at IS NULL RETURNING 1",
            [now(), account_id, code_hash(code)],
        ).fetchone()
        if used:
            write_record(db, actor_of(account_id), "use_spare_code", actor_of(account_id))
        return bool(used)


def new_spare_codes(db: Database, account_id: int) -> list[str]:
    """Make the spare codes anew, each good once; the older ones are good no more."""
    codes = [new_code() for _ in range(SPARE_CODES)]
    with transaction(db):
        forget_spare_codes(db, account_id)
        for code in codes:
            db.table("recovery_code").insert(
                {"account": account_id, "code_hash": code_hash(code), "used_at": None}
            )
        write_record(db, actor_of(account_id), "new_spare_codes", actor_of(account_id))
    return codes


def had_spare_codes(db: Database, account_id: int) -> bool:
    """Whether spare codes were made, used up or not."""
    query = "SELECT EXISTS (SELECT 1 FROM recovery_code WHERE account = ?)"
    return bool(_row(db, query, account_id)[0])


def forget_spare_codes(db: Database, account_id: int) -> None:
    """Let no spare code be good any more; part of the caller's transaction."""
    db.execute("DELETE FROM recovery_code WHERE account = ?", [account_id])


def count_spare_codes(db: Database, account_id: int) -> int:
    """How many spare codes are left."""
    query = "SELECT count(*) FROM recovery_code WHERE account = ? AND used_at IS NULL"
    return int(db.execute(query, [account_id]).fetchone()[0])


def remove_second_step(
    db: Database, account_id: int, actor: str, message: Message | None = None
) -> None:
    """Forget device, passkeys and spare codes and end all sessions; the next sign-in begins anew.

    `message` tells the person. Raises UnknownAccountError, and OwnAccountError where it is one's
    own: an open session alone would do away with it.
    """
    if actor == actor_of(account_id):
        raise OwnAccountError
    with transaction(db):
        _row(db, "SELECT id FROM account WHERE id = ?", account_id)
        db.execute("UPDATE account SET totp = NULL, totp_step = NULL WHERE id = ?", [account_id])
        _forget_set_up(db, account_id)
        db.execute("DELETE FROM passkey WHERE account = ?", [account_id])
        forget_spare_codes(db, account_id)
        end_sessions(db, account_id)
        write_record(db, actor, "remove_second_step", actor_of(account_id))
        tell_of_change(db, account_id, message)


def _forget_set_up(db: Database, account_id: int) -> None:
    db.execute("DELETE FROM device_set_up WHERE account = ?", [account_id])


def tell_of_change(db: Database, account_id: int, message: Message | None) -> None:
    """Write to the person whose account was changed; part of the caller's transaction."""
    if message:
        actor = actor_of(account_id)
        queue_mail(db, message, f"changed:{actor}:{new_id()}", "account_changed", actor)


def _step_of(secret: str, code: str, last: int | None) -> int | None:
    """The number of the half-minute whose code this is, later than the last that was used."""
    typed = "".join(code.split())
    device, present = pyotp.TOTP(secret, interval=STEP_SECONDS), int(seconds() // STEP_SECONDS)
    for step in range(present - _DRIFT, present + _DRIFT + 1):
        is_right = hmac.compare_digest(device.generate_otp(step).encode(), typed.encode())
        if is_right and (last is None or step > last):
            return step
    return None


def _row(db: Database, query: str, account_id: int) -> tuple[Any, ...]:
    row = db.execute(query, [account_id]).fetchone()
    if row is None:
        raise UnknownAccountError(account_id)
    found: tuple[Any, ...] = row
    return found
