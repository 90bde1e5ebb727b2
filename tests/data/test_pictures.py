"""Pictures of places: made anew without metadata, bounded, shown once approved."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from drawing import from_a_telephone, opened, picture
from PIL import Image, ImageCms

from ibasho.data.database import Database
from ibasho.data.listings import AddressVisibility, State, edit, locate
from ibasho.data.listings.store import UnknownListingError
from ibasho.data.pictures import (
    MOST_BYTES,
    MOST_PICTURES,
    BrokenPictureError,
    HeicError,
    LargeFileError,
    ManyPixelsError,
    NoPictureError,
    PictureState,
    TooManyPicturesError,
    UndescribedPictureError,
    UnknownPictureError,
    UnusablePictureError,
    add_picture,
    describe_picture,
    encode,
    move_picture,
    read_picture,
    read_pictures,
    read_public_file,
    read_public_pictures,
    show_picture,
    withdraw_picture,
)
from ibasho.data.record import read_record

Publish = Callable[..., str]
FILES = encode(picture(64, 48))


# -- making it anew


def test_where_when_and_by_what_it_was_taken_is_gone() -> None:
    sent = from_a_telephone()
    for trace in (b"Exif", b"Canary", b"canary", b"2026:11:20", b"xmpmeta"):
        assert trace in sent
        for file in encode(sent):
            assert trace not in file.body
    for file in encode(sent):
        assert not opened(file.body).getexif()
        # of a RIFF file only the chunk of the pixels is there
        assert file.body[8:16] == b"WEBPVP8 "


@pytest.mark.parametrize(
    ("orientation", "is_upright", "left", "top"),
    [(1, False, "red", ""), (3, False, "blue", ""), (6, True, "", "red"), (8, True, "", "blue")],
)
def test_it_stands_as_it_was_held(orientation: int, is_upright: bool, left: str, top: str) -> None:
    file = encode(from_a_telephone(orientation))[-1]
    found = opened(file.body).convert("RGB")
    assert (found.height > found.width) is is_upright
    corner = found.getpixel((20, 20))
    assert isinstance(corner, tuple)
    assert ("red" if corner[0] > corner[2] else "blue") == (left or top)


def test_it_comes_in_two_widths_and_is_never_enlarged() -> None:
    assert [file.size for file in encode(picture(1600, 1200))] == [(480, 360), (1200, 900)]
    assert [file.size for file in encode(picture(800, 600))] == [(480, 360), (800, 600)]
    assert [file.size for file in encode(picture(300, 200))] == [(300, 200)]
    assert [file.size for file in encode(picture(100, 9000))] == [(11, 960), (27, 2400)]
    for file in encode(picture()):
        assert opened(file.body).size == file.size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_every_kind_of_pixel_can_be_read(kind: str, mode: str) -> None:
    try:
        sent = picture(60, 40, kind, mode)
    except (OSError, ValueError):
        pytest.skip("there is no such file")
    assert opened(encode(sent)[0].body).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    sent = picture(60, 40, "PNG", "RGBA")
    assert opened(encode(sent)[0].body).getpixel((5, 5)) == (255, 255, 255)


def test_of_several_frames_it_is_the_first() -> None:
    red, blue = (Image.new("RGB", (60, 40), colour) for colour in ("red", "blue"))
    for kind in ("WEBP", "PNG"):
        file = io.BytesIO()
        red.save(file, kind, save_all=True, append_images=[blue])
        made = opened(encode(file.getvalue())[0].body)
        assert getattr(made, "n_frames", 1) == 1
        corner = made.getpixel((5, 5))
        assert isinstance(corner, tuple)
        assert corner[0] > corner[2]


def test_a_profile_of_colours_is_followed_and_left_out_and_a_broken_one_does_no_harm() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for one in (profile, b"no profile at all"):
        file = encode(picture(60, 40, icc_profile=one))[0]
        assert "icc_profile" not in opened(file.body).info


# -- what is refused


def bomb() -> bytes:
    """A PNG of some kilobytes that says it is 30,000 × 30,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(4_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_before_it_is_read() -> None:
    assert len(bomb()) < 10_000
    with pytest.raises(ManyPixelsError):
        encode(bomb())


@pytest.mark.parametrize("size", [(7_200, 7_000), (10_000, 9_000)])
def test_too_many_pixels_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ManyPixelsError):
        encode(picture(*size, kind="PNG", mode="1"))


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ("名前だけ.jpgの文章です".encode(), NoPictureError),
        (b"", NoPictureError),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NoPictureError),
        (picture(20, 20, "GIF"), NoPictureError),
        (picture(20, 20, "TIFF"), NoPictureError),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", HeicError),
        (picture()[:2_000], BrokenPictureError),
        (picture(kind="PNG")[:-2_000], BrokenPictureError),
        (b"\xff\xd8\xff\xe0" + bytes(500), NoPictureError),
        (bytes(MOST_BYTES + 1), LargeFileError),
    ],
    ids=map(str, range(10)),
)
def test_what_is_no_picture_is_refused_by_its_content(
    sent: bytes, error: type[UnusablePictureError]
) -> None:
    with pytest.raises(error):
        encode(sent)


# -- keeping it


