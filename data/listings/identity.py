"""When two rows speak of the same place."""

import re
import unicodedata

from ibasho.data.geocode.normalise import arabic
from ibasho.data.text import fold, fold_closed

_POSTAL_CODE = re.compile(r"^[^\w〒]*(?:〒 *[0-9]{3} *-? *[0-9]{4}|[0-9]{3}-[0-9]{4}(?![0-9])) *")
_CHOME = re.compile("[〇一二三四五六七八九十]+(?=丁)")
_NUMBER_WORDS = re.compile("丁目|丁|番地の?|番|号|の(?=[0-9])|(?<=[0-9])大?字(?=[0-9])")
_LAST = re.compile("号(?!の?[0-9]|-) *|番地 +(?=[0-9])")  # 13号 2階, 59番地 101
_OAZA = re.compile("大?字")
_GAPS = re.compile("(?<![0-9]) | (?![0-9])")  # 5-6-13 2階: that blank tells where the number ends
_HYPHENS = re.compile("-+(?=$|[^0-9])|(?<![0-9])-+")
# 5-6-13, 北2条西11-1-1, 第7地割12-3, 一番町1-2; what follows is a building or a floor.
_HOUSE_NUMBER = re.compile("[0-9]+(?:(?:-|条|線|区|地割|町|[東西南北])+[0-9]+)*")

_IN_BRACKETS = re.compile(r"[(\[【〈《][^)\]】〉》]*[)\]】〉》]")
_CAFETERIA = "(?:食堂|しょくどう)"
_GENERIC = re.compile(
    f"(?:こども|地域|みんなの){_CAFETERIA}|{_CAFETERIA}|npo法人|特定非営利活動法人|社会福祉法人"
    "|(?:一般|公益)?(?:社団|財団)法人|(?:株式|合同|有限)会社|実行委員会|任意団体"
)


def identity_of(municipality: str, name: str, address: str) -> str:
    """A key that is equal for the same municipality, name and address however they are spelt."""
    return "|".join((fold_closed(municipality), fold_closed(name),
                     same_address(municipality, address)))  # fmt: skip


def same_address(municipality: str, address: str) -> str:
    """The address up to its house number, without postal code, municipality and 大字.

    5丁目6番13号 and 5-6-13 are spelt alike.
    """
    folded = _POSTAL_CODE.sub("", fold(address))
    folded = _CHOME.sub(lambda number: arabic(number[0]), _LAST.sub(" ", folded))
    folded = _NUMBER_WORDS.sub("-", folded)
    folded = _GAPS.sub("", folded)
    city = fold_closed(municipality)
    short = re.sub("^.{2,3}?[都道府県]", "", city)
    for prefix in (city, short, re.sub("^.+[市郡](?=[^市郡]+[区町村]$)", "", short)):
        while prefix and folded.startswith(prefix):
            folded = folded[len(prefix) :]
    folded = re.sub("-+", "-", _OAZA.sub("", folded).replace("ー", "-"))
    folded = _HYPHENS.sub("", folded)
    number = _HOUSE_NUMBER.search(folded)
    return folded[: number.end()] if number else folded.replace(" ", "")


def core_name(name: str) -> str:
    """What is a name's own in a folded name: without 子ども食堂, NPO法人 and （…）."""
    folded = fold_closed(name)
    outside = fold_closed(_IN_BRACKETS.sub(" ", unicodedata.normalize("NFKC", name)))
    return _GENERIC.sub("", outside) or _GENERIC.sub("", folded) or folded
