"""A place speaks the language of the page where it can, and Japanese everywhere else."""

import json
import re
from collections.abc import Callable

import looking
import pytest
from browsing import Walk
from support import ReadingClient, press, send

from ibasho.data.database import Database
from ibasho.data.listings import Fact, Translation, store

Publish = Callable[..., str]

NEW = {"kind": "childrens_cafeteria", "name": "ほしぞら食堂", "visibility": "exact"}

SAID = Translation(
    "vi",
    name="Bếp Ăn Miền Nam",
    description="Cùng ăn cơm.",
    eligibility_description="Trẻ em và gia đình.",
    application_process="Xin gọi trước.",
    fees_description="Người lớn trả chút ít.",
    note="Mang theo tạp dề.",
)
JAPANESE = {
    "description": "ごはんを食べます",
    "eligibility_description": "小学生と家族",
    "application_process": "前日までに電話で",
    "fees_description": "大人は少し払います",
    "note": "エプロンを持ってきてください",
}


@pytest.fixture
def listing(publish: Publish) -> str:
    return publish(phrase="毎日 0:00～23:59", facts=(Fact.ALONE,), translations=(SAID,), **JAPANESE)


def test_the_page_of_a_place_is_in_the_language_of_the_page(
    client: ReadingClient, listing: str
) -> None:
    page = client.get(f"/vi/listings/{listing}").text
    assert f"<h1>{SAID.name}</h1>" in page
    assert '<p class="own-name" lang="ja">みなみ子ども食堂</p>' in page
    shown, folded = page.split('<details class="originals folds">')
    for text in (SAID.description, SAID.eligibility_description, SAID.application_process,
                 SAID.fees_description, SAID.note):  # fmt: skip
        assert text in shown
    for text in JAPANESE.values():
        assert text not in re.sub("<script.*?</script>", "", shown, flags=re.DOTALL)
        assert text in folded.split("</details>")[0]


@pytest.mark.parametrize("prefix", ["", "/ruby", "/easy", "/en", "/ne"])
def test_other_pages_know_nothing_of_it(client: ReadingClient, listing: str, prefix: str) -> None:
    page = client.get(f"{prefix}/listings/{listing}").text
    shown = re.sub("<script.*?</script>", "", page, flags=re.DOTALL)
    assert "Miền Nam" not in shown
    assert SAID.note not in shown
    assert 'class="originals folds"' not in shown
    assert 'class="own-name"' not in shown
    if prefix in {"/en", "/ne"}:
        assert '<h1 lang="ja">みなみ子ども食堂</h1>' in shown


@pytest.mark.parametrize(
    "address", ["/", "/search", "/kept?ids={}", "/sheet?ids={}", "/embed", "/child"]
)
def test_lists_and_the_sheet_say_both_names(
    client: ReadingClient, listing: str, address: str
) -> None:
    page = client.get(f"/vi{address.format(listing)}").text
    assert re.search(rf"<(h2|h3)>(<a[^>]*>)?{SAID.name}", page)
    assert '<p class="own-name" lang="ja">みなみ子ども食堂</p>' in page
    assert SAID.name not in client.get(f"/en{address.format(listing)}").text


def test_a_text_that_is_not_given_stays_japanese(client: ReadingClient, publish: Publish) -> None:
    listing = publish(translations=(Translation("en", name="South Cafeteria"),), **JAPANESE)
    page = client.get(f"/en/listings/{listing}").text
    assert "<h1>South Cafeteria</h1>" in page
    for text in JAPANESE.values():
        assert re.search(f'lang="ja">[^<]*{text}', page)
    assert 'class="originals folds"' not in page


def test_easy_japanese_is_japanese_and_has_its_readings(
    client: ReadingClient, publish: Publish
) -> None:
    easy = Translation("easy", "みなみ こどもしょくどう", "みんなで 食べます。")
    listing = publish(alternate_name="ミナミコドモショクドウ", translations=(easy,), **JAPANESE)
    page = client.get(f"/easy/listings/{listing}").text
    assert re.search(r"<h1>(<[^>]*>)?みなみ こどもしょくどう", page)
    assert "<rt>た</rt><rp>）</rp></ruby>べます。" in page
    assert "<rt>しょくどう</rt>" in page, "the Japanese name is read by its kana"
    assert 'lang="ja"><' not in page.split("<main")[1]


