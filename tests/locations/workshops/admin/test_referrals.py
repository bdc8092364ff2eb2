"""Who may not see lists of people registers somebody, and sees what became of one's own."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from home.core.roles import Role
from locations.places.models import Partner
from locations.workshops.models import Registration, WorkshopRun
from tests.factories import locations
from tests.factories.registrations import NOW, register

pytestmark = pytest.mark.django_db

REFER = "/beheer/doorverwijzen/"


@pytest.fixture
def referrer(client, place):
    user = locations.staff(Role.REFERRER, place)
    client.force_login(user)
    return user


def a_client(run, **fields):
    who = {"run": run.pk, "name": "Amina Yilmaz", "phone": "0470 12 34 56", "consent": "on"}
    return who | fields


def test_a_referrer_registers_a_client_who_agrees(client, referrer, run):
    partner = Partner.objects.create(name="OCMW")
    partner.partnerships.add(run.location.partnership)

    assert client.post(REFER, a_client(run, partner=partner.pk)).status_code == 302

    made = Registration.objects.get()
    assert (made.source, made.partner, made.registered_by) == ("referrer", partner, referrer)
    assert made.consent_at is not None


def test_without_the_clients_yes_nothing_is_passed_on(client, referrer, run):
    response = client.post(REFER, a_client(run, consent=""))

    assert list(response.context["form"].errors) == ["consent"]
    assert "Amina" in response.content.decode()
    assert not Registration.objects.exists()


def test_a_referrer_sees_ones_own_alone(client, place, referrer, run):
    client.post(REFER, a_client(run))
    register(run, 7)
    own = client.get(REFER).content.decode()
    client.force_login(locations.staff(Role.REFERRER, place))
    others = client.get(REFER).content.decode()

    assert "Amina Yilmaz" in own
    assert "Mens Nummer 7" not in own
    assert "Amina Yilmaz" not in others


def test_a_client_goes_only_to_ones_own_places(client, referrer, page):
    elsewhere = locations.run(page, locations.location("HAL"))

    response = client.post(REFER, a_client(elsewhere))

    assert list(response.context["form"].errors) == ["run"]
    assert [str(one) for one in get_messages(response.wsgi_request)] == []


# A volunteer, with somebody on the phone


@pytest.fixture
def helper(client, place):
    user = locations.staff(Role.HELPER, place)
    client.force_login(user)
    return user


def jozef(run, **fields):
    return {"run": run.pk, "name": "Jozef Peeters", "phone": "0470 99 88 77"} | fields


def test_a_volunteer_registers_somebody_on_the_phone_and_says_the_turn(client, helper, run):
    """Scenario A2: without e-mail, on the waiting list, as the second."""
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=1)
    register(run, 1), register(run, 2)
    response = client.post(REFER, jozef(run), follow=True)
    made = Registration.objects.latest("pk")
    assert (made.source, made.registered_by, made.email) == ("staff", helper, "")
    (said,) = map(str, response.context["messages"])
    assert said.strip() == "Jozef Peeters: wachtlijst, plaats 2."


def test_the_same_person_twice_is_refused_in_a_sentence_and_what_was_typed_stays(
    client, helper, run
):
    client.post(REFER, jozef(run))
    response = client.post(REFER, jozef(run, name="jozef  peeters", phone="0470/99 88 77"))
    (said,) = response.context["form"].non_field_errors()
    assert said.endswith("Eén keer is genoeg.")
    assert "0470/99 88 77" in response.content.decode()
    assert Registration.objects.count() == 1


def test_a_volunteer_is_asked_for_no_organisation_and_sees_ones_own_alone(client, helper, run):
    register(run, 7)
    client.post(REFER, jozef(run))
    page = client.get(f"{REFER}?workshop={run.pk}")
    assert set(page.context["form"].fields) == {
        *("run", "name", "phone", "email", "remark", "request_key")
    }
    assert page.context["form"]["run"].value() == str(run.pk)
    assert "Jozef Peeters" in page.content.decode()
    assert "Mens Nummer 7" not in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, True),
        ({"registration_opens_at": NOW + timedelta(days=1)}, True),
        ({"status": "cancelled", "cancelled_reason": "Ziek"}, False),
        ({"entry": "drop_in"}, False),
    ],
    ids=["open", "not open for visitors yet", "off", "drop in"],
)
def test_the_way_there_stands_with_a_workshop_that_one_can_register_for(
    client, helper, run, fields, shown
):
    WorkshopRun.objects.filter(pk=run.pk).update(**fields)
    page = client.get(f"/beheer/workshops-op-datum/inspect/{run.pk}/").content.decode()
    assert (f"{REFER}?workshop={run.pk}" in page) is shown
    offered = dict(client.get(REFER).context["form"].fields["run"].choices)
    assert (str(run.pk) in offered) is shown


@pytest.mark.parametrize("role", [Role.DESK, Role.EDITOR, Role.REFURBISHER])
def test_who_sees_the_list_registers_there(client, place, run, role):
    client.force_login(locations.staff(role, place))
    page = client.get(f"/beheer/workshops-op-datum/inspect/{run.pk}/", follow=True)
    assert REFER not in page.content.decode()
