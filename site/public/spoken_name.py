"""How the name of a place is read aloud, for those who cannot read its characters yet."""

import re

from ibasho.data.listings import PublicListing

_KANA = re.compile(r"[\sぁ-ゖァ-ヺー・･〜～!！?？&＆0-9０-９A-Za-zＡ-Ｚａ-ｚ'’.\-]+")
# each katakana that has a hiragana of its own
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def spoken_name(listing: PublicListing) -> str:
    """The name in hiragana; "" where nobody said it, or where the name needs none."""
    said = listing.alternate_name
    if not said or not _KANA.fullmatch(said) or _KANA.fullmatch(listing.name):
        return ""
    return said.translate(_HIRAGANA)
