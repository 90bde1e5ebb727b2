"""What a newcomer is promised: only what the words of the place say in full."""

import pytest

from ibasho.data.listings import Kind, Listing, Welcome, first_visit, to_public


def promised(who: str = "", booking: str = "") -> tuple[Welcome, ...]:
    """The promises of a listing with these words."""
    listing = Listing(
        Kind.CHILDRENS_CAFETERIA, "食堂", eligibility_description=who, application_process=booking
    )
    return first_visit(to_public("id", listing)).welcomes


@pytest.mark.parametrize(
    "who", ["誰でも歓迎", "だれでも", "どなたでもどうぞ", "どなたでも参加できます！", "誰でも OK"]
)
def test_everyone_is_welcome_where_a_clause_says_so(who: str) -> None:
    assert promised(who) == (Welcome.ANYONE,)


@pytest.mark.parametrize(
    "who",
    ["", "子育て中の家庭ならどなたでも", "中学生の年齢ならだれでも", "誰でもではありません",
     "小学生", "区内在住の方ならどなたでも歓迎"],
)  # fmt: skip
def test_nobody_is_called_welcome_from_a_blank_or_under_a_condition(who: str) -> None:
    assert Welcome.ANYONE not in promised(who)


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
    assert promised(f"小学生。{who}") == (Welcome.ALONE,)


@pytest.mark.parametrize(
    "who",
    ["小学生はひとりで来てよい", "ひとりで来てよい。初めての日は家族と一緒に", "ひとり親家庭歓迎",
     "ひとりで来てよい。ただし未就学児は保護者同伴", "ひとり暮らしの方もどうぞ", "歓迎"],
)  # fmt: skip
def test_a_condition_makes_no_promise_about_coming_alone(who: str) -> None:
    assert Welcome.ALONE not in promised(who)


@pytest.mark.parametrize(
    "booking", ["予約不要", "事前の申込みは不要です", "予約なし。売り切れまで"]
)
def test_no_booking_is_promised_where_the_first_clause_says_so(booking: str) -> None:
    assert promised(booking=booking) == (Welcome.NO_BOOKING,)


@pytest.mark.parametrize(
    "booking",
    ["", "要予約", "初回だけ電話で。2回目からは予約不要", "予約不要。土曜は前日までに電話を",
     "予約不要。10人以上のときは申し込みを", "予約不要かどうか聞いてください"],
)  # fmt: skip
def test_a_booking_for_some_makes_no_promise(booking: str) -> None:
    assert Welcome.NO_BOOKING not in promised(booking=booking)


def test_what_is_not_in_a_promise_stays_in_the_words_of_the_place() -> None:
    listing = Listing(
        Kind.CHILDRENS_CAFETERIA,
        "食堂",
        eligibility_description="誰でも歓迎。大人だけでも入れます",
        application_process="予約不要。席がなければお待ちください",
    )
    visit = first_visit(to_public("id", listing))
    assert (visit.who, visit.booking) == ("大人だけでも入れます", "席がなければお待ちください")
