"""The screens of staff for questions: what they show, to whom, and how little they ask."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from home.core.roles import Role
from home.messages.models import Message
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import help_requests
from tests.factories import asking, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db


def page(response):
    return response.content.decode()


def listed(client, query=""):
    response = client.get(reverse("help_requests:index") + query)
    return [row.number for row in response.context["object_list"]]


def test_the_list_has_what_is_open_first_and_late_is_marked(staff, tom, place):
    long_ago = MONDAY_MORNING - timedelta(days=14)
    done = asking.closed(asking.asked(place, now=long_ago), tom)
    new, late = asking.asked(place), asking.asked(place, now=long_ago)
    assert listed(staff) == [late.number, new.number, done.number]
    assert page(staff.get(reverse("help_requests:index"))).count(">late<") == 1


@pytest.mark.parametrize(
    ("query", "found"),
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
def test_the_list_can_be_narrowed(query, found, staff, tom, place):
    rows = {
        "new": asking.asked(place),
        "late": asking.asked(place, now=MONDAY_MORNING - timedelta(days=14)),
        "mine": asking.asked(
            place, kind="home_visit", address="Kerkstraat 1", question="Iets zeldzaams"
        ),
        "done": asking.closed(asking.asked(place), tom),
    }
    help_requests.take(rows["mine"], user=tom)
    assert set(listed(staff, query)) == {rows[name].number for name in found}


def test_of_another_place_nothing_is_found(staff, place):
    elsewhere = asking.asked(asking.digipunt("HAL"))
    assert listed(staff) == []
    for name in ("inspect", "appointment"):
        response = staff.get(reverse(f"help_requests:{name}", args=[elsewhere.pk]))
        assert response.status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REFERRER, Role.REFURBISHER, Role.LOGISTICS])
def test_who_answers_no_questions_sees_none(role, client, place):
    client.force_login(locations.staff(role, place))
    asked = asking.asked(place)
    for address in (
        reverse("help_requests:index"),
        reverse("help_requests:add"),
        reverse("help_requests:inspect", args=[asked.pk]),
        reverse("note_visit:index"),
        reverse("visits:index"),
    ):
        assert client.get(address).status_code == 302, address
    assert asked.number not in page(client.get(reverse("wagtailadmin_home")))


def test_staff_write_down_what_somebody_says_on_the_phone(staff, tom, place):
    typed = {
        "location": place.pk,
        "kind": "question",
        "question": "Ik vind mijn foto's niet",
        "name": "Rita",
        "phone": "0470/12.34.56",
        "take": "on",
    }
    response = staff.post(reverse("help_requests:add"), typed)
    asked = HelpRequest.objects.get()
    assert response.url == reverse("help_requests:inspect", args=[asked.pk])
    assert (asked.source, asked.created_by, asked.assignee) == ("staff", tom, tom)
    assert asked.phone == "0470 12 34 56"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phone": ""}, "Fill in a telephone number or an e-mail address."),
        ({"phone": "12"}, "This is not a telephone number"),
        ({"kind": "home_visit"}, "somebody goes there"),
        ({"question": "Ik ben 85.07.30-033.28"}, "national register number"),
        ({"postcode": "0000"}, "We do not recognise this postcode"),
    ],
)
def test_what_staff_can_not_write_down(changes, said, staff, place):
    typed = {"location": place.pk, "kind": "question", "question": "?", "name": "Rita"}
    response = staff.post(
        reverse("help_requests:add"), typed | {"phone": "0470 12 34 56"} | changes
    )
    assert said in page(response)
    assert "033.28" not in page(response)
    assert not HelpRequest.objects.exists()


def test_each_legal_move_has_a_button_and_no_other(staff, tom, place):
    asked = asking.asked(place)

    def buttons():
        text = page(staff.get(reverse("help_requests:inspect", args=[asked.pk])))
        return [part.split('"')[0] for part in text.split('name="do" value="')[1:]]

    open_moves = ["assign", "note", "appoint", "refer", "hand_over", "close", "withdraw"]
    assert buttons() == ["take", *open_moves]
    help_requests.take(asked, user=tom)
    assert buttons() == open_moves
    asking.closed(asked, tom)
    assert buttons() == ["note", "reopen"]
    help_requests.erase(HelpRequest.objects.all())
    assert buttons() == []


def move(client, asked, **data):
    return client.post(reverse("help_requests:move", args=[asked.pk]), data, follow=True)


def test_a_refused_appointment_comes_back_with_what_was_typed(staff, place):
    asked = asking.asked(place)
    typed = {"appoint-day": "2026-12-01", "appoint-time": "20:00", "appoint-minutes": "60"}
    response = move(staff, asked, do="appoint", **typed)
    text = page(response)
    assert "Choose an hour within it" in text
    assert 'value="2026-12-01"' in text
    assert 'name="moves" open' in text
    asked.refresh_from_db()
    assert asked.state == "new"


def test_an_appointment_is_made_and_stands_in_a_calendar(staff, place):
    asked = asking.asked(place, email="l@example.org")
    typed = {"appoint-day": "2026-12-01", "appoint-time": "10:00", "appoint-minutes": "60"}
    move(staff, asked, do="appoint", **typed, **{"appoint-tell": "on"})
    asked.refresh_from_db()
    assert asked.state == "appointment"
    assert Message.objects.filter(kind="help_request_appointment").count() == 1
    file = page(staff.get(reverse("help_requests:appointment", args=[asked.pk])))
    assert "DTSTART;TZID=Europe/Brussels:20261201T100000" in file
    assert "Lotte" not in file
    assert asking.QUESTION not in file


@pytest.mark.parametrize("deed", ["reopen", "fly", ""])
def test_a_step_that_is_not_there_is_refused_kindly(deed, staff, place):
    asked = asking.asked(place)
    assert "That step is no longer possible" in page(move(staff, asked, do=deed))
    asked.refresh_from_db()
    assert asked.state == "new"


def test_what_was_said_to_the_person_stands_with_the_question(staff, place):
    asked = asking.asked(place, email="l@example.org")
    text = page(staff.get(reverse("help_requests:inspect", args=[asked.pk])))
    assert Message.objects.get().subject in text


def test_who_gives_it_to_another_place_comes_back_to_the_list(staff, place):
    other, asked = asking.digipunt("HAL"), asking.asked(place)
    response = move(staff, asked, do="hand_over", **{"hand_over-location": other.pk})
    assert response.redirect_chain[-1][0] == reverse("help_requests:index")


def test_who_only_looks_does_not_move(client, place):
    from django.contrib.auth.models import Permission

    user = locations.staff(Role.EDITOR, place)
    user.user_permissions.add(Permission.objects.get(codename="view_helprequest"))
    client.force_login(user)
    asked = asking.asked(place)
    assert 'name="do"' not in page(client.get(reverse("help_requests:inspect", args=[asked.pk])))
    move(client, asked, do="withdraw")
    asked.refresh_from_db()
    assert asked.state == "new"


def test_the_dashboard_says_what_is_open_and_what_is_late(staff, place):
    long_ago = MONDAY_MORNING - timedelta(days=14)
    numbers = [asking.asked(place, now=long_ago).number, asking.asked(place).number]
    text = page(staff.get(reverse("wagtailadmin_home")))
    assert text.index(numbers[0]) < text.index(numbers[1])
    assert reverse("note_visit:index") in text


@pytest.mark.parametrize(
    ("name", "most"), [("help_requests:index", 26), ("visits:index", 20), ("wagtailadmin_home", 45)]
)
def test_the_screens_ask_as_much_for_many_as_for_few(
    name, most, staff, tom, place, django_assert_max_num_queries, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(count):
        for number in range(count):
            asked = asking.asked(place, name=f"Iemand {number}")
            help_requests.take(asked, user=tom)
            asking.visited(place, topics=[asking.topic(f"T{number}")])

    fill(7)
    staff.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        staff.get(reverse(name))
    fill(20)
    with django_assert_max_num_queries(len(few)):
        staff.get(reverse(name))
    assert len(few) <= most


def test_the_page_of_one_question_asks_little(staff, place, django_assert_max_num_queries):
    asked = asking.asked(place)
    address = reverse("help_requests:inspect", args=[asked.pk])
    staff.get(address)
    with django_assert_max_num_queries(32):
        staff.get(address)


def test_a_form_sent_twice_of_which_a_colleague_took_the_question_is_no_error(staff, place):
    typed = {"location": place.pk, "kind": "question", "question": "?", "name": "Rita"}
    typed |= {"phone": "0470 12 34 56", "request_key": str(uuid.uuid4())}
    staff.post(reverse("help_requests:add"), typed)
    colleague = locations.staff(Role.HELPER, place)
    asked = HelpRequest.objects.get()
    help_requests.take(asked, user=colleague)
    response = staff.post(reverse("help_requests:add"), typed | {"take": "on"})
    assert response.url == reverse("help_requests:inspect", args=[asked.pk])
    assert HelpRequest.objects.get().assignee == colleague
