"""What one network of the demo ward does: a meeting, contacts, needs and offers; all made up."""

import datetime as dt

from ibasho.data.database import Database
from ibasho.data.demo.facts import ACTOR, MUNICIPALITY
from ibasho.data.listings import locate
from ibasho.data.networks import (
    Help,
    Meeting,
    Offer,
    PartnerKind,
    Person,
    Task,
    helping,
    meetings,
    members,
    network_ids,
    news,
)

_NETWORK = "まるごはんネット"
_PARTNERS = (
    (PartnerKind.COUNCIL, "架空市社会福祉協議会", Person("あずま", "地域支援係", "042-000-0080",
                                               "shakyo@example.jp")),
    (PartnerKind.COMPANY, "八百屋 みどりや", Person("みどりや店主", "", "042-000-0081")),
)  # fmt: skip
_PEOPLE = {
    "子ども食堂 まるいお皿": Person("佐倉", "代表", "042-000-0082", "sakura@example.jp"),
    "ふたばの台所": Person("双葉", "世話役", "042-000-0083", "futaba@example.jp"),
    "フードパントリー たすきの箱": Person("襷", "事務局", "042-000-0084", "tasuki@example.jp"),
}
# Whose, what, how much, and for how many days from today; None for no end.
_NEEDS = (
    ("子ども食堂 まるいお皿", Help.FOOD, "次の開催日に使う米", "20kg", 6),
    ("ふたばの台所", Help.PEOPLE, "土曜の昼に配膳を手伝う人", "2人", 20),
    ("フードパントリー たすきの箱", Help.EQUIPMENT, "折りたたみの台車", "1台", None),
)
_OFFERS = (
    (Help.FOOD, "農園 ゆうひ畑", "畑の葉物野菜", "コンテナ3箱", "谷戸町2丁目", 2, True),
    (Help.FOOD, "米店 いなほ", "精米したての米", "30kg", "田無町3丁目", 10, False),
    (Help.PEOPLE, "近所の学生", "土曜に来られます", "1人", "南町2丁目", None, False),
)


def keep_together(db: Database, today: dt.date) -> None:
    """Keep it, with dates counted from a JST date; in the caller's transaction."""
    network = network_ids(db)[_NETWORK]
    keys = {member.name: member.key for member in members.read_members(db, network)}
    for kind, name, person in _PARTNERS:
        partner = members.add_partner(db, network, kind, name, ACTOR)
        members.add_person(db, network, f"partner:{partner}", person, ACTOR)
    for name, person in _PEOPLE.items():
        members.add_person(db, network, keys[name], person, ACTOR)
    _keep_meetings(db, network, today, tuple(keys[name] for name in _PEOPLE))
    for name, what, words, amount, days in _NEEDS:
        until = None if days is None else today + dt.timedelta(days=days)
        listing = keys[name].removeprefix("listing:")
        helping.add_need(db, network, listing, what, words, amount, until, ACTOR)
    for number, (what, giver, words, amount, place, days, is_perishable) in enumerate(_OFFERS):
        offer = Offer(
            what, giver, f"042-000-009{number}", f"offer{number}@example.jp", words, amount, place,
            locate(MUNICIPALITY, place).position, 5_000,
            None if days is None else today + dt.timedelta(days=days), is_perishable,
        )  # fmt: skip
        helping.add_offer(db, network, offer, ACTOR)
    text = "次の定例会で、冬休みの開催日を一枚のちらしにまとめます。日にちをお知らせください。"
    news.keep_news(db, network, "冬休みの開催日について", text, ACTOR)


def _keep_meetings(
    db: Database, network: int, today: dt.date, present: tuple[str, ...]
) -> None:  # fmt: skip
    past = Meeting(
        today - dt.timedelta(days=14), "19:00", "20:30", "架空公民館 第2会議室",
        "先月のふりかえり\n米の分け方\n来月のちらし", "米は余っているところから自転車で運ぶ。",
        present, 7,
    )  # fmt: skip
    meeting = meetings.keep_meeting(db, network, past, ACTOR)
    for words, owner, days in (("ちらしの下書きを回す", "佐倉", 5), ("台車を探す", "襷", -2)):
        task = Task(words, owner, today + dt.timedelta(days=days))
        meetings.add_task(db, network, meeting, task, ACTOR)
    coming = Meeting(
        today + dt.timedelta(days=14), "19:00", "20:30", "架空公民館 第2会議室",
        "冬休みの開催日\nフードドライブの当番\nこまっていること",
    )  # fmt: skip
    meetings.keep_meeting(db, network, coming, ACTOR)
