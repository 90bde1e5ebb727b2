"""Passkeys (WebAuthn): keys that a device keeps and opens with a finger, a face or its own code.

Each can be found by its device without an address being typed, and each proves who holds the
device: it is both steps of signing in at once, or the second one after a password.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ibasho.data.accounts.challenges import CHALLENGE_LIMIT, Act, make_challenge, take_challenge
from ibasho.data.accounts.model import Account, actor_of
from ibasho.data.accounts.second_step import (
    ISSUER,
    forget_spare_codes,
    had_spare_codes,
    has_second_step,
    new_spare_codes,
    tell_of_change,
)
from ibasho.data.accounts.sessions import end_sessions
from ibasho.data.clock import now
from ibasho.data.database import Database, transaction
from ibasho.data.mail import Message
from ibasho.data.record import write_record

LONGEST_NAME = 60
_MILLISECONDS = int(CHALLENGE_LIMIT.total_seconds() * 1000)
_VERIFIED = UserVerificationRequirement.REQUIRED
_UNSOUND = (WebAuthnException, ArithmeticError, LookupError, TypeError, ValueError)
"""What an answer that was made up can raise."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where passkeys are good: the host's name, and the origin that pages come from.

    A device shows a passkey to pages of its `host` alone (the RP ID of WebAuthn, section 5.1.2).
    """

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner sees it; moments are UTC, `used_at` is "" before the first use."""

    id: int
    name: str
    added_at: str
    used_at: str


def read_passkeys(db: Database, account_id: int) -> list[Passkey]:
    """The passkeys of an account, the oldest first."""
    query = "SELECT id, name, added_at, used_at FROM passkey WHERE account = ? ORDER BY id"
    return [
        Passkey(number, name, added, used or "")
        for number, name, added, used in db.execute(query, [account_id])
    ]


def begin_passkey(db: Database, account: Account, token: str, place: Place) -> str:
    """What a browser needs to have a passkey made, as JSON; for the session of this token."""
    with transaction(db):
        options = generate_registration_options(
            rp_id=place.host,
            rp_name=ISSUER,
            user_id=_handle(db, account.id),
            user_name=account.email,
            user_display_name=account.name or account.email,
            challenge=make_challenge(db, token, Act.ADD),
            timeout=_MILLISECONDS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
            ),
            exclude_credentials=_descriptors(db, account.id),
        )
    return options_to_json(options)


def add_passkey(
    db: Database,
    account: Account,
    token: str,
    place: Place,
    answer: str,
    name: str,
    message: Message | None = None,
) -> list[str] | None:
    """Add the passkey that a browser had made; None where the answer is not sound, or late.

    Also the spare codes, which are kept nowhere, where the account has had none so far, else [].
    `message` tells the person.
    """
    challenge = take_challenge(db, token, Act.ADD)
    if challenge is None:
        return None
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except _UNSOUND:
        return None
    with transaction(db):
        query = "SELECT 1 FROM passkey WHERE credential = ?"
        if db.execute(query, [made.credential_id]).fetchone():
            return None
        row = {
            "account": account.id,
            "credential": made.credential_id,
            "public_key": made.credential_public_key,
            "counter": made.sign_count,
            "name": name[:LONGEST_NAME],
            "added_at": now(),
        }
        db.table("passkey").insert(row)
        write_record(
            db, account.actor, "add_passkey", account.actor, _on_record(made.credential_id)
        )
        tell_of_change(db, account.id, message)
        return [] if had_spare_codes(db, account.id) else new_spare_codes(db, account.id)


def rename_passkey(db: Database, account_id: int, passkey_id: int, name: str) -> None:
    """Call one's own passkey something else; nothing where it is gone."""
    with transaction(db):
        db.execute(
            "UPDATE passkey SET name = ? WHERE id = ? AND account = ?",
            [name[:LONGEST_NAME], passkey_id, account_id],
        )


