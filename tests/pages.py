"""Every page of the site in every state it can show: what the tests walk through and what the
pictures of the documentation are taken of. A new page is one line in PAGES."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page
from support import PASSWORD
from wards import Wards

from ibasho.data.accounts import Role

WIDE = 768  # CSS px from which the map draws itself

Step = Callable[[Page], None]


def open_details(page: Page) -> None:
    """Unfold whatever is folded."""
    page.locator("main details").evaluate_all("all => all.forEach(one => (one.open = true))")


def type_into(field: str, text: str) -> Step:
    """Type a text and wait for what the page suggests; without scripts nothing is suggested."""

    def step(page: Page) -> None:
        page.locator(f"#{field}").press_sequentially(text)
        if page.locator(f"#{field}[role=combobox]").count():
            page.locator(f"#{field}-suggestions [role=option]").first.wait_for()

    return step


def send(**values: str) -> Step:
    """Put these values into the page's form, whatever the fields allow, and send it."""

    def step(page: Page) -> None:
        form = page.locator("main form[method=post]").last
        for name, value in values.items():
            form.locator(f"[name='{name}']").evaluate("(one, value) => (one.value = value)", value)
        with page.expect_navigation():
            form.evaluate("one => one.submit()")

    return step


def press_with(address: str, **values: str) -> Step:
    """Press the button of the form whose address ends so, after putting these values in."""

    def step(page: Page) -> None:
        form = page.locator(f"main form[action$='{address}']").last
        for name, value in values.items():
            form.locator(f"[name={name}]").evaluate("(one, value) => (one.value = value)", value)
        with page.expect_navigation():
            form.evaluate("one => one.submit()")

    return step


def registering(name: str, address: str) -> Step:
    """Fill in what has to be, and go on to the answers."""

    def step(page: Page) -> None:
        values = {"name": name, "address": address, "person": "たなか", "mail": "a@example.jp",
                  "schedule_text": "毎月第2・4土曜日 11:30～14:00"}  # fmt: skip
        for field, value in values.items():
            page.locator(f"#{field}").fill(value)
        page.locator("#consent").check()
        with page.expect_navigation():
            page.locator("main form button").last.click()

    return step


