"""Tests that every feed format, read back, agrees with the database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import vobject

from locations.workshops.feeds.events import parse_price
from locations.workshops.models import WorkshopRun
from tests.factories import workshops as make
from tests.factories.workshops import local_datetime

pytestmark = pytest.mark.django_db
PAGE = "/workshops/itsme-installeren"
ENDED = {"status": "cancelled", "cancelled_reason": "De lesgever is ziek"}
STARTS = {
    "single": [local_datetime(2026, 12, 10, 13)],
    "series": [local_datetime(2027, 3, day, 9, 30) for day in (14, 21, 28)]
    + [local_datetime(2027, 4, 4, 9, 30)],
    "midnight": [local_datetime(2026, 12, 31, 23)],
}


def vevents(client, address):
    found = vobject.readOne(client.get(address).content.decode())
    return found.contents.get("vevent", [])


def schema(client, address=f"{PAGE}.json"):
    return client.get(address).json()["@graph"]


def uitdatabank(client, address=f"{PAGE}.uitdatabank.json"):
    return client.get(address).json()["member"]


def local_moment(text):
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo
    return moment.astimezone(UTC)


def engine():
    """Return (run, sessions in UTC) of the upcoming runs, from the database alone."""
    return [
        (
            run,
            [
                (session.starts_at, session.ends_at)
                for session in run.sessions.order_by("starts_at")
            ],
        )
        for run in WorkshopRun.objects.with_seat_counts().order_by("starts_at", "pk")
    ]


def test_formats_agree_with_the_database(client, workshop, halle):
    """Scenarios A2.2 and A2.4, and every other state."""
    for number, (starts, seated, waiting, fields) in enumerate(
        [
            (STARTS["single"], 8, 1, {}),
            (STARTS["single"], 8, 0, {}),
            (STARTS["single"], 7, 1, {}),
            (STARTS["single"], 3, 0, {"capacity": 10}),
            (STARTS["series"], 0, 0, {}),
            (STARTS["series"], 2, 0, ENDED),
            (STARTS["midnight"], 0, 0, {"entry": "drop_in"}),
            (
                STARTS["series"],
                0,
                0,
                {"status": "moved", "moved_from": local_datetime(2026, 12, 1, 9)},
            ),
            (STARTS["single"], 0, 0, {"entry": "drop_in", **ENDED}),
        ]
    ):
        later = [start + timedelta(minutes=number) for start in starts]
        make.run(workshop, halle, *later, seated=seated, waiting=waiting, **fields)
    said = engine()
    assert len(said) == 9

    events = iter(vevents(client, f"{PAGE}.ics"))
    for run, sessions in said:
        for starts_at, ends_at in sessions:
            event = next(events)
            assert event.dtstart.value.astimezone(UTC) == starts_at
            assert event.dtend.value.astimezone(UTC) == ends_at
            assert event.status.value == ("CANCELLED" if run.is_cancelled else "CONFIRMED")
            assert ("De lesgever is ziek" in event.serialize()) is run.is_cancelled
    assert next(events, None) is None

    for (run, sessions), event in zip(said, schema(client), strict=True):
        left = 0 if run.is_cancelled else run.free_seats
        assert local_moment(event["startDate"]) == sessions[0][0]
        assert local_moment(event["endDate"]) == sessions[-1][1]
        within = [
            (local_moment(x["startDate"]), local_moment(x["endDate"]))
            for x in event.get("subEvent", [])
        ]
        assert within == (sessions if len(sessions) > 1 else [])
        assert event["eventStatus"].rpartition("/Event")[2] == {
            "planned": "Scheduled", "moved": "Rescheduled", "cancelled": "Cancelled",
        }[run.status]  # fmt: skip
        assert ("previousStartDate" in event) is run.is_moved
        assert event["maximumAttendeeCapacity"] == run.capacity
        if run.is_drop_in:
            assert "offers" not in event
            assert "remainingAttendeeCapacity" not in event
        else:
            assert event["remainingAttendeeCapacity"] == left
            state = "InStock" if left else "SoldOut"
            assert event["offers"]["availability"] == f"https://schema.org/{state}"
            assert event["offers"]["url"].endswith(f"/workshops/inschrijven/{run.pk}/")

    for (run, sessions), event in zip(said, uitdatabank(client), strict=True):
        left = 0 if run.is_cancelled else run.free_seats
        found = [
            (local_moment(x["startDate"]), local_moment(x["endDate"])) for x in event["subEvent"]
        ]
        assert found == sessions
        assert event["calendarType"] == ("single" if len(sessions) == 1 else "multiple")
        for part in (event, *event["subEvent"]):
            assert part["status"]["type"] == ("Unavailable" if run.is_cancelled else "Available")
            room = part["bookingAvailability"]
            assert 0 <= room.get("remainingCapacity", 0) <= room["capacity"] == run.capacity
            if run.is_drop_in:
                assert "remainingCapacity" not in room
            else:
                assert room["remainingCapacity"] == left
                assert room["type"] == ("Available" if left else "Unavailable")


def test_full_run_is_sold_out(client, workshop, halle):
    make.run(workshop, halle, local_datetime(2026, 12, 10, 13), seated=8, waiting=1)
    (event,) = uitdatabank(client)
    assert event["bookingAvailability"] == {
        "type": "Unavailable",
        "capacity": 8,
        "remainingCapacity": 0,
    }
    (event,) = schema(client)
    assert event["offers"]["availability"] == "https://schema.org/SoldOut"
    assert (event["offers"]["price"], event["isAccessibleForFree"]) == ("0.00", True)


def test_uitdatabank_event_has_the_required_fields(client, workshop, halle):
    run = make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    (event,) = uitdatabank(client)
    moment = {"startDate": "2026-12-10T13:00:00+01:00", "endDate": "2026-12-10T15:00:00+01:00"}
    room = {"type": "Available", "capacity": 8, "remainingCapacity": 8}
    assert {**moment, "id": 0, "status": {"type": "Available"}, "bookingAvailability": room} == (
        event["subEvent"][0]
    )
    assert event["terms"] == [{"id": "0.3.1.0.1", "domain": "eventtype"}]
    assert event["priceInfo"] == [
        {"category": "base", "name": {"nl": "Basistarief"}, "price": 0.0, "priceCurrency": "EUR"}
    ]
    assert event["bookingInfo"]["url"].endswith(f"/workshops/inschrijven/{run.pk}/")
    assert event["location"]["address"]["nl"]["postalCode"] == "1500"
    assert event["audience"] == {"audienceType": "everyone"}


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("Gratis", "0"), ("gratis ", "0"), ("2 euro", "2.00"), ("€ 2,50", "2.50"), ("3€", "3.00"),
        ("2,5 euro", "2.50"), ("0", "0.00"), ("vraag het ons", None), ("2 tot 3 euro", None),
        ("", None), ("2 euro per les", None),
    ],
)  # fmt: skip
def test_price_is_parsed_when_it_is_an_amount(words, amount):
    assert parse_price(words) == (None if amount is None else Decimal(amount))


def test_price_is_omitted_when_it_is_not_an_amount(client, workshop, halle):
    workshop.price = "vraag het ons"
    workshop.save()
    make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    assert "priceInfo" not in uitdatabank(client)[0]
    assert "price" not in schema(client)[0]["offers"]
    assert schema(client)[0]["isAccessibleForFree"] is False


OF_SCHEMA_ORG = {
    "Event": "@id name description url startDate endDate previousStartDate eventStatus "
    "eventAttendanceMode inLanguage isAccessibleForFree location maximumAttendeeCapacity "
    "remainingAttendeeCapacity offers organizer subEvent",
    "Place": "name address geo",
    "PostalAddress": "streetAddress postalCode addressLocality addressCountry",
    "GeoCoordinates": "latitude longitude",
    "Offer": "url availability price priceCurrency validFrom validThrough",
    "Organization": "name url",
}


def test_jsonld_uses_only_schema_org_terms(client, workshop, halle):
    make.run(
        workshop,
        halle,
        *STARTS["series"],
        status="moved",
        moved_from=local_datetime(2026, 12, 1, 9),
        registration_opens_at=local_datetime(2026, 11, 1, 9),
    )

    def walk(node):
        if isinstance(node, list):
            for value in node:
                walk(value)
        elif isinstance(node, dict):
            assert set(node) - {"@type"} <= set(OF_SCHEMA_ORG[node["@type"]].split()), node
            for value in node.values():
                walk(value)

    (event,) = schema(client)
    walk(event)
    assert {"name", "startDate", "location"} <= set(event)
