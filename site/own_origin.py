"""The origin of this site's pages, as a browser writes it."""

from flask import request


def own_origin() -> str:
    """Scheme, host and port of this request, a Japanese name in the letters of the network."""
    return f"{request.scheme}://{request.host}"
