"""One spelling for the many in which Japanese addresses are written.

The table's names and the addresses of people go through the same folding, so it may well turn
a name into something nobody writes (三田の文字町 → 3田ノ文町): it is for comparing, never for
showing.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# The first of each group is the form that the others become: old and variant forms of a character,
# and characters that are taken for one another in the names of places.
_SAME_CHARACTERS = """
ケがガカヶヵ箇 ノの之乃 圧壓 囲圍 壱壹 医醫 稲稻 隠隱 栄榮 営營 衛衞 駅驛 円圓 園薗 塩鹽 縁緣
奥奧 応應 桜櫻 横橫 温溫 恵惠 会會 絵繪 覚覺 学學 岳嶽 楽樂 釜竈竃 鎌鐮 刈苅 巻卷 勧勸 寛寬 歓歡
観觀 関關 巌巖 顔顏 亀龜 帰歸 気氣 祇祗 旧舊 峡峽 狭狹 教敎 郷鄕 尭堯 暁曉 区區 勲勳 径徑 渓溪谿
経經 茎莖 蛍螢 軽輕 芸藝 頚頸 鶏鷄雞 県縣 剣劍劔 厳嚴 広廣 鉱鑛 号號 麹麴 国國圀 黒黑 済濟
斎斉齋齊 崎﨑嵜碕 冶治 桟棧 蚕蠶 参參 糸絲 児兒 実實 写寫 釈釋 寿壽 収收 渋澁澀 従從 縦縱 処處
将將 焼燒 条條 乗乘 浄淨 畳疊 穣穰 真眞 図圖 穂穗 数數 瀬瀨 声聲 静靜 銭錢 浅淺 鯵鰺 曽曾 双雙
荘庄莊 総總 蔵藏 増增 続續 体體 対對 帯帶 台臺 高髙 滝瀧 択擇 沢澤 単單 団團 騨驒 鍛鍜 断斷 遅遲
昼晝 虫蟲 庁廳 鎮鎭 壷壺 点點 転轉 伝傳 鉄鐵 島嶋嶌 灯燈 当當 涛濤 梼檮 栃杤 徳德 独獨 読讀 届屆
祢禰 野埜 売賣 麦麥 発發 浜濱濵 桧檜 弁辨辯瓣 冨富 淵渕渊 払拂 仏佛 並竝 辺邊邉 変變 歩步 宝寶寳
豊豐 峰峯 槙槇 万萬 満滿 毎每 弥彌 薬藥 薮藪 靭靱 柳栁 予豫 余餘 与與 吉𠮷 様樣 来來 頼賴 莱萊
乱亂 竜龍 両兩 猟獵 緑綠 礼禮 霊靈 歴歷 恋戀 炉爐 労勞 楼樓 篭籠 郎郞 亘亙 湾灣 鴎鷗 鴬鶯 蛎蠣
館舘 桑桒 餅餠 采釆 仮假 州洲 阪坂 盤磐
"""


def _forms() -> dict[int, str]:
    """What `str.translate` needs: hiragana, small and old kana become katakana, variants one."""
    forms = {code: chr(code + 0x60) for code in range(ord("ぁ"), ord("ゖ") + 1)}
    forms |= {
        ord(a): b
        for a, b in zip("ァィゥェォッャュョヮヰヱ", "アイウエオツヤユヨワイエ", strict=True)
    }
    forms |= {
        ord(a): b
        for a, b in zip("ぁぃぅぇぉっゃゅょゎゐゑ", "アイウエオツヤユヨワイエ", strict=True)
    }
    for group in _SAME_CHARACTERS.split():
        forms |= {ord(other): group[0] for other in group[1:]}
    return forms | {ord(blank): " " for blank in "\u200b\ufeff"}


_FORMS = _forms()
_DIGITS = {ord(kanji): str(value) for value, kanji in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十]+")
# Between two numbers 字 stays a gap: 8字2番地 is not 82番地.
_OAZA = re.compile("(?<=[0-9])大?(字)(?=[0-9])|大?字")

_GAP_IN_NUMBERS = re.compile(r"(?<=[0-9])\s+(?![丁番号条線区目ノ地])")
_HYPHENS_IN_NUMBERS = re.compile("(?<=[0-9])[-‐‑‒–—―−ー~〜]+(?=[0-9])")
_POSTAL_CODE = re.compile(
    r"[^\w〒]*(?:〒\s*[0-9]{3}\s*[-‐‑‒–—―−ー]?\s*[0-9]{4}|[0-9]{3}[-‐‑‒–—―−ー][0-9]{4}(?![0-9]))?\W*"
)


def is_digit(character: str) -> bool:
    """Whether it is one of 0 to 9; not for an empty text."""
    return "0" <= character <= "9"


@lru_cache(maxsize=1000)
def arabic(kanji: str) -> str:
    """A number in kanji as digits: 二十三 → 23, 二三 → 23, 十 → 10."""
    tens, ten, units = kanji.partition("十")
    digits = (tens.translate(_DIGITS) or "1") + (units.translate(_DIGITS) or "0") if ten else tens
    return digits.translate(_DIGITS).replace("十", "0")


def _number(match: re.Match[str]) -> str:
    """The digits of a number in kanji, kept apart from digits that stand right beside it."""
    left = "-" if match.start() and is_digit(match.string[match.start() - 1]) else ""
    right = "-" if is_digit(match.string[match.end() : match.end() + 1]) else ""
    return left + arabic(match[0]) + right


def fold(names: str) -> str:
    """Names of places in one spelling: digits, forms of characters, kana; without 大字 and 字.

    Blanks and line breaks stay, so that many names can be folded at once.
    """
    text = unicodedata.normalize("NFKC", names).translate(_FORMS)
    text = _KANJI_NUMBER.sub(_number, text)
    return _OAZA.sub(lambda oaza: "-" if oaza[1] else "", text) if "字" in text else text


def fold_address(address: str) -> str:
    """An address in the spelling of `fold`, without blanks and without its postal code."""
    text = fold(address)
    if code := _POSTAL_CODE.match(text):
        text = text[code.end() :]
    parts = text.split()
    if len(parts) > 1:
        parts = _GAP_IN_NUMBERS.sub("-", text).split()
    return _HYPHENS_IN_NUMBERS.sub("-", "".join(parts))


def lengths_by_head(spellings: Iterable[str], head: int) -> dict[str, tuple[int, ...]]:
    """How long the spellings are that begin with the same `head` characters, the longest first."""
    lengths: dict[str, set[int]] = {}
    for spelling in spellings:
        lengths.setdefault(spelling[:head], set()).add(len(spelling))
    return {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()}
