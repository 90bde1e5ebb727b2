"""Files of pictures as cameras and others make them."""

import io
from typing import Any

from PIL import Image


def picture(
    width: int = 1600, height: int = 1200, kind: str = "JPEG", mode: str = "RGB", **more: Any
) -> bytes:
    """A picture of two halves: red on the left, blue on the right. `more` is for Pillow."""
    drawn = Image.new(mode, (width, height), (220, 30, 30) if mode == "RGB" else 0)
    if mode == "RGB":
        drawn.paste((30, 30, 220), (width // 2, 0, width, height))
    file = io.BytesIO()
    drawn.save(file, kind, **more)
    return file.getvalue()


def from_a_telephone(orientation: int = 1) -> bytes:
    """A JPEG that says where and by what it was taken, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Canary Telephones"
    exif[0x8825] = {1: "N", 2: (35.0, 43.0, 36.5), 3: "E", 4: (139.0, 32.0, 18.5), 29: "2026:11:20"}
    return picture(exif=exif, comment=b"canary comment", xmp=b"<x:xmpmeta>canary place</x:xmpmeta>")


def opened(data: bytes) -> Image.Image:
    """A picture that is read whole."""
    found = Image.open(io.BytesIO(data))
    found.load()
    return found
