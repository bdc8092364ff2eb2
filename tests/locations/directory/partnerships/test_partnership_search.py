"""Tests of finding a partnership by postcode or place name."""

from datetime import date

import pytest

from locations.opening_hours.models import ClosedDays
from tests.factories.partnerships import (
    PARTNERSHIPS_URL,
    bus,
    digipunt,
    partnership_of,
    read_answer,
    read_main,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["2850", "Boom", "2627", "schelle"])
def test_postcode_or_name_finds_its_partnership(client, rupel, boom, niel, typed):
    answer = read_answer(client, typed)

    assert "Digibanken Rupel" in answer.h2.text
    assert answer.find("a", class_="button--go")["href"] == f"{PARTNERSHIPS_URL}digibanken-rupel/"


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("2850", "Digipunt Boom"), ("2845", "Digipunt Niel"), ("2627", "Digipunt Niel")],
    ids=["own municipality", "own municipality too", "the next one"],
)
def test_nearest_digipunt_of_partnership_is_shown(client, rupel, boom, niel, typed, nearest):
    assert read_answer(client, typed).h3.a.text == nearest


def test_ambiguous_name_shows_choices(client, rupel):
    answer = read_answer(client, "Halle")

    assert [link.text for link in answer.find_all("a", class_="chip--ask")] == [
        "Halle (1500)",
        "Halle (2980)",
    ]
    assert not answer.find("a", class_="button--go")


def test_nearest_digipunten_are_shown_without_partnership(client, index, boom, niel):
    for number in range(3):
        digipunt(index, None, "9000", 51.05, 3.7 - number / 10)

    answer = read_answer(client, "3150")

    assert "3150 Haacht" in answer.h2.text
    names = [heading.a.text for heading in answer.find_all("h3")]
    assert names[:2] == ["Digipunt Boom", "Digipunt Niel"]
    assert len(names) == 3


@pytest.mark.parametrize(
    ("stop", "is_named"),
    [
        ({}, True),
        ({"cancelled_reason": "Panne"}, False),
        ({"lat": None, "lon": None}, False),
        ({"lat": 51.5, "lon": 5.5}, False),
    ],
    ids=["nearer than any digipunt", "cancelled", "no coordinates", "further away"],
)
def test_nearer_stop_is_shown_first(client, index, rupel, boom, stop, is_named):
    bus(index, rupel, **{"place": "Werchter", "lat": 50.971, "lon": 4.693} | stop)

    assert ("Werchter" in read_answer(client, "3150").h3.text) is is_named


@pytest.mark.parametrize("kind", ["bus", "partnership"])
def test_stop_on_closed_day_is_not_shown(client, index, rupel, boom, kind):
    location = bus(index, rupel, place="Werchter", lat=50.971, lon=4.693)
    owner = {"location": location} if kind == "bus" else {"partnership": rupel}
    ClosedDays.objects.create(first_day=date(2026, 12, 1), last_day=date(2026, 12, 3), **owner)

    assert "Werchter" not in read_answer(client, "3150").text


@pytest.mark.parametrize("typed", ["9999", "xyzzy", "<script>", "☃", "\x00", "a" * 5000, "'--"])
def test_unknown_text_still_lists_all_partnerships(client, rupel, boom, typed):
    main = read_main(client, PARTNERSHIPS_URL, q=typed)

    assert main.table.th
    assert "Digibanken Rupel" in main.table.text
    assert not main.find("script")


def test_partnerships_are_listed_with_municipalities_and_postcodes(client, rupel, boom, niel):
    partnership_of("Zonder iets")
    rows = [[cell.text for cell in row.find_all(["th", "td"])] for row in _rows(client)]

    assert rows == [
        ["Digibanken Rupel", "Boom, Niel, Schelle", "2627, 2845, 2850", "2"],
        ["Zonder iets", "–", "–", "0"],
    ]


def _rows(client):
    return read_main(client, PARTNERSHIPS_URL).table.tbody.find_all("tr")


def test_municipality_of_two_partnerships_shows_both(client, rupel, boom):
    partnership_of("Tweede samenwerking", "Boom")

    names = [heading.text for heading in read_answer(client, "2850").find_all("h2")]

    assert len(names) == 2
    assert "Digibanken Rupel" in names[0]
    assert "Tweede samenwerking" in names[1]


def test_page_works_without_partnerships(client, index):
    assert read_main(client, PARTNERSHIPS_URL, q="2850").find(id="antwoord").p
    assert read_main(client, PARTNERSHIPS_URL).form
