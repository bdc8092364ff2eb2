"""Places in the admin: everybody sees and changes only what is theirs."""

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
def house():
    """Two partnerships with a place, closed days, a workshop on a date and a partner each."""
    page = locations.workshop(locations.workshop_index(homes.home_page()))

    def side(name):
        together = locations.partnership(name)
        place = locations.location(name.upper(), name=f"Digipunt {name}", partnership=together)
        locations.rule(place, 0)
        partner = Partner.objects.create(name=f"Partner {name}")
        partner.partnerships.add(together)
        return {
            "samenwerkingen": together,
            "plaatsen": place,
            "gesloten-dagen": ClosedDays.objects.create(
                location=place, first_day=DAY, last_day=DAY, reason=f"Feest {name}"
            ),
            "workshops-op-datum": locations.run(page, place),
            "partners": partner,
        }

    return {"mine": side("Mine"), "theirs": side("Theirs")}


KINDS = ["plaatsen", "gesloten-dagen", "workshops-op-datum", "partners", "samenwerkingen"]


@pytest.fixture
def coordinator(client, house):
    user = locations.staff(Role.COORDINATOR, house["mine"]["samenwerkingen"])
    client.force_login(user)
    return user


def words_in(response):
    """All that a response says, whether it is a page or a spreadsheet."""
    content = b"".join(response) if response.streaming else response.content
    if "spreadsheet" not in response["Content-Type"]:
        return content.decode()
    sheet = load_workbook(BytesIO(content)).active
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["", "?export=csv", "?export=xlsx"])
def test_a_listing_and_its_export_hold_only_ones_own(client, house, coordinator, kind, query):
    said = words_in(client.get(f"/beheer/{kind}/{query}"))

    assert "Mine" in said
    assert "Theirs" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_of_others_is_not_found_by_searching(client, house, coordinator, kind):
    found = client.get(f"/beheer/{kind}/", {"q": "Theirs"}).context["object_list"]

    assert list(found) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("door", ["edit", "inspect", "history", "usage", "delete"])
def test_what_is_of_others_is_not_there_by_a_guessed_address(
    client, house, coordinator, kind, door
):
    row = house["theirs"][kind]
    for method in (client.get, client.post):
        response = method(f"/beheer/{kind}/{door}/{row.pk}/", {"name": "Taken"})

        assert response.status_code in (302, 404)
    assert str(type(row).objects.get(pk=row.pk)) == str(row)


def test_a_form_offers_only_ones_own_places(client, house, coordinator):
    mine, theirs = house["mine"]["plaatsen"], house["theirs"]["plaatsen"]
    days = {"first_day": "2026-12-24", "last_day": "2026-12-26", "reason": "Kerst"}

    refused = client.post("/beheer/gesloten-dagen/new/", {"location": theirs.pk, **days})
    assert refused.status_code == 200
    assert not ClosedDays.objects.filter(reason="Kerst").exists()

    client.post("/beheer/gesloten-dagen/new/", {"location": mine.pk, **days})
    assert ClosedDays.objects.get(reason="Kerst").location == mine


def test_who_works_for_one_place_does_not_close_the_whole_partnership(client, house):
    place = house["mine"]["plaatsen"]
    client.force_login(locations.staff(Role.COORDINATOR, place))
    together = ClosedDays.objects.create(
        partnership=place.partnership, first_day=DAY, last_day=DAY, reason="Teamdag"
    )

    assert "Teamdag" not in client.get("/beheer/gesloten-dagen/").content.decode()
    assert client.get(f"/beheer/gesloten-dagen/edit/{together.pk}/").status_code == 404
    client.post(
        "/beheer/gesloten-dagen/new/",
        {"partnership": place.partnership_id, "first_day": DAY, "last_day": DAY, "reason": "Alles"},
    )
    assert not ClosedDays.objects.filter(reason="Alles").exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_the_administrator_says_who_works_where(client, house, role):
    user = locations.staff(role, house["mine"]["samenwerkingen"])
    client.force_login(user)
    before = Assignment.objects.count()

    theirs = house["theirs"]["plaatsen"]
    client.post("/beheer/wie-werkt-waar/new/", {"user": user.pk, "location": theirs.pk})

    assert Assignment.objects.count() == before


def test_the_administrator_sees_and_assigns_everything(client, house):
    user = locations.staff(Role.ADMINISTRATOR)
    client.force_login(user)

    assert "Theirs" in client.get("/beheer/plaatsen/").content.decode()
    client.post(
        "/beheer/wie-werkt-waar/new/", {"user": user.pk, "location": house["theirs"]["plaatsen"].pk}
    )
    assert Assignment.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("role", [Role.DESK, Role.REFURBISHER, Role.LOGISTICS, Role.REFERRER])
def test_who_may_not_change_hours_changes_none(client, house, role):
    place = house["mine"]["plaatsen"]
    client.force_login(locations.staff(role, place))

    client.post(f"/beheer/plaatsen/edit/{place.pk}/", {"name": "Taken", "code": "TAKEN"})
    days = {"location": place.pk, "first_day": DAY, "last_day": DAY}
    client.post("/beheer/gesloten-dagen/new/", days)

    assert Location.objects.get(pk=place.pk).name == "Digipunt Mine"
    assert ClosedDays.objects.filter(location=place).count() == 1


def test_a_place_is_never_thrown_away(client, house):
    place = house["mine"]["plaatsen"]
    client.force_login(locations.staff(Role.ADMINISTRATOR))

    client.post(f"/beheer/plaatsen/delete/{place.pk}/")
    client.post(f"/beheer/samenwerkingen/delete/{place.partnership_id}/")

    assert Location.objects.filter(pk=place.pk).exists()
    assert Partnership.objects.filter(pk=place.partnership_id).exists()
    assert OpeningRule.objects.filter(location=place).exists()


def test_an_export_can_not_be_a_formula(client, house, coordinator):
    Location.objects.filter(pk=house["mine"]["plaatsen"].pk).update(name="=1+1")

    exported = b"".join(client.get("/beheer/plaatsen/?export=csv")).decode()

    assert "'=1+1" in exported


@pytest.mark.parametrize("kind", KINDS)
def test_a_listing_costs_the_same_with_twenty_more(
    client, house, coordinator, kind, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            client.get(f"/beheer/{kind}/")
        return len(counted)

    cost()
    before = cost()
    run = house["mine"]["workshops-op-datum"]
    for number in range(20):
        together = locations.partnership(f"Extra {number}")
        Assignment.objects.create(user=coordinator, partnership=together)
        place = locations.location(partnership=together)
        ClosedDays.objects.create(location=place, first_day=DAY, last_day=DAY)
        WorkshopRun.objects.create(
            page=run.page, location=place, starts_at=run.starts_at, ends_at=run.ends_at
        )
        Partner.objects.create(name=f"Extra {number}").partnerships.add(together)

    assert cost() == before


def test_hours_are_saved_for_a_service_that_joins_the_list(client, house, coordinator):
    place = house["mine"]["plaatsen"]
    lending = locations.service("lending")
    data = location_form_data(place, [{"service": lending.pk, "weekday": 1}])
    assert client.post(f"/beheer/plaatsen/edit/{place.pk}/", data).status_code == 302

    rule = OpeningRule.objects.get(location=place, service=lending)
    assert (rule.weekday, rule.opens) == (1, time(9))
    assert place.location_services.filter(service=lending).exists()
