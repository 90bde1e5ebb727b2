"""A slash at the end of a public address does no harm."""

from collections.abc import Callable

import pytest
from support import ReadingClient

Publish = Callable[..., str]


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("/guide/", "/guide"),
        ("/search/?q=食堂", "/search?q=%E9%A3%9F%E5%A0%82"),
        ("/en/about/", "/en/about"),
        ("/easy/child/?a=1&a=2", "/easy/child?a=1&a=2"),
    ],
)
def test_the_page_without_it_is_meant(client: ReadingClient, typed: str, page: str) -> None:
    for answer in (client.get(typed), client.head(typed)):
        assert (answer.status_code, answer.headers["Location"]) == (301, page)
    assert client.get(page).status_code == 200


def test_the_page_of_a_place_too(client: ReadingClient, publish: Publish) -> None:
    address = f"/listings/{publish()}"
    assert client.get(f"{address}/").headers["Location"] == address


def test_what_was_typed_is_kept_by_no_browser(client: ReadingClient) -> None:
    assert client.get("/search/?near=南町5").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "typed",
    ["/nowhere/", "/guide//", "//example.com/guide/", "/\\example.com/", "/static/"],
)
def test_it_makes_no_page_of_what_is_none(client: ReadingClient, typed: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": typed})
    assert answer.status_code in {404, 308}


def test_it_leads_to_no_other_host(client: ReadingClient) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": "//guide/"})
    assert answer.headers["Location"] == "/guide"


def test_the_desk_keeps_its_slash_and_forms_are_not_led_on(client: ReadingClient) -> None:
    assert client.get("/coordinator/").status_code == 303  # to sign in
    assert client.get("/coordinator/listings/").status_code == 404
    token = client.token("/sign-in")
    assert client.post("/sign-in/", data={"form_token": token}).status_code == 404
