"""Names in Latin letters, as signs write them and as visitors type them: タナシ is tanashi."""

import re
import unicodedata

from ibasho.data.text import fold_closed

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
     "を": "o", "ん": "n", "ー": ""}  # fmt: skip
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_ANOTHER_SYSTEM = (
    ("sya", "sha"), ("syu", "shu"), ("syo", "sho"), ("tya", "cha"), ("tyu", "chu"), ("tyo", "cho"),
    ("zya", "ja"), ("zyu", "ju"), ("zyo", "jo"), ("jya", "ja"), ("jyu", "ju"), ("jyo", "jo"),
    ("tch", "cch"), ("mb", "nb"), ("mm", "nm"), ("mp", "np"),
)  # fmt: skip
_SINGLE = ((r"(?<!s)si", "shi"), ("ti", "chi"), ("(?<!t)tu", "tsu"), ("hu", "fu"), ("zi", "ji"))
_LONG = re.compile(r"([aeiou])\1+|(?<=o)u")


def romaji(kana: str) -> str:
    """A reading in hiragana or katakana as `plain` spells it; "" where it is no reading."""
    letters: list[str] = []
    doubled = False
    for one in fold_closed(kana):
        if one == "っ":
            doubled = True
            continue
        if one in _SMALL and letters and letters[-1].endswith("i"):
            start = letters[-1][:-1]
            letters[-1] = start + ("" if start[-1] in "hj" else "y") + _SMALL[one]
            continue
        sound = _SOUNDS.get(one)
        if sound is None:
            return ""
        letters.append(sound[:1] + sound if doubled else sound)
        doubled = False
    return plain("".join(letters))


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
