"""The reading stands over every word of the site's own texts, and none over what is not known."""

import re
from collections.abc import Callable, Iterator

import pytest
from babel.messages.pofile import read_po
from browsing import Walk
from support import ROOT, ReadingClient

from ibasho.data.database import Database
from ibasho.data.stations import Station, keep_stations
from ibasho.site.furigana import over_words, with_furigana
from ibasho.site.languages import LANGUAGES

Publish = Callable[..., str]
RUBY = re.compile("<ruby>(.*?)<rp>（</rp><rt>(.*?)</rt><rp>）</rp></ruby>")
KANJI = re.compile("[一-龥々]")
DATE_FORMAT = re.compile("M月|y年")  # for Babel, no words


def read(text: str) -> str:
    """A text as its furigana have it."""
    return RUBY.sub(r"\2", over_words(text))


def texts(catalogue: str) -> Iterator[str]:
    path = ROOT / "site" / "translations" / catalogue / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id:
                text = message.string if isinstance(message.string, str) else message.string[0]
                text = re.sub(r"\{[^{}|]+\|([^{}|]+)\}", r"\1", text)  # with a reading of its own
                yield re.sub(r"%\(\w+\)[sd]", "5", text)


@pytest.mark.parametrize("catalogue", ["ja", "easy"])
def test_every_kanji_of_a_catalogue_has_its_reading(catalogue: str) -> None:
    bare = [text for text in texts(catalogue) if KANJI.search(RUBY.sub("", over_words(text)))]
    unread = [text for text in bare if not DATE_FORMAT.search(text)]
    assert unread == [], "add the words to site/furigana.tsv, each with its reading"


def test_a_sentence_of_easy_japanese_is_short() -> None:
    sentences = [one for text in texts("easy") for one in re.split("[。？！]", text)]
    assert [one for one in sentences if len(one.replace(" ", "")) > 40] == []


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("今日と明日、一人で行く", "きょうとあした、ひとりでいく"),
        ("1人でも2人でも3人でも", "ひとりでもふたりでも3にんでも"),
        ("12月1日(土)", "12がつついたち(ど)"),
        ("中3の勉強会", "ちゅうさんのべんきょうかい"),
        ("小4から高2まで", "しょうよんからこうにまで"),
        ("11月20日(金)と24日", "11がつはつか(きん)とにじゅうよっか"),
        ("2026年12月12日(日)", "2026ねん12がつ12にち(にち)"),
        ("3日後", "みっかご"),
        ("月・水・金", "げつ・すい・きん"),
        ("月19,800円まで", "つき19,800えんまで"),
        ("15分、30分", "15ふん、30ぷん"),
        ("1か月に1回、午後3時に", "1かげつに1かい、ごご3じに"),
        ("この円の中、いま受付中、2ページ中", "このえんのなか、いまうけつけちゅう、2ページちゅう"),
        ("いま開いている。ひらく日。地図を開く", "いまあいている。ひらくひ。ちずをひらく"),
        ("車いすで入れる。住所を入れて", "くるまいすではいれる。じゅうしょをいれて"),
        ("話を聞く。話す", "はなしをきく。はなす"),
        ("開催日は、その日にある", "かいさいびは、そのひにある"),
        ("誰が来ても、何を食べても", "だれがきても、なにをたべても"),
        ("子ども食堂の問い合わせ先", "こどもしょくどうのといあわせさき"),
    ],
)
def test_a_word_is_read_as_it_is_said_there(text: str, reading: str) -> None:
    assert read(text) == reading


@pytest.mark.parametrize("text", ["探検", "頑強い", "薔薇", "鞨靺語"])
def test_what_is_not_known_has_no_reading(text: str) -> None:
    assert over_words(text) == text


def test_the_reading_stands_over_the_kanji_alone() -> None:
    bare = over_words("行く").replace("<rp>（</rp>", "").replace("<rp>）</rp>", "")
    assert bare == "<ruby>行<rt>い</rt></ruby>く"


