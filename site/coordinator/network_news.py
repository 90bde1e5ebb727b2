"""The addresses at which news to a network's members are written, looked at and sent."""

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.mail import Message
from ibasho.data.networks import (
    News,
    OtherRecipientsError,
    Person,
    SentError,
    UnknownNewsError,
    read_members,
    read_network,
    recipients,
)
from ibasho.data.networks import news as keeping
from ibasho.site.coordinator.network_forms import NewsForm
from ibasho.site.coordinator.networks import ADDRESS, form_page, go, shared
from ibasho.site.coordinator.seen import note_network_seen
from ibasho.site.coordinator.views import blueprint
from ibasho.site.languages import gettext
from ibasho.site.mails import write_mail
from ibasho.site.stores import database

PAGE = "network_news"
_ONE = f"{ADDRESS}/news/<int(max=9223372036854775807):news_id>"


@blueprint.get(f"{ADDRESS}/news")
def network_all_news(network_id: int) -> str:
    """What was sent and what is being written."""
    return render_template(
        "coordinator/network_all_news.html",
        **shared(network_id),
        all_news=keeping.read_news(database(), network_id),
    )


@blueprint.route(f"{ADDRESS}/news/new", methods=["GET", "POST"])
def network_news_add(network_id: int) -> Response | str | tuple[str, int]:
    """Write news; it is looked at before it is sent."""
    return _written(network_id, None)


@blueprint.route(f"{_ONE}/change", methods=["GET", "POST"])
def network_news_change(network_id: int, news_id: int) -> Response | str | tuple[str, int]:
    """Change what is not sent yet."""
    return _written(network_id, _one(network_id, news_id))


@blueprint.get(_ONE)
def network_news(network_id: int, news_id: int) -> str:
    """News as the members will read or have read it, and who they are."""
    news = _one(network_id, news_id)
    note_network_seen(network_id)
    people, silent = recipients(read_members(database(), network_id))
    return render_template(
        "coordinator/network_news.html",
        **shared(network_id),
        news=news,
        mail=_mail(network_id, news, people[0][1] if people else Person("")),
        people=people,
        silent=silent,
        seen=keeping.fingerprint(news, people),
    )


@blueprint.post(f"{_ONE}/send")
def network_news_send(network_id: int, news_id: int) -> Response:
    """Queue it as the page has shown it, to those whom the page has named."""
    done = "sent"
    try:
        keeping.send_news(
            database(), network_id, news_id, request.form.get("seen", ""),
            lambda news, person: _mail(network_id, news, person), g.account.actor,
        )  # fmt: skip
    except UnknownNewsError:
        abort(404)
    except OtherRecipientsError:
        done = "changed_since"
    except SentError:
        pass  # sent twice is sent once
    return go(PAGE, network_id, done, news_id=news_id)


def _written(network_id: int, news: News | None) -> Response | str | tuple[str, int]:
    form = NewsForm(request.form or None, obj=news)
    if news and news.sent_at:
        return _on_to(network_id, news.id)
    if request.method == "POST" and form.validate():
        title, text = form.title.data, form.text.data
        try:
            news_id = keeping.keep_news(
                database(), network_id, title, text, g.account.actor, news.id if news else None
            )
        except SentError as error:  # the page says so
            news_id = int(str(error))
        return _on_to(network_id, news_id)
    back = url_for("coordinator.network_all_news", network_id=network_id)
    hint = gettext("You see it as a mail, and who receives it, before anything is sent.")
    return form_page(network_id, form, gettext("Write news"), back, hint)


def _on_to(network_id: int, news_id: int) -> Response:
    return redirect(
        url_for("coordinator.network_news", network_id=network_id, news_id=news_id), 303
    )


def _mail(network_id: int, news: News, person: Person) -> Message:
    network = read_network(database(), network_id)
    return write_mail(
        current_app.config["IBASHO"], "network_news", person.email, network=network.name,
        phone=network.phone, name=person.name, title=news.title, text=news.text,
    )  # fmt: skip


def _one(network_id: int, news_id: int) -> News:
    try:
        return keeping.read_one_news(database(), network_id, news_id)
    except UnknownNewsError:
        abort(404)
