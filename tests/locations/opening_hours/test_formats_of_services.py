"""Tests that formats without services describe the hours of the open services together."""

from datetime import date, datetime, time

import time_machine

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays
from tests.factories import home as homes
from tests.factories import locations as factories
from tests.locations.feed_readers import read_jsonld, read_uitdatabank

MONDAY = date(2026, 11, 23)


def test_closed_service_does_not_open_location(client, db):
    """Schema.org and UiTdatabank have one set of hours: those of the open services."""
    index = factories.location_index(homes.home_page())
    halle = factories.location("HAL", street="Markt", number="1", postcode="1500", city="Halle")
    factories.location_page(index, halle)
    factories.rule(halle, 0, time(9), time(12))
    factories.rule(halle, 0, time(11), time(15), code="lending")
    ClosedDays.objects.create(
        location=halle,
        service=factories.service("lending"),
        first_day=MONDAY,
        last_day=MONDAY,
        reason="Opleiding",
    )
    summer = AdjustedDays.objects.create(
        location=halle, first_day=date(2026, 12, 7), last_day=date(2026, 12, 13)
    )
    AdjustedHours.objects.create(adjusted_days=summer, weekday=2, opens=time(13), closes=time(16))
    expected = {
        MONDAY: [("09:00", "12:00")],
        date(2026, 11, 30): [("09:00", "15:00")],
        date(2026, 12, 7): [],
        date(2026, 12, 9): [("13:00", "16:00")],
        date(2026, 12, 14): [("09:00", "15:00")],
    }
    with time_machine.travel(datetime(2026, 11, 23, 8, tzinfo=BRUSSELS), tick=False):
        schema = client.get("/digipunten/hal.json").json()
        uit = client.get("/digipunten/hal.uitdatabank.json").json()
    assert {day: read_jsonld(schema, day) for day in expected} == expected
    assert {day: read_uitdatabank(uit, day) for day in expected} == expected
    assert uit["openingHoursAdjustedDays"][0]["description"] == {"nl": "Opleiding"}
