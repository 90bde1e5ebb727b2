"""Articles: health and everyday help, dated and signed, beside the places that they concern."""

from ibasho.data.articles.model import Article, PublicArticle, Topic, UnsignedArticleError
from ibasho.data.articles.store import (
    StoredArticle,
    UnknownArticleError,
    keep_article,
    read_article,
    read_articles,
    read_stored_article,
    read_stored_articles,
    to_public,
)
from ibasho.data.articles.text import Block, BlockKind, blocks

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "PublicArticle",
    "StoredArticle",
    "Topic",
    "UnknownArticleError",
    "UnsignedArticleError",
    "blocks",
    "keep_article",
    "read_article",
    "read_articles",
    "read_stored_article",
    "read_stored_articles",
    "to_public",
]