def remove_passkey(
    db: Database, account: Account, passkey_id: int, token: str, message: Message | None = None
) -> None:
    """Let one's own passkey open nothing any more; nothing where it is gone.

    Sessions other than that of the token end, for they may have been opened with it. Spare codes
    go with the last thing that they were spare for. `message` tells the person.
    """
    with transaction(db):
        gone = db.execute(
            "DELETE FROM passkey WHERE id = ? AND account = ? RETURNING credential",
            [passkey_id, account.id],
        ).fetchone()
        if gone is None:
            return
        if not has_second_step(db, account.id):
            forget_spare_codes(db, account.id)
        end_sessions(db, account.id, token)
        write_record(db, account.actor, "remove_passkey", account.actor, _on_record(gone[0]))
        tell_of_change(db, account.id, message)


def ask_passkey(
    db: Database, token: str, act: Act, place: Place, account_id: int | None = None
) -> str:
    """What a browser needs to have a challenge signed, as JSON: by one of the account's passkeys.

    Without an account any passkey of this site's will do.
    """
    options = generate_authentication_options(
        rp_id=place.host,
        challenge=make_challenge(db, token, act),
        timeout=_MILLISECONDS,
        allow_credentials=_descriptors(db, account_id) if account_id is not None else None,
        user_verification=_VERIFIED,
    )
    return options_to_json(options)


def owner_of(db: Database, answer: str) -> int | None:
    """Whose passkey an answer says it is from, before anything is proven."""
    row = _row_of(db, answer)
    return None if row is None else int(row["account"])


def take_signature(
    db: Database, token: str, act: Act, place: Place, answer: str, account_id: int | None
) -> bool:
    """Use up the challenge of this token: whether a passkey of this account has signed it.

    A signature whose number is not higher than the last came from a copy of the key (WebAuthn,
    section 6.1.1): it is refused and put on record. Part of the caller's transaction.
    """
    challenge, row = take_challenge(db, token, act), _row_of(db, answer)
    if challenge is None or row is None or row["account"] != account_id:
        return False
    try:
        handle = parse_authentication_credential_json(answer).response.user_handle
        signed = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=row["public_key"],
            credential_current_sign_count=0,  # looked at below, once the signature is known good
            require_user_verification=True,
        )
    except _UNSOUND:
        return False
    if handle != row["passkey_user"] and not (handle is None and act is Act.STEP):
        return False
    actor, subject = actor_of(row["account"]), _on_record(row["credential"])
    if row["counter"] > 0 and signed.new_sign_count <= row["counter"]:
        write_record(db, actor, "refuse_passkey", actor, subject)
        return False
    db.execute(
        "UPDATE passkey SET counter = ?, used_at = ? WHERE id = ?",
        [signed.new_sign_count, now(), row["id"]],
    )
    write_record(db, actor, "use_passkey", actor, subject)
    return True


def _row_of(db: Database, answer: str) -> dict[str, Any] | None:
    """The passkey that an answer says it is from, unless its account is closed."""
    try:
        credential = parse_authentication_credential_json(answer).raw_id
    except _UNSOUND:
        return None
    query = """
      SELECT passkey.*, account.passkey_user FROM passkey JOIN account ON account.id = account
      WHERE credential = ? AND closed_at IS NULL"""
    return next(db.query(query, [credential]), None)


def _on_record(credential: bytes) -> str:
    """How the record names a passkey: for good, while numbers are given anew."""
    return f"passkey:{hashlib.sha256(credential).hexdigest()[:8]}"


def _descriptors(db: Database, account_id: int) -> list[PublicKeyCredentialDescriptor]:
    query = "SELECT credential FROM passkey WHERE account = ?"
    rows = db.execute(query, [account_id]).fetchall()
    return [PublicKeyCredentialDescriptor(id=credential) for (credential,) in rows]


def _handle(db: Database, account_id: int) -> bytes:
    """What devices call an account: the same for all its passkeys, and meaning nothing."""
    query = "SELECT passkey_user FROM account WHERE id = ?"
    handle = db.execute(query, [account_id]).fetchone()[0]
    if handle is None:
        handle = secrets.token_bytes(32)
        db.execute("UPDATE account SET passkey_user = ? WHERE id = ?", [handle, account_id])
    return bytes(handle)
