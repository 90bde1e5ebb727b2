"""Made-up listings all over Japan, as many as asked for and always the same: what is measured on.

Municipalities, towns and their points are real (the table of the geocoder); whatever stands there
is invented. A text has some 200 characters: sentences that many share, and words of which a few
are everywhere and most are rare, as in any language (Zipf's law).
"""

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from itertools import product
from random import Random
from typing import Protocol, TypeVar

import numpy as np

from ibasho.data.geocode import Level
from ibasho.data.geocode.table import table
from ibasho.data.listings import (
    AddressVisibility,
    CostOption,
    Email,
    Kind,
    Listing,
    Phone,
    PositionSource,
)
from ibasho.data.listings.model import Location, Position
from ibasho.data.listings.public import PublicContact, PublicListing
from ibasho.data.schedule import Schedule, read_phrase

T = TypeVar("T")

TODAY = dt.date(2026, 11, 25)
CITIES = 240  # municipalities in which listings lie
RARE = 60_000  # words in the long tail
_IDS = "abcdefghjkmnpqrstuvwxyz23456789"


def _words(text: str) -> list[str]:
    return text.split()


_SEEDS = _words(
    "朝凪 綿雲 縁側 苗木 木霊 水車 夕虹 麦笛 糸電話 月影 霧笛 貝殻 石垣 炭焼 薬草 藍染 竹籠 "
    "郷土玩具 紙漉 和凧 飛行船 顕微鏡 望遠鏡 標本 化石 隕石 星座 潮干狩 渓流 里山 棚田 養蜂 "
    "蚕 機織 陶芸 茶道 華道 三味線 尺八 太鼓 合奏 合唱 落語 紙芝居 影絵 人形劇 朗読 点字 手話 "
    "短歌 俳句 将棋 囲碁 百人一首 双六 独楽 竹馬 縄跳 一輪車 卓球 剣道 柔道 相撲 弓道 登山 "
    "焚火 味噌 醤油 梅干 干柿 蕎麦 饅頭 団子 煎餅"
)
_KANJI = (
    "空海山川野原森林花草木葉実根土石岩砂浜波風雲雨雪氷光影星月朝昼夕夜春夏秋冬東西南北上下左右前後内外"
    "大小長短高低新古今昔米麦豆芋茶塩糖油酒肉魚貝鳥虫犬猫牛馬羊糸布紙筆墨本字絵歌音声笛鼓弓矢車舟橋道"
    "庭門窓戸机椅箱籠鍋皿椀針鏡玉金銀銅鉄泉池沼谷丘峰坂畑田稲穂種苗芽枝幹桜梅桃栗柿松竹杉菊蘭藤萩"
)
_KANA = _words(
    "あ か き く こ さ し す そ た ち つ と な に の は ひ ふ ほ ま み も や ゆ よ ら り る ろ わ"
)
_NICKS = _words(
    "ひだまり ひなたぼっこ まるい月 いっぽ ぽけっと みちくさ とまり木 はらっぱ ゆうやけ "
    "そらまめ つみき あめんぼ わたげ こかげ ふたば たねまき よりあい えんがわ おむすび "
    "てのひら いろえんぴつ つむぎ くるみ しろつめくさ ほしぞら なないろ かざぐるま たけとんぼ "
    "どんぐり ともしび ぶらんこ すずらん こぐま りんご あかり はちみつ Cosmos ハンモック "
    "パレット リーフ テラス ミルク オアシス ステップ ドロップ キャンドル コンパス メロディー"
)
_PLACES = _words(
    "公民館 集会所 児童センター 町家 空き店舗 お寺の座敷 教会のホール 団地の一室 図書館の分館 "
    "福祉センター 調理実習室 地区会館 古い診療所 元の幼稚園 喫茶店の二階 駅前ビル 農家の納屋 "
    "大学の食堂 銭湯の休憩室"
)
_WHO = _words(
    "子ども 小学生 中学生 高校生 親子 乳幼児 ひとり親家庭 不登校の子 外国から来た家族 "
    "地域の人 若い人"
)
_HELPERS = _words(
    "近所の人 大学生 退職した先生 栄養士 保護者 民生委員 看護師 高校生 料理人 農家 保育士 "
    "町会 学生団体"
)
_DOING = _words(
    "宿題 読書 工作 料理 お絵かき 外遊び 楽器 園芸 裁縫 英語 算数 実験 写真 手芸 体操 音読 "
    "木工 折り紙"
)
_DISHES = _words(
    "カレー 豚汁 おにぎり うどん 炊き込みごはん シチュー 焼きそば 肉じゃが ちらしずし 親子丼 "
    "ぎょうざ ハンバーグ コロッケ 味噌汁 野菜スープ 唐揚げ お好み焼き オムライス"
)