def test_it_waits_is_shown_and_is_taken_back_and_shown_again(
    db: Database, publish: Publish
) -> None:
    listing = publish()
    one = add_picture(db, listing, FILES, " 丸い\nテーブル ", "", "someone")
    assert read_public_pictures(db, listing) == []
    show_picture(db, one, "someone")
    [public] = read_public_pictures(db, listing)
    assert (public.id, public.alt, public.sizes) == (one, "丸い テーブル", ((64, 48),))
    assert read_public_file(db, one, 64) == FILES[0].body
    withdraw_picture(db, one, "someone")
    assert read_public_pictures(db, listing) == []
    with pytest.raises(UnknownPictureError):
        read_public_file(db, one, 64)
    show_picture(db, one, "someone")
    show_picture(db, one, "someone")  # twice is once
    assert len(read_public_pictures(db, listing)) == 1
    done = [(entry.action, entry.actor, entry.detail) for entry in read_record(db, listing)]
    assert done[:4] == [
        (action, "someone", one)
        for action in ("show_picture", "withdraw_picture", "show_picture", "add_picture")
    ]


@pytest.mark.parametrize("state", sorted({*State} - {State.PUBLISHED, State.STALE}))
def test_a_listing_that_is_not_public_shows_none(
    db: Database, publish: Publish, state: State
) -> None:
    listing = publish()
    one = add_picture(db, listing, FILES, "丸いテーブル", "", "test")
    show_picture(db, one, "test")
    db.execute("UPDATE listing SET state = ? WHERE id = ?", [state.value, listing])
    assert read_public_pictures(db, listing) == []
    with pytest.raises(UnknownPictureError):
        read_public_file(db, one, 64)


def test_it_says_in_words_what_it_shows(db: Database, publish: Publish) -> None:
    listing = publish()
    with pytest.raises(UndescribedPictureError):
        add_picture(db, listing, FILES, " \u3000\n", "", "test")
    one = add_picture(db, listing, FILES, "あ" * 900, "い" * 900, "test")
    with pytest.raises(UndescribedPictureError):
        describe_picture(db, one, "", "", "test")
    kept = read_picture(db, one)
    assert (len(kept.alt), len(kept.credit)) == (200, 60)


def test_its_words_give_away_nothing_that_the_listing_keeps(db: Database, publish: Publish) -> None:
    where = locate("", "東京都西東京市南町5-6-13", visibility=AddressVisibility.AREA_ONLY)
    listing = publish(location=where)
    one = add_picture(db, listing, FILES, "南町5-6-13の玄関", "090-1234-5678", "test")
    show_picture(db, one, "test")
    [public] = read_public_pictures(db, listing)
    assert "5-6-13" not in public.alt
    assert "1234" not in public.credit
    assert read_pictures(db, listing)[0].public == public
    assert read_pictures(db, listing)[0].alt == "南町5-6-13の玄関"


def test_they_change_places_and_those_withdrawn_stand_aside(db: Database, publish: Publish) -> None:
    listing = publish()
    first, gone, last = (
        add_picture(db, listing, FILES, name, "", "test") for name in ("一", "二", "三")
    )
    withdraw_picture(db, gone, "test")

    def order() -> list[str]:
        return [one.alt for one in read_pictures(db, listing)]

    move_picture(db, first, later=True, actor="test")
    assert order() == ["三", "一", "二"]
    move_picture(db, first, later=True, actor="test")  # it is the last that is shown
    move_picture(db, gone, later=False, actor="test")
    move_picture(db, last, later=False, actor="test")
    assert order() == ["三", "一", "二"]


def test_a_listing_has_so_many_and_no_more(db: Database, publish: Publish) -> None:
    listing = publish()
    ids = [add_picture(db, listing, FILES, "絵", "", "test") for _ in range(MOST_PICTURES)]
    with pytest.raises(TooManyPicturesError):
        add_picture(db, listing, FILES, "絵", "", "test")
    withdraw_picture(db, ids[0], "test")
    add_picture(db, listing, FILES, "絵", "", "test")
    with pytest.raises(TooManyPicturesError):
        show_picture(db, ids[0], "test")


def test_what_was_taken_back_long_ago_is_erased(db: Database, publish: Publish) -> None:
    listing = publish()
    old, new = (add_picture(db, listing, FILES, name, "", "test") for name in ("古", "新"))
    withdraw_picture(db, old, "test")
    db.execute("UPDATE picture SET withdrawn_on = '2020-01-01' WHERE id = ?", [old])
    db.conn.commit()
    withdraw_picture(db, new, "test")
    assert [one.alt for one in read_pictures(db, listing)] == ["新"]
    assert db.table("picture_file").count == 1


def test_what_there_is_not_cannot_be_changed(db: Database, publish: Publish) -> None:
    with pytest.raises(UnknownListingError):
        add_picture(db, "nowhere", FILES, "絵", "", "test")
    for change in (
        lambda: show_picture(db, "none", "test"),
        lambda: withdraw_picture(db, "none", "test"),
        lambda: move_picture(db, "none", later=True, actor="test"),
        lambda: describe_picture(db, "none", "絵", "", "test"),
    ):
        with pytest.raises(UnknownPictureError):
            change()
    listing = publish()
    edit.change_state(db, listing, State.ARCHIVED, "test", "ended")
    assert add_picture(db, listing, FILES, "絵", "", "test")


def test_a_picture_that_waits_is_not_read_with_the_shown(db: Database, publish: Publish) -> None:
    listing = publish()
    add_picture(db, listing, FILES, "絵", "", "test")
    assert [one.state for one in read_pictures(db, listing)] == [PictureState.WAITING]
