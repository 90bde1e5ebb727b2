"""How the record names what was entered, withdrawn and brought back."""

from ibasho.site.languages import LazyString, lazy_gettext

_KEPT = ("event", "article", "network", "school", "station", "area", "activity")
_WITHDRAWN = ("event", "network", "school", "station", "area", "activity")

ENTRY_ACTIONS: dict[str, LazyString] = {
    **{f"keep_{one}": lazy_gettext("Entered or changed") for one in _KEPT},
    **{f"withdraw_{one}": lazy_gettext("Withdrawn") for one in _WITHDRAWN},
    **{f"bring_back_{one}": lazy_gettext("Brought back") for one in _WITHDRAWN},
    "take_out_activities": lazy_gettext("Taken along as a table"),
}
