"""Handing a page on: links that another app opens once they are tapped, and nothing before."""

from typing import NamedTuple
from urllib.parse import quote


class Sharing(NamedTuple):
    """The name and absolute address of a page, and how LINE and a mail are opened with both."""

    name: str
    url: str
    line: str
    mail: str


def sharing(name: str, url: str) -> Sharing:
    """How a page is handed on."""
    text = quote(f"{name}\n{url}", safe="")
    subject = quote(name, safe="")
    return Sharing(
        name, url, f"https://line.me/R/share?text={text}", f"mailto:?subject={subject}&body={text}"
    )


def text_message(number: str, text: str) -> str:
    """How an app for text messages is opened, with a number ("" for none yet) and a text."""
    return f"sms:{number}?body={quote(text, safe='')}"
