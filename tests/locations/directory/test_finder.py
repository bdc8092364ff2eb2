"""Tests of the finder: query counts, caches, the map and its content security policy."""

import base64
import hashlib
from datetime import date, time, timedelta
from random import Random

import pytest
import time_machine
from django.contrib.staticfiles import finders

from digipunt import content_security
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays, Stop
from locations.places import operations
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
MOST = 12
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    return locations.location_index(homes.home_page())


def create_locations(index, count):
    """Create locations with a page, and with hours today and on another day."""
    partnership = locations.partnership()
    for number in range(count):
        location = locations.location(
            kind="bus" if number % 3 == 2 else "fixed",
            partnership=partnership if number % 2 else None,
            postcode="1500",
            city="Halle",
            lat=50.73,
            lon=4.23 + number / 1000,
            wheelchair="yes",
        )
        locations.rule(location, 0)
        locations.rule(location, 2, code="lending")
        locations.location_page(index, location)
        if location.kind == "bus":
            Stop.objects.create(
                location=location,
                place="Markt",
                starts_at=MONDAY_MORNING,
                ends_at=MONDAY_MORNING + timedelta(hours=2),
            )


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?p=2",
        "?q=1500",
        "?q=pajotteg",
        "?q=halle",
        "?q=nergens",
        "?dienst=help&dienst=lending",
        "?rolstoel=1",
        "?nu=1",
        "?dag=2026-11-30",
        "?q=1500&nu=1&dag=2026-11-30&dienst=help&rolstoel=1",
        "?q=pajotteg&nu=1&dag=2026-11-30",
    ],
)
def test_queries_are_equal_for_three_and_sixty_locations(
    client, index, query, django_assert_max_num_queries
):
    operations.load_postcodes()
    counts = []
    for more in (3, 57):
        create_locations(index, more)
        client.get(f"/digipunten/{query}")
        with django_assert_max_num_queries(MOST) as queries:
            response = client.get(f"/digipunten/{query}")
        assert response.status_code == 200
        assert response.context["rows"]
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_cached_row_follows_changes(client, index):
    create_locations(index, 1)
    before = client.get("/digipunten/").content.decode()
    service = locations.service("help")
    service.short_name = "Raad en daad"
    service.save()
    with time_machine.travel(MONDAY_MORNING + timedelta(hours=5), tick=False):
        after = client.get("/digipunten/").content.decode()

    assert "Raad en daad" not in before
    assert "Raad en daad" in after
    assert "place--now" in before
    assert "place--now" not in after


def test_partial_calendar_agrees_with_full_calendar(monkeypatch):
    random = Random(4)
    partnership = locations.partnership()
    some_locations = [
        locations.location(partnership=partnership if number % 2 else None) for number in range(12)
    ]
    for location in some_locations:
        for _line in range(random.randrange(5)):
            opens = random.randrange(8, 14)
            locations.rule(
                location,
                random.randrange(7),
                time(opens),
                time(opens + random.randrange(1, 5)),
                code=random.choice(["help", "lending"]),
                **random.choice(
                    [
                        {},
                        {"by_appointment": True},
                        {"recurrence": "monthly", "nth": 4},
                        {"valid_until": TODAY + timedelta(days=2)},
                        {"recurrence": "date", "day": TODAY + timedelta(days=random.randrange(7))},
                    ]
                ),
            )
        first = TODAY + timedelta(days=random.randrange(7))
        days = {"first_day": first, "last_day": first + timedelta(days=1)}
        if random.random() < 0.5:
            ClosedDays.objects.create(
                location=location, service=random.choice([None, locations.service("help")]), **days
            )
        if random.random() < 0.5:
            other = AdjustedDays.objects.create(
                location=location, service=random.choice([None, locations.service("help")]), **days
            )
            AdjustedHours.objects.create(
                adjusted_days=other, weekday=first.weekday(), opens=time(10), closes=time(15)
            )
    other = AdjustedDays.objects.create(
        partnership=partnership, first_day=TODAY, last_day=TODAY + timedelta(days=3)
    )
    AdjustedHours.objects.create(adjusted_days=other, weekday=1, opens=time(7), closes=time(8))

    whole = load_calendars(some_locations)
    for many in (200, 1):
        monkeypatch.setattr("locations.opening_hours.loading.MANY", many)
        for shift in range(7):
            day = TODAY + timedelta(days=shift)
            on_the_day = load_calendars(some_locations, on=[day], services=["help"])
            for location in some_locations:
                for service in (None, "help"):
                    assert on_the_day[location.pk].blocks(day, service) == whole[
                        location.pk
                    ].blocks(day, service)


def test_leaflet_matches_published_checksums():
    """Compare with the checksums published for version 1.9.4."""
    published = {
        "leaflet.js": "20nQCchB9co0qIjJZRGuk2/Z9VM+kNiyxNV1lvTlZBo=",
        "leaflet.css": "p4NxAoJBhIIN+hmNHrzRCf9tD/miZyoHS5obTRR9BMY=",
    }
    for name, checksum in published.items():
        with open(finders.find(f"js_lib_leaflet/{name}"), "rb") as file:
            assert base64.b64encode(hashlib.sha256(file.read()).digest()).decode() == checksum


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("https://tiles.example:8443/t?x={x}&y={y}&z={z}", "https://tiles.example:8443"),
        ("http://tiles.example/{z}/{x}/{y}.png", ""),
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", ""),
        ("https://tiles.example/{z}/{x}.png", ""),
        ("", ""),
    ],
)
def test_csp_allows_only_the_tile_host(address, host):
    allowed = content_security.allow_tiles(content_security.PUBLIC, address)

    assert content_security.tile_host(address) == host
    assert allowed["img-src"] == [*content_security.PUBLIC["img-src"], *([host] if host else [])]
    assert {**allowed, "img-src": None} == {**content_security.PUBLIC, "img-src": None}


def test_map_uses_tiles_only_when_configured(client, index, settings):
    create_locations(index, 1)
    settings.MAP_TILES_URL = ""
    without = client.get("/digipunten/").content.decode()
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.MAP_TILES_ATTRIBUTION = '<a href="https://tiles.example/">Tiles</a>'
    with_tiles = client.get("/digipunten/").content.decode()

    assert "data-tiles" not in without
    assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"' in with_tiles
    assert "&lt;a href=&quot;https://tiles.example/&quot;&gt;Tiles" in with_tiles
