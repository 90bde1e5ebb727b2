"""How kinds, dates, distances and freshness are said to people, in the page's language."""

import datetime as dt
import re
from math import ceil

from babel.dates import get_day_names
from flask import Flask, current_app
from flask_babel import format_date, format_decimal
from markupsafe import Markup

from ibasho.data.clock import japan_now, japanese_time, today
from ibasho.data.geocode import Level
from ibasho.data.links import Purpose
from ibasho.data.listings import (
    VOLUNTEER_KINDS,
    Fact,
    Kind,
    Position,
    PublicListing,
    State,
    facts_of,
    first_visit,
)
from ibasho.data.schedule import Certainty, Note, Occurrence, Schedule, is_over
from ibasho.data.telephone import dial, one_line
from ibasho.search_index import AgeGroup, Place, is_free_for_children
from ibasho.site import people_words
from ibasho.site.costs_words import cost_line, cost_rows, yen
from ibasho.site.entry_words import ENTRY_ACTIONS
from ibasho.site.languages import (
    DEFAULT,
    LazyString,
    gettext,
    lazy_gettext,
    locale,
    ngettext,
    spoken,
)

_EXACT = frozenset({Level.PIN, Level.BLOCK})
_METRES_A_MINUTE = 80
_ROAD_PER_STRAIGHT = 1.3
_LONGEST_WALK_M = 3_000
_MONTHS_A_YEAR = 12

_PREFECTURE = re.compile("^(?:北海道|東京都|京都府|大阪府|.{2,3}県)")

KINDS: dict[Kind, LazyString] = {
    Kind.CHILDRENS_CAFETERIA: lazy_gettext("Children's cafeteria"),
    Kind.FREE_SCHOOL: lazy_gettext("Free school"),
    Kind.PLACE_TO_BELONG: lazy_gettext("Place to belong"),
    Kind.LEARNING_SUPPORT: lazy_gettext("Learning support"),
    Kind.PARENTING_SUPPORT: lazy_gettext("Parenting support"),
    Kind.FOOD_PANTRY: lazy_gettext("Food pantry"),
    Kind.CONSULTATION_DESK: lazy_gettext("Consultation desk"),
    Kind.VOLUNTEER_OPPORTUNITY: lazy_gettext("Volunteers wanted"),
    Kind.VOLUNTEER_GROUP: lazy_gettext("Volunteer group"),
}

# As badges, chips and ticks say them.
FACTS: dict[Fact, LazyString] = {
    Fact.ATTENDANCE: lazy_gettext("Can count as school attendance"),
    Fact.ALONE: lazy_gettext("A child may come alone"),
    Fact.NO_BOOKING: lazy_gettext("No booking needed"),
    Fact.ALLERGY: lazy_gettext("Food allergies are catered for"),
    Fact.ANYONE: lazy_gettext("Everyone is welcome"),
    Fact.ONLINE: lazy_gettext("Taking part online"),
    Fact.WHEELCHAIR: lazy_gettext("Wheelchair accessible"),
    Fact.TAKEAWAY: lazy_gettext("Meals to take away"),
    Fact.FOOD_PANTRY: lazy_gettext("Hands out food"),
    Fact.EASY_JAPANESE: lazy_gettext("Easy Japanese spoken"),
    Fact.ENGLISH: lazy_gettext("English spoken"),
    Fact.CHINESE: lazy_gettext("Chinese spoken"),
    Fact.KOREAN: lazy_gettext("Korean spoken"),
    Fact.VIETNAMESE: lazy_gettext("Vietnamese spoken"),
    Fact.PORTUGUESE: lazy_gettext("Portuguese spoken"),
    Fact.FILIPINO: lazy_gettext("Filipino spoken"),
    Fact.NEPALI: lazy_gettext("Nepali spoken"),
}

