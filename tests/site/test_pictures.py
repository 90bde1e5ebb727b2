"""Pictures of a place: what everyone sees, and how the desk adds, shows and takes them back."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from drawing import from_a_telephone, picture
from support import ReadingClient, reader
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from ibasho.data.database import Database
from ibasho.data.listings import AddressVisibility, State, edit, locate
from ibasho.data.pictures import (
    MOST_BYTES,
    PictureState,
    add_picture,
    encode,
    read_pictures,
    show_picture,
)
from ibasho.data.record import read_record
from ibasho.site.app import create_app
from ibasho.site.config import Settings

Publish = Callable[..., str]
FILES = encode(picture())
ALT = "木のテーブルに丸いお皿が四つ"
ADDRESS = re.compile(r"(?:/coordinator)?/pictures/[a-z0-9]+-\d+\.webp")


@pytest.fixture
def listing(db: Database, publish: Publish) -> str:
    """A public listing with one picture that everyone sees and one that waits."""
    listing = publish()
    show_picture(db, add_picture(db, listing, FILES, ALT, "まるいお皿 提供", "test"), "test")
    add_picture(db, listing, FILES, "まだ見せない絵", "", "test")
    return listing


def form(data: bytes, **fields: str) -> dict[str, Any]:
    """A form with a file, for a client's post; made in memory, for nobody closes a file of it."""
    file = FileStorage(io.BytesIO(data), "picture.jpg")
    boundary, body = encode_multipart({**fields, "file": file})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def add(client: ReadingClient, listing: str, data: bytes = b"", **fields: str) -> tuple[int, str]:
    """Send the form of a new picture; the status, and the page that follows."""
    address = f"/coordinator/listings/{listing}"
    values = {"form_token": client.token(address), "alt": ALT, "agreed": "on"} | fields
    answer = client.post(f"{address}/pictures", **form(data, **values))
    if answer.status_code == 303:
        return 303, client.get(answer.headers["Location"]).text
    return answer.status_code, answer.text


def press(client: ReadingClient, listing: str, picture_id: str, **fields: str) -> tuple[int, str]:
    """Press a button below a picture; the status, and the page that follows."""
    token = client.token(f"/coordinator/listings/{listing}")
    answer = client.post(f"/coordinator/pictures/{picture_id}", data={"form_token": token} | fields)
    if answer.status_code == 303:
        return 303, client.get(answer.headers["Location"]).text
    return answer.status_code, answer.text


# -- everyone


def test_the_page_shows_what_was_approved_with_its_words_and_its_measures(
    client: ReadingClient, listing: str
) -> None:
    page = client.get(f"/listings/{listing}").text
    [figure] = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert f'alt="{ALT}"' in figure
    assert 'width="1200" height="900"' in figure
    assert 'loading="lazy" decoding="async"' in figure
    assert re.search(r"-480\.webp 480w, \S+-1200\.webp 1200w", figure)
    assert "まるいお皿 提供" in figure
    assert "まだ見せない絵" not in page
    for address in ADDRESS.findall(figure):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.mimetype == "image/webp"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers


def test_a_page_without_pictures_asks_for_nothing_of_theirs(
    client: ReadingClient, publish: Publish
) -> None:
    page = client.get(f"/listings/{publish()}").text
    assert "pictures.css" not in page
    assert "<figure" not in page


def test_several_are_a_row_that_the_keyboard_reaches(
    client: ReadingClient, listing: str, db: Database
) -> None:
    alone = client.get(f"/listings/{listing}").text
    assert '<div class="pictures">' in alone
    show_picture(db, add_picture(db, listing, FILES, "台所", "", "test"), "test")
    row = client.get(f"/listings/{listing}").text
    assert '<div class="pictures" tabindex="0" role="group" aria-label="写真">' in row


def test_search_engines_are_told_and_a_link_shows_it_where_the_site_knows_its_address(
    client: ReadingClient, listing: str, settings: Settings
) -> None:
    page = client.get(f"/listings/{listing}").text
    assert re.search(r'"image": \["http://localhost/pictures/[a-z0-9]+-1200\.webp"\]', page)
    assert "og:image" not in page
    known = reader(
        create_app(Settings(settings.data_dir, settings.secret_key, "https://ward.example"))
    )
    page = known.get(f"/listings/{listing}", base_url="https://ward.example").text
    assert re.search(r'og:image" content="https://ward.example/pictures/[a-z0-9]+-1200', page)
    assert f'og:image:alt" content="{ALT}"' in page


def test_what_waits_was_taken_back_or_is_of_a_hidden_listing_is_not_found(
    client: ReadingClient, listing: str, db: Database
) -> None:
    shown, waiting = (f"/pictures/{one.public.id}-480.webp" for one in read_pictures(db, listing))
    client.sign_in()
    for address in (waiting, "/pictures/none-480.webp", shown.replace("480", "481")):
        assert client.get(address).status_code == 404
    edit.change_state(db, listing, State.UNLISTED, "test", "asked")
    assert client.get(shown).status_code == 404
    edit.change_state(db, listing, State.PUBLISHED, "test", "again")
    assert client.get(shown).status_code == 200
    press(client, listing, shown.split("/")[2].split("-")[0], step="withdraw")
    assert client.get(shown).status_code == 404
    assert ALT not in client.get(f"/listings/{listing}").text


