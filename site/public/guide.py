"""Three questions for those who do not know what to look for; the answer is a search.

The questions are steps of one page, so that no answer stands in an address before the last.
"""

from enum import StrEnum

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ibasho.data.clock import today
from ibasho.data.listings import Kind
from ibasho.search_index import AgeGroup
from ibasho.site import stores
from ibasho.site.arguments import Arguments
from ibasho.site.asking import LONGEST_PLACE, read_asked
from ibasho.site.keeping import not_on_a_device
from ibasho.site.languages import LazyString, lazy_gettext
from ibasho.site.public.views import blueprint


class Who(StrEnum):
    """For whom somebody looks; the value is its name in the form."""

    PRESCHOOL = AgeGroup.PRESCHOOL
    ELEMENTARY = AgeGroup.ELEMENTARY
    JUNIOR_HIGH = AgeGroup.JUNIOR_HIGH
    HIGH = AgeGroup.HIGH
    PARENT = "parent"


class Hard(StrEnum):
    """What is hard; the value is its name in the form."""

    MEALS = "meals"
    SCHOOL = "school"
    STUDY = "study"
    NOWHERE = "nowhere"
    THINGS = "things"
    ALONE = "alone"
    TALK = "talk"
    DANGER = "danger"
    UNSURE = "unsure"


WHO: dict[Who, LazyString] = {
    Who.PRESCHOOL: lazy_gettext("A child before school"),
    Who.ELEMENTARY: lazy_gettext("A child in elementary school"),
    Who.JUNIOR_HIGH: lazy_gettext("A child in junior high school"),
    Who.HIGH: lazy_gettext("A child in high school"),
    Who.PARENT: lazy_gettext("Myself, as a parent"),
}

HARD: dict[Hard, LazyString] = {
    Hard.MEALS: lazy_gettext("Meals"),
    Hard.SCHOOL: lazy_gettext("Not being able to go to school"),
    Hard.STUDY: lazy_gettext("Learning and homework"),
    Hard.NOWHERE: lazy_gettext("Having nowhere to be"),
    Hard.THINGS: lazy_gettext("Money, food, things we need"),
    Hard.ALONE: lazy_gettext("Being alone with my child"),
    Hard.TALK: lazy_gettext("I want to talk to someone"),
    Hard.DANGER: lazy_gettext("A child may be in danger, or is being hurt"),
    Hard.UNSURE: lazy_gettext("I am not sure"),
}

_TO_THE_DESKS = frozenset({Hard.TALK, Hard.DANGER})
# The words find those who name them, whatever their kind.
_SEARCHES: dict[Hard, dict[str, str]] = {
    Hard.MEALS: {"kind": Kind.CHILDRENS_CAFETERIA},
    Hard.SCHOOL: {"q": "不登校"},
    Hard.STUDY: {"kind": Kind.LEARNING_SUPPORT},
    Hard.NOWHERE: {"kind": Kind.PLACE_TO_BELONG},
    Hard.THINGS: {"kind": Kind.FOOD_PANTRY},
    Hard.ALONE: {"kind": Kind.PARENTING_SUPPORT},
}


@blueprint.get("/guide")
def guide() -> str | Response:
    """The three questions; with their answers, the way to what fits."""
    not_on_a_device()
    if not {"who", "hard", "near"} & set(request.args):
        return render_template("public/guide.html", who=WHO, hard=HARD)
    given = Arguments(request.args.to_dict(flat=False))
    who, hard = given.read("who", Who), given.read("hard", Hard)
    if hard in _TO_THE_DESKS:
        return redirect(url_for("public.desks"), 303)
    search = answer(who, hard) | _rounded(given.text("near", LONGEST_PLACE))
    return redirect(url_for("public.search", **search), 303)  # type: ignore[arg-type] # no option


def answer(who: Who | None, hard: Hard | None) -> dict[str, str]:
    """The conditions of the search that two answers ask for; None is a question left out."""
    if who is Who.PARENT:
        return _SEARCHES.get(hard or Hard.ALONE, _SEARCHES[Hard.ALONE])
    return _SEARCHES.get(hard or Hard.UNSURE, {}) | ({"ages": str(who)} if who else {})


def _rounded(near: str) -> dict[str, str]:
    """A place no more exact than a link may say it; as typed where it is not known."""
    asked = read_asked({"near": near}, today(), stores.find_place)
    return {"near": asked.rounded_near or near} if near else {}
