"""The towns of a municipality by name."""

from ibasho.data.geocode import town_name, town_names


def test_each_town_stands_once_and_without_its_chome() -> None:
    names = town_names("東京都西東京市")
    assert {"南町", "田無町", "ひばりが丘"} <= set(names)
    assert len(names) == len(set(names))
    assert not [name for name in names if name.endswith("丁目")]
    assert town_names("大阪府堺市西区").count("鳳東町") == 1


def test_what_is_no_municipality_has_no_towns() -> None:
    assert town_names("ぬばたま市") == ()
    assert town_name("鳳東町六丁") == "鳳東町"
    assert town_name("八丁堀") == "八丁堀"
    assert town_name("一番町") == "一番町"