@pytest.mark.parametrize("address", ["/", "/search", "/embed", "/api/services", "/search.csv"])
def test_no_list_and_no_frame_shows_them(client: ReadingClient, listing: str, address: str) -> None:
    assert not ADDRESS.search(client.get(address).text)


# -- the desk


def test_a_picture_is_added_looked_at_and_shown(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    client.sign_in()
    status, page = add(client, listing, from_a_telephone(), credit="みなみ食堂")
    assert status == 303
    assert "まだ公開されていません" in page
    [one] = read_pictures(db, listing)
    assert (one.state, one.alt, one.credit) == (PictureState.WAITING, ALT, "みなみ食堂")
    [preview] = {found for found in ADDRESS.findall(page) if "-480" in found}
    answer = client.get(preview)
    assert answer.mimetype == "image/webp"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"Canary" not in answer.data
    status, page = press(client, listing, one.public.id, step="show", alt=ALT, credit="")
    assert "公開しました" in page
    assert ALT in client.get(f"/listings/{listing}").text
    actions = [entry.action for entry in read_record(db, listing)]
    assert actions[:3] == ["show_picture", "describe_picture", "add_picture"]
    for said in ("写真を公開", "写真を追加"):
        assert said in page


def test_it_is_taken_back_and_shown_again(
    client: ReadingClient, listing: str, db: Database
) -> None:
    client.sign_in()
    one = read_pictures(db, listing)[0].public.id
    page = press(client, listing, one, step="withdraw")[1]
    assert "もう一度公開" in page
    assert press(client, listing, one, step="show")[0] == 303
    assert ALT in client.get(f"/listings/{listing}").text


def test_words_are_changed_and_their_order_too(
    client: ReadingClient, listing: str, db: Database
) -> None:
    client.sign_in()
    first, second = (one.public.id for one in read_pictures(db, listing))
    press(client, listing, first, step="save", alt="新しい説明", credit="")
    assert "新しい説明" in client.get(f"/listings/{listing}").text
    press(client, listing, first, step="later", alt="新しい説明", credit="")
    assert [one.public.id for one in read_pictures(db, listing)] == [second, first]
    status, page = press(client, listing, second, step="save", alt=" ", credit="")
    assert status == 422
    assert f'href="#alt-{second}"' in page
    assert "何が写っているかを" in page
    assert press(client, listing, "none", step="show")[0] == 404


@pytest.mark.parametrize(
    ("data", "fields", "said"),
    [
        (b"", {}, "ファイルを選んでください"),
        ("文章です".encode(), {}, "JPEG、PNG、WebPのいずれか"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", {}, "iPhoneのHEICファイル"),
        (bytes(MOST_BYTES + 1), {}, "写真が大きすぎます"),
        (picture(9_000, 6_000, "PNG", "1"), {}, "写真が大きすぎます"),
        (picture(60, 40), {"alt": "  "}, "何が写っているかを"),
    ],
    ids=["none", "text", "heic", "bytes", "pixels", "alt"],
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    client: ReadingClient, publish: Publish, db: Database, data: bytes, fields: dict[str, str],
    said: str,
) -> None:  # fmt: skip
    listing = publish()
    client.sign_in()
    status, page = add(client, listing, data, credit="みなみ食堂", **fields)
    assert status == 422
    assert "エラー：" in page
    assert page.count(said) >= 2  # in the list, and beside its field
    assert "みなみ食堂" in page
    assert read_pictures(db, listing) == []


def test_whoever_is_in_it_must_have_agreed(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    listing = publish()
    client.sign_in()
    address = f"/coordinator/listings/{listing}"
    sent = form(picture(60, 40), form_token=client.token(address), alt=ALT)
    answer = client.post(f"{address}/pictures", **sent)
    assert answer.status_code == 422
    assert 'href="#agreed"' in answer.text
    assert "もう一度選んでください" in answer.text
    assert read_pictures(db, listing) == []


def test_a_hidden_address_warns(client: ReadingClient, publish: Publish) -> None:
    client.sign_in()
    where = locate("", "東京都西東京市南町5-6-13", visibility=AddressVisibility.AREA_ONLY)
    hidden, open_ = publish(location=where), publish(name="ひらいた食堂")
    warning = "場所がわかる手がかり"
    assert warning in client.get(f"/coordinator/listings/{hidden}").text
    assert warning not in client.get(f"/coordinator/listings/{open_}").text


def test_only_staff_may_send_much_and_only_there(client: ReadingClient, publish: Publish) -> None:
    address = f"/coordinator/listings/{publish()}/pictures"
    much, too_much = form(bytes(2_000_000)), form(bytes(31_000_000))
    assert client.post(address, **much).status_code == 413
    client.sign_in()
    assert client.post(address, **much).status_code == 400  # it was read, and has no token
    assert client.post("/coordinator/synonyms/new", **much).status_code == 413
    answer = client.post(address, **too_much)
    assert answer.status_code == 413
    assert "写真を10 MB以下にして" in answer.text


def test_nothing_can_be_added_to_what_there_is_not(client: ReadingClient) -> None:
    client.sign_in()
    sent = form(picture(60, 40), form_token=client.token("/coordinator/"), alt=ALT, agreed="on")
    assert client.post("/coordinator/listings/nowhere/pictures", **sent).status_code == 404
    assert client.get("/coordinator/pictures/none-480.webp").status_code == 404
