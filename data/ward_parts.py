"""The parts of the ward that an account may have: networks and school districts, by name."""

from ibasho.data.areas import AreaKind, read_areas
from ibasho.data.database import Database
from ibasho.data.networks import network_ids


def read_parts(db: Database) -> tuple[list[str], list[str]]:
    """The networks and the school districts that were entered or that approved wordings name."""
    networks, districts = (
        {row[0] for row in db.execute(
            "SELECT DISTINCT json_extract(body, ?) AS name FROM published WHERE name <> ''",
            [field],
        )}
        for field in ("$.network", "$.school_district")
    )  # fmt: skip
    outlined = {one.name for one in read_areas(db) if one.kind is AreaKind.SCHOOL_DISTRICT}
    return sorted(networks | set(network_ids(db))), sorted(districts | outlined)
