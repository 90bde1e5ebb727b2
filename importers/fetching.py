"""A list on the web, fetched with care: not too long, not too large, from nowhere inside."""

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

MOST_BYTES = 20_000_000
MOST_REDIRECTS = 5
TIMEOUT_S = 20.0
WHOLE_S = 120.0
_MOVED = {301, 302, 303, 307, 308}
_CHUNK = 65_536


class FetchError(Exception):
    """Nothing was fetched; the message begins with `address`, `private`, `answer`, `large` or
    `network`, which says why.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file and by what its server knows this edition of it."""

    name: str
    data: bytes
    etag: str
    last_modified: str


def fetch(
    url: str, etag: str = "", last_modified: str = "", *, allow_private: bool = False
) -> Fetched | None:
    """The file at an http or https address; None where it is the edition that is known already.

    An address inside this network is asked only where `allow_private` says so; that is looked at
    again after each redirect, and the connection goes to the very address that was looked at.
    Raises FetchError.
    """
    until = time.monotonic() + WHOLE_S
    headers = {"User-Agent": "ibasho", "Accept": "*/*"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    try:
        for _ in range(MOST_REDIRECTS + 1):
            connection = _connect(url, allow_private)
            try:
                parts = urlsplit(url)
                target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
                connection.request("GET", target, headers=headers)
                answer = connection.getresponse()
                where = answer.getheader("Location", "")
                if answer.status in _MOVED and where:
                    url = urljoin(url, where)
                elif answer.status == http.client.NOT_MODIFIED:
                    return None
                elif answer.status == http.client.OK:
                    return Fetched(
                        _name(url),
                        _read(answer, until),
                        answer.getheader("ETag", ""),
                        answer.getheader("Last-Modified", ""),
                    )
                else:
                    raise FetchError("answer", str(answer.status))
            finally:
                connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError("network", type(error).__name__) from error
    raise FetchError("answer", "too many redirects")


def check_address(url: str) -> None:
    """Raise FetchError unless this is the address of a file on the web."""
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
        is_good = is_good and url.isascii() and not set(url) & set(" \r\n\t") and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise FetchError("address")


class _Connection(http.client.HTTPConnection):
    """A connection to the address that was looked at, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=TIMEOUT_S)
        self.default_port = 443 if tls else 80
        self._address, self._tls = address, tls

    def connect(self) -> None:
        """Open the socket."""
        self.sock: Any = socket.create_connection((self._address, self.port), self.timeout)
        if self._tls:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)


def _connect(url: str, allow_private: bool) -> _Connection:
    check_address(url)
    parts = urlsplit(url)
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(info[4][0]) for info in found]
    if not allow_private and not all(map(_is_public, addresses)):
        raise FetchError("private")
    return _Connection(host, port, addresses[0], ssl.create_default_context() if is_tls else None)


def _is_public(address: str) -> bool:
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address):
        inner = known.ipv4_mapped or known.sixtofour
        known = inner or known
    return known.is_global and not known.is_multicast


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    data = b""
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if len(data) > MOST_BYTES:
            raise FetchError("large")
        if time.monotonic() > until:
            raise FetchError("network", "slow")
    if answer.length:
        raise FetchError("network", "cut")
    return data


def _name(url: str) -> str:
    """What the file is called, for its leading code and the list of imports."""
    return PurePosixPath(unquote(urlsplit(url).path)).name[:100] or "list"