# %(…)s are drawn anew for each listing; `rare` and `other` from the long tail.
_COMMON = (
    "%(place)sをお借りして、%(helper)sがつくっています。",
    "%(who)sが気がねなく過ごせるように、部屋を二つに分けました。",
    "%(doing)sや%(play)sをして、好きな時間に帰れます。",
    "%(rare)sを囲む日もあり、%(other)sに詳しい人が来てくれます。",
    "%(town)sのバス停から歩いて%(n)s分です。",
    "駐輪場があります。車は近くの有料駐車場にお願いします。",
    "はじめての日は%(helper)sが案内します。",
    "%(rare)sの好きな子が多く、棚には%(other)sの本が並びます。",
    "見学だけでもかまいません。",
    "おむつを替える場所と、授乳のための小さな部屋があります。",
    "入口に段差が一段ありますが、声をかけてくだされば手伝います。",
    "季節の行事では%(rare)sを%(who)sと楽しみます。",
    "%(n)s年前に%(helper)sが始め、いまは毎回%(m)s人ほどが集まります。",
    "食べられないものがあれば、前もって教えてください。",
    "%(other)sづくりの道具は貸し出します。",
)
_OF_KIND = {
    Kind.CHILDRENS_CAFETERIA: (
        "%(dish)sと%(meal)sが人気の食堂です。",
        "あたたかい夕ごはんを%(who)sと%(helper)sが一緒に食べます。",
        "野菜は%(town)sの畑から届きます。",
        "食後は%(doing)sをして過ごします。",
    ),
    Kind.FREE_SCHOOL: (
        "学校に行かない%(who)sが自分の歩幅で学びます。",
        "午前は%(doing)s、午後は%(play)sの時間です。",
        "在籍校と話し合いながら出席の扱いを決めています。",
        "保護者どうしで話す会が月に一度あります。",
    ),
    Kind.PLACE_TO_BELONG: (
        "%(who)sが放課後にふらりと寄れる居場所です。",
        "何もしないで座っていてもよいところです。",
        "%(doing)sの道具と無線LANがあります。",
        "困ったことは%(helper)sに話せます。",
    ),
    Kind.LEARNING_SUPPORT: (
        "%(helper)sがひとりずつ%(doing)sを見ます。",
        "%(who)sのための無料の勉強会です。",
        "受験の前には回数を増やします。",
        "終わったあとに%(dish)sを食べて帰ります。",
    ),
    Kind.VOLUNTEER_OPPORTUNITY: (
        "%(doing)sを手伝ってくださる方を募集しています。",
        "経験はいりません。%(helper)sが教えます。",
        "月に%(n)s回ほどからお願いできます。",
    ),
    Kind.VOLUNTEER_GROUP: (
        "%(town)sで%(play)sの活動を続ける団体です。",
        "%(helper)sが中心になって%(who)sを見守ります。",
        "%(rare)sを通した交流に力を入れています。",
    ),
    Kind.PARENTING_SUPPORT: (
        "小さな子と親がゆっくりできる子育てのひろばです。",
        "%(helper)sが育児の相談にのります。",
        "%(play)sの日と誕生会があります。",
        "一時預かりは前の日までにお申し込みください。",
    ),
    Kind.CONSULTATION_DESK: (
        "%(who)sの悩みを聞く相談窓口です。",
        "電話でも面談でも、名前を言わなくても話せます。",
        "学校のこと、お金のこと、家の中のことを一緒に考えます。",
    ),
    Kind.FOOD_PANTRY: (
        "米や%(dish)sの材料を%(who)sに渡しています。",
        "食料は%(helper)sや店から寄せられたものです。",
        "取りに来られない方には届けることもあります。",
    ),
}
_NAMES = {
    Kind.CHILDRENS_CAFETERIA: "子ども食堂|こども食堂|みんなの食堂|地域食堂|夕ごはんの会",
    Kind.FREE_SCHOOL: "フリースクール|学びの森|まなびや|自由な教室",
    Kind.PLACE_TO_BELONG: "居場所|フリースペース|放課後のいえ|ひろば",
    Kind.LEARNING_SUPPORT: "学習室|無料塾|勉強会|寺子屋",
    Kind.VOLUNTEER_OPPORTUNITY: "お手伝い募集|ボランティア募集|応援隊",
    Kind.VOLUNTEER_GROUP: "ボランティアの会|見守り隊|サポーターの会",
    Kind.PARENTING_SUPPORT: "子育てひろば|親子サロン|あかちゃんの部屋",
    Kind.CONSULTATION_DESK: "相談室|相談窓口|なんでも相談",
    Kind.FOOD_PANTRY: "フードパントリー|食料の棚|おすそわけ便",
}
_HOW_MANY = (28, 10, 18, 14, 6, 6, 9, 5, 4)  # of each kind, in the order of the kinds
_ELIGIBLE = (
    "誰でも歓迎。子どもがひとりで来てよい", "どなたでも", "小学生から高校生まで", "市内在住の方",
    "誰でも歓迎", "乳幼児とその保護者", "中学生と高校生", "",
)  # fmt: skip
_BOOKING = ("予約不要", "3日前までに電話で", "申込みフォームから", "予約なし", "前日まで", "")
_FEES = ("子ども無料、大人300円", "無料", "1回100円", "月額5,000円", "実費", "")
_AGES: tuple[tuple[float | None, float | None], ...] = (
    (None, None), (6, 18), (6, 12), (12, 18), (0, 6), (None, None), (15, 39), (10, 15),
)  # fmt: skip
_NETWORKS = ("まるい輪ネット", "夕焼け子ども連絡会", "とまり木の会", "", "", "", "")


