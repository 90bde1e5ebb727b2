"""What a list states of a place for newcomers, and what people have ticked beside it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ibasho.data.database import Database
from ibasho.data.listings import Fact, Listing, edit, facts_of, store
from ibasho.importers import ImportReport

Run = Callable[..., ImportReport]
Main = Callable[..., Path]
The = Callable[[], Listing]


def stated(db: Database) -> frozenset[Fact]:
    """The facts of the one place."""
    [public] = store.read_all_public(db)
    return facts_of(public)


@pytest.mark.parametrize(
    ("column", "text", "fact"),
    [
        ("フードパントリー実施", "1", Fact.FOOD_PANTRY),
        ("テイクアウト実施", "有", Fact.TAKEAWAY),
        ("備考", "車いすで入れます", Fact.WHEELCHAIR),
        ("備考", "アレルギー対応あり", Fact.ALLERGY),
        ("参加条件", "どなたでも", Fact.ANYONE),
        ("参加条件", "中国語が話せるスタッフがいます", Fact.CHINESE),
        ("予約方法", "予約不要", Fact.NO_BOOKING),
    ],
)
def test_a_column_that_says_it_states_it(
    run: Run, main: Main, db: Database, column: str, text: str, fact: Fact
) -> None:
    run(main({column: text}))
    assert stated(db) == {fact}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("フードパントリー実施", "0"),
        ("フードパントリー実施", ""),
        ("テイクアウト実施", "無"),
        ("実施支援の主な区分", "学習支援;居場所;多言語"),
        ("設置目的", "アレルギーのある子も安心できる場をめざす"),
        ("備考", "アレルギーの方は要相談"),
        ("備考", "車いす用駐車場あり"),
        ("方書", "バリアフリー"),
        ("学区", "英語が話せます"),
    ],
)
def test_no_other_column_and_no_half_sentence_states_anything(
    run: Run, main: Main, db: Database, column: str, text: str
) -> None:
    run(main({column: text}))
    assert stated(db) == frozenset()


def test_a_column_of_another_format_states_nothing(
    run: Run, table: Callable[[str], Path], db: Database
) -> None:
    run(
        table("名称,所在地,車椅子可\nひだまり館,西東京市南町5-6-11,有\n"),
        mapping={"名称": "name", "所在地": "address"},
        municipality="東京都西東京市",
    )
    assert stated(db) == frozenset()


def test_what_a_person_ticked_stays_whatever_the_list_says_next(
    run: Run, main: Main, db: Database, the: The
) -> None:
    run(main({"備考": "駐車場なし"}))
    [stored] = store.read_all_stored(db)
    assert stored.published
    body = replace(stored.published.body, facts=(Fact.ALLERGY, Fact.KOREAN))
    revision = edit.propose_change(db, stored.id, body, "test", stored.published.id)
    edit.approve_revision(db, revision, "test")
    report = run(main({"備考": "駐車場あり"}))
    assert (report.updated, report.problems) == (1, ())
    assert the().note == "駐車場あり"
    assert the().facts == (Fact.ALLERGY, Fact.KOREAN)
