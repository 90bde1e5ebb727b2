"""Where a request comes from."""

from flask import request


def network_address() -> str:
    """Where a request comes from, for the throttle alone."""
    return request.remote_addr or ""
