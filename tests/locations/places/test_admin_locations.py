"""Tests of the admin of locations: row-level permission, exports and query counts."""

from datetime import date, time
from io import BytesIO

import pytest
from openpyxl import load_workbook

from home.core.roles import Role
from locations.opening_hours.models import ClosedDays, OpeningRule
from locations.places.models import Assignment, Location, Partner, Partnership
from locations.workshops.models import WorkshopRun
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.location_forms import location_form_data

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 10)


@pytest.fixture
def rows():
    """Create two partnerships, each with a location, closed days, a run and a partner."""
    page = locations.workshop(locations.workshop_index(homes.home_page()))

    def side(name):
        partnership = locations.partnership(name)
        location = locations.location(
            name.upper(), name=f"Digipunt {name}", partnership=partnership
        )
        locations.rule(location, 0)
        partner = Partner.objects.create(name=f"Partner {name}")
        partner.partnerships.add(partnership)
        return {
            "samenwerkingen": partnership,
            "plaatsen": location,
            "gesloten-dagen": ClosedDays.objects.create(
                location=location, first_day=DAY, last_day=DAY, reason=f"Feest {name}"
            ),
            "workshops-op-datum": locations.run(page, location),
            "partners": partner,
        }

    return {"mine": side("Mine"), "theirs": side("Theirs")}


KINDS = ["plaatsen", "gesloten-dagen", "workshops-op-datum", "partners", "samenwerkingen"]


@pytest.fixture
def coordinator(client, rows):
    user = locations.staff(Role.COORDINATOR, rows["mine"]["samenwerkingen"])
    client.force_login(user)
    return user


def read_text(response):
    """Return the text of a page or a spreadsheet."""
    content = b"".join(response) if response.streaming else response.content
    if "spreadsheet" not in response["Content-Type"]:
        return content.decode()
    sheet = load_workbook(BytesIO(content)).active
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["", "?export=csv", "?export=xlsx"])
def test_listing_and_export_contain_only_own_rows(client, rows, coordinator, kind, query):
    text = read_text(client.get(f"/beheer/{kind}/{query}"))

    assert "Mine" in text
    assert "Theirs" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_search_finds_no_rows_of_others(client, rows, coordinator, kind):
    response = client.get(f"/beheer/{kind}/", {"q": "Theirs"})

    assert list(response.context["object_list"]) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("view", ["edit", "inspect", "history", "usage", "delete"])
def test_rows_of_others_are_not_found_by_guessed_url(client, rows, coordinator, kind, view):
    row = rows["theirs"][kind]
    for method in (client.get, client.post):
        response = method(f"/beheer/{kind}/{view}/{row.pk}/", {"name": "Taken"})

        assert response.status_code in (302, 404)
    assert str(type(row).objects.get(pk=row.pk)) == str(row)


def test_form_accepts_only_own_locations(client, rows, coordinator):
    mine, theirs = rows["mine"]["plaatsen"], rows["theirs"]["plaatsen"]
    data = {"first_day": "2026-12-24", "last_day": "2026-12-26", "reason": "Kerst"}

    response = client.post("/beheer/gesloten-dagen/new/", {"location": theirs.pk, **data})
    assert response.status_code == 200
    assert not ClosedDays.objects.filter(reason="Kerst").exists()

    client.post("/beheer/gesloten-dagen/new/", {"location": mine.pk, **data})
    assert ClosedDays.objects.get(reason="Kerst").location == mine


