"""Which articles stand on other pages."""

from ibasho.data.articles import PublicArticle, read_articles
from ibasho.data.clock import today
from ibasho.data.listings import PublicListing, facts_of
from ibasho.site import stores

_MOST = 2


def articles_beside(listing: PublicListing) -> list[PublicArticle]:
    """The newest articles that concern a listing."""
    stated = frozenset(facts_of(listing))
    found = read_articles(stores.database(), today())
    return [one for one in found if one.concerns(listing.kind, stated)][:_MOST]


def newest_articles() -> list[PublicArticle]:
    """Those for the first page."""
    return read_articles(stores.database(), today())[:_MOST]
