"""Japanese within a page in another language says that it is Japanese: a reader aloud needs it.

Names, notes and credits come from places and offices in Japanese and stand within sentences of any
language. Templates mark what is Japanese as a whole; here the rest is found by its letters.
"""

import re

from flask import Flask, Response

from ibasho.site.languages import DEFAULT, spoken
from ibasho.site.minute import is_kept
from ibasho.site.page_texts import change_texts

_HAN = "zh"  # written with the same characters: only kana tell Japanese from Chinese
_RUN = re.compile("[ぁ-んァ-ヶ一-龥々](?:[、。・「」（）〜～ー0-9 ]*[ぁ-んァ-ヶー一-龥々])*")
_KANA = re.compile("[ぁ-んァ-ヶ]")
_SAID = re.compile(r'<(?!html\b)([a-z0-9]+)\b[^>]*\slang="')


def install(app: Flask) -> None:
    """Mark the pages in other languages, before they are kept."""
    app.after_request(_over_page)


def with_marks(page: str, kana_alone: bool = False) -> str:
    """The page (HTML) with `lang="ja"` around Japanese that no element says the language of.

    With `kana_alone` what has no kana stays.
    """

    def change(text: str) -> str:
        marked = _RUN.sub(
            lambda run: (
                f'<span lang="ja">{run[0]}</span>'
                if not kana_alone or _KANA.search(run[0])
                else run[0]
            ),
            text,
        )
        # one box: else each would be an item of its own in a row of items
        is_part = marked != text and not _RUN.fullmatch(text.strip())
        return f"<span>{marked}</span>" if is_part else marked

    return change_texts(page, change, _SAID)


def _over_page(response: Response) -> Response:
    tag = spoken().tag
    if tag != DEFAULT and response.mimetype == "text/html" and not is_kept():
        page = response.get_data(as_text=True)
        response.set_data(with_marks(page, kana_alone=tag.startswith(_HAN)))
    return response