AGE_GROUPS: dict[AgeGroup, LazyString] = {
    AgeGroup.PRESCHOOL: lazy_gettext("preschoolers"),
    AgeGroup.ELEMENTARY: lazy_gettext("elementary schoolers"),
    AgeGroup.JUNIOR_HIGH: lazy_gettext("junior high schoolers"),
    AgeGroup.HIGH: lazy_gettext("high schoolers"),
}

STATES: dict[State, LazyString] = {
    State.DRAFT: lazy_gettext("Draft"),
    State.INVITED: lazy_gettext("Invited"),
    State.CONFIRMED: lazy_gettext("Confirmed by the provider"),
    State.IN_REVIEW: lazy_gettext("In review"),
    State.PUBLISHED: lazy_gettext("Published"),
    State.STALE: lazy_gettext("Published, to be confirmed"),
    State.UNLISTED: lazy_gettext("Taken off the list"),
    State.ARCHIVED: lazy_gettext("Archived"),
    State.DO_NOT_LIST: lazy_gettext("Asked not to be listed"),
}

_DECIDED_STEPS = ("add", "correct", "finish", "reopen")
ACTIONS: dict[str, LazyString] = {
    "propose": lazy_gettext("Wording proposed"),
    "approve": lazy_gettext("Wording approved and published"),
    "reject": lazy_gettext("Wording declined"),
    "undo_return": lazy_gettext("Return taken back"),
    "undo_approval": lazy_gettext("Approval taken back"),
    "restore": lazy_gettext("An older wording proposed again"),
    "restore_backup": lazy_gettext("Restored from a backup"),
    "take_backup": lazy_gettext("Backup of everything taken"),
    "give_out": lazy_gettext("Given out to the person it is about"),
    "erase": lazy_gettext("Erased at the request of a person"),
    "import": lazy_gettext("Taken over from a list"),
    "undo_import": lazy_gettext("List taken back"),
    "upload_import": lazy_gettext("List brought in to look at"),
    "compare_import": lazy_gettext("Rows of a list compared with places"),
    "publish_import": lazy_gettext("List published"),
    "drop_import": lazy_gettext("List put away"),
    "keep_feed": lazy_gettext("List on the web changed"),
    "remove_feed": lazy_gettext("List on the web removed"),
    "finish_report": lazy_gettext("A visitor's report dealt with"),
    "add_picture": lazy_gettext("Picture added"),
    "describe_picture": lazy_gettext("Picture changed"),
    "move_picture": lazy_gettext("Picture changed"),
    "show_picture": lazy_gettext("Picture shown"),
    "withdraw_picture": lazy_gettext("Picture taken back"),
    "say_light": lazy_gettext("Room said"),
    "withdraw_light": lazy_gettext("Word on room withdrawn"),
    "close_on": lazy_gettext("A date closed"),
    "open_on": lazy_gettext("A date opened"),
    "confirm_dates": lazy_gettext("Dates of a month confirmed"),
    "withdraw_dates": lazy_gettext("Confirmed dates taken back"),
    "take_back": lazy_gettext("A word on a date taken back"),
    "assure": lazy_gettext("Confirmed: nothing has changed"),
    "take_back_assurance": lazy_gettext("Confirmation taken back"),
    "remind:first": lazy_gettext("Asked by mail whether it is still true"),
    "remind:second": lazy_gettext("Asked by mail whether it is still true"),
    "stopped": lazy_gettext("The provider says that it has stopped"),
    "undo_stopped": lazy_gettext("The provider took back that it has stopped"),
    "finish_answer": lazy_gettext("A provider's answer dealt with"),
    "make_link": lazy_gettext("Make a new link"),
    "end_link": lazy_gettext("End the link"),
    "send_mail": lazy_gettext("Sent"),
    "send_again": lazy_gettext("Send again"),
    "leave_mail": lazy_gettext("Not sent"),
    **{f"use:{purpose}": lazy_gettext("Answered through a link") for purpose in Purpose},
    "register": lazy_gettext("Registered by the provider"),
    "consent": lazy_gettext("Agreed to be listed"),
    "invite": lazy_gettext("Invited"),
    "use:confirm_mail": lazy_gettext("Mail address confirmed"),
    "use:change": lazy_gettext("Corrected through the link in a mail"),
    "add_lead": lazy_gettext("Found"),
    "change_lead": lazy_gettext("Details changed"),
    "undo_lead": lazy_gettext("Step taken back"),
    "list_lead": lazy_gettext("Listing made"),
    "check_lead": lazy_gettext("Checklist"),
    "note_lead": lazy_gettext("Visits and talks"),
    "task_lead": lazy_gettext("Tasks"),
    "add_member": lazy_gettext("Taken into a network"),
    "remove_member": lazy_gettext("Taken out of a network"),
    "add_partner": lazy_gettext("Taken into a network"),
    "remove_partner": lazy_gettext("Taken out of a network"),
    "add_person": lazy_gettext("Contacts changed"),
    "remove_person": lazy_gettext("Contacts changed"),
    "undo_member": lazy_gettext("Membership put back as it was"),
    "keep_meeting": lazy_gettext("A meeting entered"),
    "correct_meeting": lazy_gettext("A meeting changed"),
    "withdraw_meeting": lazy_gettext("A meeting withdrawn"),
    "bring_back_meeting": lazy_gettext("A meeting brought back"),
    "correct_need": lazy_gettext("A need corrected"),
    "correct_offer": lazy_gettext("An offer corrected"),
    **{f"{step}_decided": lazy_gettext("A meeting changed") for step in _DECIDED_STEPS},
    "keep_news": lazy_gettext("News to members written"),
    "send_news": lazy_gettext("News to members sent"),
    "add_need": lazy_gettext("A need or an offer changed"),
    "withdraw_need": lazy_gettext("A need or an offer changed"),
    "add_offer": lazy_gettext("A need or an offer changed"),
    "withdraw_offer": lazy_gettext("A need or an offer changed"),
    "match:joined": lazy_gettext("Brought together"),
    "match:unfit": lazy_gettext("A need or an offer changed"),
    "undo_match": lazy_gettext("A need or an offer changed"),
    "read_mail": lazy_gettext("Mail read"),
    "view": lazy_gettext("Confidential contacts or address seen"),
    "export": lazy_gettext("Table taken away"),
    "refine-position": lazy_gettext("Position made more exact"),
    "add_synonyms": lazy_gettext("Search words changed"),
    "change_synonyms": lazy_gettext("Search words changed"),
    "remove_synonyms": lazy_gettext("Search words changed"),
    "remind:stale": STATES[State.STALE],
    "remind:unlist": STATES[State.UNLISTED],
    **{f"state:{state}": label for state, label in STATES.items()},
    **people_words.ACTIONS,
    **ENTRY_ACTIONS,
}


