"""A spelling is looked for only where it can stand, and no place where it stands is missed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ibasho.data.listings import AddressVisibility, Location, Phone
from ibasho.data.listings.hidden_place import traces
from ibasho.data.listings.model import ContactVisibility, Email, Kind, Listing
from ibasho.data.listings.spelling import Spelling
from ibasho.data.listings.withhold import secrets_of

HOUSE = "南町5-13-6"
KEEPERS = [
    Listing(
        Kind.PLACE_TO_BELONG,
        "みなみのへや",
        location=Location(
            "東京都西東京市", address, "Kiri荘", visibility, area="東京都西東京市南町"
        ),
        phones=(Phone("090-1203-4005", "", ContactVisibility.STAFF_ONLY),),
        emails=(Email("sik@example.jp", "", ContactVisibility.STAFF_ONLY),),
    )
    for visibility in (AddressVisibility.AREA_ONLY, AddressVisibility.ON_REQUEST)
    for address in (HOUSE, "南町5", "南町5-6")
]
SPELLINGS = [
    one for keeper in KEEPERS for one in secrets_of(keeper).patterns if isinstance(one, Spelling)
]
# letters of which a match is likely to come about, and such as are alike in large and small
PIECES = st.sampled_from([
    *"0123456789", *"〇一二三五六十", *" 　-()の・/８٣", "13", "十三", "南町", "南", "+81", "丁目",
    "1203", "4005", "090", "sik@example.jp", "SIK@", "ſiK@example.jp", "Kiri荘", "KIRI荘",
    "kİrı荘",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map("".join)


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda one: one.source[:24])
@given(text=TEXTS)
def test_nothing_is_missed_by_looking_first_whether_it_can_stand(
    spelling: Spelling, text: str
) -> None:
    expected = [one.span() for one in re.finditer(spelling.source, text, spelling.flags)]
    assert [one.span() for one in spelling.finditer(text)] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("電話は090(1203)4005です", 1),
        ("南町五丁目十三番六号", 1),
        ("5・13・6", 1),
        ("SIK@EXAMPLE.JP", 1),
        ("南 町の公園", 1),
        ("今日は5日です", 0),
    ],
)
def test_the_spellings_of_people_are_found(text: str, count: int) -> None:
    keeper = KEEPERS[3]
    found = [one for pattern in secrets_of(keeper).patterns for one in pattern.finditer(text)]
    assert min(len(found), 1) == count


def test_a_place_has_as_many_traces_as_before() -> None:
    where = KEEPERS[3].location
    assert len(list(traces(where, where.address))) == 7
