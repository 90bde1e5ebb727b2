"""Drawings for a few places of the demo ward: no photograph, for nobody and nothing is there."""

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

from ibasho.data.database import Database
from ibasho.data.demo.facts import ACTOR
from ibasho.data.listings.store import read_all_public
from ibasho.data.pictures import PictureFile, add_picture, encode, show_picture

_SIZE = (1200, 900)
_CREDIT = "イラスト：デモ用に描いた絵です"
_WALL, _FLOOR, _WOOD, _DARK = "#fff3e0", "#e8cfae", "#c98f55", "#8a5a2c"
_RED, _YELLOW, _GREEN, _LEAF, _BLUE = "#d9593d", "#f4c04e", "#7fb069", "#4f8a4b", "#5b8fb9"

_Pen = ImageDraw.ImageDraw


def keep_pictures(db: Database) -> None:
    """Give some places their drawings, approved; in the caller's transaction."""
    ids = {one.name: one.id for one in read_all_public(db)}
    for name, drawing, alt in _PICTURES:
        picture = add_picture(db, ids[name], _files(drawing), alt, _CREDIT, ACTOR)
        show_picture(db, picture, ACTOR)


@cache
def _files(drawing: Callable[[_Pen], None]) -> tuple[PictureFile, ...]:
    picture = Image.new("RGB", _SIZE, _WALL)
    drawing(ImageDraw.Draw(picture))
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return encode(file.getvalue())


def _table(pen: _Pen) -> None:
    """A round table from above, with four plates and a jug."""
    pen.rectangle((0, 0, 1200, 900), _FLOOR)
    for x in range(0, 1200, 150):
        pen.line((x, 0, x, 900), "#dcc09a", 4)
    _disc(pen, 600, 450, 420, _WOOD, _DARK)
    for x, y, food in ((600, 200, _RED), (355, 450, _YELLOW), (845, 450, _GREEN), (600, 700, _RED)):
        _disc(pen, x, y, 125, "white", "#d8d8d8")
        _disc(pen, x, y, 90, "#fafafa", "#e6e6e6")
        _disc(pen, x - 20, y + 10, 50, food)
        _disc(pen, x + 34, y - 24, 28, _LEAF)
    _disc(pen, 600, 450, 62, _BLUE)
    _disc(pen, 600, 450, 46, "#e9f4fb")


def _kitchen(pen: _Pen) -> None:
    """A pot that steams on a stove, and carrots on a board."""
    pen.rectangle((0, 600, 1200, 900), _WOOD)
    pen.rectangle((0, 585, 1200, 615), _DARK)
    for x in (430, 520, 610):
        for y in (120, 200, 280):
            pen.arc((x - 25, y - 40, x + 25, y + 40), *((90, 270) if y == 200 else (270, 90)),
                    "#cbbba5", 10)  # fmt: skip
    pen.rounded_rectangle((300, 350, 740, 590), 50, _RED)
    pen.rounded_rectangle((270, 330, 770, 375), 20, "#b5452d")
    for x in (240, 740):
        pen.rounded_rectangle((x, 420, x + 60, 460), 18, "#b5452d")
    pen.rounded_rectangle((820, 640, 1150, 800), 24, "#eed6b0", _DARK, 5)
    for y in (690, 745):
        pen.polygon([(870, y), (1040, y - 22), (1040, y + 22)], "#ee8434")
        for tip in (-26, 0, 26):
            pen.line((1040, y, 1100, y + tip), _LEAF, 12)


def _books(pen: _Pen) -> None:
    """Shelves full of books, and a cushion before them."""
    colours = (_RED, _BLUE, _YELLOW, _GREEN, "#9d79bc", "#e8915b")
    pen.rectangle((0, 740, 1200, 900), _FLOOR)
    pen.rectangle((130, 80, 1070, 740), _DARK)
    for row, top in enumerate((110, 325, 540)):
        pen.rectangle((155, top, 1045, top + 175), "#f3e2c7")
        x = 170
        for number in range(18):
            wide = 30 + (number * 7 + row * 5) % 22
            high = 120 + (number * 29 + row * 17) % 50
            if x + wide < 1030 and (number + row * 2) % 8 != 6:
                colour = colours[(number * 5 + row) % len(colours)]
                pen.rounded_rectangle((x, top + 175 - high, x + wide, top + 175), 4, colour)
                pen.rectangle((x + 7, top + 200 - high, x + wide - 7, top + 210 - high), "white")
            x += wide + 8
    pen.ellipse((380, 740, 820, 880), _BLUE)
    pen.ellipse((420, 755, 780, 850), "#7aa9cf")


def _garden(pen: _Pen) -> None:
    """Beds of vegetables before a house, under the sun."""
    pen.rectangle((0, 0, 1200, 430), "#d6ecf7")
    pen.rectangle((0, 430, 1200, 900), "#b9d59a")
    _disc(pen, 1010, 140, 75, _YELLOW)
    pen.rectangle((150, 250, 560, 480), "#fff7ea", _DARK, 6)
    pen.polygon([(110, 260), (355, 100), (600, 260)], _RED)
    pen.rectangle((310, 340, 400, 480), _WOOD, _DARK, 5)
    pen.rectangle((450, 310, 520, 380), "#bfe0f2", _DARK, 5)
    pen.rectangle((780, 330, 810, 480), _DARK)
    _disc(pen, 795, 270, 105, _LEAF)
    for row, y in enumerate((560, 680, 800)):
        pen.rounded_rectangle((80, y, 1120, y + 70), 30, "#8d6a47")
        for x in range(150, 1100, 120):
            for side in (-26, 0, 26):
                pen.line((x, y + 30, x + side, y - 26), _LEAF, 12)
            if row != 1:
                _disc(pen, x, y + 16, 24, _RED if row else "#ee8434")


def _disc(pen: _Pen, x: int, y: int, radius: int, fill: str, edge: str | None = None) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill, edge, 6 if edge else 0)


_PICTURES: tuple[tuple[str, Callable[[_Pen], None], str], ...] = (
    (
        "子ども食堂 まるいお皿",
        _table,
        "イラスト：木の丸いテーブルに、料理をのせた丸いお皿が四つならんでいる",
    ),
    (
        "子ども食堂 まるいお皿",
        _kitchen,
        "イラスト：台所で赤いなべから湯気が立ち、まな板ににんじんが二本ある",
    ),
    (
        "まんが図書室 ねころび",
        _books,
        "イラスト：色とりどりの本がつまった本だなと、その前に置かれた青いクッション",
    ),
    (
        "北町はたけ食堂",
        _garden,
        "イラスト：赤い屋根の小さな家の前に、野菜の畑が三列ならんでいる",
    ),
)
