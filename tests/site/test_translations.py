"""Every string of the pages stands in the catalogue of every language, and is compiled."""

import io
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from support import ROOT

FOLDER = ROOT / "site" / "translations"
CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


@pytest.fixture(scope="module")
def strings() -> set[str | tuple[str, ...]]:
    keywords = {"gettext": None, "_": None, "lazy_gettext": None, "ngettext": (1, 2)}
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    found = extract_from_dir(str(ROOT / "site"), methods, keywords=keywords)
    return {message for _, _, message, _, _ in found}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_catalogue_is_complete(path: Path, strings: set[str | tuple[str, ...]]) -> None:
    with path.open("rb") as file:
        catalogue = {message.id: message for message in read_po(file) if message.id}
    missing = [
        string
        for string in strings
        if string not in catalogue
        or catalogue[string].fuzzy
        or not catalogue[string].string
        or not all(catalogue[string].string)
    ]
    assert missing == []
    assert set(catalogue) == strings, "run `make translations`: some strings are gone"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_compiled_catalogue_is_the_written_one(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make translations`"
