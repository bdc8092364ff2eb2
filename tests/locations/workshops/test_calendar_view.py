"""A month of workshops: each lesson on its day, with the filters of the list."""

import pytest
import time_machine

from tests.factories import locations
from tests.factories import workshops as make
from tests.factories.workshops import local_datetime

pytestmark = pytest.mark.django_db


def month(client, query=""):
    return client.get(f"/workshops/?toon=kalender&{query}").context["month"]


def days(client, query=""):
    """{day of the month: the titles of its lessons}, only days with lessons."""
    found = month(client, query).days
    return {day.day.day: [one.title for one in day.sessions] for day in found if day.sessions}


@pytest.fixture
def series(index, antwerp):
    return make.run(
        locations.workshop(index, "Eerste stappen"),
        antwerp,
        *(local_datetime(2026, 12, day, 9) for day in (7, 14, 21, 28)),
    )


def test_each_lesson_of_a_series_stands_on_its_day(client, series):
    assert days(client, "maand=2026-12") == {day: ["Eerste stappen"] for day in (7, 14, 21, 28)}
    assert month(client, "maand=2026-12").count == 4
    assert days(client, "maand=2027-01") == {}


def test_without_a_month_it_is_this_one_or_that_of_the_first_day_asked_for(client, series):
    assert f"{month(client).first:%Y-%m}" == "2026-11"
    assert f"{month(client, 'van=2026-12-20').first:%Y-%m}" == "2026-12"
    assert days(client, "van=2026-12-20") == {21: ["Eerste stappen"], 28: ["Eerste stappen"]}


@pytest.mark.parametrize("typed", ["2026-10", "2026-13", "2028-12", "x", "2026", "'", "9999-99"])
def test_a_month_that_can_not_be_shown_is_said(client, series, typed):
    response = client.get("/workshops/", {"toon": "kalender", "maand": typed})
    assert f"{response.context['month'].first:%Y-%m}" == "2026-11"
    assert response.context["wrong_month"] == typed


def test_months_follow_each_other_and_none_is_over(client, series):
    november, december = month(client), month(client, "maand=2026-12")
    assert (november.previous, november.following) == ("", "2026-12")
    assert (december.previous, december.following) == ("2026-11", "2027-01")
    assert month(client, "maand=2028-11").following == ""
    asked = client.get("/workshops/?toon=kalender&niveau=starter&maand=2026-12").context
    assert asked["following"] == "toon=kalender&niveau=starter&maand=2027-01"
    assert asked["as_list"] == "niveau=starter"


def test_a_lesson_at_midnight_stands_on_the_day_of_the_clock_in_brussels(client, index, antwerp):
    make.run(locations.workshop(index, "Nacht"), antwerp, local_datetime(2026, 12, 1, 0, 0))
    make.run(locations.workshop(index, "Laat"), antwerp, local_datetime(2026, 12, 31, 23, 30))
    assert days(client, "maand=2026-12") == {1: ["Nacht"], 31: ["Laat"]}
    assert days(client, "maand=2026-11") == {}


def test_the_filters_of_the_list_count_for_each_lesson(client, index, antwerp):
    walk_in = locations.workshop(index, "Inloop")
    make.run(
        walk_in,
        antwerp,
        local_datetime(2026, 12, 1, 9),
        local_datetime(2026, 12, 2, 14),
        entry="drop_in",
    )
    assert days(client, "maand=2026-12&deel=namiddag") == {2: ["Inloop"]}
    assert days(client, "maand=2026-12&dag=di") == {1: ["Inloop"]}
    assert days(client, "maand=2026-12&niveau=advanced") == {}


def test_what_is_over_or_has_begun_is_not_there_but_drop_in_is(client, index, antwerp):
    moments = [local_datetime(2026, 12, day, 9) for day in (1, 8, 15)]
    make.run(locations.workshop(index, "Reeks"), antwerp, *moments)
    make.run(locations.workshop(index, "Inloop"), antwerp, *moments, entry="drop_in")
    with time_machine.travel(local_datetime(2026, 12, 8, 10), tick=False):
        assert days(client) == {8: ["Inloop"], 15: ["Inloop"]}
    with time_machine.travel(local_datetime(2026, 12, 8, 11), tick=False):
        assert days(client) == {15: ["Inloop"]}


def test_a_full_day_leads_to_its_list(client, index, antwerp):
    page = locations.workshop(index)
    for number in range(6):
        make.run(page, antwerp, local_datetime(2026, 12, 10, 9 + number))
    response = client.get("/workshops/?toon=kalender&maand=2026-12&niveau=starter")
    day = response.context["month"].days[9]
    assert (len(day.sessions), day.more) == (4, 2)
    address = "niveau=starter&amp;van=2026-12-10&amp;tot=2026-12-10"
    assert f'href="?{address}#lijst"' in response.content.decode()
    assert len(client.get(f"/workshops/?{address.replace('&amp;', '&')}").context["rows"]) == 6


def test_a_cancelled_lesson_is_struck_through(client, index, antwerp):
    start = local_datetime(2026, 12, 10, 13)
    make.run(
        locations.workshop(index),
        antwerp,
        start,
        status="cancelled",
        cancelled_reason="De zaal lekt",
    )
    assert month(client, "maand=2026-12").days[9].sessions[0].is_cancelled
    text = client.get("/workshops/?toon=kalender&maand=2026-12").content.decode()
    assert "month__lesson is-off" in text
