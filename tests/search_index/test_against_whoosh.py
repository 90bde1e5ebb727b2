"""The places of letters give the same documents as Whoosh's own matchers, always."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields
from whoosh.analysis import NgramTokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.query import And, Query, Term

from ibasho.search_index.letters import Letters, sort_letters

LETTERS = "こども食堂居場所ー12 😀"
TEXTS = st.text(LETTERS, max_size=14)
WORDS = st.text(LETTERS.replace(" ", ""), min_size=1, max_size=7)


def found_by_whoosh(texts: Sequence[str], word: str) -> set[int]:
    """The documents that Whoosh finds by pieces of up to seven characters."""
    schema = fields.Schema(number=fields.STORED(), text=fields.TEXT(NgramTokenizer(1, 7)))
    storage = RamStorage()  # type: ignore[no-untyped-call]
    index = storage.create_index(schema)  # type: ignore[no-untyped-call]
    with index.writer() as writer:
        for number, text in enumerate(texts):
            writer.add_document(number=number, text=text)
    with index.searcher() as searcher:
        query: Query = And([Term("text", word)])
        return {searcher.stored_fields(n)["number"] for n in searcher.docs_for_query(query)}


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8), WORDS)
def test_a_word_is_where_whoosh_finds_it(documents: list[tuple[str, str]], word: str) -> None:
    names, texts = [name for name, _ in documents], [text for _, text in documents]
    found = Letters(sort_letters(names, texts)).occurrences(word)
    joined = [f"{name}\n{text}" for name, text in documents]
    assert set(found.documents.tolist()) == found_by_whoosh(joined, word)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8), WORDS)
def test_occurrences_are_counted_where_they_overlap_too(
    documents: list[tuple[str, str]], word: str
) -> None:
    names, texts = [name for name, _ in documents], [text for _, text in documents]
    found = Letters(sort_letters(names, texts)).occurrences(word)
    for number, times, named in zip(
        *map(list, (found.documents, found.times, found.in_name)), strict=True
    ):
        name, text = documents[number]
        assert named == sum(name.startswith(word, at) for at in range(len(name)))
        assert times - named == sum(text.startswith(word, at) for at in range(len(text)))
