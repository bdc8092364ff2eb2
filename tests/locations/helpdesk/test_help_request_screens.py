"""Tests of the admin screens of help requests."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from home.core.roles import Role
from home.messages.models import Message
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import transitions
from locations.helpdesk.operations.help_requests import erase_help_requests
from tests.factories import helpdesk, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db


def page(response):
    return response.content.decode()


def listed_numbers(client, query=""):
    response = client.get(reverse("help_requests:index") + query)
    return [row.number for row in response.context["object_list"]]


def test_list_shows_open_requests_first_and_marks_late_ones(staff, tom, location):
    long_ago = MONDAY_MORNING - timedelta(days=14)
    done = helpdesk.closed_help_request(helpdesk.help_request(location, now=long_ago), tom)
    new, late = helpdesk.help_request(location), helpdesk.help_request(location, now=long_ago)
    assert listed_numbers(staff) == [late.number, new.number, done.number]
    assert page(staff.get(reverse("help_requests:index"))).count(">late<") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"new", "late", "mine", "done"}),
        ("?quick=open", {"new", "late", "mine"}),
        ("?quick=late", {"late"}),
        ("?quick=mine", {"mine"}),
        ("?quick=nobody", {"new", "late"}),
        ("?kind=home_visit", {"mine"}),
        ("?state=done", {"done"}),
        ("?state=new&state=done", {"new", "late", "done"}),
        ("?q=zeldzaam", {"mine"}),
    ],
)
def test_list_filters(query, expected, staff, tom, location):
    rows = {
        "new": helpdesk.help_request(location),
        "late": helpdesk.help_request(location, now=MONDAY_MORNING - timedelta(days=14)),
        "mine": helpdesk.help_request(
            location, kind="home_visit", address="Kerkstraat 1", question="Iets zeldzaams"
        ),
        "done": helpdesk.closed_help_request(helpdesk.help_request(location), tom),
    }
    transitions.take_help_request(rows["mine"], user=tom)
    assert set(listed_numbers(staff, query)) == {rows[name].number for name in expected}


def test_requests_of_another_location_are_not_found(staff, location):
    foreign = helpdesk.help_request(helpdesk.digipunt("HAL"))
    assert listed_numbers(staff) == []
    for name in ("inspect", "appointment"):
        response = staff.get(reverse(f"help_requests:{name}", args=[foreign.pk]))
        assert response.status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REFERRER, Role.REFURBISHER, Role.LOGISTICS])
def test_other_roles_cannot_open_helpdesk_screens(role, client, location):
    client.force_login(locations.staff(role, location))
    help_request = helpdesk.help_request(location)
    for url in (
        reverse("help_requests:index"),
        reverse("help_requests:add"),
        reverse("help_requests:inspect", args=[help_request.pk]),
        reverse("record_visit:index"),
        reverse("visits:index"),
    ):
        assert client.get(url).status_code == 302, url
    assert help_request.number not in page(client.get(reverse("wagtailadmin_home")))


def test_staff_create_and_take_a_request(staff, tom, location):
    typed = {
        "location": location.pk,
        "kind": "question",
        "question": "Ik vind mijn foto's niet",
        "name": "Rita",
        "phone": "0470/12.34.56",
        "take": "on",
    }
    response = staff.post(reverse("help_requests:add"), typed)
    help_request = HelpRequest.objects.get()
    assert response.url == reverse("help_requests:inspect", args=[help_request.pk])
    assert (help_request.source, help_request.created_by, help_request.assignee) == (
        "staff",
        tom,
        tom,
    )
    assert help_request.phone == "0470 12 34 56"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"phone": ""}, "Fill in a telephone number or an e-mail address."),
        ({"phone": "12"}, "This is not a telephone number"),
        ({"kind": "home_visit"}, "somebody goes there"),
        ({"question": "Ik ben 85.07.30-033.28"}, "national register number"),
        ({"postcode": "0000"}, "We do not recognise this postcode"),
    ],
)
def test_invalid_staff_form_shows_errors(changes, error, staff, location):
    typed = {"location": location.pk, "kind": "question", "question": "?", "name": "Rita"}
    response = staff.post(
        reverse("help_requests:add"), typed | {"phone": "0470 12 34 56"} | changes
    )
    assert error in page(response)
    assert "033.28" not in page(response)
    assert not HelpRequest.objects.exists()


def test_page_has_a_button_for_each_available_transition(staff, tom, location):
    help_request = helpdesk.help_request(location)

    def buttons():
        text = page(staff.get(reverse("help_requests:inspect", args=[help_request.pk])))
        return [part.split('"')[0] for part in text.split('name="do" value="')[1:]]

    open_moves = ["assign", "note", "appoint", "refer", "hand_over", "close", "withdraw"]
    assert buttons() == ["take", *open_moves]
    transitions.take_help_request(help_request, user=tom)
    assert buttons() == open_moves
    helpdesk.closed_help_request(help_request, tom)
    assert buttons() == ["note", "reopen"]
    erase_help_requests(HelpRequest.objects.all())
    assert buttons() == []


def move(client, help_request, **data):
    return client.post(
        reverse("help_requests:transition", args=[help_request.pk]), data, follow=True
    )


def test_refused_appointment_shows_error_and_keeps_input(staff, location):
    help_request = helpdesk.help_request(location)
    typed = {"appoint-day": "2026-12-01", "appoint-time": "20:00", "appoint-minutes": "60"}
    response = move(staff, help_request, do="appoint", **typed)
    text = page(response)
    assert "Choose an hour within it" in text
    assert 'value="2026-12-01"' in text
    assert 'name="moves" open' in text
    help_request.refresh_from_db()
    assert help_request.state == "new"


def test_appointment_is_made_and_downloaded_as_ical(staff, location):
    help_request = helpdesk.help_request(location, email="l@example.org")
    typed = {"appoint-day": "2026-12-01", "appoint-time": "10:00", "appoint-minutes": "60"}
    move(staff, help_request, do="appoint", **typed, **{"appoint-tell": "on"})
    help_request.refresh_from_db()
    assert help_request.state == "appointment"
    assert Message.objects.filter(kind="help_request_appointment").count() == 1
    file = page(staff.get(reverse("help_requests:appointment", args=[help_request.pk])))
    assert "DTSTART;TZID=Europe/Brussels:20261201T100000" in file
    assert "Lotte" not in file
    assert helpdesk.QUESTION not in file


@pytest.mark.parametrize("transition", ["reopen", "fly", ""])
def test_unavailable_transition_shows_an_error(transition, staff, location):
    help_request = helpdesk.help_request(location)
    assert "That step is no longer possible" in page(move(staff, help_request, do=transition))
    help_request.refresh_from_db()
    assert help_request.state == "new"


def test_page_lists_messages_to_the_person(staff, location):
    help_request = helpdesk.help_request(location, email="l@example.org")
    text = page(staff.get(reverse("help_requests:inspect", args=[help_request.pk])))
    assert Message.objects.get().subject in text


def test_hand_over_redirects_to_the_list(staff, location):
    other, help_request = helpdesk.digipunt("HAL"), helpdesk.help_request(location)
    response = move(staff, help_request, do="hand_over", **{"hand_over-location": other.pk})
    assert response.redirect_chain[-1][0] == reverse("help_requests:index")


def test_viewer_without_change_permission_cannot_apply_transitions(client, location):
    from django.contrib.auth.models import Permission

    user = locations.staff(Role.EDITOR, location)
    user.user_permissions.add(Permission.objects.get(codename="view_helprequest"))
    client.force_login(user)
    help_request = helpdesk.help_request(location)
    assert 'name="do"' not in page(
        client.get(reverse("help_requests:inspect", args=[help_request.pk]))
    )
    move(client, help_request, do="withdraw")
    help_request.refresh_from_db()
    assert help_request.state == "new"


def test_dashboard_panel_lists_late_requests_first(staff, location):
    long_ago = MONDAY_MORNING - timedelta(days=14)
    numbers = [
        helpdesk.help_request(location, now=long_ago).number,
        helpdesk.help_request(location).number,
    ]
    text = page(staff.get(reverse("wagtailadmin_home")))
    assert text.index(numbers[0]) < text.index(numbers[1])
    assert reverse("record_visit:index") in text


@pytest.mark.parametrize(
    ("name", "max_queries"),
    [("help_requests:index", 26), ("visits:index", 20), ("wagtailadmin_home", 45)],
)
def test_query_count_of_screens_is_constant(
    name,
    max_queries,
    staff,
    tom,
    location,
    django_assert_max_num_queries,
    django_assert_num_queries,
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(count):
        for number in range(count):
            help_request = helpdesk.help_request(location, name=f"Iemand {number}")
            transitions.take_help_request(help_request, user=tom)
            helpdesk.visit(location, topics=[helpdesk.topic(f"T{number}")])

    fill(7)
    staff.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        staff.get(reverse(name))
    fill(20)
    with django_assert_max_num_queries(len(few)):
        staff.get(reverse(name))
    assert len(few) <= max_queries


def test_detail_page_has_few_queries(staff, location, django_assert_max_num_queries):
    help_request = helpdesk.help_request(location)
    url = reverse("help_requests:inspect", args=[help_request.pk])
    staff.get(url)
    with django_assert_max_num_queries(32):
        staff.get(url)


def test_staff_form_submitted_again_after_a_colleague_took_the_request(staff, location):
    typed = {"location": location.pk, "kind": "question", "question": "?", "name": "Rita"}
    typed |= {"phone": "0470 12 34 56", "request_key": str(uuid.uuid4())}
    staff.post(reverse("help_requests:add"), typed)
    colleague = locations.staff(Role.HELPER, location)
    help_request = HelpRequest.objects.get()
    transitions.take_help_request(help_request, user=colleague)
    response = staff.post(reverse("help_requests:add"), typed | {"take": "on"})
    assert response.url == reverse("help_requests:inspect", args=[help_request.pk])
    assert HelpRequest.objects.get().assignee == colleague
