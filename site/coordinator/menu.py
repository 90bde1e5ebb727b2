"""The bar of the desk: groups of pages, each shown to whoever may open it.

A new page of the desk is one line here.
"""

from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app, g, request, url_for

from ibasho.site.access import is_open_to
from ibasho.site.languages import LazyString, lazy_gettext


class Entry(NamedTuple):
    """A page of the desk. For whom it is stands in the access table."""

    label: LazyString
    endpoint: str


class Group(NamedTuple):
    """Pages of one subject. Where one of several alone is open to somebody, it stands by itself."""

    label: LazyString
    entries: tuple[Entry, ...]


MENU = (
    Group(lazy_gettext("Today"), (Entry(lazy_gettext("Today"), "coordinator.desk"),)),
    Group(lazy_gettext("Onboarding"), (Entry(lazy_gettext("Onboarding"), "coordinator.leads"),)),
    Group(lazy_gettext("Places"), (
        Entry(lazy_gettext("All listings"), "coordinator.listings"),
        Entry(lazy_gettext("Add a listing"), "coordinator.add"),
        Entry(lazy_gettext("Answers of providers"), "coordinator.answers"),
        Entry(lazy_gettext("Lists"), "coordinator.imports"),
        Entry(lazy_gettext("Asked not to be listed"), "coordinator.do_not_list"),
    )),
    Group(lazy_gettext("Announcements"), (
        Entry(lazy_gettext("Events"), "coordinator.events"),
        Entry(lazy_gettext("Good to read"), "coordinator.articles"),
        Entry(lazy_gettext("What is shown"), "coordinator.contents"),
    )),
    Group(lazy_gettext("Networks"), (Entry(lazy_gettext("Networks"), "coordinator.networks"),)),
    Group(lazy_gettext("Record"), (
        Entry(lazy_gettext("Activity log"), "coordinator.activities"),
        Entry(lazy_gettext("Mails"), "coordinator.mails"),
        Entry(lazy_gettext("Record of changes"), "coordinator.record"),
    )),
    Group(lazy_gettext("Settings"), (
        Entry(lazy_gettext("Search words"), "coordinator.synonyms"),
        Entry(lazy_gettext("Schools"), "coordinator.schools"),
        Entry(lazy_gettext("Stations"), "coordinator.stations"),
        Entry(lazy_gettext("Outlines"), "coordinator.areas"),
        Entry(lazy_gettext("People"), "coordinator.people"),
        Entry(lazy_gettext("Erase what is known of somebody"), "coordinator.erase"),
    )),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is shown; `current` is "page" on its page, "true" below it, or ""."""

    label: str
    address: str
    current: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A group as it is shown."""

    label: str
    links: list[Link]

    @property
    def is_current(self) -> bool:
        """Whether the page that is open is one of its pages, or below one."""
        return any(link.current for link in self.links)


def menu() -> list[Shown]:
    """The groups and pages that are open to whoever is signed in."""
    groups = [(group, [one for one in group.entries if _is_open(one)]) for group in MENU]
    here = _nearest([url_for(one.endpoint) for _, entries in groups for one in entries])
    return [
        Shown(_label(group, entries), [_link(one, here) for one in entries])
        for group, entries in groups
        if entries
    ]


def _label(group: Group, entries: list[Entry]) -> str:
    is_alone = len(entries) == 1 < len(group.entries)
    return str(entries[0].label if is_alone else group.label)


def _is_open(entry: Entry) -> bool:
    return entry.endpoint in current_app.view_functions and is_open_to(g.account, entry.endpoint)


def _nearest(addresses: list[str]) -> str:
    """Of these addresses the one of the page that is open, or else the nearest above it.

    What comes with every page of the desk, its first page, is above none.
    """
    path = request.script_root + request.path
    above = [one for one in addresses if path == one or path.startswith(f"{one}/")]
    return max(above, key=len, default="")


def _link(entry: Entry, here: str) -> Link:
    address = url_for(entry.endpoint)
    is_page = request.endpoint == entry.endpoint
    return Link(str(entry.label), address, "page" if is_page else "true" * (address == here))