def test_partnership_is_not_closed_by_staff_of_one_location(client, rows):
    location = rows["mine"]["plaatsen"]
    client.force_login(locations.staff(Role.COORDINATOR, location))
    closed_days = ClosedDays.objects.create(
        partnership=location.partnership, first_day=DAY, last_day=DAY, reason="Teamdag"
    )

    assert "Teamdag" not in client.get("/beheer/gesloten-dagen/").content.decode()
    assert client.get(f"/beheer/gesloten-dagen/edit/{closed_days.pk}/").status_code == 404
    client.post(
        "/beheer/gesloten-dagen/new/",
        {
            "partnership": location.partnership_id,
            "first_day": DAY,
            "last_day": DAY,
            "reason": "Alles",
        },
    )
    assert not ClosedDays.objects.filter(reason="Alles").exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_assignments_are_refused_for_other_roles_than_administrator(client, rows, role):
    user = locations.staff(role, rows["mine"]["samenwerkingen"])
    client.force_login(user)
    before = Assignment.objects.count()

    theirs = rows["theirs"]["plaatsen"]
    client.post("/beheer/wie-werkt-waar/new/", {"user": user.pk, "location": theirs.pk})

    assert Assignment.objects.count() == before


def test_administrator_sees_everything_and_makes_assignments(client, rows):
    user = locations.staff(Role.ADMINISTRATOR)
    client.force_login(user)

    assert "Theirs" in client.get("/beheer/plaatsen/").content.decode()
    client.post(
        "/beheer/wie-werkt-waar/new/", {"user": user.pk, "location": rows["theirs"]["plaatsen"].pk}
    )
    assert Assignment.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("role", [Role.DESK, Role.REFURBISHER, Role.LOGISTICS, Role.REFERRER])
def test_hours_are_not_changed_without_permission(client, rows, role):
    location = rows["mine"]["plaatsen"]
    client.force_login(locations.staff(role, location))

    client.post(f"/beheer/plaatsen/edit/{location.pk}/", {"name": "Taken", "code": "TAKEN"})
    data = {"location": location.pk, "first_day": DAY, "last_day": DAY}
    client.post("/beheer/gesloten-dagen/new/", data)

    assert Location.objects.get(pk=location.pk).name == "Digipunt Mine"
    assert ClosedDays.objects.filter(location=location).count() == 1


def test_locations_and_partnerships_are_never_deleted(client, rows):
    location = rows["mine"]["plaatsen"]
    client.force_login(locations.staff(Role.ADMINISTRATOR))

    client.post(f"/beheer/plaatsen/delete/{location.pk}/")
    client.post(f"/beheer/samenwerkingen/delete/{location.partnership_id}/")

    assert Location.objects.filter(pk=location.pk).exists()
    assert Partnership.objects.filter(pk=location.partnership_id).exists()
    assert OpeningRule.objects.filter(location=location).exists()


def test_export_escapes_formulas(client, rows, coordinator):
    Location.objects.filter(pk=rows["mine"]["plaatsen"].pk).update(name="=1+1")

    exported = b"".join(client.get("/beheer/plaatsen/?export=csv")).decode()

    assert "'=1+1" in exported


@pytest.mark.parametrize("kind", KINDS)
def test_listing_queries_do_not_grow_with_rows(
    client, rows, coordinator, kind, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(40) as queries:
            client.get(f"/beheer/{kind}/")
        return len(queries)

    cost()
    before = cost()
    run = rows["mine"]["workshops-op-datum"]
    for number in range(20):
        partnership = locations.partnership(f"Extra {number}")
        Assignment.objects.create(user=coordinator, partnership=partnership)
        location = locations.location(partnership=partnership)
        ClosedDays.objects.create(location=location, first_day=DAY, last_day=DAY)
        WorkshopRun.objects.create(
            page=run.page, location=location, starts_at=run.starts_at, ends_at=run.ends_at
        )
        Partner.objects.create(name=f"Extra {number}").partnerships.add(partnership)

    assert cost() == before


def test_service_is_added_when_it_gets_hours(client, rows, coordinator):
    location = rows["mine"]["plaatsen"]
    lending = locations.service("lending")
    data = location_form_data(location, [{"service": lending.pk, "weekday": 1}])
    assert client.post(f"/beheer/plaatsen/edit/{location.pk}/", data).status_code == 302

    rule = OpeningRule.objects.get(location=location, service=lending)
    assert (rule.weekday, rule.opens) == (1, time(9))
    assert location.location_services.filter(service=lending).exists()