def test_what_the_place_says_in_the_language_of_the_page_alone_is_not_called_unsaid(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(translations=(Translation("en", application_process="Just come."),))
    assert re.search("Not said: [^<]*Booking", client.get(f"/fil/listings/{listing}").text) is None
    english = client.get(f"/en/listings/{listing}").text
    assert "Just come." in english
    assert not re.search("Not said: [^<]*Booking", english)


def test_a_place_is_found_and_said_to_be_found_by_its_name_in_another_language(
    client: ReadingClient, listing: str, publish: Publish
) -> None:
    publish(name="ほかの食堂")
    page = client.get("/en/search?q=Miền Nam").text
    assert "in its name: “Miền Nam”" in page
    assert "ほかの食堂" not in page
    assert "みなみ子ども食堂" in page


def test_programs_read_every_language(client: ReadingClient, listing: str) -> None:
    service = json.loads(client.get(f"/api/services/{listing}").text)
    assert service["name"] == "みなみ子ども食堂"
    (said,) = service["translations"]
    assert (said["language"], said["name"], said["note"]) == ("vi", SAID.name, SAID.note)
    page = client.get(f"/listings/{listing}").text
    data = re.search('<script type="application/ld.json"[^>]*>(.*?)</script>', page)
    assert data
    assert json.loads(data[1])["alternateName"] == [SAID.name]


def test_a_coordinator_gives_texts_in_several_languages(
    client: ReadingClient, db: Database
) -> None:
    client.sign_in()
    blank = client.get("/coordinator/listings/new").text
    assert blank.count('<details class="tongue folds">') == 8
    given = {"vi_name": " Bếp Ăn ", "vi_note": "Mang tạp dề.", "easy_name": "ほしぞら"}
    review = send(client, "/coordinator/listings/new", **NEW, **given)
    page = client.get(f"/en{review}").text
    assert re.search(r'<th scope="row">Tiếng Việt: Name</th><td>Bếp Ăn</td>', page)
    press(client, review, f"{review}/approve")
    (public,) = store.read_all_public(db)
    vietnamese = Translation("vi", name="Bếp Ăn", note="Mang tạp dề.")
    assert public.translations == (Translation("easy", name="ほしぞら"), vietnamese)

    form = client.get(f"/coordinator/listings/{public.id}/change").text
    assert form.count('<details class="tongue folds" open>') == 2
    assert 'lang="vi" maxlength="200" name="vi_name" type="text" value="Bếp Ăn"' in form
    changed = given | {"vi_name": "Bếp Ăn Mới", "easy_name": ""}
    review = send(client, f"/coordinator/listings/{public.id}/change", **NEW, **changed)
    row = '<th scope="row">([^<]*)</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>'
    rows = re.findall(row, client.get(review).text)
    assert rows == [
        ("やさしい日本語：名称", "ほしぞら", "–"),
        ("Tiếng Việt：名称", "Bếp Ăn", "Bếp Ăn Mới"),
    ]


def test_a_text_that_is_too_long_is_named_and_its_part_of_the_form_is_open(
    client: ReadingClient,
) -> None:
    client.sign_in()
    page = send(client, "/coordinator/listings/new", **NEW, ko_name="가" * 201)
    assert 'href="#ko_name"' in page
    assert page.count('<details class="tongue folds" open>') == 1


def test_a_text_whose_japanese_changes_is_pointed_out(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish(translations=(Translation("vi", name="Miền Nam", note="Cũ"),), note="まえ")
    client.sign_in()
    address = f"/coordinator/listings/{listing}/change"
    stays = {"name": "みなみ子ども食堂", "vi_name": "Miền Nam", "vi_note": "Cũ"}
    review = send(client, address, **NEW | stays, note="あと")
    notice = re.search(
        '<p class="notice">The Japanese changes[^<]*', client.get(f"/en{review}").text
    )
    assert notice
    assert "Tiếng Việt: Note." in notice[0]
    both = send(client, address, **NEW | stays | {"vi_note": "Mới"}, note="あと")
    assert "The Japanese changes" not in client.get(f"/en{both}").text


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["easy", "en", "vi"])
def test_both_texts_look_well(
    ward: str, walk: Callable[..., Walk], language: str, width: int
) -> None:
    page = walk(width).page
    page.goto(f"{ward}/{language}/search?q=まるいお皿")
    found = looking.axe(page) + looking.sideways(page) + looking.cut_texts(page)
    page.locator(".card.kind-childrens_cafeteria h3 a").first.click()
    page.locator(".originals summary").click()
    assert (
        page.get_by_text("日替わりの主菜と").or_(page.locator(".originals ruby")).first.is_visible()
    )
    found += looking.axe(page) + looking.sideways(page) + looking.cut_texts(page)
    assert found + looking.overlaps(page) + looking.small_targets(page) == []
