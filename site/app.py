"""The web application: put together here, and nowhere else."""

import logging
from pathlib import Path

from flask import Flask
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from ibasho.data.geocode import CREDIT
from ibasho.site import (
    access,
    account,
    address_words,
    compression,
    coordinator,
    errors,
    event_words,
    files,
    forms_guard,
    furigana,
    languages,
    marked_japanese,
    minute,
    notice_words,
    organization,
    own_words,
    pipeline_words,
    provider,
    public,
    security,
    stores,
    trailing_slash,
    uploads,
    words,
)
from ibasho.site.config import Settings, read_settings
from ibasho.site.public.cards import card_piece


def create_app(settings: Settings | None = None, data_dir: Path | None = None) -> Flask:
    """The site over one data directory.

    Raises UnsafeConfigurationError, and NewerDatabaseError when the first page is asked for.
    """
    settings = settings or read_settings(data_dir or Path("instance"))
    app = Flask("ibasho.site.app", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SECURE=bool(settings.public_url),
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        BABEL_DEFAULT_LOCALE="ja",
        BABEL_DEFAULT_TIMEZONE="Asia/Tokyo",
        IBASHO=settings,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it logs addresses of visitors
    if settings.public_url:
        # Flask's own way to put a layer around itself; mypy sees a method that is replaced.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.wsgi_app = languages.Prefixes(app.wsgi_app)  # type: ignore[method-assign]
    Babel(app, locale_selector=languages.locale)
    languages.install(app)
    compression.install(app)  # first, so that it comes last: Flask goes backwards
    stores.install(app, settings)
    security.install(app, settings)
    uploads.install(app)
    forms_guard.install(app)
    access.install(app)
    trailing_slash.install(app)
    minute.install(app)
    marked_japanese.install(app)
    furigana.install(app)  # the last to be installed is the first to see an answer
    errors.install(app)
    words.install(app)
    address_words.install(app)
    own_words.install(app)
    event_words.install(app)
    notice_words.install(app)
    pipeline_words.install(app)
    for folder in (public, account, coordinator, provider, organization):
        app.register_blueprint(folder.blueprint)
    app.jinja_env.filters.update(piece=card_piece)
    files.install(app)
    app.jinja_env.globals.update(
        form_token=forms_guard.form_token,
        addresses=languages.addresses,
        languages=languages.LANGUAGES,
        offered=languages.offered,
        spoken=languages.spoken,
        is_demo=stores.holds_demo,
        ward=stores.ward,
        nonce=security.nonce,
        search_address=languages.search_address,
        settings=settings,
        towns_credit=CREDIT,
    )
    return app
