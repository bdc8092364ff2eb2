"""Tests of the finder and the location pages: query counts, filters and hidden locations."""

import json
from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from locations.core.time_zone import BRUSSELS
from locations.directory import panels
from locations.opening_hours.models import ClosedDays, Stop
from locations.places.models import Location, LocationService
from tests.factories import home as homes
from tests.factories import locations

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def home():
    return homes.home_page()


@pytest.fixture
def index(home):
    return locations.location_index(home)


def digipunt(index, **fields):
    location = locations.location(postcode="9300", city="Aalst", lat=50.94, lon=4.04, **fields)
    locations.rule(location, 0)
    locations.rule(location, 2, code="lending")
    locations.location_page(index, location)
    return location


def count_queries(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(MOST) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "query", ["", "?q=9300", "?dienst=help&nu=1", "?p=2", "?dag=2026-11-30&dienst=help"]
)
def test_finder_queries_do_not_grow_with_locations(
    client, index, query, django_assert_max_num_queries
):
    for _ in range(21):
        digipunt(index)
    before = count_queries(client, f"/digipunten/{query}", django_assert_max_num_queries)
    for _ in range(20):
        digipunt(index)

    after = count_queries(client, f"/digipunten/{query}", django_assert_max_num_queries)

    assert after == before


def test_location_page_queries_do_not_grow_with_content(
    client, home, index, django_assert_max_num_queries
):
    location = digipunt(index)
    workshop = locations.workshop(locations.workshop_index(home))
    address = f"/digipunten/{location.code.lower()}/"

    def more(number):
        day = date(2026, 12, number)
        locations.rule(
            location, None, time(1), time(2), recurrence="date", day=day, code=f"s{number}"
        )
        ClosedDays.objects.create(location=location, first_day=day, last_day=day)
        locations.run(workshop, location, day)

    more(1)
    before = count_queries(client, address, django_assert_max_num_queries)
    for number in range(2, 22):
        more(number)

    assert count_queries(client, address, django_assert_max_num_queries) == before


def test_bus_page_queries_do_not_grow_with_stops(client, index, django_assert_max_num_queries):
    bus = digipunt(index, kind="bus")
    address = f"/digipunten/{bus.code.lower()}/"

    def stop(number):
        start = datetime(2026, 12, number, 9, tzinfo=BRUSSELS)
        Stop.objects.create(
            location=bus, place="Baal", starts_at=start, ends_at=start + timedelta(hours=2)
        )

    stop(1)
    before = count_queries(client, address, django_assert_max_num_queries)
    for number in range(2, 22):
        stop(number)

    assert count_queries(client, address, django_assert_max_num_queries) == before


@pytest.mark.parametrize(
    ("closed_on", "goes_ahead"),
    [(date(2026, 12, 8), True), (date(2026, 12, 9), False), (date(2026, 12, 10), True)],
    ids=["the day before", "that day", "the day after"],
)
def test_stop_is_cancelled_on_closed_day(client, index, closed_on, goes_ahead):
    bus = digipunt(index, kind="bus")
    start = datetime(2026, 12, 9, 9, tzinfo=BRUSSELS)
    Stop.objects.create(
        location=bus, place="Baal", starts_at=start, ends_at=start + timedelta(hours=2)
    )
    ClosedDays.objects.create(
        location=bus, first_day=closed_on, last_day=closed_on, reason="De bus is stuk"
    )
    (stop,) = client.get(f"/digipunten/{bus.code.lower()}/").context["stops"]
    assert stop.is_cancelled is not goes_ahead
    assert ("De bus is stuk" in stop.cancelled_reason) is not goes_ahead


