"""Tests of the list of workshops: which runs it holds, and what each row shows."""

import re
from datetime import timedelta

import pytest
import time_machine

from locations.places.models import Location
from tests.factories import locations
from tests.factories import workshops as make
from tests.factories.workshops import listed_rows, listed_titles, local_datetime

pytestmark = pytest.mark.django_db
MOST = 12
HOUR = timedelta(hours=1)
NOW = locations.MONDAY_MORNING


@pytest.mark.parametrize(
    ("seated", "waiting", "sign", "free"),
    [
        (0, 0, "now", 8),
        (7, 0, "now", 1),
        (8, 0, "stop", 0),
        (7, 1, "stop", 0),
        (8, 3, "stop", 0),
    ],
    ids=["empty", "one left", "full", "one left for the waiting list", "full with a line"],
)
def test_row_shows_how_many_seats_are_left(client, create_run, seated, waiting, sign, free):
    create_run(seated, waiting)
    (row,) = listed_rows(client)
    assert row.status.sign == sign
    assert bool(re.search(rf"\b{free}\b", row.status.headline)) is bool(free)


def test_list_reveals_neither_names_nor_the_waiting_list(client, create_run):
    create_run(8, 5)
    for address in ("/workshops/", "/workshops/?toon=kalender&maand=2026-12", "/workshops.json"):
        text = client.get(address).content.decode()
        assert "Jozef" not in text
        assert "0470" not in text
    assert not re.search(r"\b5\b", listed_rows(client)[0].status.detail)


@pytest.mark.parametrize(
    ("fields", "sign"),
    [
        ({"registration_opens_at": NOW + timedelta(seconds=1)}, "later"),
        ({"registration_opens_at": NOW}, "now"),
        ({"registration_closes_at": NOW + timedelta(seconds=1)}, "now"),
        ({"registration_closes_at": NOW}, "not"),
        ({"entry": "drop_in"}, "now"),
        ({"status": "cancelled", "cancelled_reason": "De lesgever is ziek"}, "stop"),
    ],
    ids=["opens soon", "opens now", "closes soon", "closed", "drop in", "cancelled"],
)
def test_row_shows_whether_registration_is_open(client, create_run, fields, sign):
    create_run(**fields)
    (row,) = listed_rows(client)
    assert row.status.sign == sign
    assert row.is_cancelled is (fields.get("status") == "cancelled")
    assert row.status.detail == fields.get("cancelled_reason", row.status.detail)


def test_moved_run_shows_its_former_start(client, create_run):
    create_run(status="moved", moved_from=local_datetime(2026, 12, 3, 13))
    (row,) = listed_rows(client)
    assert "3 december" in row.moved
    assert row.status.sign == "now"


@pytest.mark.parametrize(
    ("moment", "listed"),
    [
        (local_datetime(2026, 12, 7, 8, 59), {"One", "Series", "Walk in"}),
        (local_datetime(2026, 12, 7, 9), {"Walk in"}),
        (local_datetime(2026, 12, 14, 10, 59), {"Walk in"}),
        (local_datetime(2026, 12, 14, 11), set()),
    ],
    ids=["before", "begun", "the last lesson", "over"],
)
def test_run_is_listed_until_it_starts_unless_drop_in(client, index, antwerp, moment, listed):
    first, second = local_datetime(2026, 12, 7, 9), local_datetime(2026, 12, 14, 9)
    make.run(locations.workshop(index, "One"), antwerp, first)
    make.run(locations.workshop(index, "Series"), antwerp, first, second)
    make.run(locations.workshop(index, "Walk in"), antwerp, first, second, entry="drop_in")
    with time_machine.travel(moment, tick=False):
        assert set(listed_titles(client)) == listed


def test_drop_in_series_shows_its_next_session(client, index, antwerp):
    days = [local_datetime(2026, 11, day, 9) for day in (16, 23, 30)]
    make.run(locations.workshop(index, "Walk in"), antwerp, *days, entry="drop_in")
    make.run(locations.workshop(index, "Once"), antwerp, local_datetime(2026, 11, 25, 9))
    with time_machine.travel(local_datetime(2026, 11, 23, 12), tick=False):
        found = listed_rows(client)
    assert [(row.title, row.starts.day) for row in found] == [("Once", 25), ("Walk in", 30)]


