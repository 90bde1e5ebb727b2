"""Names in Latin letters, as signs write them and as visitors type them: タナシ is tanashi."""

import re
import unicodedata

from ibasho.data.text import fold_closed, hiragana

# Hepburn, as on the signs of stations: one sound each, before the rules for small kana.
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "y": "や ゆ よ", "r": "らりるれろ", "w": "わ   を",
    "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_SOUNDS = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=False)
    if kana != " "
} | {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu",
     "を": "o", "ん": "n"}  # fmt: skip
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_ANOTHER_SYSTEM = (
    ("sya", "sha"), ("syu", "shu"), ("syo", "sho"), ("tya", "cha"), ("tyu", "chu"), ("tyo", "cho"),
    ("zya", "ja"), ("zyu", "ju"), ("zyo", "jo"), ("jya", "ja"), ("jyu", "ju"), ("jyo", "jo"),
    ("tch", "cch"), ("mb", "nb"), ("mm", "nm"), ("mp", "np"),
)  # fmt: skip
_SINGLE = ((r"(?<!s)si", "shi"), ("ti", "chi"), ("(?<!t)tu", "tsu"), ("hu", "fu"), ("zi", "ji"))
_LONG = re.compile(r"([aeiou])\1+|(?<=o)u")


# What begins with u in names: 広浦 is Hiroura, while こう is kō where none of it may stand there.
_WITH_U = {
    kanji: begins
    for begins, some in {
        "うえ": "上植", "うち": "内打討", "うら": "浦裏", "うみ": "海", "うめ": "梅", "うま": "馬",
        "うぶ": "生", "うし": "牛後", "うじ": "氏", "うす": "臼碓", "うた": "歌", "うお": "魚",
        "うる": "漆", "うね": "畝", "うり": "瓜", "うぐ": "鶯", "うば": "姥", "うさ": "兎",
        "うけ": "請受", "う": "宇鵜卯羽右有烏雲得",
    }.items()
    for kanji in some
}  # fmt: skip
_MAY_BE_LONG = re.compile("(?<=[おこそとのほもよろごぞどぼぽゆ])う")
_ALWAYS_LONG = re.compile("(?<=お)お|(?<=[ょゅ])う")


def romaji(kana: str) -> str:
    """A reading in hiragana or katakana as `plain` spells it; "" where it is no reading."""
    return plain(_letters(fold_closed(kana)))


def hepburn(kana: str, written: str) -> str:
    """A name as one says it, for who reads Latin letters only: Tōkyō, Hatchōbori, Niigata.

    `written` are its characters: what may be two vowels by them is not made one long vowel.
    "" where `kana` is no reading.
    """
    text = _ALWAYS_LONG.sub("ー", hiragana(kana))
    begun = tuple(_WITH_U[one] for one in written if one in _WITH_U)
    text = _MAY_BE_LONG.sub(lambda u: "う" if text.startswith(begun, u.start()) else "ー", text)
    letters = _letters(text, long="\N{COMBINING MACRON}")
    return unicodedata.normalize("NFC", letters).replace("cch", "tch").capitalize()


def _letters(kana: str, long: str = "") -> str:
    """Letters for hiragana, sound by sound, `long` for ー; "" where one is none."""
    letters: list[str] = []
    doubled = False
    for one in kana:
        if one == "っ":
            doubled = True
            continue
        if one in _SMALL and letters and letters[-1].endswith("i"):
            start = letters[-1][:-1]
            letters[-1] = start + ("" if start[-1] in "hj" else "y") + _SMALL[one]
            continue
        sound = long if one == "ー" else _SOUNDS.get(one)
        if sound is None:
            return ""
        letters.append(sound[:1] + sound if doubled else sound)
        doubled = False
    return "".join(letters)


def plain(text: str) -> str:
    """Latin letters in one spelling: Ōkubo, Ohkubo, Ookubo and Okubo are okubo.

    Without gaps, marks and long vowels; Kunrei spellings become Hepburn ones.
    """
    marked = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)).casefold()
    letters = re.sub("[^a-z]", "", marked)
    for other, usual in _ANOTHER_SYSTEM:
        letters = letters.replace(other, usual)
    for other, usual in _SINGLE:
        letters = re.sub(other, usual, letters)
    letters = re.sub(r"oh(?=[^aeiouy]|$)", "o", letters)
    return _LONG.sub(lambda long: long[1] or "", letters)
