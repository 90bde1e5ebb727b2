"""What only the staff may know of a listing or an event is stored sealed, apart from the rest.

The open part is for whoever reads the file with another tool, and for what SQL looks for. It is no
public form: that is made from the whole, by `ibasho.data.listings.public`.
"""

import json
from dataclasses import replace
from typing import Any

from ibasho.data.database import Database
from ibasho.data.listings.codec import plain
from ibasho.data.listings.model import (
    AddressVisibility,
    ContactVisibility,
    Email,
    Location,
    Phone,
    Position,
)
from ibasho.data.listings.withhold import Keeper, Secrets, secrets_of, withhold
from ibasho.data.sealing import seal_words, unseal_words

_HIDDEN = Position()


def set_apart(db: Database, keeper: Keeper) -> tuple[str, str]:
    """The open part as JSON, and sealed the fields that are not as they are there; else ""."""
    whole: Any = plain(keeper)
    open_ = _open_part(keeper, whole)
    rest = {name: value for name, value in whole.items() if open_[name] != value}
    return _json(open_), seal_words(db, _json(rest)) if rest else ""


def bring_together(db: Database, open_: str, sealed: str) -> dict[str, Any]:
    """All that `set_apart` was given, as `plain` writes it. Raises WrongKeyError."""
    found: dict[str, Any] = json.loads(open_)
    return found | json.loads(unseal_words(db, sealed)) if sealed else found


def _open_part(keeper: Keeper, whole: dict[str, Any]) -> dict[str, Any]:
    secrets = secrets_of(keeper)
    shown = whole | {
        "location": plain(_open_location(keeper.location)),
        "phones": _public(keeper.phones),
        "emails": _public(keeper.emails),
        "assured_by": "",  # by whom and how the office came to know it
    }
    found = {name: _without(value, secrets) for name, value in shown.items()}
    found["network"] = whole["network"]  # by it is found who may see the rest
    if keeper.location.visibility is AddressVisibility.ON_REQUEST and "school_district" in whole:
        found["school_district"] = ""
    return found


def _without(value: Any, secrets: Secrets) -> Any:  # noqa: ANN401 (any JSON)
    """The same JSON, each text in it without what the staff keep to themselves."""
    if isinstance(value, str):
        return withhold(value, secrets)
    if isinstance(value, list):
        return [_without(one, secrets) for one in value]
    if isinstance(value, dict):
        return {name: _without(one, secrets) for name, one in value.items()}
    return value


def _public(contacts: tuple[Phone, ...] | tuple[Email, ...]) -> list[object]:
    return [plain(one) for one in contacts if one.visibility is ContactVisibility.PUBLIC]


def _open_location(where: Location) -> Location:
    if where.visibility is AddressVisibility.EXACT:
        return where
    if where.visibility is AddressVisibility.AREA_ONLY:
        return replace(where, address="", building="", position=_HIDDEN)
    return Location(where.municipality, visibility=where.visibility)


def _json(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
