"""What a listing says in other languages: kept, and shown without what is hidden."""

import json
from dataclasses import replace

import pytest

from ibasho.data.listings import (
    TONGUES,
    TRANSLATED,
    AddressVisibility,
    ContactVisibility,
    Email,
    Kind,
    Listing,
    Phone,
    Translation,
    in_language,
    locate,
    to_public,
)
from ibasho.data.listings.codec import from_text, to_text
from ibasho.importers.merge import three_way
from ibasho.site.languages import DEFAULT, FURIGANA, LANGUAGES

ENGLISH = Translation("en", name="South Cafeteria", description="We eat together.")
LISTING = Listing(Kind.CHILDRENS_CAFETERIA, "みなみ食堂", translations=(ENGLISH,))


def test_a_listing_comes_back_with_its_texts_in_every_language() -> None:
    texts = {text: f"{text} 한국어" for text in TRANSLATED}
    listing = replace(LISTING, translations=(ENGLISH, Translation("ko", **texts)))
    assert from_text(to_text(listing)) == listing


def test_a_revision_from_before_there_were_translations_has_none() -> None:
    body = json.loads(to_text(LISTING))
    del body["translations"]
    assert from_text(json.dumps(body)) == replace(LISTING, translations=())


def test_the_languages_of_texts_are_those_of_the_pages_but_japanese() -> None:
    assert set(TONGUES) == set(LANGUAGES) - {DEFAULT, FURIGANA}


def test_a_language_that_is_not_given_says_nothing() -> None:
    assert in_language(LISTING.translations, "en") == ENGLISH
    assert in_language(LISTING.translations, "vi").is_empty


@pytest.mark.parametrize("text", TRANSLATED)
def test_what_is_hidden_is_withheld_in_every_language(text: str) -> None:
    said = (
        "Come to 5-6-13 Minami-cho, Canary House, call 090-8888-7777, +81 90 8888 7777, "
        "canary@example.jp or see https://maps.app.goo.gl/canary"
    )
    listing = replace(
        LISTING,
        location=locate(
            "東京都西東京市", "南町5-6-13", "Canary House", AddressVisibility.AREA_ONLY
        ),
        phones=(Phone("090-8888-7777", visibility=ContactVisibility.STAFF_ONLY),),
        emails=(Email("canary@example.jp", visibility=ContactVisibility.STAFF_ONLY),),
        translations=(replace(Translation("en"), **{text: said}),),
    )
    (public,) = to_public("x", listing).translations
    shown = getattr(public, text)
    for secret in ("5-6-13", "anary", "8888"):
        assert secret not in shown


def test_a_list_that_is_imported_again_leaves_the_translations_alone() -> None:
    base = replace(LISTING, translations=())
    merged, kept = three_way(base, replace(base, note="新しい"), LISTING)
    assert merged == replace(LISTING, note="新しい")
    assert kept == []
