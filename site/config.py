"""What an operator may set, read from the environment, and what must not start."""

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ibasho.data.addresses import UnusableAddressesError, open_dictionary
from ibasho.data.freshness import Limits
from ibasho.data.mail import is_mail_address
from ibasho.data.schedule import NONE_KNOWN, SchoolHolidays

DEFAULT_TILES = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png"
DEFAULT_TILES_CREDIT = "地理院タイル"
DEFAULT_GSI = "https://msearch.gsi.go.jp/address-search/AddressSearch"
DEFAULT_TILES_LINK = "https://maps.gsi.go.jp/development/ichiran.html"
DEFAULT_SERVED = "http://127.0.0.1:8000"
SERVED_AT = "IBASHO_SERVED_AT"
DEFAULT_EXIT = "https://www.jma.go.jp/"  # the weather
MIN_SECRET_LENGTH = 32


class UnsafeConfigurationError(Exception):
    """A setting with which the site must not start; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one site runs.

    `public_url` is the https address under which visitors reach it, or "" on a desk: with it the
    site insists on https. `served_at` is the address at which a desk is served without one.
    `municipality` is the prefecture and city or ward whose site this is:
    it completes addresses that visitors type. `operator` is the name of the office that runs it,
    `contact` its mail address or telephone number, for everyone to read. `tiles` is the
    address of map tiles, "" for none. `dictionary` is the folder of a dictionary of jageocoder.
    `gsi` is the address of 国土地理院's search where that may be asked, "" for nobody.
    `school_holidays` are those of the city's schools, as far as somebody said. `count_misses` says
    whether searches that found nothing are counted, by word, town and month, `count_views` whether
    pages of listings are, by month. `embed_hosts` are the origins whose pages may show `/embed`,
    "*" for all. `exit_url` is the page that takes the place of one about a hard subject when a
    visitor leaves it in a hurry. `smtp` is the server that takes the mails, "" where mails wait;
    they come from `mail_from`, in the name of `mail_name`. `limits` are the days after which
    providers are asked whether a listing is still true, and what follows.
    `second_step` says whether coordinators and whoever keeps the accounts must sign in with one.
    `allow_private` says whether lists may be fetched from inside this network.
    """

    data_dir: Path
    secret_key: str
    public_url: str = ""
    served_at: str = DEFAULT_SERVED
    municipality: str = ""
    operator: str = ""
    contact: str = ""
    tiles: str = DEFAULT_TILES
    tiles_credit: str = DEFAULT_TILES_CREDIT
    tiles_link: str = DEFAULT_TILES_LINK
    dictionary: Path | None = None
    gsi: str = ""
    school_holidays: SchoolHolidays = NONE_KNOWN
    count_misses: bool = True
    count_views: bool = True
    embed_hosts: str = "*"
    exit_url: str = DEFAULT_EXIT
    smtp: str = ""
    mail_from: str = ""
    mail_name: str = ""
    limits: Limits = field(default_factory=Limits)
    second_step: bool = False
    allow_private: bool = False

    def __post_init__(self) -> None:
        if len(self.secret_key) < MIN_SECRET_LENGTH:
            raise UnsafeConfigurationError(
                f"IBASHO_SECRET_KEY is shorter than {MIN_SECRET_LENGTH} characters; "
                "leave it out, and a good one is made and kept in the data directory"
            )
        if self.public_url and not self.public_url.startswith("https://"):
            raise UnsafeConfigurationError(
                "IBASHO_PUBLIC_URL must begin with https://, or sign-in cookies could be read "
                "on the way; put a proxy with a certificate in front"
            )
        if urlsplit(self.served_at).scheme not in {"https", "http"}:
            raise UnsafeConfigurationError(
                f"{SERVED_AT} must be a web address, such as {DEFAULT_SERVED}"
            )
        if self.tiles and urlsplit(self.tiles).scheme not in {"https", "http"}:
            raise UnsafeConfigurationError(
                "IBASHO_TILES must be a web address with {z}, {x} and {y}, or empty for no tiles"
            )
        if urlsplit(self.exit_url).scheme not in {"https", "http"}:
            raise UnsafeConfigurationError(
                "IBASHO_EXIT_URL must be the web address of a page that looks like any other, "
                "such as the weather"
            )

        if re.search(r"[^\w.:/* -]", self.embed_hosts, re.ASCII) or not self.embed_hosts.strip():
            raise UnsafeConfigurationError(
                "IBASHO_EMBED_HOSTS must be web addresses without paths and with blanks between "
                "them, such as https://www.city.example.jp, or * for everybody"
            )
        if self.smtp:
            parts = urlsplit(self.smtp)
            if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
                raise UnsafeConfigurationError(
                    "IBASHO_SMTP must be smtp://user:password@host:587 or smtps://…, with %40 for"
                    " an @ in the name or the password; leave it out, and mails wait"
                )
            if not is_mail_address(self.mail_from):
                raise UnsafeConfigurationError(
                    "IBASHO_MAIL_FROM must be the mail address that mails come from"
                )

    @property
    def tiles_origin(self) -> str:
        """Scheme and host of the tiles, the only other host a page may ask; "" for none."""
        parts = urlsplit(self.tiles)
        return f"{parts.scheme}://{parts.netloc}" if self.tiles else ""

    @property
    def address(self) -> str:
        """How links in mails and on paper begin."""
        return self.public_url or self.served_at


