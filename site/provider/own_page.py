"""The page of a place for its own people: one lasting link, two taps."""

from flask import redirect, render_template, request

from ibasho.data.clock import today
from ibasho.data.freshness import ReplacedError, assure
from ibasho.data.links import Link, Purpose
from ibasho.site.provider.shown import shown
from ibasho.site.provider.views import PAGES, Answer, dead
from ibasho.site.stores import database, index

ACTOR = "link"
BY_LINK = "提供者（リンク）"


def own_page(token: str, link: Link) -> Answer:
    """What everyone sees today, and a button that says that all of it is true."""
    found = shown(link)
    if found is None:
        return dead("away")
    if request.method == "POST":
        seen = request.form.get("revision", "")
        try:
            revision = int(seen) if seen.isdecimal() and len(seen) < 18 else 0
            assure(database(), link.subject, revision, BY_LINK, ACTOR, today())
        except ReplacedError:
            return render_template("provider/own_page.html", found=found, is_replaced=True), 409
        index()  # follows at once
        return redirect(f"{request.script_root}/p/{token}?done=true", 303)
    return render_template(
        "provider/own_page.html",
        found=found,
        is_replaced=False,
        is_done=request.args.get("done") == "true",
    )


PAGES[Purpose.PROVIDER] = own_page
