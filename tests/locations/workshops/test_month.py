"""Tests of the calendar of workshops."""

import pytest
import time_machine

from tests.factories import locations
from tests.factories import workshops as make
from tests.factories.workshops import local_datetime

pytestmark = pytest.mark.django_db


def month(client, query=""):
    return client.get(f"/workshops/?toon=kalender&{query}").context["month"]


def days(client, query=""):
    """Return {day of the month: titles} of the days with sessions."""
    found = month(client, query).days
    return {
        day.day.day: [session.title for session in day.sessions] for day in found if day.sessions
    }


@pytest.fixture
def series(index, antwerp):
    return make.run(
        locations.workshop(index, "Eerste stappen"),
        antwerp,
        *(local_datetime(2026, 12, day, 9) for day in (7, 14, 21, 28)),
    )


def test_month_shows_each_session_of_a_series_on_its_day(client, series):
    assert days(client, "maand=2026-12") == {day: ["Eerste stappen"] for day in (7, 14, 21, 28)}
    assert month(client, "maand=2026-12").count == 4
    assert days(client, "maand=2027-01") == {}


def test_month_defaults_to_this_month_or_that_of_the_first_day(client, series):
    assert f"{month(client).first:%Y-%m}" == "2026-11"
    assert f"{month(client, 'van=2026-12-20').first:%Y-%m}" == "2026-12"
    assert days(client, "van=2026-12-20") == {21: ["Eerste stappen"], 28: ["Eerste stappen"]}


@pytest.mark.parametrize("typed", ["2026-10", "2026-13", "2028-12", "x", "2026", "'", "9999-99"])
def test_invalid_month_is_reported(client, series, typed):
    response = client.get("/workshops/", {"toon": "kalender", "maand": typed})
    assert f"{response.context['month'].first:%Y-%m}" == "2026-11"
    assert response.context["wrong_month"] == typed


def test_months_link_to_the_next_but_not_to_the_past(client, series):
    november, december = month(client), month(client, "maand=2026-12")
    assert (november.previous, november.following) == ("", "2026-12")
    assert (december.previous, december.following) == ("2026-11", "2027-01")
    assert month(client, "maand=2028-11").following == ""
    asked = client.get("/workshops/?toon=kalender&niveau=starter&maand=2026-12").context
    assert asked["following"] == "toon=kalender&niveau=starter&maand=2027-01"
    assert asked["as_list"] == "niveau=starter"


def test_session_at_midnight_is_shown_on_its_local_day(client, index, antwerp):
    make.run(locations.workshop(index, "Nacht"), antwerp, local_datetime(2026, 12, 1, 0, 0))
    make.run(locations.workshop(index, "Laat"), antwerp, local_datetime(2026, 12, 31, 23, 30))
    assert days(client, "maand=2026-12") == {1: ["Nacht"], 31: ["Laat"]}
    assert days(client, "maand=2026-11") == {}


def test_filters_apply_to_each_session_of_the_month(client, index, antwerp):
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


def test_month_hides_sessions_that_have_started_unless_drop_in(client, index, antwerp):
    moments = [local_datetime(2026, 12, day, 9) for day in (1, 8, 15)]
    make.run(locations.workshop(index, "Reeks"), antwerp, *moments)
    make.run(locations.workshop(index, "Inloop"), antwerp, *moments, entry="drop_in")
    with time_machine.travel(local_datetime(2026, 12, 8, 10), tick=False):
        assert days(client) == {8: ["Inloop"], 15: ["Inloop"]}
    with time_machine.travel(local_datetime(2026, 12, 8, 11), tick=False):
        assert days(client) == {15: ["Inloop"]}


def test_day_with_many_sessions_links_to_its_list(client, index, antwerp):
    page = locations.workshop(index)
    for number in range(6):
        make.run(page, antwerp, local_datetime(2026, 12, 10, 9 + number))
    response = client.get("/workshops/?toon=kalender&maand=2026-12&niveau=starter")
    day = response.context["month"].days[9]
    assert (len(day.sessions), day.more) == (4, 2)
    address = "niveau=starter&amp;van=2026-12-10&amp;tot=2026-12-10"
    assert f'href="?{address}#lijst"' in response.content.decode()
    assert len(client.get(f"/workshops/?{address.replace('&amp;', '&')}").context["rows"]) == 6


def test_cancelled_session_is_struck_through(client, index, antwerp):
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
