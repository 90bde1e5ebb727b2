"""What the place and the desk are asked of a listing has one name, one label and one rule."""

from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from ibasho.data.clock import today
from ibasho.data.listings import ContactVisibility, Kind, Listing, Phone, locate
from ibasho.data.schedule import read_phrase
from ibasho.site.coordinator.forms import ListingForm, fields_of, listing_of
from ibasho.site.coordinator.leads import PersonForm
from ibasho.site.listing_fields import ListingFields
from ibasho.site.provider.correction import CorrectionForm
from ibasho.site.provider.forms import BY_MAIL, PlaceForm, fields_of_place, place_of

PLACE = Listing(
    Kind.CHILDRENS_CAFETERIA,
    "ひだまり食堂",
    description="みんなで食べます\n" * 200,
    location=locate("東京都西東京市", "南町5-6-13"),
    schedule=read_phrase("毎月第2土曜日"),
    schedule_text="毎月第2土曜日",
    fees_description="100円",
    eligibility_description="どなたでも",
    phones=(
        Phone("090-1111-2222", "代表", ContactVisibility.STAFF_ONLY),
        Phone("042-000-0001", "内線12"),
        Phone("042-000-0002"),
    ),
)


@pytest.fixture(autouse=True)
def page(app: Flask) -> object:
    with app.test_request_context():
        yield


def sent(values: object) -> MultiDict[str, object]:
    assert isinstance(values, dict)
    return MultiDict({name: value for name, value in values.items() if value is not None})


def test_the_forms_share_their_fields() -> None:
    shared = [one.name for one in ListingFields()]
    place, desk = PlaceForm(), ListingForm()
    for name in shared:
        assert place[name].label.text == desk[name].label.text
        assert place[name].description == desk[name].description
    assert CorrectionForm().schedule_text.label.text == desk.schedule_text.label.text


def test_a_place_that_nobody_touched_is_the_same_after_either_form() -> None:
    short = PlaceForm(sent(fields_of_place(PLACE)))
    assert short.validate(), short.errors
    phones = (PLACE.phones[1], PLACE.phones[0], PLACE.phones[2])
    again = replace(place_of(short, PLACE), description=PLACE.description)
    # whoever sends the short form says by that that it is true
    assert again == replace(PLACE, phones=phones, assured_date=today(), assured_by=BY_MAIL)
    long = ListingForm(sent(fields_of(PLACE)))
    assert long.validate(), long.errors
    again = replace(listing_of(long, PLACE), description=PLACE.description)
    assert again == replace(PLACE, phones=(*PLACE.phones[1:], PLACE.phones[0]))


def test_at_the_desk_each_line_is_a_number_and_what_it_is_for() -> None:
    lines = "０３ １２３４ ５６７８　代表\n(03)1234-5678 内線12\n＃８０００ 夜"
    form = ListingForm(sent(fields_of(replace(PLACE, phones=())) | {"phones_public": lines}))
    assert form.validate(), form.errors
    assert [(one.number, one.description) for one in listing_of(form, PLACE).phones] == [
        ("03-1234-5678", "代表"),
        ("03-1234-5678", "内線12"),
        ("#8000", "夜"),
    ]


@pytest.mark.parametrize("line", ["事務局 042-000-0001", "03-1234-567", "12345"])
def test_what_is_no_number_is_asked_for_again(line: str) -> None:
    form = ListingForm(sent(fields_of(PLACE) | {"phones_public": line}))
    assert not form.validate()
    assert list(form.errors) == ["phones_public"]


def test_a_description_of_the_desk_is_not_too_long_for_the_place() -> None:
    form = PlaceForm(sent(fields_of_place(replace(PLACE, description="あ" * 3_000))))
    assert form.validate(), form.errors


@pytest.mark.parametrize(
    ("written", "is_taken"),
    [
        ("name@example.jp", True),
        ("name", False),
        ("a@b@example.jp", False),
        ("name@localhost", False),
        ("name @example.jp", False),
        ("なまえ@example.jp", False),
    ],
)
def test_a_mail_address_is_one_in_every_form(written: str, is_taken: bool) -> None:
    desk = ListingForm(sent(fields_of(PLACE) | {"emails_staff": f"{written} 代表"}))
    lead = PersonForm(MultiDict({"name": "代表", "mail": written}))
    assert (desk.validate(), lead.validate()) == (is_taken, is_taken)
