"""The certificate of attendance: who was there gets one, and it says no more than was noted."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from home.core.roles import Role
from locations.workshops.documents import certificate
from locations.workshops.models import Session, WorkshopRun
from locations.workshops.operations import attendance
from tests.factories import locations
from tests.factories.registrations import NOW, register
from tests.factories.run_forms import message_texts

pytestmark = pytest.mark.django_db
SERIES = (0, 7, 14)


@pytest.fixture
def series(page, place):
    """Three lessons, of which the last is still to come."""
    first = NOW.replace(hour=13) - timedelta(days=10)
    run = WorkshopRun(page=page, location=place, teacher="Tom")
    run.sessions = [
        Session(
            starts_at=first + timedelta(days=days),
            ends_at=first + timedelta(days=days, minutes=90),
            subject=subject,
        )
        for days, subject in zip(SERIES, ("Mailen", "Zoeken", "Betalen"), strict=True)
    ]
    run.save()
    return run


@pytest.fixture
def person(series):
    return register(series, 1, now=NOW - timedelta(days=20), name="Jozef Peeters")


def note(series, person, *answers):
    for lesson, answer in zip(series.sessions.order_by("starts_at"), answers, strict=False):
        attendance.record_attendance(lesson, person, answer)


def public(client, person):
    return client.get(f"/workshops/plaats/{person.secret}/attest.pdf")


def test_it_says_where_somebody_was_and_where_not(series, person):
    note(series, person, True, False)

    data = certificate.certificate_data(person, NOW)

    assert data["name"] == "Jozef Peeters"
    assert [one["state"] for one in data["sessions"]] == ["now", "not"]
    assert data["topics"] == ["Mailen"]
    assert (data["coach"], data["place"]) == ("Tom", "Digipunt Aalst")


@pytest.mark.parametrize(
    ("minutes", "parts"), [(60, 1), (90, 2), (45, 1), (120, 1), (61, 2), (1440, 1)]
)
def test_hours_are_said_in_words(minutes, parts):
    words = certificate.format_duration(timedelta(minutes=minutes))

    assert len([one for one in words.split() if one.isdigit()]) == parts


@pytest.mark.parametrize("answers", [(), (False,), (False, False)])
def test_who_was_never_noted_as_there_has_none_and_reads_why(client, series, person, answers):
    note(series, person, *answers)

    response = public(client, person)

    assert response.status_code == 409
    assert "Jozef" not in response.content.decode()
    assert not certificate.has_certificate(person)


def test_who_was_there_gets_a_paper_that_can_be_read_aloud(client, series, person):
    note(series, person, True)

    response = public(client, person)

    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert certificate.has_certificate(person)
    paper = PdfReader(BytesIO(response.content))
    assert "Jozef Peeters" in paper.pages[0].extract_text()
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert paper.trailer["/Root"]["/Lang"].startswith("nl")
    assert response.content == public(client, person).content


@pytest.mark.parametrize("was_there", [True, False])
def test_the_page_behind_the_secret_link_leads_to_it(client, series, person, was_there):
    note(series, person, was_there)

    page = client.get(f"/workshops/plaats/{person.secret}/").content.decode()

    assert (f"/workshops/plaats/{person.secret}/attest.pdf" in page) is was_there


def test_a_secret_that_is_none_is_not_found(client):
    assert client.get("/workshops/plaats/geen-geheim/attest.pdf").status_code == 404


def test_whose_name_was_removed_has_none_any_more(client, series, person):
    note(series, person, True)
    person.name = ""
    person.save()

    assert public(client, person).status_code == 409


@pytest.mark.parametrize(
    ("role", "gets"), [(Role.DESK, True), (Role.HELPER, False), (Role.EDITOR, False)]
)
def test_staff_print_it_from_the_list(client, place, series, person, role, gets):
    note(series, person, True)
    client.force_login(locations.staff(role, place))

    response = client.get(
        f"/beheer/workshops-op-datum/participants/{series.pk}/{person.pk}/attest.pdf"
    )

    assert (response.get("Content-Type") == "application/pdf") is gets


def test_staff_read_why_there_is_none(client, place, series, person):
    client.force_login(locations.staff(Role.DESK, place))

    response = client.get(
        f"/beheer/workshops-op-datum/participants/{series.pk}/{person.pk}/attest.pdf"
    )

    assert response.status_code == 302
    assert len(message_texts(response)) == 1