def read_settings(data_dir: Path) -> Settings:
    """Settings from IBASHO_… variables. Raises UnsafeConfigurationError."""
    if os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}:
        raise UnsafeConfigurationError("FLASK_DEBUG shows the inside to visitors; unset it")
    public_url = os.environ.get("IBASHO_PUBLIC_URL", "").rstrip("/")
    return Settings(
        data_dir=data_dir,
        secret_key=os.environ.get("IBASHO_SECRET_KEY") or _kept_secret(data_dir),
        public_url=public_url,
        served_at=os.environ.get(SERVED_AT, "").rstrip("/") or DEFAULT_SERVED,
        municipality=read_municipality(),
        operator=os.environ.get("IBASHO_OPERATOR", ""),
        contact=os.environ.get("IBASHO_CONTACT", ""),
        tiles=os.environ.get("IBASHO_TILES", DEFAULT_TILES),
        tiles_credit=os.environ.get("IBASHO_TILES_CREDIT", DEFAULT_TILES_CREDIT),
        tiles_link=os.environ.get("IBASHO_TILES_LINK", DEFAULT_TILES_LINK),
        dictionary=read_dictionary(),
        gsi=read_gsi(),
        school_holidays=read_school_holidays(),
        embed_hosts=os.environ.get("IBASHO_EMBED_HOSTS", "*"),
        count_misses=os.environ.get("IBASHO_COUNT_MISSES", "1") != "0",
        count_views=os.environ.get("IBASHO_COUNT_VIEWS", "1") != "0",
        exit_url=os.environ.get("IBASHO_EXIT_URL") or DEFAULT_EXIT,
        smtp=os.environ.get("IBASHO_SMTP", ""),
        mail_from=os.environ.get("IBASHO_MAIL_FROM", ""),
        mail_name=os.environ.get("IBASHO_MAIL_NAME", ""),
        limits=read_limits(),
        second_step=os.environ.get("IBASHO_SECOND_STEP", "1" if public_url else "0") != "0",
        allow_private=read_allow_private(),
    )


def read_limits() -> Limits:
    """After how many days what is done about old facts. Raises UnsafeConfigurationError."""
    usual = Limits()
    return Limits(
        remind=_days("IBASHO_REMIND_DAYS", usual.remind),
        again=_days("IBASHO_REMIND_AGAIN", usual.again),
        stale=_days("IBASHO_STALE_AFTER", usual.stale),
        unlist=_days("IBASHO_UNLIST_AFTER", usual.unlist),
    )


def _days(name: str, usual: int) -> int:
    stated = os.environ.get(name) or str(usual)
    if not re.fullmatch("[0-9]{1,4}", stated) or int(stated) < 1:
        raise UnsafeConfigurationError(f"{name} must be a number of days, such as {usual}")
    return int(stated)


def read_municipality() -> str:
    """The prefecture and city or ward of this site (IBASHO_MUNICIPALITY), "" where not said."""
    return os.environ.get("IBASHO_MUNICIPALITY", "")


def read_allow_private() -> bool:
    """Whether lists may be fetched from inside this network (IBASHO_FETCH_PRIVATE)."""
    return os.environ.get("IBASHO_FETCH_PRIVATE", "0") not in {"", "0"}


def read_gsi() -> str:
    """The address of 国土地理院's search where the operator wants it asked (IBASHO_GSI), else "".

    Raises UnsafeConfigurationError.
    """
    stated = os.environ.get("IBASHO_GSI", "")
    if stated in {"", "0"}:
        return ""
    if stated != "1" and urlsplit(stated).scheme not in {"https", "http"}:
        raise UnsafeConfigurationError(
            "IBASHO_GSI must be 1, to ask the address search of 国土地理院, or the web address of"
            " one that answers alike; leave it out to ask nobody"
        )
    return DEFAULT_GSI if stated == "1" else stated


def read_dictionary() -> Path | None:
    """The dictionary that IBASHO_JAGEOCODER names, if any. Raises UnsafeConfigurationError."""
    folder = os.environ.get("IBASHO_JAGEOCODER")
    if not folder:
        return None
    try:
        open_dictionary(Path(folder))
    except UnusableAddressesError as error:
        raise UnsafeConfigurationError(f"IBASHO_JAGEOCODER: {error}") from error
    return Path(folder)


def read_school_holidays() -> SchoolHolidays:
    """The holidays in the file that IBASHO_SCHOOL_HOLIDAYS names; none known without it.

    Raises UnsafeConfigurationError.
    """
    file = os.environ.get("IBASHO_SCHOOL_HOLIDAYS")
    if not file:
        return NONE_KNOWN
    try:
        return SchoolHolidays.from_text(Path(file).read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UnsafeConfigurationError(f"IBASHO_SCHOOL_HOLIDAYS: {error}") from error


def _kept_secret(data_dir: Path) -> str:
    """The key made on the first run, readable by its owner alone."""
    path = data_dir / "secret.key"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    if not path.read_bytes():
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text(errors="replace").strip()
