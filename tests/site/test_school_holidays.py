"""A site that knows when its schools have holidays names days that depend on them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from ibasho.data.clock import today
from ibasho.data.schedule import SchoolHolidays
from ibasho.site.app import create_app
from ibasho.site.config import Settings


def test_the_page_and_the_search_know_the_days_in_the_holidays(
    app: Flask, settings: Settings, publish: Callable[..., str]
) -> None:
    place = publish(name="夏の食堂", phrase="夏休み期間中の毎日 10時～")
    year = today().year + (today() > dt.date(today().year, 7, 20))
    first = dt.date(year, 7, 21)
    known = SchoolHolidays.from_text(f"{first}/{year}-08-31 夏休み")
    wiser = create_app(replace(settings, school_holidays=known))
    for one, is_named in ((app, False), (wiser, True)):
        client = one.test_client()
        page = client.get(f"/listings/{place}").text
        assert ('<ul class="dates">' in page) is is_named
        label = client.get(f"/search?on={first}").text
        assert ("10:00" in label) is is_named
