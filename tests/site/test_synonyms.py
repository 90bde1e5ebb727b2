"""Words that stand for one another: on the search page, and on the coordinator's desk."""

import json
import re
from collections.abc import Callable

import pytest
from support import ReadingClient

from ibasho.data.accounts import Role
from ibasho.data.database import Database
from ibasho.data.listings import Kind
from ibasho.data.synonyms import (
    SynonymGroup,
    add_group,
    change_group,
    read_group,
    read_groups,
    remove_group,
)

Publish = Callable[..., str]
PAGE = "/coordinator/synonyms"
LENDING = SynonymGroup(("ぶんこ", "本の部屋"))


@pytest.fixture
def library(publish: Publish) -> str:
    return publish(name="はらっぱの本の部屋", kind=Kind.PLACE_TO_BELONG)


def names(client: ReadingClient, query: str) -> list[str]:
    """The names of the points that the map is given for a search."""
    features = json.loads(client.get(f"/listings.geojson?{query}").text)["features"]
    return [feature["properties"]["name"] for feature in features]


def form(client: ReadingClient, address: str, /, **data: str) -> dict[str, str]:
    """What the form at an address sends with these values in it."""
    page = client.get(address).text
    seen = re.search(r'name="based_on" value="(\d*)"', page)
    return {"form_token": client.token(address), "based_on": seen[1] if seen else "", **data}


def test_the_page_and_the_map_find_other_words_and_the_page_says_so(
    client: ReadingClient, publish: Publish, library: str, db: Database
) -> None:
    publish(name="ひだまり")
    add_group(db, LENDING, "account:1")
    page = client.get("/search?q=ブンコ").text
    assert "「ぶんこ」は「本の部屋」でも探しました。" in page
    assert "はらっぱの本の部屋" in page
    assert "ひだまり" not in page
    assert names(client, "q=ブンコ") == ["はらっぱの本の部屋"]


def test_a_word_without_blanks_beside_a_day_is_known(
    client: ReadingClient, publish: Publish, library: str, db: Database
) -> None:
    add_group(db, LENDING, "account:1")
    page = client.get("/search?q=ぶんこ無料").text
    assert "「ぶんこ」は「本の部屋」でも探しました。" in page


def suggested(client: ReadingClient, typed: str) -> list[str]:
    answer = json.loads(client.get(f"/suggest?q={typed}").text)
    return [one["text"] for one in answer["suggestions"]]


def test_a_word_that_stands_for_others_is_suggested_by_each_of_them(
    client: ReadingClient, library: str, db: Database
) -> None:
    assert suggested(client, "ぶん") == []
    add_group(db, LENDING, "account:1")
    add_group(db, SynonymGroup(("うちゅう", "銀河")), "account:1")
    assert suggested(client, "ブン") == ["ぶんこ"]
    assert suggested(client, "本の部屋") == ["ぶんこ", "はらっぱの本の部屋"]
    assert suggested(client, "うちゅ") == [], "it would find nothing"


def test_the_reading_of_a_kind_suggests_it(client: ReadingClient, publish: Publish) -> None:
    publish(name="ひだまり")
    assert suggested(client, "こどもしょく")[:1] == ["子ども食堂"]


def test_one_may_look_for_the_typed_words_only_and_come_back(
    client: ReadingClient, publish: Publish, library: str, db: Database
) -> None:
    publish(name="ぶんこ ひだまり")
    add_group(db, LENDING, "account:1")
    page = client.get("/search?q=ぶんこ").text
    [only] = re.findall(r'href="([^"]*also=0[^"]*)">入力したことばだけで探す', page)
    page = client.get(only.replace("&amp;", "&")).text
    assert "はらっぱの本の部屋" not in page
    assert "同じ意味のことばでも探す" in page
    assert names(client, "q=ぶんこ&also=0") == ["ぶんこ ひだまり"]


def test_a_word_that_nothing_stands_for_is_not_talked_about(
    client: ReadingClient, library: str
) -> None:
    assert "でも探しました" not in client.get("/search?q=はらっぱ").text


def test_a_search_follows_a_change_at_once(
    client: ReadingClient, library: str, db: Database
) -> None:
    assert names(client, "q=ぶんこ&bbox=130,30,145,45") == []
    group_id = add_group(db, LENDING, "account:1")
    assert names(client, "q=ぶんこ&bbox=130,30,145,45") == ["はらっぱの本の部屋"]
    remove_group(db, group_id, 1, "account:1")
    assert names(client, "q=ぶんこ&bbox=130,30,145,45") == []


def test_what_changes_is_shown_before_anything_is_kept(
    client: ReadingClient, library: str, db: Database
) -> None:
    before = read_groups(db)
    client.sign_in()
    data = form(client, f"{PAGE}/new", words="ぶんこ\n本の部屋", finds="")
    page = client.post(f"{PAGE}/new", data=data | {"step": "preview"}).text
    assert "0件 → 1件" in page
    assert "新しく見つかる： はらっぱの本の部屋" in page
    assert "見つかる場所は変わりません" in page
    assert read_groups(db) == before

    answer = client.post(f"{PAGE}/new", data=data | {"step": "save"})
    assert answer.status_code == 303
    assert "保存しました" in client.get(answer.headers["Location"]).text
    assert read_groups(db) == (*before, LENDING)


