"""The hours for machines: what they read is what the page says."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from icalendar import Calendar as ICalendar

from locations.models import AdjustedDays, AdjustedHours, ClosedDays, Stop
from locations.opening_hours import BRUSSELS, calendars
from locations.operations import postcodes
from tests.factories import home as homes
from tests.factories import locations as places
from tests.locations import reading

pytestmark = pytest.mark.django_db
YEARS = (date(2026, 1, 1), date(2027, 12, 31))
KINDS = ["json", "geojson", "ics", "uitdatabank.json"]


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(places.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    return places.location_index(homes.home_page())


@pytest.fixture
def halle(index):
    place = places.location(
        "HAL", name="Digiplek Halle", street="Markt", number="1", city="Halle", postcode="1500",
        lat=50.7368, lon=4.2371, phone="02 000 00 00", email="hal@digipunt.example",
    )  # fmt: skip
    places.location_page(index, place)
    return place


def of_all_kinds(place):
    """Hours of every kind, with what goes against them."""
    rules = [
        (0, {"valid_from": date(2026, 3, 2), "valid_until": date(2027, 6, 28)}),
        (4, {"recurrence": "weeks", "interval": 2, "anchor": date(2026, 11, 27)}),
        (2, {"recurrence": "monthly", "nth": 4, "code": "digidokter"}),
        (4, {"recurrence": "monthly", "nth": -1, "code": "repair"}),
        (1, {"recurrence": "monthly", "nth": 5, "code": "lending"}),
        (None, {"recurrence": "date", "day": date(2027, 1, 5)}),
        (None, {"recurrence": "date", "day": date(2026, 12, 25)}),
    ]
    for hour, (weekday, fields) in enumerate(rules, 8):
        places.rule(place, weekday, time(hour), time(hour, 45), **fields)
    places.rule(place, 0, time(17), time(18), by_appointment=True)
    ClosedDays.objects.create(
        location=place,
        first_day=date(2026, 12, 21),
        last_day=date(2027, 1, 1),
        reason="De bib is dicht",
    )
    ClosedDays.objects.create(
        location=place,
        service=places.service("digidokter"),
        first_day=date(2027, 2, 24),
        last_day=date(2027, 2, 24),
    )
    for service, hour in ((None, 9), (places.service("repair"), 14)):
        summer = AdjustedDays.objects.create(
            location=place,
            service=service,
            first_day=date(2027, 7, 1),
            last_day=date(2027, 8, 31),
            reason="Zomeruren",
        )
        AdjustedHours.objects.create(
            adjusted_days=summer, weekday=1, opens=time(hour), closes=time(hour + 3)
        )


def read(client, name="hal"):
    response = client.get(f"/digipunten/{name}.ics")
    assert response["Content-Type"].startswith("text/calendar")
    return ICalendar.from_ical(response.content)


def walk_in(client, day):
    return reading.of_ics(client.get("/digipunten/hal.ics").content, day, day)


def test_a_calendar_read_back_by_others_opens_when_we_do(client, halle):
    of_all_kinds(halle)
    first, last = date(2026, 11, 27), YEARS[1]
    calendar = calendars([halle])[halle.pk]
    theirs = reading.of_ics(client.get("/digipunten/hal.ics").content, first, last)
    assert theirs == reading.moments_of_engine(calendar, first, last)
    assert len(theirs) > 90


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"weekday": 2}, "FREQ=WEEKLY;BYDAY=WE"),
        ({"weekday": 2, "recurrence": "monthly", "nth": 4}, "FREQ=MONTHLY;BYDAY=4WE"),
        ({"weekday": 2, "recurrence": "monthly", "nth": -1}, "FREQ=MONTHLY;BYDAY=-1WE"),
        (
            {"weekday": 4, "recurrence": "weeks", "interval": 2, "anchor": date(2026, 11, 27)},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        ),
    ],
)
def test_what_comes_back_is_said_as_a_rule(client, halle, fields, said):
    places.rule(halle, fields.pop("weekday"), **fields)
    (event,) = read(client).walk("VEVENT")
    parts = event["rrule"].to_ical().decode().split(";")
    assert {*parts} - {"INTERVAL=1"} == set(said.split(";"))


def test_an_event_keeps_its_uid_as_long_as_it_says_the_same(client, halle):
    rule = places.rule(halle, 2)
    before = [event["uid"] for event in read(client).walk("VEVENT")]
    places.rule(halle, 3)
    with time_machine.travel(places.MONDAY_MORNING + timedelta(days=400), tick=False):
        after = [event["uid"] for event in read(client).walk("VEVENT")]
    assert before[0] in after
    assert len(set(after)) == 2
    rule.delete()
    assert before[0] not in [event["uid"] for event in read(client).walk("VEVENT")]


@pytest.mark.parametrize("why", ["cancelled", "closed"])
def test_a_stop_that_does_not_take_place_is_cancelled(client, index, why):
    bus = places.location("BUS", kind="bus", name="Digibus")
    places.location_page(index, bus)
    starts_at = datetime(2026, 12, 2, 9, 30, tzinfo=BRUSSELS)
    goes, stays = (
        Stop.objects.create(
            location=bus,
            place="Werchter",
            starts_at=starts_at + timedelta(days=days),
            ends_at=starts_at + timedelta(days=days, hours=2),
            cancelled_reason="Panne" if why == "cancelled" and days else "",
        )
        for days in (0, 7)
    )
    if why == "closed":
        day = stays.starts_at.date()
        ClosedDays.objects.create(location=bus, first_day=day, last_day=day, reason="Panne")
    events = {event["dtstart"].dt: event for event in read(client, "bus").walk("VEVENT")}
    assert "status" not in events[goes.starts_at]
    assert events[stays.starts_at]["status"] == "CANCELLED"
    assert events[stays.starts_at]["comment"] == "Panne"
    assert events[goes.starts_at]["location"] == "Werchter"


def test_geojson_names_longitude_first_and_says_whether_the_door_is_open(client, halle):
    places.rule(halle, 0, time(9), time(12))
    found = client.get("/digipunten/hal.geojson").json()
    assert found["geometry"] == {"type": "Point", "coordinates": [4.2371, 50.7368]}
    assert found["properties"]["open_now"] is True
    assert found["properties"]["next_opening"] == "2026-11-30T09:00:00+01:00"
    assert client.get("/digipunten.geojson").json()["features"] == [found]


def test_the_same_truth_in_every_format(client, halle):
    places.rule(halle, 0, time(9), time(12))
    ClosedDays.objects.create(
        location=halle, first_day=date(2026, 11, 23), last_day=date(2026, 11, 29), reason="Ziek"
    )
    assert client.get("/digipunten/hal.geojson").json()["properties"]["open_now"] is False
    assert client.get(halle.page.url).context["status"].is_open is False
    assert walk_in(client, date(2026, 11, 23)) == []
    special = client.get("/digipunten/hal.json").json()["specialOpeningHoursSpecification"]
    assert special == [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": "2026-11-23",
            "validThrough": "2026-11-29",
        }
    ]


def test_the_page_and_its_json_say_the_same(client, halle):
    of_all_kinds(halle)
    page = client.get(halle.page.url)
    assert client.get("/digipunten/hal.json").json() == reading.in_page(page)


@pytest.mark.parametrize("name", ["hal", "HAL", "Hal"])
def test_a_place_answers_to_its_code(client, halle, name):
    assert client.get(f"/digipunten/{name}.geojson").json()["id"] == "HAL"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hidden", ["workshop", "warehouse", "draft", "unknown"])
def test_what_is_not_public_has_no_feed(client, halle, hidden, kind):
    name = "hal"
    if hidden == "draft":
        halle.page.unpublish()
    elif hidden == "unknown":
        name = "niemand"
    else:
        halle.kind = hidden
        halle.save()
    assert client.get(f"/digipunten/{name}.{kind}").status_code == 404
    assert client.get("/digipunten.geojson").json()["features"] == (
        [] if hidden != "unknown" else [client.get("/digipunten/hal.geojson").json()]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_only_answers_and_anybody_may_read_it(client, halle, kind):
    response = client.get(f"/digipunten/hal.{kind}")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    assert client.post(f"/digipunten/hal.{kind}").status_code == 405


# Of schema.org's vocabulary what our places use: the properties of each type, and their values.
TEXT, NUMBER = str, (int, float)
VOCABULARY = {
    "CivicStructure": {
        "name": TEXT,
        "url": "url",
        "telephone": TEXT,
        "address": {"PostalAddress"},
        "geo": {"GeoCoordinates"},
        "openingHoursSpecification": {"OpeningHoursSpecification"},
        "specialOpeningHoursSpecification": {"OpeningHoursSpecification"},
    },
    "PostalAddress": {
        "streetAddress": TEXT,
        "postalCode": TEXT,
        "addressLocality": TEXT,
        "addressCountry": TEXT,
    },
    "GeoCoordinates": {"latitude": NUMBER, "longitude": NUMBER},
    "OpeningHoursSpecification": {
        "dayOfWeek": "day",
        "opens": "time",
        "closes": "time",
        "validFrom": "date",
        "validThrough": "date",
    },
}
DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
VALUES = {
    "url": lambda value: value.startswith("http"),
    "day": lambda value: value in DAYS,
    "time": lambda value: time.fromisoformat(value).isoformat("minutes") == value,
    "date": lambda value: date.fromisoformat(value).isoformat() == value,
}


def check_vocabulary(node, types=("CivicStructure",)):
    kind = node["@type"]
    assert kind in types
    for name, value in node.items():
        if name.startswith("@"):
            continue
        expected = VOCABULARY[kind][name]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(expected, set):
                check_vocabulary(one, expected)
            elif isinstance(expected, str):
                assert VALUES[expected](one), (name, one)
            else:
                assert isinstance(one, expected), (name, one)
    if kind == "OpeningHoursSpecification":
        assert ("opens" in node) is ("closes" in node)
        assert "opens" not in node or node["opens"] < node["closes"]


def test_what_we_say_are_words_of_schema_org(client, index, halle):
    of_all_kinds(halle)
    loose = places.location("GOO", name="Gooik")
    places.rule(loose, recurrence="date", day=date(2026, 12, 1))
    places.location_page(index, loose)
    data = client.get("/digipunten.json").json()
    assert data["@context"] == "https://schema.org"
    assert len(data["@graph"]) == 2
    for node in data["@graph"]:
        check_vocabulary(node)
    used = {key for node in data["@graph"] for key in node if not key.startswith("@")}
    assert used == set(VOCABULARY["CivicStructure"])


def test_dates_that_no_week_can_say_are_said_one_by_one(client, index):
    gooik = places.location("GOO", name="Gooik")
    for day in (date(2026, 12, 1), date(2026, 12, 10)):
        places.rule(gooik, recurrence="date", day=day)
    places.location_page(index, gooik)
    said = client.get("/digipunten/goo.json").json()["openingHoursSpecification"]
    assert [one["validFrom"] for one in said] == ["2026-12-01", "2026-12-10"]
    assert all("dayOfWeek" not in one for one in said)


def uitdatabank(client, name="hal"):
    return client.get(f"/digipunten/{name}.uitdatabank.json").json()


def test_uitdatabank_gets_a_place_with_what_it_asks(client, halle):
    places.rule(halle, 0, time(9), time(12))
    places.rule(halle, 2, time(9), time(12))
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


def test_every_two_weeks_is_for_uitdatabank_a_period_with_closed_days(client, halle):
    """It knows only weeks: the Fridays in between are closed, and the period ends."""
    places.rule(
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
def test_without_hours_uitdatabank_would_say_always_open(client, halle, hours):
    """So the place is not available, and says why."""
    places.rule(halle, 0, by_appointment=hours == "by appointment")
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
def test_what_has_no_address_is_no_place_for_uitdatabank(client, halle, why):
    if why == "bus":
        halle.kind = "bus"
    else:
        halle.street = ""
    halle.save()
    assert client.get("/digipunten/hal.uitdatabank.json").status_code == 404
    assert client.get("/digipunten.uitdatabank.json").json()["member"] == []


def ids(client, kind, query):
    response = client.get(f"/digipunten.{kind}?{query}")
    match kind:
        case "geojson":
            return [one["properties"]["name"] for one in response.json()["features"]]
        case "json":
            return [one["name"] for one in response.json()["@graph"]]
        case "uitdatabank.json":
            return [one["name"]["nl"] for one in response.json()["member"]]
    found = ICalendar.from_ical(response.content).walk("VEVENT")
    return list(dict.fromkeys(event["summary"].partition(":")[0] for event in found))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Aalst", "Halle", "Kringloop Niel"]),
        ("q=1500", ["Halle", "Kringloop Niel", "Aalst"]),
        ("rolstoel=1", ["Halle"]),
        ("dienst=lending", ["Aalst"]),
        ("dienst=collection", ["Inzamelpunt"]),
        ("nu=1", ["Halle"]),
        ("dag=2026-11-24", ["Aalst"]),
        ("dag=morgen&dienst=x&q=zzz", ["Aalst", "Halle", "Kringloop Niel"]),
    ],
)
def test_the_filters_of_the_list_count_for_the_feeds(client, index, kind, query, expected):
    postcodes.load()
    address = {"street": "Markt", "number": "1"}
    for name, postcode, weekday, more in (
        ("Aalst", "9300", 1, {"lat": 50.94, "lon": 4.04}),
        ("Halle", "1500", 0, {"lat": 50.74, "lon": 4.24, "wheelchair": "yes"}),
        ("Kringloop Niel", "2845", 3, {"lat": 50.75, "lon": 4.25}),
        ("Inzamelpunt", "2845", 0, {"kind": "collection"}),
    ):
        place = places.location(name=name, postcode=postcode, city="Stad", **address, **more)
        code = "collection" if more.get("kind") else "help"
        places.rule(place, weekday, time(9), time(12), code=code)
        if name == "Aalst":
            places.rule(place, weekday, time(9), time(12), code="lending")
        places.location_page(index, place)
    found = ids(client, kind, query)
    assert found == expected
    rows = client.get(f"/digipunten/?{query}").context["rows"]
    assert found == [row.place.name for row in rows]


def test_a_page_behind_a_password_is_in_no_feed(client, halle):
    from wagtail.models import PageViewRestriction

    places.rule(halle)
    PageViewRestriction.objects.create(page=halle.page, restriction_type="login")
    for kind in KINDS:
        assert client.get(f"/digipunten/hal.{kind}").status_code == 404
        assert ids(client, kind, "") == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["/hal", ""])
def test_who_has_the_answer_already_gets_it_not_again(client, halle, name, kind):
    places.rule(halle)
    first = client.get(f"/digipunten{name}.{kind}")
    again = {"headers": {"If-None-Match": first["ETag"]}}
    with time_machine.travel(places.MONDAY_MORNING + timedelta(minutes=5), tick=False):
        same = client.get(f"/digipunten{name}.{kind}", **again)
    assert (same.status_code, same.content) == (304, b"")
    places.rule(halle, 1)
    changed = client.get(f"/digipunten{name}.{kind}", **again)
    if kind != "geojson":  # Tuesday changes nothing about now and about the next opening
        assert changed.status_code == 200
    ClosedDays.objects.create(
        location=halle, first_day=date(2026, 11, 23), last_day=date(2026, 11, 30)
    )
    changed = client.get(f"/digipunten{name}.{kind}", **again)
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["", "?q=1500&nu=1&dag=2026-11-23&dienst=help"])
def test_all_places_cost_the_same_with_twenty_more(
    client, index, django_assert_max_num_queries, kind, query
):
    def more():
        place = places.location(lat=51, lon=4, street="Markt", postcode="1500", city="Halle")
        places.rule(place, 0)
        places.location_page(index, place)

    def cost():
        client.get(f"/digipunten.{kind}{query}")
        with django_assert_max_num_queries(12) as counted:
            client.get(f"/digipunten.{kind}{query}")
        return len(counted)

    more()
    before = cost()
    for _ in range(20):
        more()
    assert cost() == before


@pytest.mark.parametrize("kind", KINDS)
def test_one_place_costs_the_same_with_more_hours(
    client, halle, django_assert_max_num_queries, kind
):
    def cost():
        with django_assert_max_num_queries(9) as counted:
            assert client.get(f"/digipunten/hal.{kind}").status_code == 200
        return len(counted)

    places.rule(halle)
    client.get(f"/digipunten/hal.{kind}")
    before = cost()
    of_all_kinds(halle)
    assert cost() == before
