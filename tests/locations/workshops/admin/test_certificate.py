"""Tests of the certificate of attendance."""

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
def series(page, location):
    """Return a run of three sessions, of which the last is still to come."""
    first = NOW.replace(hour=13) - timedelta(days=10)
    run = WorkshopRun(page=page, location=location, teacher="Tom")
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
    for session, answer in zip(series.sessions.order_by("starts_at"), answers, strict=False):
        attendance.record_attendance(session, person, answer)


def public(client, person):
    return client.get(f"/workshops/plaats/{person.secret}/attest.pdf")


def test_certificate_lists_attended_and_missed_sessions(series, person):
    note(series, person, True, False)

    data = certificate.certificate_data(person, NOW)

    assert data["name"] == "Jozef Peeters"
    assert [row["state"] for row in data["sessions"]] == ["now", "not"]
    assert data["topics"] == ["Mailen"]
    assert (data["coach"], data["place"]) == ("Tom", "Digipunt Aalst")


@pytest.mark.parametrize(
    ("minutes", "parts"), [(60, 1), (90, 2), (45, 1), (120, 1), (61, 2), (1440, 1)]
)
def test_duration_is_formatted_in_hours_and_minutes(minutes, parts):
    words = certificate.format_duration(timedelta(minutes=minutes))

    assert len([word for word in words.split() if word.isdigit()]) == parts


@pytest.mark.parametrize("answers", [(), (False,), (False, False)])
def test_certificate_is_refused_without_attendance(client, series, person, answers):
    note(series, person, *answers)

    response = public(client, person)

    assert response.status_code == 409
    assert "Jozef" not in response.content.decode()
    assert not certificate.has_certificate(person)


def test_certificate_is_a_tagged_pdf(client, series, person):
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
def test_registration_page_links_to_the_certificate(client, series, person, was_there):
    note(series, person, was_there)

    page = client.get(f"/workshops/plaats/{person.secret}/").content.decode()

    assert (f"/workshops/plaats/{person.secret}/attest.pdf" in page) is was_there


def test_unknown_secret_is_not_found(client):
    assert client.get("/workshops/plaats/geen-geheim/attest.pdf").status_code == 404


def test_certificate_is_refused_after_erasure(client, series, person):
    note(series, person, True)
    person.name = ""
    person.save()

    assert public(client, person).status_code == 409


@pytest.mark.parametrize(
    ("role", "gets"), [(Role.DESK, True), (Role.HELPER, False), (Role.EDITOR, False)]
)
def test_staff_can_print_the_certificate(client, location, series, person, role, gets):
    note(series, person, True)
    client.force_login(locations.staff(role, location))

    response = client.get(
        f"/beheer/workshops-op-datum/participants/{series.pk}/{person.pk}/attest.pdf"
    )

    assert (response.get("Content-Type") == "application/pdf") is gets


def test_staff_see_why_there_is_no_certificate(client, location, series, person):
    client.force_login(locations.staff(Role.DESK, location))

    response = client.get(
        f"/beheer/workshops-op-datum/participants/{series.pk}/{person.pk}/attest.pdf"
    )

    assert response.status_code == 302
    assert len(message_texts(response)) == 1
