"""How the name of a place is read aloud, for those who cannot read its characters yet."""

import re

from ibasho.data.listings import PublicListing
from ibasho.data.text import hiragana

_KANA = re.compile(r"[\sぁ-ゖァ-ヺー・･〜～!！?？&＆0-9０-９A-Za-zＡ-Ｚａ-ｚ'’.\-]+")


def spoken_name(listing: PublicListing) -> str:
    """The name in hiragana; "" where nobody said it, or where the name needs none."""
    said = listing.alternate_name
    if not said or not _KANA.fullmatch(said) or _KANA.fullmatch(listing.name):
        return ""
    return hiragana(said)
