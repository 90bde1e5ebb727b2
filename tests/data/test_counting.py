"""Views of listings: by month alone, from five on, forgotten after a year."""

import datetime as dt
from pathlib import Path

from ibasho.data.views import FILE_NAME, View, Views

DAY = dt.date(2027, 1, 31)


def counted(views: Views, listing: str, day: dt.date, times: int) -> None:
    views.count([View.on(listing, day)] * times)
    views.write()


def test_a_listing_is_told_of_from_five_views_in_three_months_on(tmp_path: Path) -> None:
    views = Views(tmp_path)
    assert views.of_late(DAY) == {}
    counted(views, "a", dt.date(2026, 11, 1), 2)
    counted(views, "a", dt.date(2027, 1, 1), 2)
    counted(views, "b", dt.date(2026, 10, 31), 9)
    assert views.of_late(DAY) == {}
    counted(views, "a", DAY, 1)
    assert views.of_late(DAY) == {"a": 5}


def test_several_processes_add_up_and_a_year_later_it_is_forgotten(tmp_path: Path) -> None:
    first, second = Views(tmp_path), Views(tmp_path)
    for views in (first, second):
        counted(views, "a", DAY, 3)
    assert first.of_late(DAY) == {"a": 6}
    counted(second, "b", DAY.replace(year=2028), 5)
    assert first.of_late(DAY) == {"b": 5}


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    counted(Views(tmp_path), "a", DAY, 1)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
