"""How telephone numbers are asked for, shown and called on the pages."""

from collections.abc import Callable

import pytest
from support import ReadingClient

from ibasho.data.listings import Phone

Publish = Callable[..., str]


def test_what_cannot_be_dialled_is_read_and_not_a_link(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(phones=(Phone("公民館の窓口"), Phone("042（000）2222 内線3")))
    for address in (f"/listings/{listing}", "/search"):
        assert "公民館の窓口" in client.get(address).text
    page = client.get(f"/listings/{listing}").text
    assert page.count('href="tel:') == 2
    assert 'href="tel:0420002222"' in page


def test_a_number_is_shown_with_its_hyphens_however_it_was_kept(
    client: ReadingClient, publish: Publish
) -> None:
    page = client.get(f"/listings/{publish(phones=(Phone('０３１２３４５６７８'),))}").text
    assert 'href="tel:0312345678"' in page
    assert "03-1234-5678" in page


def test_a_number_with_a_hash_can_be_tapped(client: ReadingClient, publish: Publish) -> None:
    page = client.get(f"/listings/{publish(phones=(Phone('#8000', '夜の相談'),))}").text
    assert 'href="tel:%238000"' in page
    assert "#8000" in page


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("０３−１２３４−５６７８", "03-1234-5678"),
        ("+81 3 1234 5678 内線12", "03-1234-5678 内線12"),
        ("＃８０００", "#8000"),
        ("110", "110"),
    ],
)
def test_a_registration_says_what_was_understood_of_a_number(
    client: ReadingClient, typed: str, understood: str
) -> None:
    answer = client.post(
        "/register",
        data={
            "form_token": client.token("/register"),
            "kind": "childrens_cafeteria",
            "name": "ひだまり食堂",
            "address": "東京都西東京市南町5-6-13",
            "visibility": "exact",
            "phone": typed,
            "person": "代表",
            "mail": "name@example.jp",
            "consent": "y",
        },
    )
    assert answer.status_code == 200, answer.text
    assert f"<dd>{understood}</dd>" in answer.text
