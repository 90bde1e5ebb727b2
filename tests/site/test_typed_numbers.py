"""What counts as a telephone number where one is typed in."""

import pytest

from ibasho.site.telephone import is_in_japan, plain_number


@pytest.mark.parametrize(
    "written", ["03-1234-5678", "０３ー１２３４ー５６７８", "090−1234−5678", "0120-000-000", "189",
                "#8000", "+81-3-1234-5678", "042（000）2222 内線3"],
)  # fmt: skip
def test_a_number_of_japan_is_taken(written: str) -> None:
    assert is_in_japan(written)


@pytest.mark.parametrize("written", ["03-1234-567", "12345", "090-1234-56789", "", "なし"])
def test_a_number_with_a_digit_too_few_or_many_is_not_taken(written: str) -> None:
    assert not is_in_japan(written)


def test_a_number_is_kept_with_narrow_digits_and_hyphens() -> None:
    assert plain_number("０３ー１２３４−５６７８ 内線サーバー") == "03-1234-5678 内線サーバー"