class _Draw(Protocol):
    """Takes one of several things by chance."""

    def __call__(self, among: Sequence[T]) -> T: ...


def public_listings(count: int, most_cities: int = CITIES) -> Iterator[PublicListing]:
    """So many listings in their public form; the same for the same numbers."""
    chance = Random(1).random  # noqa: S311 (nothing secret)
    draw = _drawing(chance)
    cities, rare, schedules = _cities()[:most_cities], rare_words(), _schedules()
    kinds = [kind for kind, n in zip(Kind, _HOW_MANY, strict=True) for _ in range(n)]
    names = {kind: text.split("|") for kind, text in _NAMES.items()}
    for number in range(count):
        kind = draw(kinds)
        # large cities come first, and most listings are in them
        municipality, towns = cities[int(len(cities) * chance() ** 2)]
        town, lat, lon = draw(towns)
        own, other = (rare[int(len(rare) ** chance()) - 1] for _ in "12")
        words = _gaps(chance, draw, town, own, other)
        sentences = [draw(_OF_KIND[kind]), *(draw(_COMMON) for _ in range(5 + int(chance() * 7)))]
        nick = draw(_NICKS) if chance() < 0.7 else own
        name = f"{draw(names[kind])} {nick}" if chance() < 0.6 else f"{town}{draw(names[kind])}"
        ages = draw(_AGES)
        free = chance() < 0.45
        told = TODAY - dt.timedelta(days=int(900 * chance() ** 2)) if chance() < 0.8 else None
        is_vague = chance() < 0.05
        costs = (CostOption("elementary", 0 if free else 100), CostOption("adult", 300))
        yield PublicListing(
            id=_id(number),
            kind=kind,
            name=name,
            alternate_name="",
            description="".join(dict.fromkeys(sentences)) % words,
            organization=f"{nick}の会" if chance() < 0.7 else f"NPO法人 {own}ネット",
            municipality=municipality,
            address=f"{town}{words['n']}-{words['m']}",
            building=str(words["place"]),
            address_visibility=AddressVisibility.EXACT,
            position=_beside(chance, lat, lon, is_vague),
            schedule=draw(schedules),
            schedule_text="",
            costs=costs if chance() < 0.6 else (),
            fees_description=draw(_FEES) if free else "",
            eligibility_description=draw(_ELIGIBLE),
            minimum_age=ages[0],
            maximum_age=ages[1],
            application_process=draw(_BOOKING),
            capacity=f"{words['m']}人",
            phones=(PublicContact("03-0000-0000", ""),) if chance() < 0.6 else (),
            emails=(),
            url=f"https://{_id(number)}.example/" if chance() < 0.4 else "",
            food_pantry=None,
            takeaway=None,
            facts=(),
            school_district=f"{town}小" if chance() < 0.3 else "",
            network=draw(_NETWORKS),
            note="",
            translations=(),
            assured_date=told,
            source_name="一覧",
            source_licence="CC BY 4.0",
            listed_on=TODAY - dt.timedelta(days=60),
        )


def _beside(chance: Callable[[], float], lat: float, lon: float, is_vague: bool) -> Position:
    """A position within some 500 m of a point."""
    return Position(
        round(lat + (chance() - 0.5) * 0.01, 6),
        round(lon + (chance() - 0.5) * 0.012, 6),
        Level.MUNICIPALITY if is_vague else Level.CHOME,
        5000 if is_vague else 200,
    )


