"""Counting how often the page of a listing is opened, where a site counts."""

from functools import partial

from flask import current_app

from ibasho.data.clock import today
from ibasho.data.views import View
from ibasho.site import stores
from ibasho.site.minute import each_time
from ibasho.site.session import session_token


def count_view(listing_id: str) -> None:
    """Count one more view this month, also when the page is given from memory; not by the staff."""
    if current_app.config["IBASHO"].count_views and not session_token():
        each_time(partial(stores.views().count, [View.on(listing_id, today())]))
