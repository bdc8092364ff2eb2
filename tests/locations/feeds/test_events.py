"""Workshops for machines: what each format says, read back, is what we say ourselves."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
import vobject

from locations.feeds.events import price_of
from locations.models import WorkshopRun
from locations.opening_hours import BRUSSELS
from tests.factories import locations as places
from tests.factories import workshops as make
from tests.factories.workshops import at

pytestmark = pytest.mark.django_db
PAGE = "/workshops/itsme-installeren"
ENDED = {"status": "cancelled", "cancelled_reason": "De lesgever is ziek"}
STARTS = {
    "single": [at(2026, 12, 10, 13)],
    "series": [at(2027, 3, day, 9, 30) for day in (14, 21, 28)] + [at(2027, 4, 4, 9, 30)],
    "midnight": [at(2026, 12, 31, 23)],
}


@pytest.fixture
def workshop(index):
    return places.workshop(
        places.workshop_index(index.get_parent()),
        bring="Je gsm",
        limits="We vullen niet samen in.",
        introduction="Toon op je gsm wie je bent.",
    )


def vevents(client, address):
    found = vobject.readOne(client.get(address).content.decode())
    return found.contents.get("vevent", [])


def schema(client, address=f"{PAGE}.json"):
    return client.get(address).json()["@graph"]


def uitdatabank(client, address=f"{PAGE}.uitdatabank.json"):
    return client.get(address).json()["member"]


def instant(text):
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo
    return moment.astimezone(UTC)


def engine():
    """(run, lessons as moments in UTC) of everything that is to come, from the database alone."""
    return [
        (run, [(one.starts_at, one.ends_at) for one in run.sessions.order_by("starts_at")])
        for run in WorkshopRun.objects.with_seats().order_by("starts_at", "pk")
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
            (STARTS["series"], 0, 0, {"status": "moved", "moved_from": at(2026, 12, 1, 9)}),
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
        left = 0 if run.is_cancelled else run.free
        assert instant(one["startDate"]) == lessons[0][0]
        assert instant(one["endDate"]) == lessons[-1][1]
        within = [(instant(x["startDate"]), instant(x["endDate"])) for x in one.get("subEvent", [])]
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
        left = 0 if run.is_cancelled else run.free
        found = [(instant(x["startDate"]), instant(x["endDate"])) for x in one["subEvent"]]
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
    make.run(workshop, halle, at(2026, 12, 10, 13), seated=8, waiting=1)
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
    run = make.run(workshop, halle, at(2026, 12, 10, 13))
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
    assert price_of(words) == (None if amount is None else Decimal(amount))


def test_without_an_amount_no_price_is_said(client, workshop, halle):
    workshop.price = "vraag het ons"
    workshop.save()
    make.run(workshop, halle, at(2026, 12, 10, 13))
    assert "priceInfo" not in uitdatabank(client)[0]
    assert "price" not in schema(client)[0]["offers"]
    assert schema(client)[0]["isAccessibleForFree"] is False


def test_a_lesson_that_moves_keeps_its_name_and_counts_up(client, workshop, halle):
    run = make.run(workshop, halle, at(2026, 12, 10, 13))
    (before,) = vevents(client, f"{PAGE}.ics")
    lesson = run.sessions.get()
    lesson.starts_at, lesson.ends_at = at(2026, 12, 17, 13), at(2026, 12, 17, 15)
    lesson.save()
    run = WorkshopRun.objects.get()
    run.status, run.moved_from = "moved", run.starts_at
    run.save()
    (moved,) = vevents(client, f"{PAGE}.ics")
    assert moved.uid.value == before.uid.value
    assert int(moved.sequence.value) > int(before.sequence.value)
    assert moved.dtstart.value == at(2026, 12, 17, 13)

    run.status, run.cancelled_reason = "cancelled", "De zaal lekt"
    run.save()
    (ended,) = vevents(client, f"{PAGE}.ics")
    assert (ended.uid.value, ended.status.value) == (before.uid.value, "CANCELLED")
    assert int(ended.sequence.value) > int(moved.sequence.value)


def test_every_change_that_staff_write_down_counts_up(client, workshop, halle):
    from wagtail.log_actions import log

    run = make.run(workshop, halle, at(2026, 12, 10, 13))
    other = make.run(workshop, halle, at(2026, 12, 11, 13))
    for _turn in range(3):
        log(run, "wagtail.edit")
    found = [int(event.sequence.value) for event in vevents(client, f"{PAGE}.ics")]
    assert (found, other.pk != run.pk) == ([3, 0], True)


def test_two_answers_on_a_day_are_the_same(client, workshop, halle):
    make.run(workshop, halle, *STARTS["series"])
    first = client.get(f"{PAGE}.ics")
    with time_machine.travel(places.MONDAY_MORNING + timedelta(hours=5), tick=False):
        second = client.get(f"{PAGE}.ics")
        again = client.get(f"{PAGE}.ics", headers={"if-none-match": first["ETag"]})
    assert first.content == second.content
    assert again.status_code == 304
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"


def test_hours_keep_to_the_clock_on_the_wall_when_it_moves(client, workshop, halle):
    make.run(workshop, halle, *STARTS["series"])
    found = [event.dtstart.value for event in vevents(client, f"{PAGE}.ics")]
    assert [moment.astimezone(BRUSSELS).hour for moment in found] == [9, 9, 9, 9]
    assert [moment.astimezone(UTC).hour for moment in found] == [8, 8, 7, 7]


def test_one_date_alone_can_be_taken(client, workshop, halle):
    first = make.run(workshop, halle, at(2026, 12, 10, 13))
    make.run(workshop, halle, at(2026, 12, 11, 13))
    (event,) = vevents(client, f"{PAGE}.ics?datum={first.pk}")
    assert event.dtstart.value == at(2026, 12, 10, 13)
    for wrong in ("999999", "x", "9" * 40, "-1"):
        assert vevents(client, f"{PAGE}.ics?datum={wrong}") == []


def test_a_place_has_its_own_calendar_and_a_filter_too(client, index, workshop, halle):
    other = places.location("GOO", name="Digipunt Gooik", postcode="1755")
    places.location_page(index, other)
    make.run(workshop, halle, at(2026, 12, 10, 9))
    make.run(workshop, other, at(2026, 12, 11, 13))
    for name in ("hal", "HAL"):
        (event,) = vevents(client, f"/workshops/op/{name}.ics")
        assert "Digiplek Halle" in event.location.value
    assert client.get("/workshops/op/zzz.ics").status_code == 404
    assert len(vevents(client, "/workshops.ics")) == 2
    (event,) = vevents(client, "/workshops.ics?deel=namiddag")
    assert "Gooik" in event.location.value
    assert len(schema(client, "/workshops.json?dag=do")) == 1
    assert uitdatabank(client, "/workshops.uitdatabank.json?niveau=advanced") == []


def test_who_is_in_a_series_keeps_its_dates_when_it_has_begun(client, workshop, halle):
    make.run(workshop, halle, at(2026, 11, 16, 9), at(2026, 11, 30, 9))
    assert len(vevents(client, "/workshops.ics")) == 2
    assert len(vevents(client, f"{PAGE}.ics")) == 2


@pytest.mark.parametrize("kind", ["ics", "json", "uitdatabank.json"])
@pytest.mark.parametrize("how", ["draft", "hidden place", "other name"])
def test_what_is_not_public_is_in_no_feed(client, workshop, halle, kind, how):
    make.run(workshop, halle, at(2026, 12, 10, 13))
    if how == "draft":
        workshop.unpublish()
    elif how == "hidden place":
        type(halle).objects.filter(pk=halle.pk).update(kind="warehouse")
    address = "/workshops/anders" if how == "other name" else PAGE
    response = client.get(f"{address}.{kind}")
    assert response.status_code == (200 if how == "hidden place" else 404)
    assert b"Halle" not in response.content
    assert (b"Halle" in client.get(f"/workshops.{kind}").content) is (how == "other name")


@pytest.mark.parametrize("kind", ["ics", "json", "uitdatabank.json"])
def test_nobody_is_in_a_feed(client, workshop, halle, kind):
    make.run(workshop, halle, at(2026, 12, 10, 13), seated=8, waiting=3, teacher="Ria")
    text = client.get(f"/workshops.{kind}").content.decode()
    for secret in ("Jozef", "0470", "Ria"):
        assert secret not in text


@pytest.mark.parametrize("kind", ["ics", "json", "uitdatabank.json"])
def test_feeds_cost_the_same_with_twenty_more(
    client, workshop, halle, kind, django_assert_max_num_queries
):
    def cost():
        client.get(f"/workshops.{kind}?vrij=1&deel=namiddag")
        with django_assert_max_num_queries(12) as counted:
            client.get(f"/workshops.{kind}?vrij=1&deel=namiddag")
        return len(counted)

    make.run(workshop, halle, at(2026, 12, 1, 13), seated=1)
    before = cost()
    for number in range(2, 22):
        make.run(workshop, places.location(), at(2026, 12, number, 13), at(2027, 1, number, 13))
    assert cost() == before


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
        moved_from=at(2026, 12, 1, 9),
        registration_opens_at=at(2026, 11, 1, 9),
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
