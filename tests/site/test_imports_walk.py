"""The list of 大田区 through a browser: sent, compared, public, and taken back."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Walk
from support import PASSWORD, REAL, needs_real_files, publisher

from ibasho.data.accounts import Role, add_account
from ibasho.data.database import Database

FILES = [
    REAL / "kodomo-shokudo" / name
    for name in ("131113_otaku_kodomosyokudo.csv", "131113_otaku_kodomosyokudo_tsuika.csv")
]


def places(file: Path, count: int) -> list[tuple[str, str]]:
    """The first places of a list, by names that are spelt otherwise."""
    rows = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
    found = [(f"{row['名称']}（大田）", row["住所"].split(" ")[0]) for row in rows if row["住所"]]
    return found[:count]


@needs_real_files
@pytest.mark.parametrize("script", [True, False])
def test_the_list_of_ota_ward_goes_over_ten_duplicates_and_back(
    db: Database,
    serve: Callable[[str], str],
    walk: Callable[..., Walk],
    script: bool,
) -> None:
    for name, address in places(FILES[0], 10):
        publisher(db)(name, address=address)
    add_account(db, "c@example.jp", Role.COORDINATOR, PASSWORD)
    before = list(db.query("SELECT * FROM listing ORDER BY id"))
    site = serve("")
    one = walk(script=script)
    page = one.page
    page.goto(f"{site}/sign-in?next=/coordinator/imports")
    page.fill("[name=email]", "c@example.jp")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.set_input_files("#files", FILES)
    page.get_by_role("button", name="読み取って確認する").click()
    page.get_by_role("link", name="並べて照らし合わせる").click()
    assert page.locator(".import-pair").count() == 10
    for pair in page.locator(".import-pair").all():
        pair.get_by_label("同じ場所（上で選んだ内容にする）").check()
    page.get_by_role("button", name="記録して次へ").click()
    page.get_by_role("button", name="この内容で公開する").click()
    assert "公開しました" in page.locator("main").inner_text()
    counts = page.locator(".import-counts dd").all_inner_texts()
    page.get_by_role("button", name="この取り込みをすべて取り消す").click()
    assert "取り消しました" in page.locator("main").inner_text()
    assert int(counts[0]) + int(counts[1]) + int(counts[2]) + int(counts[3]) == 54
    query = "SELECT * FROM listing WHERE state <> 'archived' ORDER BY id"
    assert list(db.query(query)) == before
    assert one.wrong == []
    assert {host.split(":")[0] for host in one.hosts()} == {"127.0.0.1"}
