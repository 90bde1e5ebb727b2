"""How much may be sent at once: little, but for staff where files are sent."""

from flask import Flask, request

from ibasho.site.session import current_account

# Bytes of a whole request, by endpoint. More than a picture or a file of outlines may have: whoever
# sends one that is too large is told so beside what they typed.
_MOST = {
    "coordinator.add_picture_of": 30_000_000,
    "coordinator.add_areas": 30_000_000,
    "coordinator.imports": 50_000_000,
}


def install(app: Flask) -> None:
    """Raise the limit before anybody reads the form; nobody who is not signed in may send more."""
    app.before_request(_raise)


def _raise() -> None:
    most = _MOST.get(request.endpoint or "")
    if most and current_account():
        request.max_content_length = most
