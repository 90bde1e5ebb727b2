"""Where passkeys are good: they belong to a name, never to an address of numbers."""

import ipaddress
from urllib.parse import urlsplit

from flask import current_app

from ibasho.data.accounts import Place
from ibasho.site.own_origin import own_origin

_HERE = "localhost"


def passkey_place() -> Place | None:
    """Where this page is, as devices know it; None where no passkey can be good.

    With a public address it is that alone; on a desk without one, this very computer by its name
    (browsers take `localhost` for safe without https: W3C Secure Contexts, section 3.1).
    """
    here = own_origin()
    return Place(_host_of(here), here) if here == _right_origin() else None


def passkey_address() -> str:
    """Where this page would have to be opened for passkeys, "" where the site has no such name."""
    return _right_origin()


def _right_origin() -> str:
    public = current_app.config["IBASHO"].public_url
    if public:
        return _origin(public) if _has_name(public) else ""
    here = urlsplit(own_origin())
    is_here = here.hostname == _HERE or _is_this_computer(here.hostname or "")
    return f"{here.scheme}://{_netloc(_HERE, here.port)}" if is_here else ""


def _origin(address: str) -> str:
    """Scheme, host and port as a browser writes them."""
    parts = urlsplit(address)
    usual = {"https": 443, "http": 80}[parts.scheme]
    port = None if parts.port == usual else parts.port
    return f"{parts.scheme}://{_netloc(_host_of(address), port)}"


def _netloc(host: str, port: int | None) -> str:
    return f"{host}:{port}" if port else host


def _host_of(address: str) -> str:
    """The host in the letters of the network: Japanese names are written otherwise there."""
    host = urlsplit(address).hostname or ""
    return host.encode("idna").decode() if not host.isascii() else host


def _has_name(address: str) -> bool:
    try:
        ipaddress.ip_address(_host_of(address))
    except ValueError:
        return True
    return False


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
