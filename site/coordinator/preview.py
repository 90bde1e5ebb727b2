"""A wording as its public page will be, before anybody else may read it."""

import re

from flask import render_template

from ibasho.data.listings import store
from ibasho.site.coordinator.said import public_of
from ibasho.site.coordinator.views import blueprint
from ibasho.site.public.views import page_of
from ibasho.site.stores import database

_LINK = re.compile(r'(<a\b[^>]*?) href="[^"]*"')
_KEEP = re.compile(r' data-keep="[^"]*"')


@blueprint.get("/revisions/<int(max=9223372036854775807):revision_id>/preview")
def preview(revision_id: int) -> str:
    """The public page of this wording; it is kept nowhere, and its links lead nowhere."""
    revision = store.read_revision(database(), revision_id)
    stored = store.read_stored(database(), revision.listing_id)
    page = render_template(
        "coordinator/preview.html", revision=revision, **page_of(public_of(stored, revision))
    )
    head, main, rest = re.split("(<main.*</main>)", page, maxsplit=1, flags=re.DOTALL)
    return head + _KEEP.sub("", _LINK.sub(r'\1 role="link" aria-disabled="true"', main)) + rest