def press(selector: str) -> Step:
    """Press the first such button, and wait for the page that follows."""

    def step(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return step


def make_spare_codes(page: Page) -> None:
    """Sign in as somebody whose password is known, and have spare codes shown."""
    send(email="school2@demo.example", password=PASSWORD)(page)
    page.goto(urljoin(page.url, "/account/codes"))
    send(password=PASSWORD)(page)


def by_name(page: Page) -> None:
    """Open the page under the site's name, where passkeys are good."""
    page.goto(page.url.replace("127.0.0.1", "localhost"))


def wait_for_passkey(page: Page) -> None:
    """Type the password of somebody who has a passkey, under the site's name."""
    by_name(page)
    press_with("/sign-in", email="passkey@demo.example", password=PASSWORD)(page)


def begin_passkey(page: Page) -> None:
    """Sign in under the site's name, and go on to where a device is asked for a passkey."""
    by_name(page)
    press_with("/sign-in", email="school2@demo.example", password=PASSWORD)(page)
    page.goto(urljoin(page.url, "/account/passkeys/new"))
    send(password=PASSWORD)(page)


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page in one state. `address` may name an {id} of the ward; `step` is done once it is open;
    `status` is that of the answer at the end."""

    name: str
    address: str
    role: Role | None = None
    status: int = 200
    step: Step | None = None
    empty: bool = False  # in the ward without listings
    lists: bool = False  # in the ward with lists to bring in

    def open(self, page: Page, wards: Wards, language: str = "ja") -> int:
        """Bring the window to this page and return the status of the last answer."""
        prefix = "" if language == "ja" else f"/{language}"
        site = wards.lists if self.lists else wards.empty if self.empty else wards.full
        page.goto(site + prefix + self.address.format(**wards.ids))
        if self.step:
            self.step(page)
        size = page.viewport_size
        if (
            size
            and size["width"] >= WIDE
            and page.locator("section.map:not([data-pin-map] *)").count()
        ):
            page.locator(".place").first.wait_for()
        return int(page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus"))


DESK = Role.COORDINATOR

PAGES = (
    SitePage("home", "/"),
    SitePage("home-empty", "/", empty=True),
    SitePage("search", "/search?near=西東京市南町5丁目"),
    SitePage("search-plain", "/search"),
    SitePage("search-page-2", "/search?page=2"),
    SitePage("search-saturday", "/search?q=子ども食堂&open=weekend&near=西東京市田無町"),
    SitePage("search-form", "/search?kind=free_school&open=week&age=10&free=1", step=open_details),
    SitePage("search-fee", "/search?kind=free_school&monthly=20000&near=みなみ小学校"),
    SitePage("search-narrowed", "/search?weekday=5&fact=alone&free=1&sort=name", step=open_details),
    SitePage("search-way", "/search?near=田無駅&to=みなみ小&within=500", step=open_details),
    SitePage("search-district", "/search?district=ひばり小学校区&q=てくてく"),
    SitePage("search-nowhere", "/search?bbox=139.1,35.1,139.2,35.2"),
    SitePage("search-suggestions", "/search", step=type_into("q", "子ども")),
    SitePage("search-understood", "/search?q=田無の近くで土曜無料の子ども食堂"),
    SitePage("search-mended", "/search?q=フリースクル"),
    SitePage("search-nothing", "/search?q=スケートボード&near=西東京市田無町"),
    SitePage("search-also", "/search?q=寺子屋"),
    SitePage("search-only", "/search?q=寺子屋&also=0"),
    SitePage("search-not-understood", "/search?near=ぬばたま町&on=never", step=open_details),
    SitePage("search-empty", "/search", empty=True),
    SitePage("listing", "/listings/{exact}"),
    SitePage("listing-area", "/listings/{area}"),
    SitePage("listing-on-request", "/listings/{request}"),
    SitePage("listing-stale", "/listings/{stale}"),
    SitePage("listing-old", "/listings/{old}"),
    SitePage("listing-closed", "/listings/{closed}"),
    SitePage("listing-school", "/listings/{school}"),
    SitePage("listing-bare", "/listings/{bare}"),
    SitePage("report", "/listings/{exact}/report"),
    SitePage("report-errors", "/listings/{exact}/report", status=422,
             step=send(words="")),
    SitePage("report-sent", "/listings/{exact}/report?done=sent"),
    SitePage("events", "/events"),
    SitePage("events-kind", "/events?kind=food_drive"),
    SitePage("events-chosen", "/events?weekend=1&no_application=1"),
    SitePage("events-none", "/events", empty=True),
    SitePage("event", "/events/{event}"),
    SitePage("event-cancelled", "/events/{cancelled}"),
    SitePage("event-over", "/events/{over}"),
    SitePage("articles", "/articles"),
    SitePage("articles-topic", "/articles?topic=meals"),
    SitePage("articles-none", "/articles", empty=True),
    SitePage("article", "/articles/{article}"),
    SitePage("desks", "/desks"),
    SitePage("kept", "/kept"),
    SitePage("kept-some", "/kept?ids={exact},{area},none"),
    SitePage("sheet", "/sheet?ids={exact},{area},{request},{school},none"),
    SitePage("sheet-one", "/sheet?ids={exact}"),
    SitePage("sheet-none", "/sheet"),
    SitePage("offline", "/offline"),
    SitePage("embed", "/embed?kind=childrens_cafeteria"),
    SitePage("embed-map", "/embed?view=map&near=田無駅"),
    SitePage("embed-how", "/embed/how?kind=free_school&view=map"),
    SitePage("guide", "/guide"),
    SitePage("guide-hard", "/guide#hard"),
    SitePage("guide-where", "/guide#where"),
    SitePage("child", "/child"),
    SitePage("child-near", "/child?near=みなみ小学校"),
    SitePage("child-not-understood", "/child?near=ぬばたま町"),
    SitePage("child-none", "/child", empty=True),
    SitePage("search-hard", "/search?kind=consultation_desk"),
    SitePage("listing-desk", "/listings/{desk}"),
    SitePage("about", "/about"),
    SitePage("accessibility", "/accessibility"),
    SitePage("about-empty", "/about", empty=True),
    SitePage("not-found", "/nowhere", status=404),
    SitePage("not-for-you", "/coordinator/", role=Role.SCHOOL, status=403),
    SitePage("link-true", "/confirm/{link_still_true}"),
    SitePage("link-replaced", "/confirm/{link_replaced}"),
    SitePage("link-change", "/confirm/{link_change}"),
    SitePage("link-change-errors", "/confirm/{link_change}", status=422,
             step=send(name="", phones_public="?")),
    SitePage("link-stopped", "/confirm/{link_stopped}"),
    SitePage("link-own-page", "/p/{link_provider}?done=true"),
    SitePage("link-dates", "/p/{link_provider}/dates"),
    SitePage("link-dates-errors", "/p/{link_provider}/dates", status=422,
             step=send(further="2000-01-01", opens_at="10:00")),
    SitePage("link-own-change", "/p/{link_provider}/change"),
    SitePage("link-own-stopped", "/p/{link_provider}/stopped"),
    SitePage("link-dead", "/confirm/nothing", status=404),
    SitePage("link-answered", "/confirmed?what=true"),
    SitePage("own-places", "/provider/?done=true", role=Role.PROVIDER, step=open_details),
    SitePage("own-place", "/provider/places/{exact}?done=said", role=Role.PROVIDER),
    SitePage("own-place-dates", "/provider/places/{exact}/dates", role=Role.PROVIDER),
    SitePage("own-dates", "/provider/dates?done=month", role=Role.PROVIDER),
    SitePage("own-place-change", "/provider/places/{closed}/change", role=Role.PROVIDER),
    SitePage("own-place-change-errors", "/provider/places/{exact}/change", role=Role.PROVIDER,
             status=422, step=send(name="")),
    SitePage("own-place-stopped", "/provider/places/{exact}/stopped", role=Role.PROVIDER),
    SitePage("sign-in", "/sign-in"),
    SitePage("sign-in-passkey", "/sign-in/passkey", step=by_name),
    SitePage("sign-in-first", "/sign-in", empty=True),
    SitePage("sign-in-wrong", "/sign-in", status=401,
             step=send(email="nobody@demo.example", password="not the password"), empty=True),
    SitePage("sign-in-code", "/sign-in",
             step=send(email="device@demo.example", password=PASSWORD)),
    SitePage("sign-in-code-passkey", "/sign-in/passkey", step=wait_for_passkey),
    SitePage("sign-in-code-over", "/sign-in/code"),
    SitePage("sign-in-forgotten", "/sign-in/forgotten"),
    SitePage("sign-in-forgotten-sent", "/sign-in/forgotten?done=sent"),
    SitePage("sign-in-reset", "/sign-in/reset/{reset}"),
    SitePage("invitation", "/invitation/{invitation}"),
    SitePage("invitation-weak", "/invitation/{invitation}", status=422,
             step=send(password="short")),
    SitePage("invitation-dead", "/invitation/none", status=404),
    SitePage("account", "/account", role=DESK),
    SitePage("account-school", "/account?done=session", role=Role.SCHOOL),
    SitePage("account-password", "/account/password", role=DESK),
    SitePage("account-device", "/account/device", role=DESK),
    SitePage("account-device-wrong", "/account/device", role=DESK, status=422,
             step=send(code="1")),
    SitePage("account-codes", "/account/codes", role=DESK),
    SitePage("account-codes-shown", "/sign-in", role=Role.SCHOOL, step=make_spare_codes),
    SitePage("account-passkeys", "/account/passkeys", role=DESK),
    SitePage("account-passkeys-remove", "/account/passkeys?remove={passkey}&done=named", role=DESK),
    SitePage("account-passkeys-wrong", "/account/passkeys?remove={passkey}", role=DESK, status=422,
             step=press_with("/account/passkeys", password="wrong")),
    SitePage("account-passkey-new", "/account/passkeys/new", role=DESK),
    SitePage("account-passkey-asked", "/sign-in", role=Role.SCHOOL, step=begin_passkey),
    SitePage("desk", "/coordinator/", role=DESK),
    SitePage("desk-assured", "/coordinator/?done=assured&listing={exact}", role=DESK),
    SitePage("desk-not-found", "/coordinator/listings/none", role=DESK, status=404),
    SitePage("desk-not-yours", "/coordinator/people", role=DESK, status=403),
    SitePage("desk-record", "/coordinator/record", role=DESK),
    SitePage("desk-record-none", "/coordinator/record?listing=ぬばたま", role=DESK),
    SitePage("desk-listings", "/coordinator/listings", role=DESK),
    SitePage("desk-listings-none", "/coordinator/listings?q=ぬばたま", role=DESK),
    SitePage("desk-listing", "/coordinator/listings/{exact}?done=approved", role=DESK),
    SitePage("desk-listing-archived", "/coordinator/listings/{archived}", role=DESK),
    SitePage("desk-listing-unpublished", "/coordinator/listings/{unpublished}", role=DESK),
    SitePage("desk-pictures", "/coordinator/listings/{exact}?picture=added#pictures", role=DESK,
             step=open_details),
    SitePage("desk-pictures-errors", "/coordinator/listings/{area}", role=DESK, status=422,
             step=send(alt="")),
    SitePage("desk-add", "/coordinator/listings/new", role=DESK),
    SitePage("desk-add-errors", "/coordinator/listings/new", role=DESK, status=422,
             step=send(name="", municipality="ぬばたま市", pin="ここ", url="x", adult="many",
                       minimum_age="12", maximum_age="6", phones_public="?")),
    SitePage("desk-add-school", "/coordinator/listings/new?kind=free_school", role=DESK,
             step=open_details),
    SitePage("desk-preview", "/coordinator/revisions/{change}/preview", role=DESK),
    SitePage("desk-history", "/coordinator/listings/{change_of}/history", role=DESK),
    SitePage("desk-do-not-list", "/coordinator/do-not-list?done=kept", role=DESK),
    SitePage("desk-do-not-list-errors", "/coordinator/do-not-list", role=DESK, status=422,
             step=send(name="", municipality="ぬばたま市")),
    SitePage("desk-erase", "/coordinator/erase?erased=3", role=DESK),
    SitePage("desk-erase-errors", "/coordinator/erase", role=DESK, status=422,
             step=send(words="林")),
    SitePage("desk-erase-found", "/coordinator/erase", role=DESK, step=send(words="まるいお皿")),
    SitePage("desk-erase-nowhere", "/coordinator/erase", role=DESK, step=send(words="ぬばたま")),
    SitePage("desk-change", "/coordinator/listings/{exact}/change", role=DESK),
    SitePage("desk-change-conflict", "/coordinator/listings/{exact}/change", role=DESK, status=409,
             step=send(based_on="1000000", name="子ども食堂 しかくいお皿")),
    SitePage("desk-review", "/coordinator/revisions/{new}", role=DESK),
    SitePage("desk-review-change", "/coordinator/revisions/{change}", role=DESK),
    SitePage("desk-review-decided", "/coordinator/revisions/{decided}", role=DESK),
    SitePage("desk-answers", "/coordinator/answers", role=DESK),
    SitePage("desk-mails", "/coordinator/mails?done=again", role=DESK),
    SitePage("desk-paper", "/coordinator/listings/{exact}/paper", role=DESK),
    SitePage("desk-dates", "/coordinator/listings/{exact}/dates", role=DESK),
    SitePage("desk-own-page", "/coordinator/listings/{exact}/own-page", role=DESK),
    SitePage("board", "/coordinator/pipeline", role=DESK),
    SitePage("board-none", "/coordinator/pipeline", role=DESK, empty=True),
    SitePage("leads", "/coordinator/pipeline?view=list", role=DESK),
    SitePage("leads-none", "/coordinator/pipeline?view=list&kind=food_pantry", role=DESK),
    SitePage("lead", "/coordinator/pipeline/{lead}?done=moved", role=DESK, step=open_details),
    SitePage("lead-errors", "/coordinator/pipeline/{lead}", role=DESK, status=409,
             step=press_with("/move", stage="review")),
    SitePage("lead-returned", "/coordinator/pipeline/{lead_returned}", role=DESK),
    SitePage("lead-active", "/coordinator/pipeline/{lead_active}", role=DESK),
    SitePage("lead-declined", "/coordinator/pipeline/{lead_declined}", role=DESK),
    SitePage("lead-add", "/coordinator/pipeline/new", role=DESK),
    SitePage("lead-add-errors", "/coordinator/pipeline/new", role=DESK, status=422,
             step=send(**{"name": "", "people-0-mail": "x"})),
    SitePage("lead-change", "/coordinator/pipeline/{lead_returned}/change", role=DESK),
    SitePage("lead-change-stale", "/coordinator/pipeline/{lead_returned}/change", role=DESK,
             status=409, step=send(seen="")),
    SitePage("register", "/register"),
    SitePage("register-errors", "/register", status=422, step=send(name="", mail="x")),
    SitePage("register-check", "/register", step=registering("まるいお皿", "田無町4-41-6")),
    SitePage("register-sent", "/register/thanks/sent"),
    SitePage("register-confirmed", "/register/thanks/confirmed"),
    SitePage("confirm-mail", "/confirm/{link_mail}"),
    SitePage("correct", "/confirm/{link_returned}"),
    SitePage("correct-errors", "/confirm/{link_returned}", status=422, step=send(name="")),
    SitePage("networks", "/coordinator/networks", role=DESK),
    SitePage("network", "/coordinator/networks/1", role=DESK),
    SitePage("network-bare", "/coordinator/networks/2", role=DESK),
    SitePage("network-members", "/coordinator/networks/1/members?done=person_removed&one=1",
             role=DESK),
    SitePage("network-partner", "/coordinator/networks/1/partners/new", role=DESK),
    SitePage("network-person", "/coordinator/networks/1/people/new", role=DESK, status=422,
             step=send(name="", email="x", phone="x")),
    SitePage("network-meeting", "/coordinator/networks/1/meetings/1", role=DESK),
    SitePage("network-meeting-new", "/coordinator/networks/1/meetings/new", role=DESK),
    SitePage("network-meeting-change", "/coordinator/networks/1/meetings/1/change", role=DESK),
    SitePage("network-task-change", "/coordinator/networks/1/meetings/1/tasks/1/change", role=DESK),
    SitePage("network-meeting-withdrawn", "/coordinator/networks/1?done=meeting_withdrawn&one=1",
             role=DESK),
    SitePage("network-calendar", "/coordinator/networks/1/calendar", role=DESK,
             step=press("main form button")),
    SitePage("network-sheet", "/coordinator/networks/1/meetings/2/sheet", role=DESK),
    SitePage("network-decided", "/coordinator/networks/1/meetings/1/tasks/new", role=DESK),
    SitePage("network-needs", "/coordinator/networks/1/needs?done=need_withdrawn&one=1",
             role=DESK, step=open_details),
    SitePage("network-needs-none", "/coordinator/networks/2/needs", role=DESK),
    SitePage("network-need", "/coordinator/networks/1/needs/new", role=DESK),
    SitePage("network-offer", "/coordinator/networks/1/offers/new", role=DESK, status=422,
             step=send(giver="", words="", place="ぬばたま", until="2020-01-01")),
    SitePage("network-need-change", "/coordinator/networks/1/needs/1/change", role=DESK),
    SitePage("network-offer-change", "/coordinator/networks/1/offers/1/change", role=DESK),
    SitePage("network-join", "/coordinator/networks/1/offers/1/needs/1", role=DESK,
             step=open_details),
    SitePage("network-all-news", "/coordinator/networks/1/news", role=DESK),
    SitePage("network-news", "/coordinator/networks/1/news/1", role=DESK),
    SitePage("network-news-new", "/coordinator/networks/1/news/new", role=DESK),
    SitePage("network-news-change", "/coordinator/networks/1/news/1/change", role=DESK),
    SitePage("desk-imports", "/coordinator/imports", role=DESK, lists=True),
    SitePage("desk-imports-demo", "/coordinator/imports", role=DESK),
    SitePage("desk-imports-errors", "/coordinator/imports", role=DESK, lists=True, status=422,
             step=press(".import-card button")),
    SitePage("desk-import", "/coordinator/imports/{list_open}", role=DESK, lists=True,
             step=open_details),
    SitePage("desk-import-odd", "/coordinator/imports/{list_odd}", role=DESK, lists=True),
    SitePage("desk-import-compare", "/coordinator/imports/{list_open}/compare", role=DESK,
             lists=True),
    SitePage("desk-import-published", "/coordinator/imports/{list_published}", role=DESK,
             lists=True),
    SitePage("desk-import-undone", "/coordinator/imports/{list_undone}", role=DESK, lists=True),
    SitePage("desk-import-source", "/coordinator/imports/sources/{list_feed}", role=DESK,
             lists=True),
    SitePage("desk-import-web", "/coordinator/imports/sources/new", role=DESK, lists=True,
             status=422, step=send(name="", url="ftp://x", municipality="ぬばたま市")),
    SitePage("desk-words", "/coordinator/synonyms?done=saved", role=DESK),
    SitePage("desk-words-add", "/coordinator/synonyms/new", role=DESK),
    SitePage("desk-words-errors", "/coordinator/synonyms/new", role=DESK, status=422,
             step=send(words="塾", finds="")),
    SitePage("desk-words-change", "/coordinator/synonyms/3", role=DESK,
             step=send(words="不登校\n学校に行けない", finds="相談窓口")),
    SitePage("desk-people", "/coordinator/people?done=invited", role=Role.ADMIN),
    SitePage("desk-people-invite", "/coordinator/people/invite", role=Role.ADMIN),
    SitePage("desk-people-errors", "/coordinator/people/invite", role=Role.ADMIN, status=422,
             step=send(email="あおい", role="provider", listings="x")),
    SitePage("desk-person", "/coordinator/people/{person}?done=saved", role=Role.ADMIN),
    SitePage("desk-person-invited", "/coordinator/people/{invited}", role=Role.ADMIN),
    SitePage("desk-words-remove", "/coordinator/synonyms/1/remove", role=DESK),
    SitePage("desk-contents", "/coordinator/contents", role=DESK),
    SitePage("desk-consultation-desks", "/coordinator/consultation-desks", role=DESK),
    SitePage("desk-events", "/coordinator/events?done=withdraw&on={withdrawn_event}", role=DESK),
    SitePage("desk-event-added", "/coordinator/events?done=added&on={event}", role=DESK),
    SitePage("desk-event-add", "/coordinator/events/new", role=DESK),
    SitePage("desk-event-errors", "/coordinator/events/new", role=DESK, status=422,
             step=send(title="", municipality="ぬばたま市", phrase="ときどき", phones_staff="?")),
    SitePage("desk-event-copy", "/coordinator/events/{event}/copy", role=DESK),
    SitePage("desk-event-change", "/coordinator/events/{event}/change", role=DESK,
             step=send(phrase="毎月第2土曜日 10:00～12:00")),
    SitePage("desk-articles", "/coordinator/articles?done=saved", role=DESK),
    SitePage("desk-article-add", "/coordinator/articles/new", role=DESK, status=422, step=send()),
    SitePage("desk-article-change", "/coordinator/articles/{article}/change", role=DESK,
             step=send()),
    SitePage("desk-schools", "/coordinator/schools", role=DESK),
    SitePage("desk-school-add", "/coordinator/schools/new", role=DESK, status=422, step=send()),
    SitePage("desk-school-change", "/coordinator/schools/{school_id}/change", role=DESK),
    SitePage("desk-stations", "/coordinator/stations", role=DESK),
    SitePage("desk-station-add", "/coordinator/stations/new", role=DESK),
    SitePage("desk-station-change", "/coordinator/stations/田無/change", role=DESK),
    SitePage("desk-station-table", "/coordinator/stations/import", role=DESK),
    SitePage("desk-areas", "/coordinator/areas", role=DESK),
    SitePage("desk-area-add", "/coordinator/areas/new", role=DESK, status=422, step=send()),
    SitePage("desk-area-file", "/coordinator/areas/files/{outlines}", role=DESK),
    SitePage("desk-area-change", "/coordinator/areas/municipality:{ward}/change", role=DESK),
    SitePage("desk-network-add", "/coordinator/networks/new", role=DESK, status=422, step=send()),
    SitePage("desk-network-change", "/coordinator/networks/1/change", role=DESK),
    SitePage("desk-activities", "/coordinator/activities", role=DESK),
    SitePage("desk-activities-none", "/coordinator/activities?year=2020", role=DESK),
    SitePage("desk-activity-add", "/coordinator/activities/new", role=DESK, status=422,
             step=send(held_on="", listing="どこにもない")),
    SitePage("desk-activity-change", "/coordinator/activities/{activity}/change", role=DESK),
)  # fmt: skip

BY_NAME = {page.name: page for page in PAGES}

# What answers a GET with something other than a page.
NOT_PAGES = {
    "static", "vendor", "public.areas", "public.feed", "public.health", "public.robots",
    "public.sheet_pdf", "coordinator.schedule", "coordinator.place",
    "public.picture", "coordinator.picture",
    "coordinator.record_table",
    "public.table", "public.services", "public.one_service", "public.suggest",
    "public.sitemap", "public.manifest", "public.worker",
    "public.listing_calendar", "public.event_calendar", "public.events_calendar",
    "provider.meetings", "coordinator.network_calendar_file",
}  # fmt: skip
