"""The files of pictures, as everyone may see them."""

from flask import Response, abort

from ibasho.data.pictures import UnknownPictureError, read_public_file
from ibasho.site.public.views import blueprint
from ibasho.site.stores import database

KIND = "image/webp"
WIDTH = "int(max=9999)"


@blueprint.get(f"/pictures/<picture_id>-<{WIDTH}:width>.webp")
def picture(picture_id: str, width: int) -> Response:
    """An approved picture of a public listing. Its bytes never change, only whether it is shown."""
    try:
        body = read_public_file(database(), picture_id, width)
    except UnknownPictureError:
        abort(404)
    response = Response(body, mimetype=KIND)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
