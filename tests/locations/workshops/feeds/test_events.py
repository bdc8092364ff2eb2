"""Workshops for machines: what each format says, read back, is what we say ourselves."""

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
    """(run, lessons as moments in UTC) of everything that is to come, from the database alone."""
    return [
        (run, [(one.starts_at, one.ends_at) for one in run.sessions.order_by("starts_at")])
        for run in WorkshopRun.objects.with_seat_counts().order_by("starts_at", "pk")
    ]


def test_all_formats_say_what_we_say(client, workshop, halle):
    """A2.2 and A2.4, and every other state."""
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
    for run, lessons in said:
        for starts_at, ends_at in lessons:
            event = next(events)
            assert event.dtstart.value.astimezone(UTC) == starts_at
            assert event.dtend.value.astimezone(UTC) == ends_at
            assert event.status.value == ("CANCELLED" if run.is_cancelled else "CONFIRMED")
            assert ("De lesgever is ziek" in event.serialize()) is run.is_cancelled
    assert next(events, None) is None

    for (run, lessons), one in zip(said, schema(client), strict=True):
        left = 0 if run.is_cancelled else run.free_seats
        assert local_moment(one["startDate"]) == lessons[0][0]
        assert local_moment(one["endDate"]) == lessons[-1][1]
        within = [
            (local_moment(x["startDate"]), local_moment(x["endDate"]))
            for x in one.get("subEvent", [])
        ]
        assert within == (lessons if len(lessons) > 1 else [])
        assert one["eventStatus"].rpartition("/Event")[2] == {
            "planned": "Scheduled", "moved": "Rescheduled", "cancelled": "Cancelled",
        }[run.status]  # fmt: skip
        assert ("previousStartDate" in one) is run.is_moved
        assert one["maximumAttendeeCapacity"] == run.capacity
        if run.is_drop_in:
            assert "offers" not in one
            assert "remainingAttendeeCapacity" not in one
        else:
            assert one["remainingAttendeeCapacity"] == left
            state = "InStock" if left else "SoldOut"
            assert one["offers"]["availability"] == f"https://schema.org/{state}"
            assert one["offers"]["url"].endswith(f"/workshops/inschrijven/{run.pk}/")

    for (run, lessons), one in zip(said, uitdatabank(client), strict=True):
        left = 0 if run.is_cancelled else run.free_seats
        found = [
            (local_moment(x["startDate"]), local_moment(x["endDate"])) for x in one["subEvent"]
        ]
        assert found == lessons
        assert one["calendarType"] == ("single" if len(lessons) == 1 else "multiple")
        for part in (one, *one["subEvent"]):
            assert part["status"]["type"] == ("Unavailable" if run.is_cancelled else "Available")
            room = part["bookingAvailability"]
            assert 0 <= room.get("remainingCapacity", 0) <= room["capacity"] == run.capacity
            if run.is_drop_in:
                assert "remainingCapacity" not in room
            else:
                assert room["remainingCapacity"] == left
                assert room["type"] == ("Available" if left else "Unavailable")


def test_a_full_workshop_is_sold_out_and_not_available(client, workshop, halle):
    make.run(workshop, halle, local_datetime(2026, 12, 10, 13), seated=8, waiting=1)
    (one,) = uitdatabank(client)
    assert one["bookingAvailability"] == {
        "type": "Unavailable",
        "capacity": 8,
        "remainingCapacity": 0,
    }
    (event,) = schema(client)
    assert event["offers"]["availability"] == "https://schema.org/SoldOut"
    assert (event["offers"]["price"], event["isAccessibleForFree"]) == ("0.00", True)


def test_the_body_of_an_event_is_what_uitdatabank_asks(client, workshop, halle):
    run = make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    (one,) = uitdatabank(client)
    moment = {"startDate": "2026-12-10T13:00:00+01:00", "endDate": "2026-12-10T15:00:00+01:00"}
    room = {"type": "Available", "capacity": 8, "remainingCapacity": 8}
    assert {**moment, "id": 0, "status": {"type": "Available"}, "bookingAvailability": room} == (
        one["subEvent"][0]
    )
    assert one["terms"] == [{"id": "0.3.1.0.1", "domain": "eventtype"}]
    assert one["priceInfo"] == [
        {"category": "base", "name": {"nl": "Basistarief"}, "price": 0.0, "priceCurrency": "EUR"}
    ]
    assert one["bookingInfo"]["url"].endswith(f"/workshops/inschrijven/{run.pk}/")
    assert one["location"]["address"]["nl"]["postalCode"] == "1500"
    assert one["audience"] == {"audienceType": "everyone"}


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("Gratis", "0"), ("gratis ", "0"), ("2 euro", "2.00"), ("€ 2,50", "2.50"), ("3€", "3.00"),
        ("2,5 euro", "2.50"), ("0", "0.00"), ("vraag het ons", None), ("2 tot 3 euro", None),
        ("", None), ("2 euro per les", None),
    ],
)  # fmt: skip
def test_a_price_is_an_amount_only_where_it_is_one(words, amount):
    assert parse_price(words) == (None if amount is None else Decimal(amount))


def test_without_an_amount_no_price_is_said(client, workshop, halle):
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


def test_events_are_made_of_words_of_schema_org(client, workshop, halle):
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
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            assert set(node) - {"@type"} <= set(OF_SCHEMA_ORG[node["@type"]].split()), node
            for one in node.values():
                walk(one)

    (event,) = schema(client)
    walk(event)
    assert {"name", "startDate", "location"} <= set(event)
