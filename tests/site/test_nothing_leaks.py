"""Nothing that is not for visitors: hidden facts stay hidden, texts of people stay texts."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ReadingClient

from ibasho.data.listings import (
    COST_TERMS,
    AddressVisibility,
    ContactVisibility,
    CostOption,
    Email,
    Phone,
    PositionSource,
    locate,
    pin,
)
from ibasho.data.text import printable

Publish = Callable[..., str]
NEAR = "西東京市南町5-6-13"

# Each breaks out of another place: text, attribute, script, template literal, JSON, URL.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "${alert(1)}`",
    "</script><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "]]>\u2028\u2029\x7f\x00\ufffe",
)


CANARY = "かなりあ"


def test_what_is_hidden_is_in_no_page_no_feed_no_index_and_no_log(
    client: ReadingClient, publish: Publish, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    where = locate(
        "東京都西東京市", f"南町5-6-13{CANARY}住所", f"{CANARY}荘", AddressVisibility.AREA_ONLY,
        pin(35.7211111, 139.5422222, PositionSource.PERSON),
    )  # fmt: skip
    listing = publish(
        location=where,
        phones=(Phone("090-8888-7777", CANARY, ContactVisibility.STAFF_ONLY),),
        emails=(Email(f"{CANARY}@example.jp", CANARY, ContactVisibility.STAFF_ONLY),),
        assured_by=CANARY,
        costs=tuple(
            CostOption(term, 500, f"090-8888-7777 か南町5-6-13{CANARY}住所へ")
            for term in COST_TERMS
        ),
        note="急ぎは０９０−８８８８−７７７７へ",
    )
    with caplog.at_level(logging.DEBUG):
        outputs = [
            client.get(address, query_string={"near": f"{CANARY}町", "q": CANARY}).text
            for address in (
                "/",
                f"/listings/{listing}",
                "/listings.geojson",
                "/suggest",
            )
        ]
        outputs += [
            client.get(address).text
            for address in ("/search.csv", "/api/services", f"/api/services/{listing}")
        ]
        outputs += [client.get("/search", query_string={"near": NEAR}).text]
        client.get("/search?q=%FF%FE&near=0,0")
        client.get("/nowhere/かなりあ")
    outputs += [path.read_bytes().decode("utf-8", "replace")
                for path in (data_dir / "index").rglob("*") if path.is_file()]  # fmt: skip
    outputs.append(caplog.text)
    for output in outputs:
        for secret in (
            CANARY,
            "-8888",
            "8888-",
            "88887777",
            "８８８８",
            "35.721111",
            "139.542222",
            "5-6-13",
        ):
            assert secret not in output.replace('value="西東京市南町5-6-13"', "")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_from_outside_is_a_text_everywhere(
    client: ReadingClient, publish: Publish, hostile: str
) -> None:
    texts = dict.fromkeys(
        (
            "alternate_name", "description", "organization", "fees_description",
            "eligibility_description", "application_process", "capacity", "url",
            "school_district", "network", "note",
        ),
        hostile,
    )  # fmt: skip
    listing = publish(
        name=f"食堂{hostile}",
        phrase=f"毎週土曜 {hostile}",
        location=locate("東京都西東京市", f"南町5-6-13 {hostile}", hostile),
        phones=(Phone(hostile, hostile),),
        emails=(Email(hostile, hostile),),
        costs=(
            CostOption(hostile, None, hostile),
            *(CostOption(term, amount, hostile) for term in COST_TERMS for amount in (None, 500)),
        ),
        **texts,
    )
    client.get("/")
    for address in ("/", f"/search?q={hostile}&near={hostile}", f"/listings/{listing}"):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg onload" not in text
        assert 'href="javascript:' not in text
    feed = client.get("/listings.geojson")
    assert feed.mimetype == "application/geo+json"
    assert json.loads(feed.text)["features"][0]["properties"]["name"] == f"食堂{printable(hostile)}"


def test_no_place_of_a_listing_is_in_the_code_of_the_map(
    client: ReadingClient, publish: Publish
) -> None:
    publish(name="地図に出ない名前")
    page = client.get("/search").text
    script = page.split("data-map-shell>")[1].split("</script>")[0]
    assert "L.map(" in script
    assert "地図に出ない名前" not in script
