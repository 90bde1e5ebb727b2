"""A list comes to the desk: looked at, compared, published, taken back."""

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from support import REAL, ReadingClient, needs_real_files

from ibasho.data.accounts import Scope, set_scope
from ibasho.data.database import Database, open_database
from ibasho.data.imports import runs
from ibasho.data.listings import Kind, Listing, PositionSource, State, edit, locate, pin, store
from ibasho.data.listings.states import TAKEN_BACK
from ibasho.importers import ImportOptions, import_files

Publish = Callable[..., str]
OTA = REAL / "kodomo-shokudo"
# Of the 大田区 list: as the desk spells them, who has had them for long.
HEADER = "施設名,所在地,電話,開催日\r\n"
AREAS = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
"geometry": {"type": "Polygon", "coordinates": [[[139, 35], [140, 35], [139, 36]]]}}]}"""
ROW = "ひだまり食堂,東京都西東京市南町5-6-13,042-000-0001,毎月第2土曜日\r\n"


@pytest.fixture
def desk(client: ReadingClient) -> ReadingClient:
    return client.sign_in()


def upload(desk: ReadingClient, *files: tuple[str, bytes], source: str = "") -> str:
    """Send files; the address of what became of them."""
    answer = desk.post(
        "/coordinator/imports",
        data={
            "form_token": desk.token("/coordinator/imports"),
            "source": source,
            "files": [(io.BytesIO(data), name) for name, data in files],
        },
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].split("?")[0]


def send(desk: ReadingClient, address: str, of: str = "", **values: str) -> str:
    """Send a form of the page `of`; the text of the page after it."""
    data = {"form_token": desk.token(of or address), **values}
    answer = desk.post(address, data=data)
    return desk.get(answer.headers["Location"]).text if answer.status_code == 303 else answer.text


def publish_run(desk: ReadingClient, run: str) -> str:
    seen = re.search('name="seen" value="([0-9a-f]+)"', desk.get(run).text)
    assert seen, "nothing can be published"
    return send(desk, f"{run}/publish", run, seen=seen[1])


def public(db: Database) -> dict[str, Listing]:
    return {one.id: one.body for one in stored(db) if one.body}


class Shown:
    """What the public sees of a listing."""

    def __init__(self, kept: store.StoredListing) -> None:
        is_public = kept.state in {State.PUBLISHED, State.STALE}
        self.id = kept.id
        self.body = kept.published.body if kept.published and is_public else None


def stored(db: Database) -> list[Shown]:
    return [Shown(one) for one in store.read_all_stored(db)]


def listings_but_archived(db: Database) -> list[dict[str, object]]:
    gone = {one.id for one in store.read_all_stored(db) if one.state_reason == TAKEN_BACK}
    rows = db.query("SELECT * FROM listing ORDER BY id")
    return [row for row in rows if row["id"] not in gone]


def keys(page: str) -> list[str]:
    """By what the pairs of a page are called, in order."""
    return re.findall(r'id="(p[0-9a-f]{12})"', page)


def table(*rows: str) -> tuple[str, bytes]:
    return "shokudo.csv", (HEADER + "".join(rows)).encode()


def test_a_list_is_looked_at_before_anything_is_written(desk: ReadingClient, db: Database) -> None:
    run = upload(desk, table(ROW))
    page = desk.get(run).text
    assert "ひだまり食堂" in page
    assert '<option value="name" selected>' in page, "the column 施設名 is the name"
    assert public(db) == {}
    assert "ひだまり食堂" in publish_run(desk, run)
    [body] = public(db).values()
    assert body.name == "ひだまり食堂"
    assert "ひだまり食堂" in desk.get("/search").text


def test_a_list_published_twice_is_published_once(desk: ReadingClient, db: Database) -> None:
    run = upload(desk, table(ROW))
    seen = re.search('name="seen" value="([0-9a-f]+)"', desk.get(run).text)
    assert seen
    token = desk.token(run)
    for _ in range(2):
        desk.post(f"{run}/publish", data={"form_token": token, "seen": seen[1]})
    assert len(public(db)) == 1


def test_the_file_is_kept_sealed_and_forgotten_once_it_is_published(
    desk: ReadingClient, db: Database
) -> None:
    run = upload(desk, table(ROW))
    [[sealed]] = db.execute("SELECT sealed FROM import_file").fetchall()
    assert "ひだまり".encode() not in sealed
    publish_run(desk, run)
    assert db.execute("SELECT count(*) FROM import_file").fetchone()[0] == 0


def test_columns_that_are_left_out_are_named(desk: ReadingClient) -> None:
    row = "ひだまり食堂,西東京市南町5-6-13,毎月第2土曜日,"
    table = f"名前,住所,ひみつの列,空の列\r\n{row}\r\n".encode()
    page = desk.get(upload(desk, ("a.csv", table))).text
    assert "取り込まない列：ひみつの列。" in page


def test_which_column_is_what_is_remembered_for_the_next_file(
    desk: ReadingClient, db: Database
) -> None:
    odd = "よびな,ばしょ\r\nあおぞら,{}\r\n"
    first = upload(desk, ("a.csv", odd.format("西東京市南町5-6-13").encode()))
    page = desk.get(first).text
    assert "「列」" in page, "it says what to do"
    send(desk, first, **{"column-0": "name", "column-1": "address", "source": "市の一覧"})
    publish_run(desk, first)
    second = upload(desk, ("b.csv", odd.format("西東京市泉町3-12-25").encode()))
    assert desk.get(second).text.count('" selected>') >= 2
    assert "市の一覧" in desk.get(second).text
    publish_run(desk, second)
    assert {one.name for one in public(db).values()} == {"あおぞら"}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "表ではありません"),
        ("list.xlsx", b"PK\x03\x04" + b"\0" * 50, "壊れている"),
        ("list.csv", b"", "行がありません"),
        ("list.geojson", b'{"type":"FeatureCollection","features":[]}', "行がありません"),
        ("list.json", b'{"places": []}', "表ではありません"),
        ("list.geojson", AREAS, "地域や線"),
    ],
)
def test_a_wrong_file_is_told_what_to_do(
    desk: ReadingClient, db: Database, name: str, data: bytes, words: str
) -> None:
    answer = desk.post(
        "/coordinator/imports",
        data={"form_token": desk.token("/coordinator/imports"),
              "files": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == 422
    assert words in answer.text
    assert runs.read_runs(db) == []


def test_a_file_that_is_too_large_is_refused_beside_the_field(
    desk: ReadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST_BYTES", 1_100_000)
    parts = [("form_token", "", desk.token("/coordinator/imports").encode()),
             ("files", '; filename="large.csv"', b"x" * 1_200_000)]  # fmt: skip
    body = b"".join(
        f'--line\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + data + b"\r\n"
        for name, more, data in parts
    )  # fmt: skip
    answer = desk.post(
        "/coordinator/imports",
        data=body + b"--line--\r\n",
        content_type="multipart/form-data; boundary=line",
    )
    assert answer.status_code == 422, "more than the limit of other pages is read"
    assert "大きすぎます" in answer.text


def test_what_has_changed_meanwhile_is_shown_again(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    run = upload(desk, table(ROW))
    seen = re.search('name="seen" value="([0-9a-f]+)"', desk.get(run).text)
    assert seen
    publish("ひだまり食堂 ", address="東京都西東京市南町5-6-13")
    answer = desk.post(f"{run}/publish", data={"form_token": desk.token(run), "seen": seen[1]})
    assert answer.status_code == 409
    assert "もう一度" in answer.text
    assert len(public(db)) == 1


def test_nothing_is_published_before_all_is_compared(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    publish("ひだまり こども食堂", address="東京都西東京市南町5-6-13")
    run = upload(desk, table(ROW))
    assert 'name="seen"' not in desk.get(run).text
    [key] = keys(desk.get(f"{run}/compare").text)
    page = send(desk, f"{run}/compare", **{f"{key}-judgement": "different"})
    assert 'name="seen"' in page
    publish_run(desk, run)
    assert len(public(db)) == 2
    again = upload(desk, table(ROW.replace("第2", "第3")))
    assert 'name="seen"' in desk.get(again).text, "it is not asked again"


def test_what_a_person_stands_for_stays_unless_somebody_chooses_otherwise(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    id_ = publish("ひだまり", address="西東京市南町5-6-13", assured_by="電話で")
    run = upload(desk, table(ROW))
    page = desk.get(f"{run}/compare").text
    [key] = keys(page)
    assert f'id="{key}-schedule-keep" name="{key}-schedule" value="keep" checked' in page
    assert f'id="{key}-phones-take" name="{key}-phones" value="take" checked' in page
    assert "本人・団体に確認済み" in page
    send(desk, f"{run}/compare", **{f"{key}-judgement": "same", f"{key}-schedule": "keep",
                                    f"{key}-phones": "take", f"{key}-name": "keep"})  # fmt: skip
    publish_run(desk, run)
    body = public(db)[id_]
    assert body.name == "ひだまり"
    assert body.schedule_text == "毎月第2土曜日 11:30～14:00"
    assert [phone.number for phone in body.phones] == ["042-000-0001"]
    # The next edition goes on from there: what was kept stays, what the list changes follows.
    again = upload(desk, table(ROW.replace("0001", "0002").replace("第2", "第4")))
    assert "直した" in desk.get(again).text
    publish_run(desk, again)
    body = public(db)[id_]
    assert [phone.number for phone in body.phones] == ["042-000-0002"]
    assert body.schedule_text == "毎月第2土曜日 11:30～14:00"


def test_the_same_place_may_be_left_as_it_is_for_good(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    publish("ひだまり こども食堂", address="東京都西東京市南町5-6-13")
    before = public(db)
    for _ in range(2):
        run = upload(desk, table(ROW))
        page = desk.get(f"{run}/compare").text
        key = keys(page)[0]
        send(desk, f"{run}/compare", **{f"{key}-judgement": "nothing"})
    assert public(db) == before


def test_the_listing_of_another_list_keeps_its_source_and_is_not_asked_about_again(
    desk: ReadingClient, db: Database
) -> None:
    publish_run(desk, upload(desk, table(ROW.replace("042-000-0001", "")), source="市の一覧"))
    [id_] = public(db)
    owner = store.read_stored(db, id_).source_id
    theirs = ROW.replace("ひだまり食堂", "ひだまり こども食堂")

    def send_in(row: str) -> str:
        run = upload(desk, table(row), source="社協の一覧")
        # the columns were those of the other list: say whose this is
        form = {"column-0": "name", "column-1": "address", "column-2": "phone",
                "column-3": "schedule", "source": "社協の一覧"}  # fmt: skip
        send(desk, run, **form)
        return run

    run = send_in(theirs)
    [key] = keys(desk.get(f"{run}/compare").text)
    send(desk, f"{run}/compare", **{f"{key}-judgement": "same", f"{key}-phones": "take"})
    publish_run(desk, run)
    kept = store.read_stored(db, id_)
    assert kept.source_id == owner
    assert kept.published
    assert [one.number for one in kept.published.body.phones] == ["042-000-0001"]
    assert list(public(db)) == [id_]
    again = desk.get(send_in(theirs)).text
    assert "新しい内容はありません" in again
    changed = send_in(theirs.replace("0001", "0009"))
    assert "先に照らし合わせて" in desk.get(changed).text, "the row says something else now"


def test_a_list_waits_on_the_desk(desk: ReadingClient) -> None:
    run = upload(desk, table(ROW))
    assert f'href="{run}"' in desk.get("/coordinator/").text
    assert "account:" not in desk.get("/coordinator/imports").text, "people go by their names"


def test_only_what_nobody_has_changed_since_is_taken_back(
    desk: ReadingClient, db: Database
) -> None:
    other = ROW.replace("ひだまり", "あおぞら").replace("5-6-13", "1-2-3")
    run = upload(desk, table(ROW, other))
    publish_run(desk, run)
    changed = next(id_ for id_, body in public(db).items() if body.name == "あおぞら食堂")
    published = store.read_stored(db, changed).published
    assert published
    edit.approve_revision(
        db, edit.propose_change(db, changed, published.body, "x", published.id), "x"
    )
    page = send(desk, f"{run}/undo", run)
    assert "あおぞら食堂" in page
    assert list(public(db)) == [changed]
    archived = store.read_all_stored(db, State.ARCHIVED)
    assert [one.state_reason for one in archived] == [TAKEN_BACK]
    records = db.execute("SELECT count(*) FROM record").fetchone()
    send(desk, f"{run}/undo", run if "/undo" in desk.get(run).text else "/coordinator/imports")
    assert db.execute("SELECT count(*) FROM record").fetchone() == records, "once is enough"


def test_a_list_that_was_taken_back_may_be_brought_in_again(
    desk: ReadingClient, db: Database
) -> None:
    for _ in range(2):
        run = upload(desk, table(ROW))
        publish_run(desk, run)
        assert len(public(db)) == 1
        send(desk, f"{run}/undo", run)
        assert public(db) == {}


def test_a_coordinator_of_a_part_of_the_ward_brings_in_no_lists(
    desk: ReadingClient, db: Database
) -> None:
    run = upload(desk, table(ROW))
    account = int(db.execute("SELECT max(id) FROM account").fetchone()[0])
    set_scope(db, account, Scope(networks=frozenset({"スクラムウエスト"})), "test")
    for address in ("/coordinator/imports", run, f"{run}/compare"):
        assert desk.get(address).status_code == 403


def test_the_demo_ward_takes_no_list(crowded: Flask) -> None:
    crowded.test_client_class = ReadingClient
    client = crowded.test_client()
    assert isinstance(client, ReadingClient)
    page = client.sign_in().get("/coordinator/imports").text
    assert 'type="file"' not in page


@needs_real_files
def test_the_list_of_ota_ward_over_ten_duplicates_and_back(
    desk: ReadingClient, db: Database, publish: Publish
) -> None:
    files = [
        (path.name, path.read_bytes())
        for path in (OTA / "131113_otaku_kodomosyokudo.csv",
                     OTA / "131113_otaku_kodomosyokudo_tsuika.csv")
    ]  # fmt: skip
    rows = duplicated(files[0][1])
    ids = [publish(name, address=address) for name, address in rows]
    before, seen = listings_but_archived(db), public(db)
    run = upload(desk, *files)
    assert "10件" in desk.get(run).text
    page = desk.get(f"{run}/compare").text
    assert len(keys(page)) == 10
    assert "住所が同じ" in page
    send(desk, f"{run}/compare", **{f"{key}-judgement": "same" for key in keys(page)})
    publish_run(desk, run)
    after = public(db)
    assert set(ids) <= set(after)
    assert len(after) == 54, "53 rows and a further venue, ten of them there before"
    page = send(desk, f"{run}/undo", run)
    assert listings_but_archived(db) == before
    assert public(db) == seen
    assert ">こども食堂ﾋﾛ<" not in desk.get("/search?q=南千束").text


def duplicated(data: bytes) -> list[tuple[str, str]]:
    """Ten places of the list under names that are spelt otherwise."""
    import csv

    rows = [row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))) if row["住所"]]
    return [
        (f"{row['名称']}（{row['住所'][5:8]}）", row["住所"].split(" ")[0]) for row in rows[:10]
    ]


def test_what_another_site_gives_out_for_its_map_comes_over_with_its_points(
    desk: ReadingClient, db: Database, publish: Publish, tmp_path: Path
) -> None:
    here = pin(35.7262, 139.5388, PositionSource.FILE)
    where = locate("", "東京都西東京市南町5-6-13", pin=here)
    publish(name="ひだまり", location=where, kind=Kind.FOOD_PANTRY)
    publish(name="あおぞら", address="東京都西東京市泉町3-12-25")
    file = tmp_path / "list.geojson"
    file.write_bytes(desk.get("/listings.geojson").data)
    other = open_database(tmp_path / "other")
    report = import_files(other, [file], ImportOptions(), dt.date(2026, 11, 28))
    assert report.problems == ()
    kept, own = (
        {(body.name, body.kind, body.location.address, body.location.position.level,
          body.location.position.lat) for body in public(one).values() if body}
        for one in (other, db)
    )  # fmt: skip
    assert kept == own
    other.close()


def test_the_page_says_what_was_understood_of_a_number_and_shows_nobodys_own(
    desk: ReadingClient,
) -> None:
    rows = (
        "ひだまり,西東京市南町5-6-13,(03)1234-5678,",
        "あおぞら,西東京市泉町3-12-25,9012345678,",
    )
    page = desk.get(upload(desk, table(*(f"{row}\r\n" for row in rows)))).text
    assert "<p>03-1234-5678</p>" in page
    assert "090-1234-5678" not in page
