"""Articles: short texts that help at home, by topic, and beside the places that they concern."""

from flask import abort, render_template, request, url_for

from ibasho.data.articles import Topic, blocks, read_article, read_articles
from ibasho.data.clock import today
from ibasho.site import stores
from ibasho.site.keeping import for_everyone_if_asked
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.public.linked_data import linked_article
from ibasho.site.public.views import blueprint

TOPICS: dict[Topic, LazyString] = {
    Topic.MEALS: lazy_gettext("Cooking and eating"),
    Topic.ALLERGY: lazy_gettext("Food allergies"),
    Topic.HEALTH: lazy_gettext("Body and mind"),
    Topic.SEASON: lazy_gettext("This season"),
    Topic.LIVING: lazy_gettext("Money and applications"),
}
_MORE = 2


@blueprint.get("/articles")
def articles() -> str:
    """All articles, the newest first; `topic` leaves the others out."""
    found = read_articles(stores.database(), today())
    topics = {article.topic for article in found}
    asked = request.args.get("topic", "")
    topic = Topic(asked) if asked in set(Topic) else None
    for_everyone_if_asked({"topic": topic} if topic else {})
    return render_template(
        "public/articles.html",
        topics={one: TOPICS[one] for one in Topic if one in topics or one is topic},
        topic=topic,
        articles=[article for article in found if topic in (None, article.topic)],
        labels=TOPICS,
    )


@blueprint.get("/articles/<article_id>")
def article(article_id: str) -> str:
    """One article."""
    found = read_article(stores.database(), article_id, today())
    if found is None:
        abort(404)
    others = read_articles(stores.database(), today())
    return render_template(
        "public/article.html",
        article=found,
        blocks=blocks(found.body),
        labels=TOPICS,
        more=[one for one in others if one.topic is found.topic and one.id != found.id][:_MORE],
        linked_data=linked_article(
            found, url_for("public.article", article_id=article_id, _external=True)
        ),
    )
