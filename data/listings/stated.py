"""The facts of a listing: those that a person ticked, and those that its words say in full.

The words are read as in `first_visit`: one whole clause must say it and nothing more, and any other
clause that speaks of the same thing takes it back, unless it is known to leave it as it is. So does
a clause beside it that limits or denies something. What is missed so can be ticked.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from ibasho.data.listings.clauses import clauses_of, plain
from ibasho.data.listings.facts import Fact
from ibasho.data.listings.first_visit import first_visit, words_against
from ibasho.data.listings.public import PublicListing


@dataclass(frozen=True, slots=True)
class _Reading:
    """How clauses say a fact: `says` is all of one, and has one of the `words`; `about` is in all
    that speak of the matter, `beside` are those among them that leave the fact as it is."""

    words: tuple[str, ...]
    says: re.Pattern[str]
    about: re.Pattern[str]
    beside: re.Pattern[str]


_IS = "(?:です|になっています|になっております)?"
_CAN = "(?:でき(?:る|ます)|可能?(?:です)?|OK(?:です)?|大丈夫(?:です)?|歓迎(?:します|です)?|どうぞ)"
_HAS = "(?:[をがはも:]?(?:あり(?:ます)?|有り?|ございます|います|おります))"
_DOES = "(?:して(?:い)?(?:ます|おります)|します|いたします|いたしております|致します)"
_MAKES = (
    f"(?:{_HAS}|[をもは:]?(?:ご)?(?:用意|準備|提供|掲示|配布)?"
    f"(?:[をがは]?(?:{_DOES}|でき(?:ます|る)|可能(?:です)?|可(?:です)?|OK(?:です)?)))"
)
_FOR_ALLERGIES = "(?:食物|食品)?アレルギー(?:のある(?:方|人|子|お子さん|お子様))?"
_FOOD = "(?:の?(?:食事|献立|メニュー|お?弁当|料理|おやつ|給食|食))"
_WHERE = "(?:毎回|(?:献立表?|メニュー表?|お?弁当|容器|ふた|店内|会場)(?:に|に毎回|で))?"
_CHAIR = "(?:車いす|車イス|車椅子|車いす・ベビーカー|ベビーカー・?車いす)"
_HOUSE = "(?:(?:会場|建物|館内|施設|施設内|店内|園内|室内)[はがも]?)?"
_SCHOOLS = (
    "(?:これまでに)?(?:在籍(?:する)?校|学校|(?:市内|区内|町内|村内|近隣)?の?"
    "(?:公立)?(?:の)?(?:小・?中学校|小学校・?中学校)|[0-9]+校(?:以上)?)(?:で[はも]?|の|から)"
)
_DAYS = "(?:(?:通った|通所した|来た|参加した|利用した|通所)日(?:数)?[はが])"
_TAKES_PART = "(?:の?(?:ご)?(?:参加|受講|利用)(?:も|が|は)?)"
_LANGUAGE = "(?:やさしい日本語|[ァ-ヶー]{2,8}語|[英中韓仏独露]国?語|日本語|手話)"
_SPOKEN = (
    "(?:[がもをの]話せ(?:ます|る(?:スタッフ|職員|人|方|相談員|ボランティア|大人)[がも]"
    "(?:います|おります|居ます))|[がも]通じます|も話します|(?<=しい日本語)で話します|でも?話せます"
    "|[のも]?通訳[がも](?:います|あります|おります|つきます)"
    "|での?(?:ご)?(?:対応|相談|説明)(?:も|が)?(?:できます|可能(?:です)?|します|しています))"
)
# What limits or denies the clause beside it.
_BUT = re.compile(
    "ただし|但し|^ただ|しかし|のみ|(?<!いた)だけ|限[りらっ定]|除[くき]|以外|でき(?:ませ|な|かね)|かねます|不可|ません"
    "|(?<!使わ)(?<!含ま)(?<!入れ)ない|なし|無し|未|一部|場合|難し|困難|予定|検討|準備中|休止|中止|終了|廃止|お断り|遠慮|要相談|応相談|かも"
    "|^(?:[無否要×✕△]|いいえ|いません)"
)
_HEADS = re.compile("[:はが]$")  # 「アレルギー対応は」: the next line answers

_READINGS: dict[Fact, _Reading] = {
    Fact.ALLERGY: _Reading(
        ("アレル", "除去食", "特定原材料"),
        re.compile(
            f"{_FOR_ALLERGIES}(?:に|には|にも|への|の)?(?:個別に?|個別の)?対応{_FOOD}?{_MAKES}"
            f"|(?:アレルギー(?:対応の?)?)?(?:の)?除去食(?:の?対応|に対応)?{_MAKES}"
            f"|{_WHERE}(?:アレルギー(?:食材|物質|物|成分|[0-9]+品目)?|アレルゲン|特定原材料)"
            f"(?:の|を)?(?:表示|一覧表?)(?:も)?{_MAKES}"
        ),
        re.compile(
            "アレル|除去|特定原材料|コンタミ|混入"
            "|(?:卵|乳|小麦|そば|ナッツ|落花生|重度|重い).*(?:のみ|だけ|限|以外|不可|ません|お断り)"
        ),
        re.compile(
            f"{_FOR_ALLERGIES}(?:の(?:内容|有無|こと)|[がはを]|をお持ちの(?:方|人)は|場合は)*"
            "(?:事前に|前もって|あらかじめ|予約(?:の)?時に|申し?込み?(?:の)?(?:時|とき|際)に|当日)*"
            "(?:ご|お)?(?:相談|連絡|知らせ|申し出|伝え|教えて|申告)(?:ください|下さい|願います)?"
        ),
    ),
    Fact.WHEELCHAIR: _Reading(
        ("車いす", "車イス", "車椅子", "バリアフリー"),
        re.compile(
            f"{_HOUSE}(?:全館|全面|完全)?バリアフリー(?:対応|仕様|構造|化)?(?:{_IS}|{_MAKES})"
            f"|{_HOUSE}(?:お)?{_CHAIR}(?:の(?:方|まま|人|お子さん))?(?:のまま)?[でもはがの]*"
            f"(?:そのまま)?(?:ご|お)?(?:入れ(?:ます|る)|通れます|対応{_MAKES}|対応{_IS}"
            f"|(?:入場|入室|来場|来店|来館|参加|利用)?[もが]?{_CAN})"
        ),
        re.compile("車いす|車イス|車椅子|バリアフリー|段差|階段|エレベータ|介助|通路|スロープ"),
        re.compile(
            "(?:.*(?:エレベーター?|スロープ|手すり|トイレ|お手洗い|駐車場|駐車スペース|貸し?出し?用?"
            f"(?:の)?{_CHAIR}|貸し?出し?)(?:完備|設置|{_HAS}))"
            "|段差[はがも]?(?:ありません|ない|なし)(?:です)?"
        ),
    ),
    Fact.ATTENDANCE: _Reading(
        ("出席扱い",),
        re.compile(
            f"(?:{_SCHOOLS}|{_DAYS})*(?:指導要録上の?)?出席扱い"
            "(?:[にと](?:なります|なっています|されます|していただけます|してもらえます)"
            f"|(?:に|と)?(?:なった|された|なる)?(?:の)?(?:実績|例|ケース|事例)(?:{_HAS}|多数{_HAS}?))"
        ),
        re.compile("出席|校長|在籍校|学校(?:長|との?相談|と相談|の判断|によ)"),
        re.compile("(?!)"),
    ),
    Fact.ONLINE: _Reading(
        ("オンライン", "Zoom", "ZOOM", "zoom", "リモート"),
        re.compile(
            "(?:(?:自宅|家|どこ)から(?:でも)?)?(?:オンライン|Zoom|ZOOM|zoom|リモート)"
            f"(?:[でもの]*{_TAKES_PART}{_CAN}|(?:での?)?(?:開催|実施)(?:です|します|しています))"
        ),
        re.compile("オンライン|Zoom|ZOOM|zoom|リモート|対面|来所"),
        re.compile("(?!.*参加).*(?:予約|申し?込|決済|見学|説明会)(?:フォーム)?(?:も|は|が|を)?.*"),
    ),
}
_LANGUAGES = {
    Fact.EASY_JAPANESE: ("やさしい日本語",),
    Fact.ENGLISH: ("英語",),
    Fact.CHINESE: ("中国語",),
    Fact.KOREAN: ("韓国語",),
    Fact.VIETNAMESE: ("ベトナム語",),
    Fact.PORTUGUESE: ("ポルトガル語",),
    Fact.FILIPINO: ("タガログ語", "フィリピン語", "フィリピノ語"),
    Fact.NEPALI: ("ネパール語",),
}
# 「英語ができます」 may be what one learns there; only what is spoken counts.
_READINGS |= {
    fact: _Reading(
        names,
        re.compile(f"(?:{_LANGUAGE}(?:[・,/&とや]|および|及び)?)+{_SPOKEN}"),
        re.compile("|".join(names)),
        re.compile("(?!)"),
    )
    for fact, names in _LANGUAGES.items()
}
_BULLET = re.compile("^[・●○◎■◆*※-]+")


def facts_of(listing: PublicListing) -> frozenset[Fact]:
    """What somebody stated of a place, with a tick or in full words."""
    found = {*listing.facts, *first_visit(listing).welcomes}
    text = _text(listing)
    likely = [
        fact for fact, reading in _READINGS.items() if any(word in text for word in reading.words)
    ]
    clauses = _clauses(text) if likely else []
    found.update(fact for fact in likely if _is_said(_READINGS[fact], clauses))
    if listing.takeaway:
        found.add(Fact.TAKEAWAY)
    if listing.food_pantry:
        found.add(Fact.FOOD_PANTRY)
    return frozenset(found)


def doubted(listing: PublicListing) -> tuple[Fact, ...]:
    """The ticked facts that the words of the place seem to take back: a person should look."""
    against, clauses = words_against(listing), _clauses(_text(listing))
    against |= {
        fact
        for fact, reading in _READINGS.items()
        if any(_BUT.search(clause) for clause in _unsure(reading, clauses))
    }
    return tuple(fact for fact in Fact if fact in listing.facts and fact in against)


def _is_said(reading: _Reading, clauses: list[str]) -> bool:
    """Whether a clause says it, and none takes it back."""
    said = [reading.says.fullmatch(clause) is not None for clause in clauses]
    if not any(said) or _unsure(reading, clauses):
        return False
    # a denial or a limit may follow, and a heading may stand before: 「対応は」
    return not any(
        (is_said and _BUT.search(next_one) and not reading.beside.fullmatch(next_one))
        or (is_next_said and _HEADS.search(one))
        for (one, next_one), (is_said, is_next_said) in zip(
            pairwise(clauses), pairwise(said), strict=True
        )
    )


def _unsure(reading: _Reading, clauses: list[str]) -> list[str]:
    """The clauses that speak of the matter, but neither say the fact nor leave it as it is."""
    return [
        clause
        for clause in clauses
        if reading.about.search(clause)
        and not reading.says.fullmatch(clause)
        and not reading.beside.fullmatch(clause)
    ]


def _text(listing: PublicListing) -> str:
    texts = (listing.name, listing.description, listing.eligibility_description,
             listing.application_process, listing.fees_description, listing.schedule_text,
             listing.note)  # fmt: skip
    return unicodedata.normalize("NFKC", "\n".join(texts))


def _clauses(text: str) -> list[str]:
    return [_BULLET.sub("", plain(clause)) for clause in clauses_of(text)]
