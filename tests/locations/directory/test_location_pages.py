"""The public pages about places: what they cost, and what they never show."""

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
    place = locations.location(postcode="9300", city="Aalst", lat=50.94, lon=4.04, **fields)
    locations.rule(place, 0)
    locations.rule(place, 2, code="lending")
    locations.location_page(index, place)
    return place


def count_queries(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(MOST) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize(
    "query", ["", "?q=9300", "?dienst=help&nu=1", "?p=2", "?dag=2026-11-30&dienst=help"]
)
def test_the_list_costs_the_same_with_twenty_more(
    client, index, query, django_assert_max_num_queries
):
    for _ in range(21):
        digipunt(index)
    before = count_queries(client, f"/digipunten/{query}", django_assert_max_num_queries)
    for _ in range(20):
        digipunt(index)

    after = count_queries(client, f"/digipunten/{query}", django_assert_max_num_queries)

    assert after == before


def test_a_place_costs_the_same_with_twenty_more_of_everything(
    client, home, index, django_assert_max_num_queries
):
    place = digipunt(index)
    workshop = locations.workshop(locations.workshop_index(home))
    address = f"/digipunten/{place.code.lower()}/"

    def more(number):
        day = date(2026, 12, number)
        locations.rule(place, None, time(1), time(2), recurrence="date", day=day, code=f"s{number}")
        ClosedDays.objects.create(location=place, first_day=day, last_day=day)
        locations.run(workshop, place, day)

    more(1)
    before = count_queries(client, address, django_assert_max_num_queries)
    for number in range(2, 22):
        more(number)

    assert count_queries(client, address, django_assert_max_num_queries) == before


def test_a_bus_costs_the_same_with_twenty_more_stops(client, index, django_assert_max_num_queries):
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
    ("closed_on", "goes"),
    [(date(2026, 12, 8), True), (date(2026, 12, 9), False), (date(2026, 12, 10), True)],
    ids=["the day before", "that day", "the day after"],
)
def test_on_a_closed_day_the_bus_makes_no_stop(client, index, closed_on, goes):
    bus = digipunt(index, kind="bus")
    start = datetime(2026, 12, 9, 9, tzinfo=BRUSSELS)
    Stop.objects.create(
        location=bus, place="Baal", starts_at=start, ends_at=start + timedelta(hours=2)
    )
    ClosedDays.objects.create(
        location=bus, first_day=closed_on, last_day=closed_on, reason="De bus is stuk"
    )
    (stop,) = client.get(f"/digipunten/{bus.code.lower()}/").context["stops"]
    assert stop.is_cancelled is not goes
    assert ("De bus is stuk" in stop.cancelled_reason) is not goes


@pytest.mark.parametrize("address", ["/workshops/", "/workshops/itsme-installeren/"])
def test_workshops_cost_the_same_with_twenty_more(
    client, home, index, address, django_assert_max_num_queries
):
    parent = locations.workshop_index(home)
    page = locations.workshop(parent)
    locations.run(page, digipunt(index), date(2026, 12, 1))
    before = count_queries(client, address, django_assert_max_num_queries)
    for number in range(2, 22):
        other = locations.workshop(parent, f"Workshop {number}")
        for of in (page, other):
            locations.run(of, digipunt(index), date(2026, 12, number))

    assert count_queries(client, address, django_assert_max_num_queries) == before


@pytest.mark.parametrize(
    ("query", "found"),
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
    + ["lending on Wednesday", "all that is asked", "closed that day"],
)
def test_the_list_shows_what_is_open_on_the_day_that_was_asked(client, index, query, found):
    place = digipunt(index)
    for code in ("help", "lending"):
        LocationService.objects.get_or_create(location=place, service=locations.service(code))
    day = date(2026, 12, 7)
    ClosedDays.objects.create(location=place, first_day=day, last_day=day, reason="Verhuis")
    context = client.get(f"/digipunten/?{query}").context
    assert [row.location.pk for row in context["rows"]] == ([place.pk] if found else [])
    assert all(row.on_day for row in context["rows"])


@pytest.mark.parametrize(
    "typed", ["morgen", "2026-02-30", "<b>", "%00", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_day_is_said_and_everything_is_shown(client, index, typed):
    place = digipunt(index, kind="bus")
    response = client.get("/digipunten/", {"dag": typed})
    assert [row.location.pk for row in response.context["rows"]] == [place.pk]
    assert 'id="dag-fout"' in response.content.decode()


def test_the_next_page_still_asks_for_the_day(client, index):
    digipunt(index)
    response = client.get("/digipunten/?dag=2026-11-30&nu=1")
    assert "dag=2026-11-30" in response.context["query"]


@pytest.mark.parametrize("hidden", ["workshop", "warehouse", "draft"])
def test_what_is_not_public_is_not_there(client, index, hidden):
    place = digipunt(index)
    if hidden == "draft":
        place.page.unpublish()
    else:
        Location.objects.filter(pk=place.pk).update(kind=hidden)

    for query in ("", "?dienst=help", "?nu=1"):
        assert place.name not in client.get(f"/digipunten/{query}").content.decode()
    assert client.get(f"/digipunten/{place.code.lower()}/").status_code == 404


def test_a_service_nobody_knows_is_ignored(client, index):
    place = digipunt(index)

    assert place.name in client.get("/digipunten/?dienst=xyz&p=99").content.decode()


@pytest.mark.parametrize("typed", ['"<script>', "\x00", "x" * 10_000, "'", "%00", "  "])
def test_whatever_is_typed_is_answered(client, index, typed):
    digipunt(index)

    response = client.get("/digipunten/", {"q": typed, "dienst": typed, "p": typed, "nu": typed})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main")[1]


def test_a_panel_of_another_app_is_shown_and_asked_once(client, index, monkeypatch):
    place = digipunt(index)
    asked = []

    def panel(locations):
        asked.append(locations)
        return {place.pk: ("includes/notice.html", {"ignored": True})}

    monkeypatch.setattr(panels, "_panels", [panel])

    assert "notice__body" in client.get(f"/digipunten/{place.code.lower()}/").content.decode()
    assert asked == [[place]]


def test_machines_read_hours_and_closed_days_without_opens(client, index):
    place = digipunt(index)
    christmas = date(2026, 12, 25)
    ClosedDays.objects.create(
        location=place, first_day=christmas, last_day=christmas, reason="</script>"
    )

    page = client.get(f"/digipunten/{place.code.lower()}/").content.decode()
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])

    assert data["name"] == place.name
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


def test_the_public_list_never_writes(client, index, django_assert_max_num_queries):
    digipunt(index)
    with django_assert_max_num_queries(MOST + 20) as counted:
        client.get("/digipunten/?q=9300")

    assert not [
        q for q in counted.captured_queries if not q["sql"].lstrip("(").startswith("SELECT")
    ]
