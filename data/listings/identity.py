"""When two rows speak of the same place."""

import re

from ibasho.data.text import fold_closed

_NUMBER_WORDS = re.compile("丁目|丁|番地の?|番|号|の(?=[0-9])")
_HYPHENS = re.compile("-+(?=$|[^0-9])|(?<![0-9])-+")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


def identity_of(municipality: str, name: str, address: str) -> str:
    """A key that is equal for the same municipality, name and address however they are spelt."""
    return "|".join((fold_closed(municipality), fold_closed(name),
                     same_address(municipality, address)))  # fmt: skip


def same_address(municipality: str, address: str) -> str:
    """The address without its municipality, with 5丁目6番13号 and 5-6-13 spelt alike."""
    folded, city = fold_closed(address), fold_closed(municipality)
    for prefix in (city, re.sub("^.{2,3}?[都道府県]", "", city)):
        while prefix and folded.startswith(prefix):
            folded = folded[len(prefix) :]
    folded = re.sub("[一二三四五六七八九](?=丁)", lambda m: m[0].translate(_DIGITS), folded)
    folded = _NUMBER_WORDS.sub("-", folded).replace("ー", "-")
    return _HYPHENS.sub("", re.sub("-+", "-", folded))
