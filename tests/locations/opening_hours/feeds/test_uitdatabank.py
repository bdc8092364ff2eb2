"""Tests of places for UiTdatabank."""

from datetime import date, time

import pytest

from locations.opening_hours.models import ClosedDays
from tests.factories import locations

pytestmark = pytest.mark.django_db


def uitdatabank(client, name="hal"):
    return client.get(f"/digipunten/{name}.uitdatabank.json").json()


def test_uitdatabank_place_has_required_fields(client, halle):
    locations.rule(halle, 0, time(9), time(12))
    locations.rule(halle, 2, time(9), time(12))
    assert uitdatabank(client) == {
        "@type": "Place",
        "mainLanguage": "nl",
        "name": {"nl": "Digiplek Halle"},
        "terms": [{"id": "Yf4aZBfsUEu2NsQqsprngw", "domain": "eventtype"}],
        "labels": ["digipunt"],
        "address": {
            "nl": {
                "addressCountry": "BE",
                "addressLocality": "Halle",
                "postalCode": "1500",
                "streetAddress": "Markt 1",
            }
        },
        "contactPoint": {
            "phone": ["02 000 00 00"],
            "email": ["hal@digipunt.example"],
            "url": [halle.page.full_url],
        },
        "calendarType": "permanent",
        "status": {"type": "Available"},
        "openingHours": [
            {"opens": "09:00", "closes": "12:00", "dayOfWeek": ["monday", "wednesday"]}
        ],
    }


def test_uitdatabank_place_is_periodic_when_open_every_two_weeks(client, halle):
    """UiTdatabank only has weeks: the Fridays in between are closed, and the period ends."""
    locations.rule(
        halle, 4, time(10), time(12), recurrence="weeks", interval=2, anchor=date(2026, 11, 27)
    )
    said = uitdatabank(client)
    assert said["calendarType"] == "periodic"
    assert said["startDate"] == "2026-11-27T00:00:00+01:00"
    assert said["endDate"] == "2027-05-14T23:59:59+02:00"
    assert said["openingHours"] == [{"opens": "10:00", "closes": "12:00", "dayOfWeek": ["friday"]}]
    assert said["openingHoursClosedDays"][0] == {"startDate": "2026-12-04", "endDate": "2026-12-04"}
    assert len(said["openingHoursClosedDays"]) == 12


@pytest.mark.parametrize("hours", ["by appointment", "closed for a year", "none"])
def test_uitdatabank_place_is_unavailable_without_walk_in_hours(client, halle, hours):
    """UiTdatabank shows a place without hours as always open, so it is unavailable instead."""
    locations.rule(halle, 0, by_appointment=hours == "by appointment")
    if hours == "closed for a year":
        ClosedDays.objects.create(
            location=halle,
            first_day=date(2026, 11, 1),
            last_day=date(2027, 11, 1),
            reason="Verbouwing",
        )
    elif hours == "none":
        halle.opening_rules.all().delete()
    said = uitdatabank(client)
    assert "openingHours" not in said
    assert said["status"]["type"] == "TemporarilyUnavailable"
    reason = said["status"]["reason"]["nl"]
    assert ("Verbouwing" in reason) is (hours == "closed for a year")
    assert reason


@pytest.mark.parametrize("why", ["bus", "no address"])
def test_uitdatabank_place_is_not_found_without_address(client, halle, why):
    if why == "bus":
        halle.kind = "bus"
    else:
        halle.street = ""
    halle.save()
    assert client.get("/digipunten/hal.uitdatabank.json").status_code == 404
    assert client.get("/digipunten.uitdatabank.json").json()["member"] == []
