"""What a newcomer is promised: only what the words of the place say in full."""

from typing import Any

import pytest

from ibasho.data.listings import Fact, Kind, Listing, first_visit, to_public


def promised(
    who: str = "", booking: str = "", kind: Kind = Kind.CHILDRENS_CAFETERIA, **fields: Any
) -> tuple[Fact, ...]:
    """The promises of a listing with these words."""
    listing = Listing(
        kind, "食堂", eligibility_description=who, application_process=booking, **fields
    )
    return first_visit(to_public("id", listing)).welcomes


@pytest.mark.parametrize(
    "who", ["誰でも歓迎", "だれでも", "どなたでもどうぞ", "どなたでも参加できます！", "誰でも OK"]
)
def test_everyone_is_welcome_where_a_clause_says_so(who: str) -> None:
    assert promised(who) == (Fact.ANYONE,)


@pytest.mark.parametrize(
    "who",
    ["", "子育て中の家庭ならどなたでも", "中学生の年齢ならだれでも", "誰でもではありません",
     "小学生", "区内在住の方ならどなたでも歓迎", "誰でも歓迎。ただし市内在住の方に限る",
     "どなたでも\n高校生まで", "どなたでも。※要会員登録",
     "どなたでも参加できます。対象は区内在住・在学の小中学生"],
)  # fmt: skip
def test_nobody_is_called_welcome_from_a_blank_or_under_a_condition(who: str) -> None:
    assert Fact.ANYONE not in promised(who)


@pytest.mark.parametrize(
    "who",
    [
        "ひとりで来てよい",
        "子どもだけでも参加OK",
        "こども一人での参加も大丈夫です",
        "1人での利用も可能",
    ],
)
def test_a_child_may_come_alone_where_a_clause_says_so(who: str) -> None:
    assert promised(f"小学生。{who}") == (Fact.ALONE,)


@pytest.mark.parametrize(
    "who",
    ["小学生はひとりで来てよい", "ひとりで来てよい。初めての日は家族と一緒に", "ひとり親家庭歓迎",
     "ひとりで来てよい。ただし未就学児は保護者同伴", "ひとり暮らしの方もどうぞ", "歓迎",
     "ひとりでも参加可。小学3年生以下は保護者の送迎が必要です",
     "ひとりでも参加可。未就学児は親子でご参加ください",
     "ひとりでも参加可。小学生は保護者が付き添ってください",
     "ひとりでも参加可。保護者の方とお越しください",
     "ひとりでも参加可。低学年は大人といっしょに",
     "ひとりでも参加可。小学生のみの来店は不可", "ひとりでも参加可。ただし中学生以上",
     "高校生以上。一人での参加も大歓迎", "18歳以上。お一人でも歓迎"],
)  # fmt: skip
def test_a_condition_makes_no_promise_about_coming_alone(who: str) -> None:
    assert Fact.ALONE not in promised(who)


@pytest.mark.parametrize(
    "booking", ["予約不要", "事前の申込みは不要です", "予約なし。売り切れまで"]
)
def test_no_booking_is_promised_where_the_first_clause_says_so(booking: str) -> None:
    assert promised(booking=booking) == (Fact.NO_BOOKING,)


@pytest.mark.parametrize(
    "booking",
    ["", "要予約", "初回だけ電話で。2回目からは予約不要", "予約不要。土曜は前日までに電話を",
     "予約不要。10人以上のときは申し込みを", "予約不要かどうか聞いてください",
     "予約不要。事前にご連絡ください", "予約不要。初回のみ事前登録が必要です",
     "予約不要。LINEで参加人数をお知らせください", "予約不要。お弁当の方は事前にメールで注文",
     "予約不要\n初めての方は面談をお願いします", "予約不要。整理券を10時から配布",
     "申込不要。初回は見学のお約束を", "申し込み不要。10人以上は要相談"],
)  # fmt: skip
def test_a_booking_for_some_makes_no_promise(booking: str) -> None:
    assert Fact.NO_BOOKING not in promised(booking=booking)


def test_ages_and_other_words_take_a_promise_back() -> None:
    assert promised("誰でも", maximum_age=18) == ()
    assert promised(booking="予約不要", schedule_text="毎月第2土曜（要予約）") == ()
    assert promised(booking="予約不要", note="前日までに要予約") == ()
    assert promised("誰でも可。要事前申込み", "予約不要") == ()


@pytest.mark.parametrize(
    "kind", [Kind.VOLUNTEER_OPPORTUNITY, Kind.VOLUNTEER_GROUP, Kind.PARENTING_SUPPORT]
)
def test_whoever_comes_alone_to_help_or_with_a_baby_is_no_child(kind: Kind) -> None:
    assert promised("ひとりで来てよい", kind=kind) == ()


def test_what_is_not_in_a_promise_stays_in_the_words_of_the_place() -> None:
    listing = Listing(
        Kind.CHILDRENS_CAFETERIA,
        "食堂",
        eligibility_description="誰でも歓迎。大人だけでも入れます",
        application_process="予約不要。席がなければお待ちください",
    )
    visit = first_visit(to_public("id", listing))
    assert (visit.who, visit.booking) == ("大人だけでも入れます", "席がなければお待ちください")
