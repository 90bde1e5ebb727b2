"""Texts go over the line as gzip to whoever takes it.

Nothing is compressed for who is signed in: the length of a compressed page can give away the
token of its forms, which nobody else has reason to guess.
"""

import gzip
import struct
import zlib
from collections.abc import Sequence

from flask import Flask, Response, request

from ibasho.site.session import session_token

_LEVEL = 6
_SMALLEST = 1_000  # bytes that fit into one packet anyway
_TEXTS = ("text/", "application/json", "application/geo+json", "application/manifest+json",
          "application/javascript", "application/xml", "image/svg+xml")  # fmt: skip
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x01\x00\x00\xff\xff"
_BLANK = b"\0"  # stands in no text


def install(app: Flask) -> None:
    """Compress what leaves the app; after whatever else changes an answer."""
    app.after_request(_compress)


def takes_gzip() -> bool:
    """Whether this request may be answered with gzip."""
    return bool(request.accept_encodings["gzip"]) and not session_token()


def is_text(mimetype: str, size: int) -> bool:
    """Whether a body of this kind and size in bytes is worth compressing."""
    return size >= _SMALLEST and mimetype.startswith(_TEXTS)


def mark(response: Response) -> Response:
    """Say that this body is gzip."""
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def pack_around(pieces: Sequence[bytes], length: int) -> list[bytes]:
    """Pieces of a text, compressed so that any word of so many bytes can stand between them.

    Each piece ends on a whole byte, and none refers to what will stand in between (RFC 1951).
    """
    packer = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
    packed = []
    for piece in pieces:
        packed.append(packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH))
        packer.compress(_BLANK * length)
        packer.flush(zlib.Z_SYNC_FLUSH)
    return packed


def join_packed(packed: Sequence[bytes], word: bytes, body: bytes) -> bytes:
    """The gzip of `body`, which is the pieces with this word between them."""
    stored = struct.pack("<BHH", 0, len(word), len(word) ^ 0xFFFF) + word
    end = struct.pack("<II", zlib.crc32(body), len(body) & 0xFFFFFFFF)
    return b"".join((_HEAD, stored.join(packed), _LAST_BLOCK, end))


def _compress(response: Response) -> Response:
    if response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    body = response.get_data()
    if is_text(response.mimetype or "", len(body)):
        response.vary.add("Accept-Encoding")
        if takes_gzip():
            response.set_data(gzip.compress(body, _LEVEL, mtime=0))
            mark(response)
    return response