def _gaps(
    chance: Callable[[], float], draw: _Draw, town: str, rare: str, other: str
) -> dict[str, str | int]:
    """What fills the gaps of the sentences of one listing."""
    return {
        "place": draw(_PLACES), "who": draw(_WHO), "helper": draw(_HELPERS),
        "doing": draw(_DOING), "play": draw(_DOING), "dish": draw(_DISHES),
        "meal": draw(_DISHES), "town": town, "rare": rare, "other": other,
        "n": 2 + int(chance() * 11), "m": 8 + int(chance() * 60),
    }  # fmt: skip


def body_of(listing: PublicListing) -> Listing:
    """The listing of which this is the public form."""
    same = {field.name for field in fields(Listing)} - {"location", "phones", "emails"}
    where = replace(listing.position, source=PositionSource.FILE)
    return Listing(
        **{name: getattr(listing, name) for name in same & set(PublicListing.__slots__)},
        location=Location(listing.municipality, listing.address, listing.building, position=where),
        phones=tuple(Phone(one.value) for one in listing.phones),
        emails=tuple(Email(one.value) for one in listing.emails),
    )


def common_words() -> list[str]:
    """Words that many listings share."""
    names = [name for text in _NAMES.values() for name in text.split("|")]
    return [*_WHO, *_HELPERS, *_DOING, *_DISHES, *_PLACES, *names]


def _drawing(chance: Callable[[], float]) -> _Draw:
    def draw(among: Sequence[T]) -> T:
        return among[int(chance() * len(among))]

    return draw  # four times as fast as Random.choice


def _id(number: int) -> str:
    """Ten letters that are no two numbers' and in no order."""
    mixed = (number * 0x9E3779B97F4A7C15 + 12345) % len(_IDS) ** 10
    letters = []
    for _ in range(10):
        mixed, one = divmod(mixed, len(_IDS))
        letters.append(_IDS[one])
    return "".join(letters)


@cache
def rare_words() -> tuple[str, ...]:
    """The long tail, the most frequent word first: true ones, then such as are made of signs."""
    random = Random(3)  # noqa: S311 (nothing secret)
    made = dict.fromkeys(_SEEDS)
    while len(made) < RARE:
        if random.random() < 0.7:
            made["".join(random.choices(_KANJI, k=random.choice((2, 2, 3, 3, 4))))] = None
        else:
            made["".join(random.choices(_KANA, k=random.choice((3, 4, 5))))] = None
    return tuple(made)


@cache
def _cities() -> list[tuple[str, list[tuple[str, float, float]]]]:
    """Municipalities of all Japan that have many towns, with some of these and their points."""
    known = table()
    largest = np.argsort([-n for n in np.diff(known.starts)], kind="stable").tolist()
    chosen = sorted(largest[: CITIES * 4 : 4], key=lambda m: (m * 7919) % 10_007)
    found = []
    for number in chosen:
        rows = known.rows(number)
        numbers = np.arange(rows.start, rows.stop)
        numbers = numbers[np.isfinite(known.lat[numbers])][:: max(1, len(numbers) // 60)]
        towns = [
            (known.town(number, row)[0], float(known.lat[row]), float(known.lon[row]))
            for row in numbers.tolist()
        ]
        found.append(("".join(known.municipalities[number]), [one for one in towns if one[0]]))
    return [city for city in found if city[1]]


@cache
def _schedules() -> list[Schedule]:
    """Some three hundred ways to say when one is open."""
    often = ("毎週", "第1", "第2", "第3", "第4", "第1・3", "第2・4", "隔週")
    days = ("月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜", "土日")
    hours = (" 10:00～13:00", " 11:30～14:00", " 15:30～18:00", " 17:00～19:30", "")
    phrases = ["".join(parts) for parts in product(often, days, hours)]
    return [read_phrase(text) for text in (*phrases, "平日 9:00～17:00", "不定期", "")]


def main() -> None:
    """Say how fast they are made, and show a few."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    next(public_listings(1))
    start = time.perf_counter()
    characters = sum(len(listing.description) for listing in public_listings(count))
    seconds = time.perf_counter() - start
    print(f"{count / seconds:,.0f} listings/s, {characters / count:.0f} characters on average")
    for listing in public_listings(3):
        print(listing.name, listing.municipality, listing.address, listing.description, sep="\n  ")


if __name__ == "__main__":
    main()