@pytest.mark.parametrize("address", ["/workshops/", "/workshops/itsme-installeren/"])
def test_workshop_page_queries_do_not_grow_with_runs(
    client, home, index, address, django_assert_max_num_queries
):
    parent = locations.workshop_index(home)
    page = locations.workshop(parent)
    locations.run(page, digipunt(index), date(2026, 12, 1))
    before = count_queries(client, address, django_assert_max_num_queries)
    for number in range(2, 22):
        other = locations.workshop(parent, f"Workshop {number}")
        for workshop in (page, other):
            locations.run(workshop, digipunt(index), date(2026, 12, number))

    assert count_queries(client, address, django_assert_max_num_queries) == before


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ("dag=2026-11-29", False),
        ("dag=2026-11-30", True),
        ("dag=2026-12-01", False),
        ("dag=2026-11-30&dienst=help", True),
        ("dag=2026-12-02&dienst=help", False),
        ("dag=2026-12-02&dienst=lending", True),
        ("dag=2026-12-02&dienst=lending&dienst=help", False),
        ("dag=2026-12-07", False),
    ],
    ids=["Sunday", "Monday", "Tuesday", "help on Monday", "no help on Wednesday"]
    + ["lending on Wednesday", "not all services", "closed that day"],
)
def test_finder_filters_on_opening_day(client, index, query, is_listed):
    location = digipunt(index)
    for code in ("help", "lending"):
        LocationService.objects.get_or_create(location=location, service=locations.service(code))
    day = date(2026, 12, 7)
    ClosedDays.objects.create(location=location, first_day=day, last_day=day, reason="Verhuis")
    context = client.get(f"/digipunten/?{query}").context
    assert [row.location.pk for row in context["rows"]] == ([location.pk] if is_listed else [])
    assert all(row.on_day for row in context["rows"])


@pytest.mark.parametrize(
    "typed", ["morgen", "2026-02-30", "<b>", "%00", "0001-01-01", "9999-12-31"]
)
def test_invalid_day_is_reported_and_ignored(client, index, typed):
    location = digipunt(index, kind="bus")
    response = client.get("/digipunten/", {"dag": typed})
    assert [row.location.pk for row in response.context["rows"]] == [location.pk]
    assert 'id="dag-fout"' in response.content.decode()


def test_pagination_keeps_the_day(client, index):
    digipunt(index)
    response = client.get("/digipunten/?dag=2026-11-30&nu=1")
    assert "dag=2026-11-30" in response.context["query"]


@pytest.mark.parametrize("hidden", ["workshop", "warehouse", "draft"])
def test_hidden_location_is_not_found(client, index, hidden):
    location = digipunt(index)
    if hidden == "draft":
        location.page.unpublish()
    else:
        Location.objects.filter(pk=location.pk).update(kind=hidden)

    for query in ("", "?dienst=help", "?nu=1"):
        assert location.name not in client.get(f"/digipunten/{query}").content.decode()
    assert client.get(f"/digipunten/{location.code.lower()}/").status_code == 404


def test_unknown_service_is_ignored(client, index):
    location = digipunt(index)

    assert location.name in client.get("/digipunten/?dienst=xyz&p=99").content.decode()


@pytest.mark.parametrize("typed", ['"<script>', "\x00", "x" * 10_000, "'", "%00", "  "])
def test_any_input_is_answered_safely(client, index, typed):
    digipunt(index)

    response = client.get("/digipunten/", {"q": typed, "dienst": typed, "p": typed, "nu": typed})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main")[1]


def test_registered_panel_is_shown_and_called_once(client, index, monkeypatch):
    location = digipunt(index)
    calls = []

    def panel(locations):
        calls.append(locations)
        return {location.pk: ("includes/notice.html", {"ignored": True})}

    monkeypatch.setattr(panels, "_panels", [panel])

    assert "notice__body" in client.get(f"/digipunten/{location.code.lower()}/").content.decode()
    assert calls == [[location]]


def test_jsonld_contains_hours_and_closed_days(client, index):
    location = digipunt(index)
    christmas = date(2026, 12, 25)
    ClosedDays.objects.create(
        location=location, first_day=christmas, last_day=christmas, reason="</script>"
    )

    page = client.get(f"/digipunten/{location.code.lower()}/").content.decode()
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])

    assert data["name"] == location.name
    assert data["geo"]["latitude"] == 50.94
    assert data["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["Monday", "Wednesday"],
        "opens": "09:00",
        "closes": "12:00",
    }
    assert data["specialOpeningHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": "2026-12-25",
            "validThrough": "2026-12-25",
        }
    ]


def test_finder_only_reads_the_database(client, index, django_assert_max_num_queries):
    digipunt(index)
    with django_assert_max_num_queries(MOST + 20) as queries:
        client.get("/digipunten/?q=9300")

    assert not [
        query
        for query in queries.captured_queries
        if not query["sql"].lstrip("(").startswith("SELECT")
    ]
