"""What `geocode` makes of addresses as people write them."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ibasho.data import geocode as package
from ibasho.data.geocode import (
    NO_MATCH,
    Level,
    code_of,
    find_municipality,
    geocode,
    with_check_digit,
)
from ibasho.data.geocode.table import table

SPELLINGS = {
    "東京都目黒区鷹番3丁目": [
        "東京都目黒区鷹番3-12-3",
        "目黒区鷹番３丁目１２番３号",
        "東京都目黒区鷹番三丁目十二番三号",
        "東京都目黒区鷹番３丁目１２番地の３",
        "東京都目黒区鷹番3丁目12番地3号　鷹番マンション１０２号室",
        "目黒区　鷹番３ノ１２ノ３",
        "目黒区目黒区鷹番3-12-3",
        "東京都東京都目黒区鷹番三丁目12の3",
        "東京目黒区鷹番3−12−3",
        "〒152-0004 東京都目黒区鷹番3ー12ー3 鷹番ビル2F",
        "〒1520004目黒区鷹番3の12の3",
        "　東京都\n目黒区\t鷹 番 ３‐１２‐３",
        "会場：東京都目黒区鷹番3丁目（予定）",
    ],
    "大阪府堺市西区鳳東町6丁": [
        "堺市西区鳳東町6丁600",
        "大阪府堺市鳳東町六丁600番地",
        "堺市西区鳳東町6丁目600",
        "堺市堺市西区鳳東町６－６００",
        "鳳東町6丁600",
    ],
    "北海道札幌市中央区北2条西11丁目": [
        "札幌市中央区北２条西１１丁目",
        "札幌市中央区北二条西十一丁目1-1",
        "北海道札幌市中央区北2西11-1",
        "札幌市中央区北2条西11-1",
        "札幌市中央区北２条西１１丁目１番１号 ビル３階",
    ],
    "北海道旭川市春光5条2丁目": ["北海道旭川市春光５条２丁目１番１号"],
    "京都府京都市中京区上本能寺前町": [
        "京都市中京区寺町通御池上る上本能寺前町488",
        "京都市中京区寺町通御池上ル上本能寺前町488",
        "京都市中京区上本能寺前町488",
    ],
    "京都府京都市上京区下天神町": ["京都市上京区堀川通寺之内上ル２丁目下天神町６５０－１"],
    "京都府京都市上京区梶井町": ["京都市上京区河原町通今出川下ル東入梶井町448"],
    "京都府京都市上京区染殿町": ["京都市上京区寺町通石薬師下る西側染殿町６５８"],
    "京都府京都市上京区玄武町": ["京都府京都市上京区今出川通烏丸東入玄武町601"],
    "三重県三重郡菰野町大字永井": ["三重県菰野町永井59", "三重県三重郡菰野町大字永井５９番地"],
    "東京都千代田区霞が関1丁目": ["千代田区霞ヶ関1-1", "千代田区霞ケ関1-1", "千代田区霞ガ関1-1"],
    "東京都板橋区前野町2丁目": ["板橋区前野2-43-15"],
    "東京都渋谷区代々木4丁目": ["東京都渋谷区代-木4-50-13"],
    "岩手県下閉伊郡岩泉町門": ["岩手県岩泉町門字町３２－３"],
    "神奈川県川崎市多摩区登戸": ["神奈川県川崎市登戸1892"],
    "東京都三宅村神着": ["東京都三宅島三宅村神着199"],
    "静岡県浜松市中央区元城町": ["浜松市中央区元城町103-2", "静岡県浜松市中区元城町103-2"],
    "静岡県浜松市中央区東三方町": ["浜松市北区東三方町1", "浜松市東三方町1"],
    "静岡県浜松市浜名区細江町気賀": ["浜松市北区細江町気賀305", "浜松市浜名区細江町気賀305"],
    "静岡県浜松市浜名区貴布祢": ["静岡県浜松市浜北区貴布祢3000"],
    "東京都利島村": ["東京都利島村248", "利島村"],
    "熊本県球磨郡湯前町": ["熊本県湯前町1989-1", "球磨郡湯前町"],
    "兵庫県丹波篠山市北新町": ["兵庫県篠山市北新町41"],
    "香川県高松市番町1丁目": ["高松市番町１の８の１５"],
    "東京都府中市宮西町2丁目": ["府中市宮西町2-24"],
    "大阪府大阪市西区靱本町2丁目": ["大阪市西区靭本町2-5-1 丸文靭ビル1階"],
    "埼玉県上尾市大字瓦葺": ["埼玉県上尾市瓦葺2716", "埼玉県上尾市大字瓦葺字北１"],
    "東京都八丈町三根": ["東京都八丈島八丈町三根341", "八丈町三根341"],
    "三重県津市丸之内": ["三重県津市丸の内1", "三重県津市丸ノ内1-1", "津市丸之内１番地"],
    "徳島県三好市池田町ウヱノ": ["徳島県三好市池田町ウエノ2834"],
}


@pytest.mark.parametrize(
    ("address", "matched"),
    [(address, matched) for matched, addresses in SPELLINGS.items() for address in addresses],
)
def test_every_spelling_of_an_address_is_the_same_place(address: str, matched: str) -> None:
    assert geocode(address).matched == matched


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("澤", "沢"),
        ("齋", "斎"),
        ("﨑", "崎"),
        ("髙", "高"),
        ("龍", "竜"),
        ("廣", "広"),
        ("濱", "浜"),
    ],
)
def test_old_and_new_forms_of_a_character_are_one(old: str, new: str) -> None:
    addresses = {
        "沢": "神奈川県藤沢市藤沢1-1",
        "斎": "三重県多気郡明和町斎宮1",
        "崎": "神奈川県川崎市川崎区南町1",
        "高": "大阪府高槻市高槻町1",
        "竜": "静岡県浜松市天竜区二俣町二俣1",
        "広": "広島県広島市中区広瀬町1",
        "浜": "神奈川県横浜市西区浜松町1",
    }
    assert geocode(addresses[new].replace(new, old)) == geocode(addresses[new])
    assert geocode(addresses[new]).level in (Level.CHOME, Level.TOWN)


def test_the_level_tells_how_near_it_is() -> None:
    chome = geocode("東京都西東京市南町5-6-13")
    assert chome.level == Level.CHOME
    assert (chome.prefecture, chome.municipality, chome.town) == (
        "東京都",
        "西東京市",
        "南町五丁目",
    )
    assert geocode("大阪府堺市東区日置荘原寺町195-1").level == Level.TOWN
    all_chomes = geocode("東京都西東京市南町")
    assert (all_chomes.level, all_chomes.town) == (Level.TOWN, "南町")


@pytest.mark.parametrize(
    ("address", "radius_m"),
    [
        ("大阪府堺市西区鳳東町6丁600", 250),
        ("東京都西東京市南町5-6-13", 330),
        ("東京都江東区有明3-7-26", 480),
        ("京都府京都市中京区上本能寺前町488", 310),
        ("大阪府堺市東区日置荘原寺町195-1", 420),
        ("奈良県生駒市小瀬町1", 1100),
        ("奈良県生駒市俵口町1", 2100),
        ("香川県高松市庵治町6034-1", 4546),  # no other town is near
    ],
)
def test_the_radius_is_that_of_the_level_and_the_kind_of_area(address: str, radius_m: int) -> None:
    assert geocode(address).radius_m == radius_m


def test_a_town_without_its_chome_has_all_of_them_in_its_radius() -> None:
    whole, part = geocode("東京都西東京市南町"), geocode("東京都西東京市南町1丁目")
    assert None not in (whole.radius_m, part.radius_m)
    assert (part.radius_m or 0) < (whole.radius_m or 0) < 1500


def test_a_municipality_of_one_point_says_that_it_may_be_far() -> None:
    match = geocode("東京都利島村248")
    assert (match.level, match.radius_m, match.code) == (Level.MUNICIPALITY, 9000, "13362")


def test_a_block_is_not_taken_for_a_chome() -> None:
    assert geocode("東京都西東京市南町5番6号").level == Level.TOWN
    assert geocode("東京都西東京市南町5の6").level == Level.CHOME
    assert geocode("東京都西東京市南町99-1").level == Level.TOWN


def test_the_context_completes_an_address() -> None:
    assert geocode("新町4-10-10 1階", "大阪市西区").matched == "大阪府大阪市西区新町4丁目"
    assert geocode("西区新町4-10-10", "大阪府大阪市西区").town == "新町四丁目"
    assert geocode("府中町3-1", "東京都府中市").matched == "東京都府中市府中町3丁目"
    assert geocode("東京都南町5-6", "西東京市").municipality == "西東京市"
    assert geocode("大阪府大阪市西区新町4", "大阪市西区").town == "新町四丁目"


def test_the_address_wins_over_the_context() -> None:
    assert geocode("小平市花小金井1-8", "西東京市").municipality == "小平市"
    assert geocode("東京都小平市", "西東京市").municipality == "小平市"
    assert geocode("大阪府南町5-6", "西東京市") == NO_MATCH
    assert geocode("菰野町永井59", "西東京市").municipality == "三重郡菰野町"


def test_a_town_called_like_another_municipality_does_not_lead_there() -> None:
    assert geocode("松島町1-2", "西東京市") == geocode("", "西東京市")
    assert geocode("松島町", "宮城県松島町").municipality == "宮城郡松島町"
    assert geocode("桜島横山町1", "鹿児島市").town == "桜島横山町"


@pytest.mark.parametrize(
    ("building", "context"),
    [
        ("津市場", "東京都西東京市"),
        ("京都市場", "東京都西東京市"),
        ("港区民センター", "東京都西東京市"),
        ("府中市立中央図書館", "東京都西東京市"),
        ("松原市民会館", "東京都世田谷区"),
        ("大町市民センター", "佐賀県大町町"),
        ("豊田市民活動", "奈良県天理市"),
        ("千代田区民館", "大阪府河内長野市"),
        ("港区民センター", "大阪府大阪市港区"),
    ],
)
def test_a_building_named_like_a_municipality_is_where_the_context_says(
    building: str, context: str
) -> None:
    assert geocode(building, context) == geocode("", context)


def test_a_building_of_a_ward_is_in_that_ward_of_the_city() -> None:
    assert geocode("港区民センター", "大阪市").matched == "大阪府大阪市港区"
    assert geocode("東京都港区民センター", "西東京市").matched == "東京都港区"


def test_a_prefecture_as_context_limits_the_answer() -> None:
    assert geocode("青森町1", "東京都") == NO_MATCH
    assert geocode("日置荘原寺町195-1", "東京都") == NO_MATCH
    assert geocode("日置荘原寺町195-1", "大阪府").municipality == "堺市東区"
    assert geocode("府中市宮西町2-24", "東京都").matched == "東京都府中市宮西町2丁目"
    assert geocode("東京都府中市宮西町2-24", "東京都").matched == "東京都府中市宮西町2丁目"
    assert geocode("大阪府大阪市西区新町4", "東京都").matched == "大阪府大阪市西区新町4丁目"


def test_without_a_town_it_is_the_middle_of_the_municipality() -> None:
    match = geocode("", "西東京市")
    assert match.level == Level.MUNICIPALITY
    assert match.matched == "東京都西東京市"
    assert 1000 < (match.radius_m or 0) < 5000
    assert geocode("公民館のとなり", "西東京市") == match
    assert geocode("東京都西東京市どこにもない町1-1").level == Level.MUNICIPALITY
    assert geocode("静岡県浜松市浜名区").matched == "静岡県浜松市浜名区"


def test_a_town_is_not_cut_out_of_a_longer_name() -> None:
    assert geocode("大阪府貝塚市中町4-1").town == ""  # the table has 中 and 二色中町
    assert geocode("北海道空知郡中富良野町東１線北１８号").town == ""  # and 東町
    assert geocode("岩手県大槌町新町通り1").town == ""
    # The ward has a 門前町 too, which is another place.
    assert geocode("京都府京都市下京区堀川通花屋町下ル本願寺門前町").town == ""


@pytest.mark.parametrize(
    "address",
    ["", "どこか", "府中市", "西区", "新町4-5-14", "東京都", "6丁目", "1-2-3", "松島町1-2", "丁目"],
)
def test_what_is_not_certain_is_no_place(address: str) -> None:
    assert geocode(address) == NO_MATCH
    assert geocode(address).lat is None


def test_a_town_that_is_unique_in_japan_needs_no_municipality() -> None:
    assert geocode("日置荘原寺町195-1").municipality == "堺市東区"


@pytest.mark.parametrize(
    ("text", "full_name"),
    [
        ("西東京市", "東京都西東京市"),
        ("東京都西東京市", "東京都西東京市"),
        ("大阪市西区", "大阪府大阪市西区"),
        ("大阪府大阪市西区", "大阪府大阪市西区"),
        ("大阪市", "大阪府大阪市"),
        ("菰野町", "三重県三重郡菰野町"),
        ("龍ケ崎市", "茨城県龍ヶ崎市"),
        ("東京都府中市", "東京都府中市"),
        ("浜松市中央区", "静岡県浜松市中央区"),
        ("浜松市南区", "静岡県浜松市中央区"),
        ("浜松市北区", "静岡県浜松市"),
        ("篠山市", "兵庫県丹波篠山市"),
    ],
)
def test_a_municipality_is_found_by_its_spellings(text: str, full_name: str) -> None:
    found = find_municipality(text)
    assert found is not None
    assert found.full_name == full_name


@pytest.mark.parametrize("text", ["府中市", "西区", "中央区", "東京都", "", "どこか市"])
def test_an_ambiguous_or_unknown_municipality_is_none(text: str) -> None:
    assert find_municipality(text) is None


NAMES = ["大阪市西区", "京都市上京区", "東京都", "府中市", "新町", "大字", "上ル", "丁目"]
PIECES = st.sampled_from([*NAMES, *"字十二4-ーの〒島町区条・? "])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.none() | st.text() | PIECES)
def test_no_text_raises(address: str, municipality: str | None) -> None:
    match = geocode(address, municipality)
    assert (match.lat is None) == (match.level == Level.NONE) == (match.matched == "")


def test_very_long_texts_are_quick_and_harmless() -> None:
    assert geocode("東京都西東京市南町" + "9" * 100_000).level == Level.TOWN
    assert geocode("京都市上京区" + "東入" * 100_000).level == Level.MUNICIPALITY


def test_the_examples_of_the_package_are_true() -> None:
    assert doctest.testmod(package).failed == 0


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("大阪府堺市西区鳳東町6丁600", "27144"),
        ("堺市", "27140"),
        ("東京都西東京市南町5-6-13", "13229"),
        ("札幌市中央区北2条西11丁目", "01101"),
        ("三重県三重郡菰野町", "24341"),
        ("東京都八丈町大賀郷", "13401"),
        ("静岡県浜松市浜名区", "22139"),
        ("静岡県浜松市中区元城町", "22138"),
        ("浜松市北区三方原町1", "22138"),
        ("浜松市北区引佐町井伊谷616-5", "22139"),
        ("浜松市北区", "22130"),
        ("浜松市天竜区二俣町", "22140"),
        ("東京都利島村", "13362"),
        ("湯前町", "43506"),
        ("どこか", ""),
    ],
)
def test_an_answer_has_the_official_code_of_its_municipality(address: str, code: str) -> None:
    assert geocode(address).code == code


def test_every_municipality_of_the_table_has_a_code_of_its_own() -> None:
    codes = [code_of(*place) for place in table().municipalities]
    assert all(codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("code", "whole"),
    [
        ("27140", "271403"),
        ("27143", "271438"),
        ("27144", "271446"),
        ("27100", "271004"),
        ("27106", "271063"),
        ("13229", "132292"),
        ("01100", "011002"),
        ("17212", "172120"),
    ],
)
def test_the_sixth_digit_checks_the_others(code: str, whole: str) -> None:
    assert with_check_digit(code) == whole


@pytest.mark.parametrize("code", ["", "271446", "2714x", "２７１４４"])
def test_what_is_no_code_has_no_check_digit(code: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        with_check_digit(code)
