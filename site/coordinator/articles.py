"""The addresses at which the desk enters articles; one of a later date waits for it."""

from dataclasses import replace
from typing import Any

from flask import g, url_for
from werkzeug.wrappers import Response
from wtforms import DateField
from wtforms.validators import InputRequired

from ibasho.data.articles import (
    Article,
    StoredArticle,
    Topic,
    blocks,
    keep_article,
    read_stored_article,
    read_stored_articles,
    to_public,
)
from ibasho.data.clock import today
from ibasho.data.listings import Kind
from ibasho.data.listings.facts import Fact
from ibasho.site.coordinator.entering import (
    EntryForm,
    Group,
    Row,
    done,
    entry_page,
    id_of,
    is_save,
    is_sent,
    is_stale,
    list_page,
    saved,
    sent,
    step_of,
    withdrawing,
)
from ibasho.site.coordinator.forms import ListingForm
from ibasho.site.coordinator.ticks import tick_field
from ibasho.site.coordinator.views import blueprint
from ibasho.site.form_parts import choice, line, text
from ibasho.site.languages import gettext, lazy_gettext
from ibasho.site.public.articles import TOPICS
from ibasho.site.stores import database
from ibasho.site.words import FACTS, KINDS, full_date

_SECTIONS = (
    (
        lazy_gettext("Content"),
        ("topic", "title", "summary", "body", "url", "signed_by", "published_on"),
    ),
    (lazy_gettext("Places that go with it"), ("kinds", "facts")),
)


class ArticleForm(EntryForm):
    """All that is said of an article."""

    topic = choice(lazy_gettext("Topics"), TOPICS)
    title = line(lazy_gettext("Title"), lazy_gettext("Write a title."))
    summary = line(lazy_gettext("In one sentence"))
    body = text(
        lazy_gettext("Content"),
        lazy_gettext("Write the text."),
        hint=lazy_gettext(
            "An empty line begins a paragraph, ## a heading, - a point of a list, 1. a step."
        ),
        rows=14,
        most=20_000,
    )
    url = ListingForm.url
    signed_by = line(
        lazy_gettext("Signed by"),
        lazy_gettext("Say who answers for it."),
        hint=lazy_gettext("The office or the university, not a person: 健康課"),
    )
    published_on = DateField(
        lazy_gettext("Date"),
        [InputRequired(lazy_gettext("Give the date."))],
        description=lazy_gettext("With a later date it waits until that day."),
    )
    kinds = tick_field(lazy_gettext("Which places"), KINDS, Kind)
    facts = tick_field(lazy_gettext("What a newcomer wants to know"), FACTS, Fact)


@blueprint.get("/articles")
def articles() -> str:
    """All articles, those that wait first."""
    day = today()
    known = read_stored_articles(database())
    shown = [one for one in known if not one.body.withdrawn]
    return list_page(
        heading=gettext("Good to read"),
        add=[(gettext("Add something to read"), url_for("coordinator.add_article"))],
        groups=[
            Group(gettext("Waiting for their date"),
                  [_row(one) for one in shown if one.body.published_on > day]),
            Group(gettext("Published"),
                  [_row(one) for one in shown if one.body.published_on <= day],
                  gettext("There is nothing to read here yet.")),
            Group(gettext("Withdrawn"), [_row(one) for one in known if one.body.withdrawn]),
        ],
    )  # fmt: skip


@blueprint.route("/articles/new", methods=["GET", "POST"])
def add_article() -> Response | str | tuple[str, int]:
    """A new article; it is looked at before it is kept."""
    return _edit(sent(ArticleForm, {"published_on": today()}), None)


@blueprint.route("/articles/<article_id>/change", methods=["GET", "POST"])
def change_article(article_id: str) -> Response | str | tuple[str, int]:
    """One article; what it says takes the place of what it said."""
    stored = read_stored_article(database(), article_id)
    return _edit(sent(ArticleForm, _values(stored.body)), stored)


@blueprint.post("/articles/<article_id>/move")
def move_article(article_id: str) -> Response:
    """Withdraw an article, or bring it back."""

    def move(withdrawn: bool) -> None:
        body = read_stored_article(database(), article_id).body
        keep_article(database(), replace(body, withdrawn=withdrawn), g.account.actor, article_id)

    step = step_of(withdrawing(move))
    return done("coordinator.articles", step, article_id)


def _edit(form: ArticleForm, stored: StoredArticle | None) -> Response | str | tuple[str, int]:
    """What follows from a form: what is wrong, how it looks, or that it is kept."""
    preview, stale, becomes_public = None, False, False
    if is_sent() and form.validate():
        article = Article(
            topic=Topic(form.topic.data),
            title=form.title.data,
            summary=form.summary.data,
            body=form.body.data,
            signed_by=form.signed_by.data,
            published_on=form.published_on.data,
            url=form.url.data or "",
            kinds=tuple(form.kinds.data or ()),
            facts=tuple(form.facts.data or ()),
            withdrawn=bool(stored and stored.body.withdrawn),
        )
        stale = is_stale(stored)
        if is_save() and not stale:
            article_id = keep_article(database(), article, g.account.actor, id_of(stored))
            return saved("coordinator.articles", article_id, is_new=stored is None)
        preview = to_public(stored.id if stored else "new", article)
        becomes_public = _is_public(article)
    return entry_page(
        form,
        stored.body.title if stored else gettext("Add something to read"),
        _SECTIONS,
        (gettext("Good to read"), url_for("coordinator.articles")),
        stored,
        stale,
        "coordinator/article.html",
        preview=preview,
        labels=TOPICS,
        blocks=blocks(preview.body) if preview else (),
        is_checked_first=True,
        becomes_public=becomes_public,
    )


def _values(article: Article) -> dict[str, object]:
    names = ("title", "summary", "body", "url", "signed_by", "published_on")
    return {
        **{name: getattr(article, name) for name in names},
        "topic": str(article.topic),
        "kinds": list(article.kinds),
        "facts": list(article.facts),
    }


def _row(stored: StoredArticle) -> Row:
    article = stored.body
    here: dict[str, Any] = {"article_id": stored.id}
    is_public = _is_public(article)
    page = url_for("public.article", **here) if is_public else ""
    return Row(
        id=stored.id,
        title=article.title,
        href=url_for("coordinator.change_article", **here),
        move=url_for("coordinator.move_article", **here),
        badge=str(TOPICS[article.topic]),
        lines=(f"{full_date(article.published_on)} {article.signed_by}",),
        links=((gettext("As everyone sees it"), page),) if page else (),
        steps=("bring_back" if article.withdrawn else "withdraw",),
        shown=_shown(article, is_public),
        public=page,
    )


def _is_public(article: Article) -> bool:
    """Whether everyone sees an article today."""
    return not article.withdrawn and article.published_on <= today()


def _shown(article: Article, is_public: bool) -> str:
    """Whether everyone sees an article, or from when."""
    if is_public:
        return gettext("It is public now.")
    if article.withdrawn:
        return gettext("Nobody outside sees it.")
    return gettext("It becomes public on %(date)s.", date=full_date(article.published_on))
