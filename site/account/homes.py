"""Where somebody comes out who has signed in, and where the second step is demanded."""

from collections.abc import Collection

from flask import current_app, request

from ibasho.data.accounts import Role
from ibasho.site.stores import holds_demo

_HOMES = {
    Role.ADMIN: "/coordinator/",
    Role.COORDINATOR: "/coordinator/",
    Role.PROVIDER: "/provider/",
    Role.SCHOOL: "/",
}
_SECOND_STEP = frozenset({Role.ADMIN, Role.COORDINATOR})


def home_of(role: Role) -> str:
    """The first page of a role, in the language of this page."""
    return request.script_root + _HOMES[role]


def demanded() -> Collection[Role]:
    """The roles that must have a second step; none in the made-up ward, which is for trying."""
    asks = current_app.config["IBASHO"].second_step and not holds_demo()
    return _SECOND_STEP if asks else ()
