"""A device that makes passkeys and signs with them, in software (Web Authentication, section 6)."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import encode_cbor

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


@dataclass
class Device:
    """A device with one passkey; a test may say what it does wrongly."""

    origin: str = "http://localhost:8000"
    flags: int = PRESENT | VERIFIED
    counter: int = 0
    user: bytes = b""
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, asked: str) -> str:
        """The answer to a site that wants a passkey made."""
        options = json.loads(asked)
        self.user = from_text(options["user"]["id"])
        point = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        data = self._data(options["rp"]["id"], self.flags | HAS_KEY)
        data += bytes(15) + b"\1" + len(self.credential).to_bytes(2) + self.credential
        made = {"fmt": "none", "attStmt": {}, "authData": data + encode_cbor(public)}
        return self._answer(
            clientDataJSON=self._client_data("webauthn.create", options["challenge"]),
            attestationObject=encode_cbor(made),
        )

    def sign(self, asked: str) -> str:
        """The answer to a site that wants its challenge signed."""
        options = json.loads(asked)
        self.counter += 1
        said = self._client_data("webauthn.get", options["challenge"])
        data = self._data(options["rpId"], self.flags)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=self.user
        )

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        name = to_text(self.credential)
        texts: dict[str, Any] = {key: to_text(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": texts})


def to_text(data: bytes) -> str:
    """Bytes as WebAuthn writes them in JSON."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes that were written so."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
