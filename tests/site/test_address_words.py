"""An address says how it is read: over it in Japanese, in Latin letters in other languages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from support import ReadingClient

from ibasho.data.listings import AddressVisibility, locate

Publish = Callable[..., str]
RUBY = re.compile("<ruby>(.*?)<rp>（</rp><rt>(.*?)</rt><rp>）</rp></ruby>")
TOWN = ("南町", "みなみちょう")
OTHERS = ("en", "zh", "ko", "vi", "pt", "fil", "ne")


def where(page: str) -> str:
    """What of a listing's own page says where it is."""
    found = re.search('<section class="panel where-it-is">(.*?)</section>', page, re.DOTALL)
    assert found
    return found[1]


def said(page: str) -> list[str]:
    lines = re.findall(r'<p class="[^"]*" lang="ja-Latn">(.*?)</p>', page)
    return [re.sub("<[^>]*>", "", line).strip() for line in lines]


@pytest.mark.parametrize("language", ["ruby", "easy"])
def test_furigana_stand_over_the_names_of_an_address(
    client: ReadingClient, publish: Publish, language: str
) -> None:
    listing = publish(address="東京都西東京市南町5-6-13")
    page = where(client.get(f"/{language}/listings/{listing}").text)
    names = [("東京都", "とうきょうと"), ("西東京市", "にしとうきょうし"), TOWN]
    assert RUBY.findall(page)[:3] == names
    assert "</ruby>5-6-13</span>" in page
    for address in (f"/{language}/search", f"/{language}/sheet?ids={listing}"):
        page = client.get(address).text
        assert TOWN in RUBY.findall(page), address
        assert said(page) == []


def test_the_same_town_is_read_as_its_own_city_reads_it(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(address="埼玉県飯能市南町2-1")
    assert ("南町", "みなみまち") in RUBY.findall(client.get(f"/ruby/listings/{listing}").text)


def test_a_town_that_is_read_in_two_ways_gets_no_reading(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(address="山形県酒田市本町1-1")
    page = where(client.get(f"/ruby/listings/{listing}").text)
    assert "</ruby>本町1-1</span>" in page
    page = where(client.get(f"/en/listings/{listing}").text)
    assert said(page) == ["Yamagata-ken Sakata-shi …"]


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_say_the_address_in_latin_letters(
    client: ReadingClient, publish: Publish, language: str
) -> None:
    listing = publish(address="東京都西東京市南町五丁目6番13号 みなみビル2階")
    latin = "Nishitōkyō-shi Minami-chō 5-6-13"
    assert said(client.get(f"/{language}/listings/{listing}").text) == [f"Tōkyō-to {latin}"]
    assert said(client.get(f"/{language}/sheet?ids={listing}").text) == [latin]


def test_japanese_pages_say_it_in_no_other_letters(client: ReadingClient, publish: Publish) -> None:
    listing = publish()
    assert said(client.get(f"/listings/{listing}").text) == []


@pytest.mark.parametrize(
    ("visibility", "latin"),
    [
        (AddressVisibility.AREA_ONLY, "Nishitōkyō-shi Minami-chō"),
        (AddressVisibility.ON_REQUEST, "Nishitōkyō-shi"),
    ],
)
def test_a_hidden_address_is_read_no_farther_than_it_is_public(
    client: ReadingClient, publish: Publish, visibility: Any, latin: str
) -> None:
    place = locate("", "東京都西東京市南町5-6-13", visibility=visibility)
    listing = publish(location=place)
    for address in (f"listings/{listing}", f"sheet?ids={listing}"):
        (line,) = said(client.get(f"/en/{address}").text)
        assert line.removeprefix("Tōkyō-to ").startswith(latin)
        assert "6-13" not in line
        page = client.get(f"/ruby/{address}").text
        assert (TOWN in RUBY.findall(page)) is ("Minami" in latin)
        assert "6-13" not in page


def test_what_somebody_wrote_into_an_address_does_nothing(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(address="東京都西東京市南町5-6-13<b>薔薇</b>")
    for language in ("ruby", "easy", "en"):
        assert "<b>薔薇" not in client.get(f"/{language}/listings/{listing}").text
