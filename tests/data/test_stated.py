"""The facts that a place states: by a tick, or in whole words that nothing takes back."""

import json
from typing import Any

import pytest

from ibasho.data.listings import (
    LANGUAGES,
    AddressVisibility,
    Fact,
    Kind,
    Listing,
    Location,
    doubted,
    facts_of,
    to_public,
)
from ibasho.data.listings.codec import from_text, to_text

TEXTS = (
    "description", "eligibility_description", "application_process", "fees_description",
    "schedule_text", "note",
)  # fmt: skip


def stated(kind: Kind = Kind.CHILDRENS_CAFETERIA, **fields: Any) -> frozenset[Fact]:
    """The facts of a listing with these fields."""
    return facts_of(to_public("id", Listing(kind, "ほしぞら", **fields)))


SAID = {
    Fact.ALLERGY: (
        "アレルギー対応しています", "食物アレルギーに対応します",
        "アレルギー対応食を用意しています", "アレルギー対応あり", "アレルギー対応可能です",
        "アレルギーのあるお子さんにも対応できます", "除去食あり", "除去食を提供しています",
        "アレルギー表示あり", "アレルギー対応：可", "献立表にアレルギー表示をしています",
        "アレルゲン表示をしています", "アレルギー対応メニューがあります",
        "・アレルギー対応のお弁当もあります",
        "アレルギー対応可。アレルギーのある方は事前にご相談ください",
        "食物アレルギーに対応できます。予約時にお知らせください",
    ),
    Fact.WHEELCHAIR: (
        "車いすで入れます", "車椅子でも入れます", "車イスのまま入れます",
        "車いすの方も参加できます", "車いすでの来場も可能です", "バリアフリー", "バリアフリーです",
        "会場はバリアフリーです", "全館バリアフリー対応", "館内はバリアフリーになっています",
        "車いす対応可", "車いすOK", "車いすで入れます。段差はありません。エレベーターあり",
        "車椅子での利用ができます",
        "車いすで入れます。おむつ替えの台があります。せきや熱のある日はお休みください",
    ),
    Fact.ATTENDANCE: (
        "出席扱いになります", "出席扱いとなります", "通った日は出席扱いになります",
        "出席扱いの実績あり", "出席扱いの実績があります", "在籍校で出席扱いになっています",
        "出席扱いになった例があります", "これまでに9校で出席扱いになった実績があります",
        "市内の小・中学校で出席扱いの実績多数", "指導要録上の出席扱いになります",
        "小学1年から6年。出席扱いの実績あり。見学から始めてください",
    ),
    Fact.ONLINE: (
        "オンラインで参加できます", "オンライン参加可", "オンラインでの参加もできます",
        "自宅からオンラインで参加できます", "オンラインでも受講できます", "オンライン開催です",
        "Ｚｏｏｍで参加できます", "オンラインで参加できます。見学の予約はページから",
    ),
    Fact.ENGLISH: (
        "英語が話せます", "英語が通じます", "英語で対応できます", "英語を話せるスタッフがいます",
        "英語で相談できます",
    ),
    Fact.NEPALI: (
        "中国語、英語、ネパール語の話せる人がいます", "ネパール語の通訳がいます",
    ),
    Fact.EASY_JAPANESE: (
        "やさしい日本語で話します", "やさしい日本語で対応しています",
    ),
    Fact.CHINESE: (
        "英語・中国語が話せるスタッフがいます",
    ),
    Fact.KOREAN: (
        "韓国語も話せます",
    ),
    Fact.VIETNAMESE: (
        "ベトナム語が通じます",
    ),
    Fact.PORTUGUESE: (
        "スペイン語・ポルトガル語が話せる職員がいます",
    ),
    Fact.FILIPINO: (
        "タガログ語、英語で話せます",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fact", "said"), [(fact, one) for fact in SAID for one in SAID[fact]])
def test_a_whole_clause_that_says_it_is_enough(fact: Fact, said: str) -> None:
    for field in ("description", "eligibility_description", "note"):
        assert fact in stated(**{field: said})


NOT_SAID = {
    Fact.ALLERGY: (
        "", "アレルギーのある方は事前にご相談ください", "申込みのときにアレルギーを教えてください",
        "アレルギー対応はしていません", "アレルギー対応はできません", "アレルギー対応不可",
        "アレルギー対応なし", "アレルギー対応可（要相談）", "アレルギー対応は要相談",
        "アレルギー対応", "アレルギー対応\nなし", "アレルギー対応は\nしています",
        "一部アレルギー対応あり", "アレルギー対応できない場合があります",
        "アレルギー対応できますか", "できるだけアレルギー対応します",
        "アレルギー対応しています。ただし卵のみ", "アレルギー対応しています。卵だけです",
        "アレルギー対応しています。重度の方は参加できません", "小麦以外はアレルギー対応しています",
        "隣の店はアレルギー対応しています", "来年度からアレルギー対応します",
        "アレルギー対応を検討しています", "アレルギー対応食の用意はありません",
        "卵アレルギー対応あり", "卵・乳・小麦を使わない献立があります",
        "アレルギー対応あり。コンタミの可能性があります", "アレルギーに配慮します",
        "除去食は出せません", "動物性食品を使わず、アレルギーのある子どもでも参加可能",
        "花粉のアレルギーの話をします", "アレルギー表示はありません",
        "アレルギー対応の研修をしています", "×アレルギー対応あり", "アレルギー対応あり／なし",
    ),
    Fact.WHEELCHAIR: (
        "", "段差あり", "入口に段差が1段あります", "車いすでは入れません", "車いす不可",
        "車いすで入れますか", "車いすの方はご相談ください", "バリアフリーではありません",
        "バリアフリー\n未対応", "ほぼバリアフリー", "1階のみバリアフリー", "1階はバリアフリーです",
        "車いす対応トイレあり", "バリアフリートイレあり", "車いす貸出あり", "エレベーターあり",
        "階段だけです", "車いすで入れます。ただし2階は階段のみ",
        "車いすで入れます。エレベーターはありません", "バリアフリーです。入口に段差があります",
        "手動の車いすで入れます", "車いすで入れます。介助の方と一緒に", "車いすの駐車場あり",
        "心のバリアフリーをめざします", "バリアフリー映画の上映会", "車いす体験ができます",
        "車いすの方は参加できません",
    ),
    Fact.ATTENDANCE: (
        "", "出席扱いは学校と相談", "在籍校と相談のうえ出席扱いになります",
        "出席扱いになる場合があります", "出席扱いになることもあります",
        "在籍校と連携し、出席扱いの相談を一緒にします（扱いは校長が決めます）",
        "出席扱いは在籍校ごとに相談", "出席扱いにはなりません", "出席扱いの実績なし", "出席扱い",
        "出席扱い可", "出席扱いは希望があれば学校に説明に行きます",
        "出席扱いになります。校長の判断によります", "出席扱いの実績あり。最後は学校長が決めます",
        "出席扱いになります。中学生のみ", "出席扱いになります。学校との相談が必要です",
        "出席扱いをめざしています", "中学生は出席扱いになります", "出席扱いの実績はまだありません",
        "出席日数が足りなくても大丈夫です", "出席扱いになりますか",
        "オンラインの学習も含めて出席扱いになった例があります（在籍校との相談しだい）",
        "出席扱いの実績あり\n出席扱いにならない学校もあります", "他校では出席扱いになります",
    ),
    Fact.ONLINE: (
        "", "オンラインで申し込めます", "オンライン予約できます", "オンライン見学会あり",
        "オンラインゲームあり", "オンライン参加は不可", "オンラインで参加できます。雨の日だけ",
        "オンラインでは参加できません", "オンライン参加は要相談", "オンライン参加を検討中",
        "オンラインは平日、教室は火曜日", "オンライン決済可", "オンラインで参加できる日もあります",
        "オンラインで参加できます。対面のみの日もあります", "初回はオンラインで参加できます",
        "オンラインの講座を紹介します", "オンライン開催でした", "以前はオンラインで参加できました",
        "オンライン説明会に参加できます",
    ),
    Fact.ENGLISH: (
        "", "英語は話せません", "英語を教えます", "英語ができます",
        "英語と数学は一対一で見られます", "英語教室あり", "英語が話せるようになります",
        "英語が話せる日もあります", "英語が話せます。水曜だけ",
        "英語が話せます。土曜は英語の人がいません",
        "英語学習の時間や、12月はお菓子の家作りなど実施", "英語のできるボランティアを探しています",
        "英語が話せる人を募集しています", "多言語対応", "外国語が話せます",
        "日本語がわからなくてもよい", "英語が話せると楽しいです", "英語可", "英語で会話します",
        "英語を話します", "英語での会話ができます", "英語が通じますか",
        "スタッフの母は英語が話せます",
    ),
    Fact.NEPALI: (
        "ネパール語は水曜だけ", "ネパール語、ベトナム語の人が足りません",
        "中国語、英語、ネパール語の話せる人がいます。ネパール語は水曜だけ",
        "ネパールの家庭料理をつくります",
    ),
    Fact.EASY_JAPANESE: (
        "やさしい日本語を学びます", "やさしい日本語の教室", "日本語が話せます",
    ),
    Fact.CHINESE: (
        "中国の料理", "中国語講座あり", "中国語は通じません",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "text"), [(fact, one) for fact in NOT_SAID for one in NOT_SAID[fact]]
)
def test_no_fact_from_a_blank_a_condition_half_a_sentence_or_what_is_taken_back(
    fact: Fact, text: str
) -> None:
    for field in TEXTS:
        assert fact not in stated(**{field: text})


@pytest.mark.parametrize(
    ("fact", "said", "but"),
    [
        (Fact.ALLERGY, "アレルギー対応しています", "アレルギー対応は第2土曜のみ"),
        (Fact.WHEELCHAIR, "車いすで入れます", "入口に段差があります"),
        (Fact.ATTENDANCE, "出席扱いになります", "出席扱いは在籍校の校長が決めます"),
        (Fact.ONLINE, "オンラインで参加できます", "オンラインは今年度で終わりました"),
        (Fact.ENGLISH, "英語が話せます", "英語の人は水曜にいます"),
    ],
)
def test_what_another_field_takes_back_is_not_given(fact: Fact, said: str, but: str) -> None:
    assert fact in stated(description=said)
    for field in TEXTS[1:]:
        assert fact not in stated(description=said, **{field: but})


def test_a_tick_states_what_no_sentence_says() -> None:
    assert stated(facts=(Fact.WHEELCHAIR, Fact.KOREAN)) == {Fact.WHEELCHAIR, Fact.KOREAN}
    assert stated() == frozenset()


def test_ticks_and_words_come_together() -> None:
    assert stated(facts=(Fact.ONLINE,), note="除去食あり", application_process="予約不要") == {
        Fact.ONLINE, Fact.ALLERGY, Fact.NO_BOOKING,
    }  # fmt: skip


def test_what_is_handed_out_stands_in_fields_of_its_own() -> None:
    assert stated(takeaway=True, food_pantry=True) == {Fact.TAKEAWAY, Fact.FOOD_PANTRY}
    assert stated(takeaway=False, food_pantry=None) == frozenset()


@pytest.mark.parametrize(
    ("fact", "fields"),
    [
        (Fact.NO_BOOKING, {"application_process": "前日までに電話で"}),
        (Fact.ANYONE, {"maximum_age": 18.0}),
        (Fact.ALONE, {"eligibility_description": "保護者と一緒に"}),
        (Fact.ALLERGY, {"note": "アレルギー対応はできません"}),
        (Fact.WHEELCHAIR, {"description": "エレベーターはありません"}),
        (Fact.ATTENDANCE, {"note": "出席扱いにはなりません"}),
        (Fact.ONLINE, {"note": "オンラインは不可"}),
        (Fact.ENGLISH, {"note": "英語は水曜だけ"}),
    ],
)
def test_a_tick_that_the_words_take_back_holds_and_is_doubted(
    fact: Fact, fields: dict[str, Any]
) -> None:
    public = to_public("id", Listing(Kind.FREE_SCHOOL, "教室", facts=(fact,), **fields))
    assert fact in facts_of(public)
    assert doubted(public) == (fact,)


def test_a_tick_that_the_words_repeat_or_do_not_mention_is_not_doubted() -> None:
    ticked = (Fact.NO_BOOKING, Fact.ALLERGY, Fact.WHEELCHAIR, Fact.ATTENDANCE, Fact.ENGLISH)
    public = to_public(
        "id",
        Listing(
            Kind.CHILDRENS_CAFETERIA,
            "食堂",
            facts=ticked,
            application_process="予約不要",
            note="アレルギーの8品目を使わない皿があります。段差はありません。英語が話せます",
        ),
    )
    assert doubted(public) == ()


def test_ticks_are_kept_with_a_revision() -> None:
    listing = Listing(Kind.FREE_SCHOOL, "教室", facts=(Fact.ATTENDANCE, Fact.ENGLISH))
    assert from_text(to_text(listing)) == listing


def test_a_revision_from_before_there_were_ticks_is_read() -> None:
    body = json.loads(to_text(Listing(Kind.FREE_SCHOOL, "教室")))
    del body["facts"]
    assert from_text(json.dumps(body)).facts == ()


def test_a_fact_is_read_from_public_words_alone() -> None:
    where = Location("東京都西東京市", "南町5-6-13", "バリアフリー館", AddressVisibility.ON_REQUEST)
    assert stated(location=where) == frozenset()


def test_each_language_has_one_code() -> None:
    assert list(LANGUAGES.values()) == ["easy", "en", "zh", "ko", "vi", "pt", "fil", "ne"]
