"""Pages are small on the line: compressed, and files are fetched once for good."""

import gzip
import re
from collections.abc import Callable

import pytest
from flask import Flask
from support import ReadingClient
from werkzeug.test import TestResponse

Publish = Callable[..., str]
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def plain(app: Flask) -> Callable[..., TestResponse]:
    """Ask without looking at the page, whose bytes may be compressed."""
    return app.test_client().get


@pytest.mark.parametrize("address", ["/", "/search", "/events", "/desks", "/listings.geojson"])
def test_a_page_is_compressed_for_whoever_takes_it(
    plain: Callable[..., TestResponse], publish: Publish, address: str
) -> None:
    for number in range(5):
        publish(name=f"食堂{number}")
    for _ in range(2):  # made anew, and kept for the minute
        whole, packed = plain(address), plain(address, headers=GZIP)
        assert "Content-Encoding" not in whole.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert "Accept-Encoding" in whole.headers["Vary"]
        assert len(gzip.decompress(packed.data)) == len(whole.data)
        assert len(packed.data) < len(whole.data) / 2


def test_a_kept_page_that_is_compressed_has_a_nonce_of_its_own(
    plain: Callable[..., TestResponse], publish: Publish
) -> None:
    publish()
    for _ in range(3):
        answer = plain("/search", headers=GZIP)
        page = gzip.decompress(answer.data).decode()
        nonces = set(re.findall(r'nonce="([^"]+)"', page))
        assert len(nonces) == 1
        assert f"'nonce-{nonces.pop()}'" in answer.headers["Content-Security-Policy"]
        assert page.endswith("</html>") and "\0" not in page


def test_whoever_is_signed_in_gets_pages_whose_length_says_nothing(client: ReadingClient) -> None:
    client.sign_in()
    for address in ("/coordinator/", "/"):
        assert "Content-Encoding" not in client.get(address, headers=GZIP).headers


def test_a_file_with_its_version_is_kept_for_good_and_one_without_is_asked_for_again(
    client: ReadingClient, publish: Publish
) -> None:
    publish()
    page = client.get("/search").text
    files = set(re.findall(r'"(/(?:static|vendor)/[^"# ]+)', page))
    assert {file.split("?")[0] for file in files} >= {"/static/ibasho.css", "/static/map.js"}
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for file in ("/static/ibasho.css", "/static/ibasho.css?v=0", "/vendor/leaflet/leaflet.js"):
        answer = client.get(file)
        assert answer.headers["Cache-Control"] == "no-cache"
        again = client.get(file, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_a_module_asks_for_the_modules_of_its_own_version(client: ReadingClient) -> None:
    imported = re.findall(r'from "\./([^"]+)"', client.get("/static/map.js").text)
    assert imported
    for name in imported:
        assert "immutable" in client.get(f"/static/{name}").headers["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    ["/static/nothing.css", "/static/../app.py", "/static/", "/vendor/nothing/x.js",
     "/vendor/leaflet/../../../../README"],
)  # fmt: skip
def test_no_other_file_is_served(client: ReadingClient, address: str) -> None:
    assert client.get(address).status_code == 404