def test_series_is_one_row_with_its_last_day(client, index, antwerp):
    days = [local_datetime(2027, 1, day, 9, 30) for day in (11, 18, 25)] + [
        local_datetime(2027, 2, 1, 9, 30)
    ]
    make.run(locations.workshop(index), antwerp, *days)
    (row,) = listed_rows(client)
    assert (row.starts, row.hours[:3]) == (days[0], "9.3")
    assert "4" in row.series
    assert "1 februari" in row.series


@pytest.mark.parametrize(
    ("fields", "people", "found"),
    [
        ({}, (7, 0), True),
        ({}, (8, 0), False),
        ({}, (7, 1), False),
        ({"entry": "drop_in"}, (0, 0), True),
        ({"status": "cancelled", "cancelled_reason": "Ziek"}, (0, 0), False),
        ({"registration_opens_at": NOW + HOUR}, (0, 0), False),
        ({"registration_closes_at": NOW}, (0, 0), False),
    ],
)
def test_free_filter_keeps_runs_with_free_seats(client, create_run, fields, people, found):
    create_run(*people, **fields)
    assert bool(listed_rows(client, "vrij=1")) is found


@pytest.mark.parametrize("how", ["draft", "workshop", "warehouse"])
def test_run_is_not_listed_when_not_public(client, create_run, how):
    run = create_run()
    if how == "draft":
        run.page.unpublish()
    else:
        Location.objects.filter(pk=run.location_id).update(kind=how)
    assert listed_rows(client) == []
    assert client.get("/workshops/?toon=kalender&maand=2026-12").context["found"] == 0
    assert b"VEVENT" not in client.get("/workshops.ics").content


def test_list_has_twenty_runs_on_a_page_and_keeps_the_query(client, create_run):
    for number in range(25):
        create_run(starts_at=local_datetime(2026, 12, 1, 9) + timedelta(hours=number))
    response = client.get("/workshops/?niveau=starter&toon=lijst")
    assert len(response.context["rows"]) == 20
    assert response.context["query"] == "niveau=starter&toon=lijst&"
    assert len(listed_rows(client, "niveau=starter&p=2")) == 5
    assert len(listed_rows(client, "niveau=starter&p=99")) == 5


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=9300",
        "q=antwe&km=alle&orde=afstand&vrij=1&dag=do&deel=namiddag&onderwerp=itsme&voor=ouder",
        "toon=kalender&maand=2026-12&q=9300&deel=namiddag",
    ],
)
def test_list_takes_the_same_queries_with_twenty_more_of_everything(
    client, index, antwerp, aalst, towns, query, django_assert_max_num_queries
):
    def more(number):
        page = locations.workshop(
            index,
            f"Workshop {number}",
            topic=make.topic(),
            audiences=[make.audience(), make.audience(f"groep-{number}")],
        )
        here = locations.location(postcode="9300", city="Aalst", lat=50.94, lon=4.04)
        for location in (antwerp, aalst, here):
            days = [local_datetime(2026, 12, 10, 13) + timedelta(weeks=week) for week in range(3)]
            make.run(page, location, *days, seated=2)
            make.run(page, location, *(day - timedelta(weeks=3) for day in days), entry="drop_in")

    def cost():
        client.get(f"/workshops/?{query}")
        with django_assert_max_num_queries(MOST) as counted:
            assert client.get(f"/workshops/?{query}").status_code == 200
        return len(counted)

    more(0)
    before = cost()
    for number in range(1, 21):
        more(number)
    assert cost() == before


def test_list_links_to_its_feeds_and_canonical_url(client, many):
    text = client.get("/workshops/?niveau=starter&p=2").content.decode()
    assert '<link rel="canonical" href="http://localhost/workshops/">' in text
    assert 'href="/workshops.ics?niveau=starter"' in text
