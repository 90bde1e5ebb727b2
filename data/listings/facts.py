"""What of a listing can be asked for with a tap: facts that somebody stated, never inferred."""

from enum import StrEnum


class Fact(StrEnum):
    """One fact, in the order in which pages say them; the value is its name in addresses.

    ALLERGY is food without what one is allergic to, or labels that say it, never 「ask first」.
    ATTENDANCE is 出席扱い: schools count the days there, or have done so. WHEELCHAIR, one can enter
    with one; ONLINE, one can take part from elsewhere. TAKEAWAY and FOOD_PANTRY have fields of
    their own in a listing. The others are languages in which one is understood there.
    """

    ATTENDANCE = "attendance"
    ALONE = "alone"
    NO_BOOKING = "no_booking"
    ALLERGY = "allergy"
    ANYONE = "anyone"
    ONLINE = "online"
    WHEELCHAIR = "wheelchair"
    TAKEAWAY = "takeaway"
    FOOD_PANTRY = "food_pantry"
    EASY_JAPANESE = "easy_japanese"
    ENGLISH = "english"
    CHINESE = "chinese"
    KOREAN = "korean"
    VIETNAMESE = "vietnamese"
    PORTUGUESE = "portuguese"
    FILIPINO = "filipino"
    NEPALI = "nepali"


# HSDS `language`: the code of each, as in the addresses of this site.
LANGUAGES = {
    Fact.EASY_JAPANESE: "easy",
    Fact.ENGLISH: "en",
    Fact.CHINESE: "zh",
    Fact.KOREAN: "ko",
    Fact.VIETNAMESE: "vi",
    Fact.PORTUGUESE: "pt",
    Fact.FILIPINO: "fil",
    Fact.NEPALI: "ne",
}
# What a coordinator states with a tick; the others are stated by fields of their own.
TICKS = tuple(fact for fact in Fact if fact not in (Fact.TAKEAWAY, Fact.FOOD_PANTRY))

# The words by which people look for a fact; who states it is found by them, in whatever words.
FACT_WORDS: dict[Fact, tuple[str, ...]] = {
    Fact.ATTENDANCE: ("出席扱い", "出席認定"),
    Fact.ALLERGY: ("アレルギー", "アレルギー対応", "除去食"),
    Fact.ONLINE: ("オンライン", "リモート", "online"),
    Fact.WHEELCHAIR: ("車椅子", "車いす", "バリアフリー", "wheelchair"),
    Fact.TAKEAWAY: ("持ち帰り", "お持ち帰り", "テイクアウト", "takeaway"),
    Fact.ENGLISH: ("english",),
    Fact.CHINESE: ("中文", "chinese"),
    Fact.KOREAN: ("한국어", "korean"),
    Fact.VIETNAMESE: ("vietnamese",),
    Fact.PORTUGUESE: ("português", "portuguese"),
    Fact.FILIPINO: ("tagalog", "filipino"),
    Fact.NEPALI: ("नेपाली", "nepali"),
}