@pytest.mark.parametrize(
    "page",
    [
        "<title>場所</title>",
        '<input value="場所" aria-label="場所">',
        "<textarea>場所</textarea>",
        '<select id="x"><option>場所</option></select>',
        '<script nonce="x">"場所"</script>',
        "<!-- 場所 -->",
        '<abbr title="日曜日">日</abbr>',
        "<svg><text>場所</text></svg>",
        "<p data-read>場所 <span>場所</span></p>",
        '<a lang="zh-Hans">场所 <b>場所</b> <a>場所</a> 場所</a>',
    ],
)
def test_what_is_no_japanese_text_stays_as_it_is(page: str) -> None:
    assert with_furigana(page) == page
    assert with_furigana(f"{page}<p>場所</p>") == page + with_furigana("<p>場所</p>")


def test_a_label_of_a_drawing_stays_within_it() -> None:
    label = '<svg><text x="1">田無駅</text></svg>'
    assert with_furigana(label, {}, {"田無駅": "たなしえき"}) == label


def test_a_text_with_readings_stays_one_box() -> None:
    page = with_furigana("<b>場所を探す</b><b>さがす</b>")
    assert page == f'<b><span class="read">{over_words("場所を探す")}</span></b><b>さがす</b>'


def test_a_place_is_read_as_its_own_kana_say(client: ReadingClient, publish: Publish) -> None:
    listing = publish(name="薔薇の木食堂", alternate_name="バラノキショクドウ")
    for address in ("/ruby/search", f"/ruby/listings/{listing}", "/easy/search"):
        assert "<rt>ばら</rt>" in client.get(address).text, address
    assert "<ruby>" not in client.get("/search").text


def test_a_long_name_can_be_broken_between_its_words() -> None:
    name, kana = "無料学習室（みなみ）あと5分", "むりょうがくしゅうしつ みなみ あとごふん"
    page = with_furigana(f"<h1>{name}</h1>", {name: kana})
    assert RUBY.findall(page) == [("無料学習室", "むりょうがくしゅうしつ"), ("5分", "ごふん")]
    page = with_furigana("<h1>無料学習室</h1>", {"無料学習室": "むりょうがくしゅうしつ"})
    assert [word for word, _ in RUBY.findall(page)] == ["無料", "学習", "室"]


def test_a_station_is_read_as_its_own_kana_say(client: ReadingClient, db: Database) -> None:
    keep_stations(db, [Station("保谷", "ホウヤ", 35.748, 139.568)])
    assert (
        "<ruby>保谷駅<rp>（</rp><rt>ほうやえき</rt>" in client.get("/ruby/search?near=保谷駅").text
    )


def test_a_place_without_kana_is_not_read_by_guess(client: ReadingClient, publish: Publish) -> None:
    publish(name="薔薇の木食堂")
    assert ">薔薇の" in client.get("/ruby/search").text


def test_the_page_of_an_error_has_readings_too(client: ReadingClient) -> None:
    assert "<ruby>" in client.get("/ruby/nowhere").text
    assert "<ruby>" in client.get("/easy/nowhere").text


def test_all_variants_of_japanese_show_the_same_places(
    client: ReadingClient, publish: Publish
) -> None:
    listing = publish()
    for row in LANGUAGES.values():
        prefix = "" if row.code == "ja" else f"/{row.code}"
        assert f"{prefix}/listings/{listing}" in client.get(f"{prefix}/search").text


def test_furigana_fits_a_phone(site: str, walk: Callable[..., Walk]) -> None:
    page = walk(320).page
    for address in ("/ruby/", "/easy/", "/ruby/search", "/easy/desks"):
        page.goto(site + address)
        assert page.locator("rt").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_a_word_that_has_its_reading_already_gets_no_second_one() -> None:
    page = "<p><ruby>行<rp>（</rp><rt>い</rt><rp>）</rp></ruby>ける</p>"
    assert with_furigana(page) == page
