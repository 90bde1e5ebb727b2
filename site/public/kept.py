"""The places that somebody has kept; which they are is known to the own device alone."""

from flask import render_template

from ibasho.site.public.cards import card_of
from ibasho.site.public.chosen import read_chosen
from ibasho.site.public.views import blueprint

MOST_KEPT = 100


@blueprint.get("/kept")
def kept() -> str:
    """How places are kept; a script asks for those of `ids` and shows them here."""
    chosen = read_chosen(MOST_KEPT)
    return render_template(
        "public/kept.html",
        chosen=chosen,
        cards=[card_of(listing) for listing in chosen.listings],
        conditions={"ids": chosen.ids} if chosen.listings else {},
    )
