"""Tests of registration by users who cannot see participants."""

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
def referrer(client, location):
    user = locations.staff(Role.REFERRER, location)
    client.force_login(user)
    return user


def a_client(run, **fields):
    who = {"run": run.pk, "name": "Amina Yilmaz", "phone": "0470 12 34 56", "consent": "on"}
    return who | fields


def test_referrer_registers_a_client_who_agrees(client, referrer, run):
    partner = Partner.objects.create(name="OCMW")
    partner.partnerships.add(run.location.partnership)

    assert client.post(REFER, a_client(run, partner=partner.pk)).status_code == 302

    made = Registration.objects.get()
    assert (made.source, made.partner, made.registered_by) == ("referrer", partner, referrer)
    assert made.consent_at is not None


def test_referral_is_refused_without_consent(client, referrer, run):
    response = client.post(REFER, a_client(run, consent=""))

    assert list(response.context["form"].errors) == ["consent"]
    assert "Amina" in response.content.decode()
    assert not Registration.objects.exists()


def test_referrer_sees_only_own_registrations(client, location, referrer, run):
    client.post(REFER, a_client(run))
    register(run, 7)
    own = client.get(REFER).content.decode()
    client.force_login(locations.staff(Role.REFERRER, location))
    others = client.get(REFER).content.decode()

    assert "Amina Yilmaz" in own
    assert "Mens Nummer 7" not in own
    assert "Amina Yilmaz" not in others


def test_referrer_sees_only_runs_in_scope(client, referrer, page):
    elsewhere = locations.run(page, locations.location("HAL"))

    response = client.post(REFER, a_client(elsewhere))

    assert list(response.context["form"].errors) == ["run"]
    assert [str(message) for message in get_messages(response.wsgi_request)] == []


# A volunteer, with somebody on the phone


@pytest.fixture
def helper(client, location):
    user = locations.staff(Role.HELPER, location)
    client.force_login(user)
    return user


def jozef(run, **fields):
    return {"run": run.pk, "name": "Jozef Peeters", "phone": "0470 99 88 77"} | fields


def test_volunteer_registers_someone_and_sees_the_place_in_line(client, helper, run):
    """Scenario A2: without e-mail, second on the waiting list."""
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=1)
    register(run, 1), register(run, 2)
    response = client.post(REFER, jozef(run), follow=True)
    made = Registration.objects.latest("pk")
    assert (made.source, made.registered_by, made.email) == ("staff", helper, "")
    (said,) = map(str, response.context["messages"])
    assert said.strip() == "Jozef Peeters: wachtlijst, plaats 2."


def test_same_person_is_refused_with_the_input_kept(client, helper, run):
    client.post(REFER, jozef(run))
    response = client.post(REFER, jozef(run, name="jozef  peeters", phone="0470/99 88 77"))
    (said,) = response.context["form"].non_field_errors()
    assert said.endswith("Eén keer is genoeg.")
    assert "0470/99 88 77" in response.content.decode()
    assert Registration.objects.count() == 1


def test_volunteer_form_has_no_organisation(client, helper, run):
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
def test_run_links_to_registration_when_open(client, helper, run, fields, shown):
    WorkshopRun.objects.filter(pk=run.pk).update(**fields)
    page = client.get(f"/beheer/workshops-op-datum/inspect/{run.pk}/").content.decode()
    assert (f"{REFER}?workshop={run.pk}" in page) is shown
    offered = dict(client.get(REFER).context["form"].fields["run"].choices)
    assert (str(run.pk) in offered) is shown


@pytest.mark.parametrize("role", [Role.DESK, Role.EDITOR, Role.REFURBISHER])
def test_users_with_participants_do_not_get_the_short_form(client, location, run, role):
    client.force_login(locations.staff(role, location))
    page = client.get(f"/beheer/workshops-op-datum/inspect/{run.pk}/", follow=True)
    assert REFER not in page.content.decode()
