"""Files that belong to the code: each has a version in its address and is kept for good with it."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as WerkzeugResponse

from ibasho.site import maps
from ibasho.site.compression import is_text, mark, takes_gzip

_STATIC = Path(__file__).with_name("static")
_FOR_GOOD = "public, max-age=31536000, immutable"
_IMPORT = re.compile(rb'(?<=from "\./)([\w-]+\.js)(?=["?])')


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent: its bytes, the same as gzip ("" where it does not pay), its version."""

    body: bytes
    packed: bytes
    kind: str
    version: str


def install(app: Flask) -> None:
    """Serve the files of the site and of the map library, and put versions into their addresses."""
    app.add_url_rule("/static/<path:filename>", "static", _static, methods=["GET"])
    app.add_url_rule("/vendor/<path:name>", "vendor", _vendor, methods=["GET"])
    app.url_defaults(_add_version)
    app.jinja_env.globals.update(modules_of=modules_of)


@cache
def read_file(endpoint: str, name: str) -> File:
    """A file of this version of the code; 404 where there is none."""
    path = _path(endpoint, name)
    if not path.is_file():
        abort(404)
    body = path.read_bytes()
    if endpoint == "static" and path.suffix == ".js":
        # a module names another by its file alone, and an old one must not meet a new one
        body = _IMPORT.sub(_versioned, body)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if is_text(kind, len(body)) else b""
    return File(body, packed, kind, hashlib.sha256(body).hexdigest()[:10])


def _path(endpoint: str, name: str) -> Path:
    """Where a file of one of the two addresses lies; 404 where a name leads out of its folder."""
    folder = _STATIC
    if endpoint == "vendor":
        library, _, name = name.partition("/")
        folder = maps.vendor_folder(library)
    found = safe_join(str(folder), name)
    return Path(found) if found else abort(404)


def modules_of(filename: str) -> list[str]:
    """The modules that a module of ours names: a page fetches them together with it."""
    return [name.decode() for name in _IMPORT.findall(read_file("static", filename).body)]


def _versioned(name: re.Match[bytes]) -> bytes:
    return name[1] + b"?v=" + read_file("static", name[1].decode()).version.encode()


def _static(filename: str) -> WerkzeugResponse:
    """A file of our own."""
    return _send(read_file("static", filename))


def _vendor(name: str) -> WerkzeugResponse:
    """A file of the map library, out of its own package."""
    return _send(read_file("vendor", name))


def _send(file: File) -> WerkzeugResponse:
    """A file, for good where its version was asked for."""
    packed = bool(file.packed) and takes_gzip()
    response = Response(file.packed if packed else file.body, mimetype=file.kind)
    if packed:
        mark(response)
    response.set_etag(f"{file.version}-gzip" if packed else file.version)
    is_this = request.args.get("v") == file.version
    response.headers["Cache-Control"] = _FOR_GOOD if is_this else "no-cache"
    return response.make_conditional(request)


def _add_version(endpoint: str, values: dict[str, Any]) -> None:
    """The version of a file, in every address that is made of it."""
    if endpoint == "static":
        values["v"] = read_file(endpoint, values["filename"]).version
    elif endpoint == "vendor":
        values["v"] = read_file(endpoint, values["name"]).version
