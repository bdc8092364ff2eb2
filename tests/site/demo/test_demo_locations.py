"""Scenario A1, point by point, on the places of the demo."""

import html
import json
import re
from datetime import date, datetime

import pytest
import time_machine
from icalendar import Calendar

from digipunt.demo import locations
from locations.core.time_zone import BRUSSELS
from locations.directory.models import LocationPage
from locations.opening_hours.models import ClosedDays, OpeningRule, Stop
from locations.places.models import Location, Partner
from locations.workshops.models import WorkshopRun
from tests.factories import home as homes
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def at(*moment):
    return datetime(*moment, tzinfo=BRUSSELS)


@pytest.fixture
def site():
    home = homes.home_page()
    places = locations.load(MONDAY)
    locations.load_pages(home, MONDAY)
    return places


def text(response):
    """What a visitor reads, in one line, without the tags."""
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    words = re.sub(r"<script.*?</script>|<svg.*?</svg>", " ", main, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", words)).split())


def read(client, address, moment=None):
    with time_machine.travel(moment or MONDAY_MORNING, tick=False):
        response = client.get(address)
    assert response.status_code == 200
    return text(response)


def names(client, query):
    with time_machine.travel(MONDAY_MORNING, tick=False):
        response = client.get(f"/digipunten/?{query}")
    return [row.location.code for row in response.context["rows"]]


def test_the_own_municipality_comes_first_then_the_partnership_then_what_is_near(client, site):
    found = names(client, "q=1755")

    assert found[:4] == ["GOO", "PEP", "HAL", "AAL"]
    assert len(found) == 17
    words = read(client, "/digipunten/?q=1755")
    assert "17 digipunten. De dichtste bij 1755 Gooik staat eerst." in words
    assert "in je gemeente" in words


def test_a_name_of_two_places_is_asked_back_and_never_guessed(client, site):
    words = read(client, "/digipunten/?q=halle&dienst=lending")

    assert "Halle (1500)" in words
    assert "Halle (2980)" in words
    assert "eerst" not in words
    with time_machine.travel(MONDAY_MORNING, tick=False):
        choices = client.get("/digipunten/?q=halle&dienst=lending").context["choices"]
    assert choices[0][1] == "?q=Halle+%281500%29&dienst=lending"
    assert names(client, "q=Halle+%281500%29")[0] == "HAL"
    assert names(client, "q=Halle+%282980%29")[0] == "ANT"


def test_who_wants_to_borrow_sees_lending_points_only(client, site):
    assert set(names(client, "dienst=lending")) == {"HAL", "AAL", "BOO", "SNK", "ROT"}


def test_christmas_wins_over_every_two_weeks_and_does_not_shift_them(client, site):
    words = read(client, "/digipunten/digipunt-pepingen/")

    assert "Nu gesloten" in words
    assert "Volgende keer Vrijdag 27 november, 10 tot 12 uur" in words
    dates = words[words.index("Hulp bij je vragen: om de 2 weken op vrijdag") :]
    assert (
        "Vrijdag 27 november , 10 tot 12 uur Vrijdag 11 december , 10 tot 12 uur "
        "Vrijdag 25 december Gesloten: Kerstmis Vrijdag 8 januari , 10 tot 12 uur" in dates
    )


def test_a_place_says_its_hours_per_service_and_announces_that_it_closes(client, site):
    words = read(client, "/digipunten/digiplek-halle/")

    assert "Gesloten van 24 december tot en met 1 januari" in words
    assert "Vanaf maandag 4 januari zijn we er weer." in words
    assert "Woensdag 23 december , 14 tot 16 uur" in words
    assert "Nu open tot 12 uur: computers" in words
    assert "Maandag tot vrijdag, 9 tot 12 uur en 13 tot 17 uur" in words
    assert "Dinsdag, 9.30 tot 11.30 uur Donderdag, 13.30 tot 15.30 uur" in words


@pytest.mark.parametrize(
    ("moment", "next_time"),
    [
        (at(2026, 11, 23, 10), "Maandag 7 december, 10 tot 12 uur"),
        (at(2026, 12, 7, 12), "Maandag 21 december, 16 tot 18 uur"),
    ],
)
def test_first_and_third_monday(client, site, moment, next_time):
    assert f"Volgende keer {next_time}" in read(client, "/digipunten/digipunt-niel/", moment)


def test_summer_hours_count_and_a_holiday_only_when_somebody_confirmed_it(client, site):
    address = "/digipunten/digibank-rupel-boom/"

    assert "Nu gesloten" in read(client, address, at(2027, 7, 20, 14))
    assert "Zomeruren: Dinsdag, 9 tot 12 uur" in read(client, address, at(2027, 7, 20, 14))
    assert "Nationale feestdag" not in read(client, address, at(2027, 7, 21, 10))
    tuesday = date(2027, 7, 27)
    ClosedDays.objects.create(
        location=site["BOO"], first_day=tuesday, last_day=tuesday, reason="Brugdag"
    )
    assert "Gesloten: Brugdag" in read(client, address, at(2027, 7, 27, 10))


def test_the_bus_shows_what_comes_and_why_a_stop_does_not_take_place(client, site):
    words = read(client, "/digibus/")

    assert "De volgende 4 haltes" in words
    assert words.index("1. Werchter") < words.index("2. Baal") < words.index("3. Wezemaal")
    assert "Gaat niet door Werken op het plein" in words
    assert "18 november" not in words
    assert "De volgende 3 haltes" in read(client, "/digibus/", at(2026, 12, 2, 11, 30))
    assert "De volgende 4 haltes" in read(client, "/digibus/", at(2026, 12, 2, 11, 29))


def test_workshops_stand_in_order_and_a_cancelled_one_keeps_its_reason(client, site):
    words = read(client, "/workshops/")

    assert "17 workshops" in words
    assert "Afgelast De lesgever is ziek. Nieuwe datum volgt." in words
    assert words.index("Wegwijs in Tax-on-web") < words.index("Phishing herkennen")
    assert "Donderdag 10 december , 13 tot 15 uur" in read(
        client, "/workshops/itsme-installeren-en-gebruiken/"
    )


def test_workshops_and_warehouses_are_nowhere_to_be_found(client, site):
    listed = names(client, "dienst=collection")

    assert set(listed) == {"BOO", "KRA", "INH"}
    assert not LocationPage.objects.filter(location__kind__in=("workshop", "warehouse")).exists()
    assert set(Location.objects.public().values_list("code", flat=True)).isdisjoint(
        {"ATH", "ATA", "MAG"}
    )


def test_loading_the_demo_again_adds_nothing(site):
    models = (Location, LocationPage, OpeningRule, Stop, Partner, WorkshopRun, ClosedDays)
    before = [model.objects.count() for model in models]

    locations.load(MONDAY)
    locations.load_pages(LocationPage.objects.first().get_site().root_page.specific, MONDAY)

    assert [model.objects.count() for model in models] == before


def test_on_another_day_the_dates_move_by_whole_weeks():
    places = locations.load(date(2027, 3, 4))

    stop = places["BUS"].stops.filter(place="Baal").get()
    assert stop.starts_at.astimezone(BRUSSELS) == at(2027, 3, 17, 9, 30)
    assert places["PEP"].opening_rules.get().anchor == date(2027, 3, 5)
    assert places["PEP"].closeddays.get().first_day == date(2027, 12, 25)


def test_machines_read_of_halle_what_people_read(client, site):
    """A1.8: data with a closed range without `opens`, longitude first, and a fourth Wednesday."""
    with time_machine.travel(MONDAY_MORNING, tick=False):
        data = json.loads(client.get("/digipunten/hal.json").content)
        shape = client.get("/digipunten/hal.geojson").json()
        answers = [client.get("/digipunten/hal.ics").content for _turn in range(2)]

    closed = [one for one in data["specialOpeningHoursSpecification"] if "opens" not in one]
    assert [(one["validFrom"], one["validThrough"]) for one in closed] == [
        ("2026-12-24", "2027-01-01")
    ]
    assert shape["geometry"]["coordinates"] == [4.2371, 50.7368]
    assert Calendar.from_ical(answers[0]).walk("VEVENT")
    assert b"FREQ=MONTHLY;BYDAY=4WE" in answers[0]
    uids = [re.findall(rb"UID:(.*)\r", answer) for answer in answers]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(uids[0]) > 0
