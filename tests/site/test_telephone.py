"""What a telephone dials where somebody touches a number."""

from collections.abc import Callable

import pytest
from support import ReadingClient

from ibasho.data.listings import Phone
from ibasho.site.telephone import tel

Publish = Callable[..., str]


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("042-000-0000", "0420000000"),
        ("042（000）2222 内線3", "0420002222"),
        ("042-000-0000（代表）", "0420000000"),
        ("０４２−０００−００００", "0420000000"),
        ("042.000.0000", "0420000000"),
        ("+81 42-000-0000", "+81420000000"),
        ("+81(0)42-000-0000", "+81420000000"),
        ("042-000-0000、042-000-1111", "0420000000"),
        ("189", "189"),
        ("事務局へ", ""),
        ("03", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_up_to_the_first_other_word(written: str, dialled: str) -> None:
    assert tel(written) == dialled


def test_what_cannot_be_dialled_is_read_and_not_a_link(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(phones=(Phone("公民館の窓口"), Phone("042（000）2222 内線3")))
    for address in (f"/listings/{listing}", "/search"):
        assert "公民館の窓口" in client.get(address).text
    page = client.get(f"/listings/{listing}").text
    assert page.count('href="tel:') == 2
    assert 'href="tel:0420002222"' in page
