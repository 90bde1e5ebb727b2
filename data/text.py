"""How Japanese is folded so that two spellings of one word become one text."""

import re
import unicodedata

_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") - 1)}

# 緑ヶ丘, 緑ケ丘, 緑が丘; before hiragana, for 受け付け has a け that is none.
_GA = re.compile("[ヵヶ]|(?<=[ぁ-ん一-龥])ケ(?=[一-龥])")

# Written after NFKC, lower case and hiragana: 子ども, こども and 子供 are one word to a parent.
_VARIANTS = (
    (re.compile("子(?:ども|供|共)"), "こども"),
    (re.compile("障(?:がい|碍)"), "障害"),
    (re.compile("引き?(?:籠も?り|こもり)"), "ひきこもり"),
    (re.compile("居(?:場処|ばしょ)|いばしょ"), "居場所"),
    (re.compile("之"), "の"),
    (re.compile("無し"), "なし"),
)
_GAPS = re.compile(r"[\s\u200b・･,、。()\[\]「」『』【】〈〉《》<>\"'’”“!?！？:;/\\|＿_~〜*☆★♪]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_STROKES = str.maketrans("Đđ", "Dd")
_HYPHENS = re.compile("[-‐‑‒–—―−ｰ]")


def fold(text: str) -> str:
    """One spelling for many: NFKC, lower case, hiragana, variants of words; gaps become a blank.

    The result is for comparing and searching, never for showing.
    """
    text = _GA.sub("が", unicodedata.normalize("NFKC", text)).casefold().translate(_TO_HIRAGANA)
    text = _HYPHENS.sub("-", text)
    for pattern, word in _VARIANTS:
        text = pattern.sub(word, text)
    return _GAPS.sub(" ", text).strip()


def fold_closed(text: str) -> str:
    """As `fold`, without any blank: 「子ども 食堂」 and 「こども食堂」 are the same."""
    return fold(text).replace(" ", "")


def without_accents(text: str) -> str:
    """Latin letters without their marks, as many people type them: Đĩa Tròn is Dia Tron."""
    apart = unicodedata.normalize("NFD", text.translate(_STROKES))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def hiragana(text: str) -> str:
    """Katakana as hiragana, and all else as it is."""
    return text.translate(_TO_HIRAGANA)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without characters that no page may hold; line breaks and tabs stay."""
    return _CONTROL.sub("", text)