def test_a_change_says_which_places_are_found_no_longer(
    client: ReadingClient, publish: Publish, library: str, db: Database
) -> None:
    publish(name="えほんの森")
    group_id = add_group(db, LENDING, "account:1")
    client.sign_in()
    page = f"{PAGE}/{group_id}"
    data = form(client, page, words="ぶんこ、文庫", finds="えほん")
    told = client.post(page, data=data).text
    assert "見つからなくなる： はらっぱの本の部屋" in told
    assert "新しく見つかる： えほんの森" in told
    client.post(page, data=data | {"step": "save"})
    assert read_group(db, group_id).group == SynonymGroup(("ぶんこ", "文庫"), ("えほん",))


def test_only_ten_names_are_told_and_how_many_more(
    client: ReadingClient, publish: Publish, db: Database
) -> None:
    for number in range(13):
        publish(name=f"本の部屋 第{number}", address=f"東京都西東京市南町5-6-{number + 1}")
    client.sign_in()
    data = form(client, f"{PAGE}/new", words="ぶんこ\n本の部屋")
    page = client.post(f"{PAGE}/new", data=data).text
    told = page.split("新しく見つかる：")[1].split("</p>")[0]
    assert told.count("本の部屋 第") == 10
    assert "ほか3件" in told


def test_removing_is_asked_once_more_and_says_what_is_lost(
    client: ReadingClient, library: str, db: Database
) -> None:
    group_id = add_group(db, LENDING, "account:1")
    client.sign_in()
    page = f"{PAGE}/{group_id}/remove"
    data = form(client, page)
    assert "見つからなくなる： はらっぱの本の部屋" in client.get(page).text
    assert LENDING in read_groups(db)
    answer = client.post(page, data=data)
    assert "取り除きました" in client.get(answer.headers["Location"]).text
    assert LENDING not in read_groups(db)
    assert client.get(page).status_code == 404
    assert client.post(page, data=data).status_code == 303, "somebody else was faster"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "二つ以上"),
        ("ぶんこ", "二つ以上"),
        ("本\nぶんこ", "「本」は使えません"),
        ("<b>\n" + "ぶ" * 50, "&lt;b&gt;"),
        ("\n".join(f"ことば{number}" for number in range(31)), "30語まで"),
    ],
)
def test_words_that_cannot_be_used_are_named_and_kept_in_the_form(
    client: ReadingClient, db: Database, words: str, message: str
) -> None:
    before = read_groups(db)
    client.sign_in()
    data = form(client, f"{PAGE}/new", words=words, finds="", step="save")
    answer = client.post(f"{PAGE}/new", data=data)
    assert answer.status_code == 422
    assert message in answer.text
    assert read_groups(db) == before


def test_two_who_edit_at_once_both_keep_their_words(client: ReadingClient, db: Database) -> None:
    group_id = add_group(db, LENDING, "account:1")
    client.sign_in()
    page = f"{PAGE}/{group_id}"
    data = form(client, page, words="ぶんこ\nわたしのことば", step="save")
    change_group(db, group_id, 1, SynonymGroup(("ぶんこ", "ほかの人のことば")), "account:99")
    answer = client.post(page, data=data)
    assert answer.status_code == 409
    assert "ほかの人が先に変更しました" in answer.text
    assert "わたしのことば" in answer.text
    assert "ほかの人のことば" in answer.text
    again = re.search(r'name="based_on" value="(\d+)"', answer.text)
    assert again
    assert client.post(page, data=data | {"based_on": again[1]}).status_code == 303
    assert read_group(db, group_id).group.words == ("ぶんこ", "わたしのことば")


def test_a_preview_does_not_hide_that_somebody_else_has_changed_the_words(
    client: ReadingClient, db: Database
) -> None:
    group_id = add_group(db, LENDING, "account:1")
    client.sign_in()
    page = f"{PAGE}/{group_id}"
    data = form(client, page, words="ぶんこ\nわたしのことば")
    change_group(db, group_id, 1, SynonymGroup(("ぶんこ", "ほかの人のことば")), "account:99")
    shown = re.search(r'name="based_on" value="(\d+)"', client.post(page, data=data).text)
    assert shown
    answer = client.post(page, data=data | {"based_on": shown[1], "step": "save"})
    assert answer.status_code == 409


def test_words_that_somebody_else_removed_can_be_kept_as_new(
    client: ReadingClient, db: Database
) -> None:
    group_id = add_group(db, LENDING, "account:1")
    client.sign_in()
    page = f"{PAGE}/{group_id}"
    data = form(client, page, words="ぶんこ\nわたしのことば", step="save")
    remove_group(db, group_id, 1, "account:99")
    answer = client.post(page, data=data)
    assert answer.status_code == 409
    assert "わたしのことば" in answer.text
    assert f'action="{PAGE}/new#effects"' in answer.text
    client.post(f"{PAGE}/new", data=data)
    assert read_groups(db)[-1].words == ("ぶんこ", "わたしのことば")


def test_an_older_page_does_not_remove_what_it_does_not_show(
    client: ReadingClient, db: Database
) -> None:
    group_id = add_group(db, LENDING, "account:1")
    client.sign_in()
    page = f"{PAGE}/{group_id}/remove"
    data = form(client, page)
    change_group(db, group_id, 1, SynonymGroup(("ぶんこ", "ほかの人のことば")), "account:99")
    answer = client.post(page, data=data)
    assert answer.status_code == 409
    assert "ほかの人のことば" in answer.text
    assert read_group(db, group_id).version == 2


def test_the_words_are_for_the_desk(client: ReadingClient) -> None:
    assert client.get(PAGE).status_code == 303
    client.sign_in(Role.SCHOOL)
    assert client.get(PAGE).status_code == 403