def kind_label(kind: Kind) -> str:
    """The name of a kind."""
    return str(KINDS[kind])


def fact_label(fact: Fact) -> str:
    """A fact of a place, in the words of a badge."""
    return str(FACTS[fact])


def age_group_label(group: AgeGroup) -> str:
    """The children of a school."""
    return str(AGE_GROUPS[group])


def facts(listing: PublicListing) -> list[Fact]:
    """What somebody stated of a place, in the order in which pages say it."""
    stated = facts_of(listing)
    return [fact for fact in Fact if fact in stated]


def is_free(listing: PublicListing) -> bool:
    """Whether somebody said that children pay nothing."""
    return is_free_for_children(listing.costs, listing.fees_description)


def weekday(number: int) -> str:
    """The name of a weekday; Monday is 0."""
    return str(get_day_names("wide", locale=locale())[number])


def district_label(name: str) -> str:
    """A school district as one says it: みなみ小 is みなみ小学校区."""
    name = re.sub("([小中])(?:学校)?(?:校区|学区)?$", r"\1", name)
    is_school = name.endswith(("小", "中"))
    return gettext("%(school)s school district", school=name) if is_school else name


def state_label(state: State) -> str:
    """The name of a state."""
    return str(STATES[state])


def action_label(action: str) -> str:
    """What was done, as the record names it."""
    return str(ACTIONS.get(action, action))


