"""What is kept of somebody, for whoever asks it of an office, in the words in which it stands.

Act on the Protection of Personal Information, articles 33 and 76.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ibasho.data.accounts.contact import read_contacts
from ibasho.data.database import Database, transaction
from ibasho.data.kept_words import Where, changes_without, cut, spelt
from ibasho.data.listings.withhold import Secrets
from ibasho.data.record import write_record

# By which fields it is known that an object says how to reach somebody.
_CONTACT, _ADDRESS = {"number", "phone", "mail", "email"}, {"address", "description"}


def give_out(db: Database, words: str, actor: str) -> list[tuple[Where, str]]:
    """What is kept of somebody, in the words in which it stands: each passage once.

    For who asks what is known of them (articles 33 and 76 of the same law). It is on record that
    something was given out, never what. Raises TooShortError.
    """
    secrets = spelt(words)
    passages = [
        (change.where, passage)
        for change in changes_without(db, secrets)
        for value in change.was
        for passage in _passages(value, secrets, whole=change.where is Where.MAILS)
    ]
    passages += [
        (Where.ACCOUNTS, f"{name} {email}".strip())
        for _, email, name in read_contacts(db, "closed_at IS NULL")
        if any(cut(told, secrets) != told for told in (email, name))
    ]
    found = list(dict.fromkeys(passages))
    with transaction(db):
        write_record(db, actor, "give_out", "site", str(len(found)))
    return found


def _passages(value: Any, secrets: Secrets, whole: bool = False) -> Iterator[str]:  # noqa: ANN401 (any JSON)
    """The texts in which it stands; of a contact, and of what is given `whole`, all of it."""
    if isinstance(value, str):
        if value[:1] in ("{", "["):
            with suppress(ValueError, RecursionError):
                yield from _passages(json.loads(value), secrets, whole)
                return
        if cut(value, secrets) != value:
            yield value
        return
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and (_CONTACT & value.keys() or value.keys() >= _ADDRESS):
        whole = True
        inside = [one for name, one in value.items() if name != "visibility"]
    texts = [one for one in inside if isinstance(one, str) and one]
    if whole and any(cut(one, secrets) != one for one in texts):
        yield " / ".join(texts)
        return
    for one in inside:
        yield from _passages(one, secrets, whole)
