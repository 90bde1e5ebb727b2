"""Who did what the record says, in words."""

from ibasho.data.accounts import read_actors
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.stores import database

_NO_PERSONS: dict[str, LazyString] = {
    "link": lazy_gettext("The provider, through a link"),
    "provider": lazy_gettext("The provider, when registering"),
    "mail": lazy_gettext("The site by itself: mails"),
    "remind": lazy_gettext("The site by itself: reminders"),
    "sign-in": lazy_gettext("The site by itself"),
    "demo": lazy_gettext("Demo"),
    "command-line": lazy_gettext("On the command line"),
}


class Persons:
    """Names for those whom the record keeps by number; all are read at once."""

    def __init__(self) -> None:
        self._accounts = read_actors(database())

    def name(self, actor: str) -> str:
        """The name and address of an account, or what did it where no person did."""
        return self._accounts.get(actor) or str(_NO_PERSONS.get(actor, actor))