def quoted(word: str) -> str:
    """A word in the quotation marks of the page's language."""
    return gettext("“%(word)s”", word=word)


def moment(at: str) -> str:
    """A moment of the record on Japan's clock: 2026年12月12日 9:30."""
    time = japanese_time(at)
    return f"{full_date(time.date())} {time:%H:%M}"


def day(date: dt.date) -> str:
    """A date with its weekday: 12月12日(土)."""
    return str(format_date(date, gettext("EEE d MMMM")))


def days_from(first: dt.date, last: dt.date) -> str:
    """One day, or several in a row."""
    if first == last:
        return day(first)
    return gettext("%(first)s to %(last)s", first=day(first), last=day(last))


def full_date(date: dt.date) -> str:
    """A date with its year: 2026年12月12日."""
    return str(format_date(date, gettext("d MMMM yyyy")))


def away(date: dt.date) -> str:
    """How many days until a date: today, tomorrow, in 3 days."""
    days = (date - today()).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    return ngettext("in %(num)d day", "in %(num)d days", days)


def over_today(occurrence: Occurrence) -> bool:
    """Whether an opening of today has ended already."""
    return is_over(occurrence, japan_now())


def hours(occurrence: Occurrence) -> str:
    """From when to when: 11:30～14:00; "" where nobody said."""
    if occurrence.opens_at and occurrence.closes_at:
        opens, closes = occurrence.opens_at, occurrence.closes_at
        return gettext("%(opens)s–%(closes)s", opens=opens, closes=closes)
    if occurrence.opens_at:
        return gettext("from %(time)s", time=occurrence.opens_at)
    return gettext("until %(time)s", time=occurrence.closes_at) if occurrence.closes_at else ""


def distance(metres: int, position: Position, origin: Place | None = None) -> str:
    """A distance as a walker thinks of it, no more exact than the two points it lies between."""
    radius = position.radius_m or 0
    if metres <= radius:
        return gettext("within about %(distance)s", distance=_length(radius))
    length = _length(metres)
    is_about = is_rough(position) or (origin is not None and origin.level not in _EXACT)
    return gettext("about %(distance)s", distance=length) if is_about else length


def how_far(metres: int, position: Position, origin: Place | None = None) -> str:
    """A distance, and how long one walks where both ends are known well enough to say so."""
    far = distance(metres, position, origin)
    is_exact = origin is not None and origin.level in _EXACT and position.level in _EXACT
    minutes = walking_minutes(metres) if is_exact else None
    if minutes is None:
        return far
    walk = ngettext("about %(num)d minute on foot", "about %(num)d minutes on foot", minutes)
    return gettext("%(distance)s, %(walk)s", distance=far, walk=walk)


def walking_minutes(metres: int) -> int | None:
    """How many minutes one walks for a straight distance in metres; None where nobody would.

    80 metres a minute, any rest counting as one, is how Japanese housing advertisements have to
    reckon (不動産の表示に関する公正競争規約施行規則 of September 2022, article 9, item 9). That
    rule takes the length of the road, for which 1.3 times the straight line is our estimate.
    """
    way = metres * _ROAD_PER_STRAIGHT
    return max(1, ceil(way / _METRES_A_MINUTE)) if way <= _LONGEST_WALK_M else None


