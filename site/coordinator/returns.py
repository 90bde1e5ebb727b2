"""What a provider is told when a wording is returned or published."""

from flask import current_app, request

from ibasho.data.listings import store
from ibasho.data.mail import Message
from ibasho.data.pipeline import Letter
from ibasho.data.pipeline.onboarding import CORRECT_DAYS
from ibasho.site.mails import link, write_mail

_LONGEST = 500

SUGGESTIONS = (
    "開催日と時間をご確認ください。",
    "住所を番地までお書きください。",
    "対象の年齢と、子どもだけで来てよいかをお書きください。",
    "費用をお書きください。",
    "問い合わせ先をお書きください。",
)
"""Reasons that come often, in the language in which providers are written to."""


def asked_reason() -> str:
    """The reason of a form: what was ticked, then what was typed; "" where there is none."""
    ticked = [one for one in SUGGESTIONS if one in request.form.getlist("suggested")]
    typed = request.form.get("reason", "").strip()[:_LONGEST]
    return "\n".join([*ticked, *([typed] if typed else [])])


def letter_of_return(revision: store.Revision, reason: str) -> Letter:
    """The mail with a reason and the link to correct."""
    settings = current_app.config["IBASHO"]

    def mail(to: str, token: str) -> Message:
        return write_mail(
            settings, "returned", to, name=revision.body.name, reason=reason,
            link=link(settings, token), days=CORRECT_DAYS,
        )  # fmt: skip

    return mail


def letter_of_publication(revision: store.Revision) -> Letter:
    """The mail that says where the listing is, and has the link of its provider's own page."""
    settings = current_app.config["IBASHO"]

    def mail(to: str, token: str) -> Message:
        values = {"name": revision.body.name, "listing_id": revision.listing_id, "token": token}
        return write_mail(settings, "public", to, **values)

    return mail
