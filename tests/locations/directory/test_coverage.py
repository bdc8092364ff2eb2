"""The report of coverage: municipalities of one's own partnerships without a fixed digipunt."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from home.core.roles import Role
from locations.opening_hours.models import ClosedDays, Stop
from locations.places import operations
from locations.places.models import Municipality, Partnership
from tests.factories import home as homes
from tests.factories import locations

pytestmark = pytest.mark.django_db
ADDRESS = "/beheer/dekking/"
MOST = 22


def together(name, *municipalities):
    made = locations.partnership(name)
    made.municipalities.set(Municipality.objects.filter(name__in=municipalities))
    return made


@pytest.fixture
def rupel():
    operations.load_postcodes()
    made = together("Digibanken Rupel", "Boom", "Niel", "Schelle")
    digipunt(made, "2850", 51.0860, 4.3635, name="Digipunt Boom")
    digipunt(made, "2845", 51.1095, 4.3273, name="Digipunt Niel")
    return made


def digipunt(partnership, postcode, lat, lon, **fields):
    return locations.location(
        partnership=partnership, postcode=postcode, lat=lat, lon=lon, **fields
    )


@pytest.fixture
def coordinator(client, rupel):
    user = locations.staff(Role.COORDINATOR, rupel)
    client.force_login(user)
    return user


def lines(client, **query):
    """The lines of the report as it is exported, by heading; headings may be in any language."""
    response = client.get(ADDRESS, {"export": "csv"} | query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def of(client, municipality):
    return next(line for line in lines(client) if line[1] == municipality)


def stop(bus, days, **fields):
    start = timezone.now() + timedelta(days=days)
    when = {"starts_at": start, "ends_at": start + timedelta(minutes=5)}
    return Stop.objects.create(location=bus, **{"place": "Schelle"} | when | fields)


def test_the_one_without_a_digipunt_shows_the_gap_and_how_far_the_next_is(client, coordinator):
    partnership, name, codes, number, fixed, *_others, nearest, km = of(client, "Schelle")

    assert (partnership, name, codes, number, fixed) == (
        "Digibanken Rupel",
        "Schelle",
        "2627",
        "0",
        "",
    )
    assert nearest == "Digipunt Niel"
    assert 1 < float(km) < 4


def test_every_municipality_is_a_line_with_what_it_has(client, coordinator):
    assert [(line[1], line[3], line[4]) for line in lines(client)] == [
        ("Boom", "1", "Digipunt Boom"),
        ("Niel", "1", "Digipunt Niel"),
        ("Schelle", "0", ""),
    ]


@pytest.mark.parametrize(
    ("kind", "is_covered"),
    [
        ("fixed", True),
        ("mobile", False),
        ("bus", False),
        ("collection", False),
        ("workshop", False),
        ("warehouse", False),
    ],
)
def test_only_a_fixed_digipunt_closes_the_gap(client, coordinator, rupel, kind, is_covered):
    digipunt(rupel, "2627", 51.129, 4.3356, kind=kind)

    assert [line[1] for line in lines(client, fixed="without")] == (
        [] if is_covered else ["Schelle"]
    )
    assert (of(client, "Schelle")[3] == "1") is is_covered


@pytest.mark.parametrize("has_page", [True, False])
def test_the_digipunt_of_a_neighbour_counts_once_visitors_may_know_it(
    client, coordinator, has_page
):
    place = digipunt(together("Buren"), "2627", 51.129, 4.3356, name="Van de buren")
    if has_page:
        locations.location_page(locations.location_index(homes.home_page()), place)

    assert bool(lines(client, fixed="without")) is not has_page
    assert ("Van de buren" in of(client, "Schelle")) is has_page


@pytest.mark.parametrize(
    ("days", "fields", "counts"),
    [
        (1, {}, "1"),
        (89, {}, "1"),
        (91, {}, "0"),
        (-1, {}, "0"),
        (1, {"cancelled_reason": "Panne"}, "0"),
        (1, {"place": "Boom"}, "0"),
    ],
    ids=["tomorrow", "day 89", "day 91", "yesterday", "cancelled", "elsewhere"],
)
def test_stops_of_the_coming_ninety_days_count(client, coordinator, rupel, days, fields, counts):
    stop(locations.location(kind="bus", partnership=rupel, name="Digibus"), days, **fields)

    assert of(client, "Schelle")[6] == counts
    assert ("Digibus" in of(client, "Schelle")[7]) is (counts == "1")


def test_a_bus_that_stays_at_home_makes_no_stop(client, coordinator, rupel):
    made = stop(locations.location(kind="bus", partnership=rupel), 5)
    day = timezone.localdate(made.starts_at)
    ClosedDays.objects.create(partnership=rupel, first_day=day, last_day=day)

    assert of(client, "Schelle")[6] == "0"


def test_a_mobile_digipunt_is_named_where_it_is_and_closes_no_gap(client, coordinator, rupel):
    digipunt(rupel, "2627", 51.129, 4.3356, kind="mobile", name="Op wielen")

    assert of(client, "Schelle")[5] == "Op wielen"


def test_one_sees_ones_own_partnerships_and_no_other(client, coordinator):
    together("Kempenland", "Aalst")

    assert {line[0] for line in lines(client)} == {"Digibanken Rupel"}
    assert b"Kempenland" not in client.get(ADDRESS).content


def test_another_partnership_can_not_be_filtered_on(client, coordinator):
    other = together("Kempenland", "Aalst")

    assert b"Aalst" not in client.get(ADDRESS, {"partnership": other.pk}).content


def test_the_administrator_sees_all_and_filters(client, rupel):
    other = together("Kempenland", "Aalst")
    client.force_login(locations.staff(Role.ADMINISTRATOR))

    assert [line[1] for line in lines(client)] == ["Boom", "Niel", "Schelle", "Aalst"]
    assert [line[1] for line in lines(client, partnership=other.pk)] == ["Aalst"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_who_works_for_one_place_has_no_partnership_to_report_on(client, rupel, role):
    client.force_login(locations.staff(role, rupel.locations.first()))
    response = client.get(ADDRESS)

    assert response.status_code == 302 or b"Schelle" not in response.content


@pytest.mark.parametrize(
    ("role", "is_there"),
    [(role, role in (Role.COORDINATOR, Role.ADMINISTRATOR)) for role in Role],
)
def test_it_stands_in_the_menu_of_who_may_open_it(client, rupel, role, is_there):
    client.force_login(locations.staff(role, rupel))
    menu = client.get(reverse("wagtailadmin_home")).content.decode()

    assert (ADDRESS in menu) is is_there
    assert (client.get(ADDRESS).status_code == 200) is is_there


def test_the_spreadsheet_says_the_same_with_numbers_as_numbers(client, coordinator):
    response = client.get(ADDRESS, {"export": "xlsx", "fixed": "without"})
    content = io.BytesIO(b"".join(response.streaming_content))
    _heading, line = load_workbook(content).active.iter_rows(values_only=True)

    assert line[:4] == ("Digibanken Rupel", "Schelle", "2627", 0)
    assert isinstance(line[-1], float)


def test_a_name_that_would_be_a_formula_stays_a_name(client, coordinator, rupel):
    Partnership.objects.filter(pk=rupel.pk).update(name="=1+1")

    assert {line[0] for line in lines(client)} == {"'=1+1"}


def test_the_gap_stands_out_on_the_screen(client, coordinator):
    table = BeautifulSoup(client.get(ADDRESS).content, "html.parser").find("table", "listing")
    marked = [row for row in table.tbody.find_all("tr") if row.find(class_="state--bad")]

    assert [row.td.get_text(strip=True) for row in marked] == ["Schelle"]


def test_the_number_of_questions_does_not_grow(
    client, coordinator, rupel, django_assert_max_num_queries
):
    counts = []
    for query in ({}, {"fixed": "without"}, {"export": "csv"}):
        client.get(ADDRESS, query)
    for _ in range(2):
        bus = locations.location(kind="bus", partnership=rupel)
        for days in range(1, 6):
            stop(bus, days)
            digipunt(rupel, "2850", 51.08, 4.36)
        rupel.municipalities.add(
            *Municipality.objects.exclude(partnerships=rupel).order_by("pk")[:10]
        )
        for query in ({}, {"fixed": "without"}, {"export": "xlsx"}):
            with django_assert_max_num_queries(MOST) as counted:
                client.get(ADDRESS, query).getvalue()
            counts.append(len(counted))
    assert counts[:3] == counts[3:]