def length_of_way(metres: int) -> str:
    """A distance that somebody chose from a list: 500 m, 2 km."""
    if metres % 1000:
        return gettext("%(metres)d m", metres=metres)
    return gettext("%(kilometres)s km", kilometres=metres // 1000)


def _length(metres: int) -> str:
    if metres < 950:
        return gettext("%(metres)d m", metres=max(50, round(metres / 50) * 50))
    return gettext("%(kilometres)s km", kilometres=format_decimal(metres / 1000, "0.0"))


def without_prefecture(address: str) -> str:
    """An address as people of the place say it: 西東京市南町5丁目."""
    return _PREFECTURE.sub("", address)


def is_rough(position: Position) -> bool:
    """Whether the place is known only roughly, so that a distance to it is about right at most."""
    return position.level not in _EXACT


def ages(listing: PublicListing) -> str:
    """From what age to what age; "" where nobody said. Parts of a year are said in months."""
    least, most = listing.minimum_age, listing.maximum_age
    if all(age is None or float(age).is_integer() for age in (least, most)):
        return _whole_ages(least, most)
    if least is not None and most is not None:
        return gettext("%(first)s to %(last)s", first=_age(least), last=_age(most))
    if least is not None:
        return gettext("from the age of %(age)s", age=_age(least))
    return gettext("up to the age of %(age)s", age=_age(most)) if most is not None else ""


def _whole_ages(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return gettext("%(least)s to %(most)s", least=f"{least:g}", most=f"{most:g}")
    if least is not None:
        return gettext("%(age)s and older", age=f"{least:g}")
    return gettext("up to %(age)s", age=f"{most:g}") if most is not None else ""


def _age(age: float) -> str:
    """An age in years, as one says it of a little child: 生後6か月, 1歳6か月."""
    years, months = divmod(round(age * _MONTHS_A_YEAR), _MONTHS_A_YEAR)
    if not months:
        return ngettext("%(num)d year", "%(num)d years", years)
    if not years:
        return ngettext("%(num)d month", "%(num)d months", months)
    return gettext("%(years)d yr %(months)d mo", years=years, months=months)


def ask_first(schedule: Schedule) -> str:
    """Why no date is named, in words that say what to do."""
    if schedule.suspended:
        return gettext("Not open at the moment. Ask before you go.")
    if Note.NOT_GIVEN in schedule.notes and schedule.certainty is Certainty.UNKNOWN:
        return gettext("Opening days are not known. Ask before you go.")
    return gettext("The next date is not certain. Ask before you go.")


def freshness(listing: PublicListing) -> str:
    """When this was last confirmed, and by whom, or that it never was."""
    if listing.assured_date:
        return gettext("Confirmed on %(date)s", date=full_date(listing.assured_date))
    if listing.listed_on and listing.source_name:
        return gettext(
            "From the list “%(source)s”, taken over on %(date)s, not yet confirmed with the place",
            source=listing.source_name,
            date=full_date(listing.listed_on),
        )
    return gettext("Not yet confirmed with the place")


def is_old(listing: PublicListing) -> bool:
    """Whether the last word on a listing is older than the limit, or nobody answered for it."""
    date = listing.assured_date or listing.listed_on
    limit = current_app.config["IBASHO"].limits.remind
    return listing.is_stale or (date is not None and (today() - date).days > limit)


def in_japanese() -> Markup:
    """The attribute that marks a place's own words on a page in another language."""
    return Markup("" if spoken().tag == DEFAULT else ' lang="ja"')  # noqa: S704 (a fixed text)


def install(app: Flask) -> None:
    """Let the templates use these words."""
    app.jinja_env.filters.update(
        kind_label=kind_label,
        state_label=state_label,
        action_label=action_label,
        moment=moment,
        quoted=quoted,
        day=day,
        full_date=full_date,
        away=away,
        hours=hours,
        how_far=how_far,
        ages=ages,
        cost_line=cost_line,
        cost_rows=cost_rows,
        yen=yen,
        ask_first=ask_first,
        freshness=freshness,
        fact_label=fact_label,
        facts=facts,
        free=is_free,
        first_visit=first_visit,
        length_of_way=length_of_way,
        district_label=district_label,
        without_prefecture=without_prefecture,
        tel=dial,
        telephone=one_line,
    )
    app.jinja_env.tests.update(rough=is_rough, old=is_old, over=over_today)
    app.jinja_env.globals.update(
        kinds=KINDS, facts=FACTS, in_japanese=in_japanese, volunteer_kinds=VOLUNTEER_KINDS
    )
