"""A network made by mistake is withdrawn while nothing names it, and comes back as it was."""

import re
from collections.abc import Callable

import pytest
from support import PASSWORD, ReadingClient, press, send

from ibasho.data.accounts import Role, Scope, add_account, set_scope
from ibasho.data.clock import today
from ibasho.data.database import Database
from ibasho.data.events import Event, EventKind, keep_event
from ibasho.data.listings import Kind
from ibasho.data.networks import (
    Help,
    Meeting,
    Network,
    Offer,
    PartnerKind,
    UnknownNetworkError,
    helping,
    keep_network,
    meetings,
    members,
    news,
    read_network,
    read_networks,
)
from ibasho.data.networks.naming import NameTakenError, add_network, change_network
from ibasho.data.networks.withdrawing import NetworkInUseError, withdraw_network
from ibasho.data.pipeline import Lead, add_lead
from ibasho.data.record import read_record
from ibasho.data.schedule import Occurrence

Publish = Callable[..., str]
NAME = "まちがいネット"
DESK = "/coordinator/networks"


@pytest.fixture
def network(db: Database) -> int:
    """A network that nothing names."""
    return keep_network(db, Network(NAME, "書きかけ", "042-000-0070"), "test")


def test_it_is_gone_everywhere_and_one_press_brings_it_back(
    client: ReadingClient, db: Database, network: int
) -> None:
    client.sign_in()
    page = f"{DESK}/{network}"
    listed = press(client, page, DESK, network=str(network), step="withdraw")
    assert NAME not in client.get("/about").text
    assert client.get(page).status_code == 404
    assert client.get(f"{page}/meetings/new").status_code == 404
    said = client.get(listed).text.split('role="status"')[1].split("</div>")[0]
    assert NAME in said
    values = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', said))
    back = client.post(DESK, data=values).location
    assert NAME in client.get(back).text
    assert read_network(db, network) == Network(NAME, "書きかけ", "042-000-0070")
    actions = [one.action for one in read_record(db, f"network:{network}")]
    assert actions == ["bring_back_network", "withdraw_network", "keep_network"]


def by_listing(db: Database, network: int, publish: Publish) -> None:
    publish(network=NAME)


def by_partner(db: Database, network: int, publish: Publish) -> None:
    members.add_partner(db, network, PartnerKind.COMPANY, "南商店", "test")


def by_meeting(db: Database, network: int, publish: Publish) -> None:
    meetings.keep_meeting(db, network, Meeting(today()), "test")


def by_news(db: Database, network: int, publish: Publish) -> None:
    news.keep_news(db, network, "お知らせ", "本文", "test")


def by_need(db: Database, network: int, publish: Publish) -> None:
    listing = publish(network=NAME)
    helping.add_need(db, network, listing, Help.FOOD, "米", "", None, "test")


def by_offer(db: Database, network: int, publish: Publish) -> None:
    helping.add_offer(db, network, Offer(Help.FOOD, "南商店", words="米"), "test")


def by_event(db: Database, network: int, publish: Publish) -> None:
    dates = (Occurrence(today(), None, None, confirm=False),)
    keep_event(db, Event(EventKind.FESTIVAL, "夏まつり", dates, network=NAME), "test")


def by_account(db: Database, network: int, publish: Publish) -> None:
    account = add_account(db, "hana@example.jp", Role.COORDINATOR, PASSWORD)
    set_scope(db, account.id, Scope(networks=frozenset({NAME})), "test")


def by_lead(db: Database, network: int, publish: Publish) -> None:
    add_lead(db, Lead(Kind.FREE_SCHOOL, "川べり", network=NAME), "test")


@pytest.mark.parametrize(
    "name",
    [by_listing, by_partner, by_meeting, by_news, by_need, by_offer, by_event, by_account, by_lead],
)
def test_what_is_named_somewhere_stays(
    client: ReadingClient,
    db: Database,
    network: int,
    publish: Publish,
    name: Callable[[Database, int, Publish], None],
) -> None:
    client.sign_in()
    page = f"{DESK}/{network}"
    assert 'value="withdraw"' in client.get(page).text
    name(db, network, publish)
    assert 'value="withdraw"' not in client.get(page).text
    with pytest.raises(NetworkInUseError):
        withdraw_network(db, network, True, "test")
    told = client.get(press(client, page, DESK, network=str(network), step="withdraw")).text
    assert "取り下げられません" in told
    assert read_network(db, network).name == NAME


def test_whoever_looks_after_it_alone_corrects_it_and_withdraws_nothing(
    client: ReadingClient, db: Database, network: int
) -> None:
    client.sign_in()
    other = keep_network(db, Network("ほかのネット", ""), "test")
    account = int(db.execute("SELECT max(id) FROM account").fetchone()[0])
    set_scope(db, account, Scope(networks=frozenset({NAME})), "test")
    page = client.get(f"{DESK}/{network}").text
    assert f'href="{DESK}/{network}/change"' in page
    assert 'value="withdraw"' not in page
    token = client.token(DESK)
    for one in (network, other):
        data = {"form_token": token, "network": str(one), "step": "withdraw"}
        assert client.post(DESK, data=data).status_code in {403, 404}
    assert len(read_networks(db)) == 2


def test_its_own_page_leads_to_the_form_that_corrects_it_and_back(
    client: ReadingClient, db: Database, network: int
) -> None:
    client.sign_in()
    assert f'href="{DESK}/{network}/change"' in client.get(f"{DESK}/{network}").text
    back = send(client, f"{DESK}/{network}/change", name=NAME, description="南の8か所")
    assert "南の8か所" in client.get(back).text


def test_one_that_is_entered_again_under_its_name_is_back_with_what_is_said_now(
    db: Database, network: int
) -> None:
    withdraw_network(db, network, True, "test")
    with pytest.raises(UnknownNetworkError):
        read_network(db, network)
    other = add_network(db, Network("ほかのネット", ""), "test")
    with pytest.raises(NameTakenError):
        change_network(db, other, Network(NAME, ""), "test")
    assert add_network(db, Network(NAME, "いま"), "test") == network
    assert read_network(db, network).description == "いま"
