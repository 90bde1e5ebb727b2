"""Words that stand for one another: which are added to a search, and how groups are kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ibasho.data.database import Database, open_database, state_of
from ibasho.data.record import read_record
from ibasho.data.synonyms import (
    Added,
    ShortWordError,
    StaleGroupError,
    SynonymGroup,
    TooFewWordsError,
    TooManyWordsError,
    UnknownGroupError,
    add_group,
    added_by,
    also_for,
    change_group,
    read_group,
    read_groups,
    read_stored_groups,
    remove_group,
    words_in,
)
from ibasho.data.text import fold_closed

MEALS = SynonymGroup(("子ども食堂", "地域食堂"))
BULLIED = SynonymGroup(("いじめ",), ("相談窓口",))
GROUPS = (MEALS, BULLIED)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path)
    yield database
    database.conn.close()


def test_words_of_a_group_stand_for_one_another() -> None:
    assert also_for(["こども食堂"], GROUPS) == {"こども食堂": ("地域食堂",)}
    assert also_for(["地域食堂"], GROUPS) == {"地域食堂": ("こども食堂",)}


def test_words_to_look_for_as_well_do_not_lead_back() -> None:
    assert also_for(["いじめ"], GROUPS) == {"いじめ": ("相談窓口",)}
    assert also_for(["相談窓口"], GROUPS) == {}


def test_a_piece_of_a_word_is_not_the_word() -> None:
    assert also_for(["食堂", "こども食堂祭"], GROUPS) == {}


def test_a_word_of_two_groups_finds_what_both_say_once() -> None:
    more = (*GROUPS, SynonymGroup(("子供食堂", "地域食堂", "みんなのごはん")))
    assert also_for(["こども食堂"], more) == {"こども食堂": ("地域食堂", "みんなのごはん")}


def test_what_is_shown_is_spelt_as_the_coordinator_did() -> None:
    assert added_by(["こども食堂", "いじめ", "鳳"], GROUPS) == (
        Added("子ども食堂", ("地域食堂",)),
        Added("いじめ", ("相談窓口",)),
    )


def test_words_are_read_one_a_line_or_between_commas_and_each_once() -> None:
    assert words_in(" 子ども食堂\r\nこども食堂、地域食堂，\n\n みんな 食堂,") == (
        "子ども食堂", "地域食堂", "みんな 食堂",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "finds", "error"),
    [
        ((), ("相談窓口",), TooFewWordsError),
        (("相談",), (), TooFewWordsError),
        (("塾", "学習支援"), (), ShortWordError),
        (("勉強",), ("「」",), ShortWordError),
        (("勉強", "あ" * 41), (), ShortWordError),
        (tuple(f"ことば{number}" for number in range(31)), (), TooManyWordsError),
    ],
)
def test_a_group_that_would_do_nothing_or_too_much_is_refused(
    words: tuple[str, ...], finds: tuple[str, ...], error: type[ValueError]
) -> None:
    with pytest.raises(error):
        SynonymGroup(words, finds)


def test_a_new_site_knows_words_and_none_is_there_twice_in_a_group(db: Database) -> None:
    groups = read_groups(db)
    assert len(groups) > 20
    for group in groups:
        folded = [fold_closed(word) for word in (*group.words, *group.finds)]
        assert len(folded) == len(set(folded)), group


def test_a_group_is_kept_changed_and_removed_and_the_record_says_so(db: Database) -> None:
    group_id = add_group(db, MEALS, "account:1")
    kept = read_group(db, group_id)
    assert kept.group == MEALS
    change_group(db, group_id, kept.version, BULLIED, "account:2")
    changed = read_group(db, group_id)
    assert changed.group == BULLIED
    assert read_stored_groups(db)[-1] == changed
    remove_group(db, group_id, changed.version, "account:3")
    with pytest.raises(UnknownGroupError):
        read_group(db, group_id)
    done = [(one.actor, one.action, one.detail) for one in read_record(db, f"synonyms:{group_id}")]
    assert done == [
        ("account:3", "remove_synonyms", ""),
        ("account:2", "change_synonyms", ""),
        ("account:1", "add_synonyms", ""),
    ]


def test_who_saw_an_older_version_changes_and_removes_nothing(db: Database) -> None:
    group_id = add_group(db, MEALS, "account:1")
    seen = read_group(db, group_id)
    change_group(db, group_id, seen.version, BULLIED, "account:2")
    with pytest.raises(StaleGroupError) as error:
        change_group(db, group_id, seen.version, MEALS, "account:3")
    assert error.value.newest.group == BULLIED
    with pytest.raises(StaleGroupError):
        remove_group(db, group_id, seen.version, "account:3")
    assert read_group(db, group_id).group == BULLIED


def test_the_state_of_a_database_differs_after_every_write_of_anybody(
    db: Database, tmp_path: Path
) -> None:
    states = [state_of(db)]
    assert state_of(db) == states[0]
    add_group(db, MEALS, "account:1")
    states.append(state_of(db))
    other = open_database(tmp_path)
    add_group(other, BULLIED, "account:1")
    other.conn.close()
    states.append(state_of(db))
    assert len(set(states)) == 3
