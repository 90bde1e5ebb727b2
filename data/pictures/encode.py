"""From the file of a camera to the files of a page: smaller, upright, and nothing but the picture.

What else a camera writes into a file (where it was taken, when, by which telephone) is left behind:
only the pixels are carried over into a new picture.
"""

import io
import warnings
from contextlib import suppress

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from ibasho.data.pictures.model import PictureFile, Size

MOST_BYTES = 10_000_000
MOST_PIXELS = 50_000_000
WIDTHS = (480, 1200)  # pixels; a picture is never enlarged
_HIGHEST = 2  # times the width: no strip becomes a tower
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 75
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})

warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class UnusablePictureError(ValueError):
    """No picture of a page can be made from this file."""


class LargeFileError(UnusablePictureError):
    """The file has more than MOST_BYTES."""


class ManyPixelsError(UnusablePictureError):
    """The picture has more than MOST_PIXELS; it was not decoded."""


class HeicError(UnusablePictureError):
    """The file is a HEIC of a telephone, which most browsers cannot show."""


class NoPictureError(UnusablePictureError):
    """The file is no JPEG, PNG or WebP, whatever its name says."""


class BrokenPictureError(UnusablePictureError):
    """The file begins as a picture and does not go on as one."""


def encode(data: bytes) -> tuple[PictureFile, ...]:
    """The picture in a file as WebP in at most two widths, the smaller first.

    Its colours become those of sRGB and what is transparent white; of several frames it is the
    first. Raises an UnusablePictureError.
    """
    if len(data) > MOST_BYTES:
        raise LargeFileError
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise HeicError
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ManyPixelsError
            # a JPEG is read at a half, a quarter … of its size where that is enough
            opened.draft(None, (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
            pixels = _pixels(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ManyPixelsError from error
    except UnusablePictureError:
        raise
    except UnidentifiedImageError as error:
        raise NoPictureError from error
    except Exception as error:  # a broken file makes a decoder raise anything
        raise BrokenPictureError from error
    sizes = sorted({_fitted(pixels.width, pixels.height, width) for width in WIDTHS})
    return tuple(PictureFile(size, _webp(pixels, size)) for size in sizes)


def _pixels(opened: Image.Image) -> Image.Image:
    """The first frame, upright, as RGB: a new picture that knows nothing but its pixels."""
    upright = ImageOps.exif_transpose(opened)
    whole = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        whole.paste(upright, mask=upright.getchannel("A"))
    else:
        whole.paste(_in_srgb(upright, opened.info.get("icc_profile")))
    return whole


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as any screen shows them: a telephone's own are paler without their profile."""
    if profile and picture.mode in {"RGB", "CMYK"}:
        with suppress(ImageCms.PyCMSError, OSError):  # a profile that is none
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
            if converted:
                return converted
    return picture.convert("RGB")


def _fitted(width: int, height: int, most: int) -> Size:
    """The size at most so wide, and not too high."""
    scale = min(1, most / width, most * _HIGHEST / height)
    return Size(max(1, round(width * scale)), max(1, round(height * scale)))


def _webp(pixels: Image.Image, size: Size) -> bytes:
    file = io.BytesIO()
    pixels.resize(size, Image.Resampling.LANCZOS, reducing_gap=3).save(
        file, "WEBP", quality=_QUALITY
    )
    return file.getvalue()
