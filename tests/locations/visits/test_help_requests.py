"""Questions are kept, promised a day, counted and guarded; the screens of staff for them."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from home.models import Message
from home.personal_data import NationalNumberRefused
from locations import working_days
from locations.models import ClosedDays, HelpRequest, HelpRequestEvent, Practice
from locations.operations import help_requests
from locations.scope import Role
from tests.factories import asking
from tests.factories import locations as places
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def place():
    return asking.digipunt()


@pytest.fixture
def tom(place):
    return places.staff(Role.HELPER, place)


@pytest.fixture
def staff(client, tom):
    client.force_login(tom)
    return client


def page(response):
    return response.content.decode()


def test_numbers_count_per_year(place):
    first, second = asking.asked(place), asking.asked(place)
    assert (first.number, second.number) == ("H-2026-0001", "H-2026-0002")
    new_year = MONDAY_MORNING.replace(year=2027, month=1, day=2)
    assert asking.asked(place, now=new_year).number == "H-2027-0001"


@pytest.mark.parametrize(
    ("asked_on", "days", "answered_by"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 23), 2, date(2026, 11, 25)),
        (date(2026, 11, 26), 2, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
    ids=[
        "next day",
        "two days",
        "over a weekend",
        "on a Saturday",
        "Christmas",
        "new year",
        "none",
    ],
)
def test_an_answer_is_promised_in_working_days(asked_on, days, answered_by):
    assert working_days.after(asked_on, days) == answered_by


def test_days_on_which_the_place_is_closed_are_no_working_days(place):
    ClosedDays.objects.create(
        location=place, first_day=date(2026, 11, 24), last_day=date(2026, 11, 25), reason="Vorming"
    )
    assert asking.asked(place).due_on == date(2026, 11, 27)


def test_a_place_that_is_closed_for_years_still_promises_a_day(place):
    ClosedDays.objects.create(
        location=place, first_day=date(2026, 11, 1), last_day=date(2028, 11, 1), reason="Verbouwing"
    )
    assert asking.asked(place).due_on == date(2026, 11, 25)


def test_how_many_days_is_a_setting(place):
    practice = Practice.load()
    practice.answer_days = 5
    practice.save()
    assert asking.asked(place).due_on == date(2026, 11, 30)


def test_the_same_key_is_one_question(place):
    key = uuid.uuid4()
    first = asking.asked(place, request_key=key)
    assert asking.asked(place, request_key=key, name="Anders") == first
    assert HelpRequest.objects.count() == HelpRequestEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "channels"),
    [({"email": "l@example.org"}, ["mail"]), ({}, []), ({"phone": "", "source": "visit"}, [])],
    ids=["mail", "telephone", "neither"],
)
def test_who_gave_an_address_hears_that_it_came_in(facts, channels, place):
    asked = asking.asked(place, **facts)
    said = Message.objects.all()
    assert [one.channel for one in said] == channels
    assert all(asked.number in one.text and asked.secret in one.text for one in said)


def test_a_street_is_kept_for_help_at_home_only(place):
    assert asking.asked(place, address="Kerkstraat 1").address == ""
    at_home = asking.asked(place, kind="home_visit", address="Kerkstraat 1")
    assert at_home.address == "Kerkstraat 1"


def test_what_is_late_was_due_before_today(place):
    asked = asking.asked(place)
    for after, late in [(-1, False), (0, False), (1, True)]:
        today = asked.due_on + timedelta(days=after)
        assert asked.is_late(today) is late
        assert (asked in HelpRequest.objects.late(today)) is late


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "appointment"}, "appointment_has_a_moment"),
        ({"state": "withdrawn"}, "closed_at_a_moment"),
        ({"closed_at": MONDAY_MORNING}, "closed_at_a_moment"),
        ({"state": "done", "closed_at": MONDAY_MORNING}, "done_has_an_outcome"),
        ({"outcome": "helped"}, "done_has_an_outcome"),
        ({"phone": "", "email": ""}, "can_be_reached"),
    ],
)
def test_the_database_refuses_what_can_not_be(changes, constraint, place):
    asked = asking.asked(place)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        HelpRequest.objects.filter(pk=asked.pk).update(**changes)


def test_nobody_is_referred_without_a_yes_says_the_database_too(place, tom):
    from tests.factories import home

    run = places.run(places.workshop(places.workshop_index(home.home_page())), place)
    asked = asking.asked(place)
    help_requests.refer(asked, run, consent=True, user=tom)
    with pytest.raises(IntegrityError, match="with_consent"), transaction.atomic():
        HelpRequest.objects.update(consent_at=None)


def test_keys_secrets_and_visits_are_of_one_question(place):
    visit = asking.visited(place, outcome="open", question="Itsme?")
    first = asking.asked(place, request_key=uuid.uuid4())
    asked = asking.asked(place)
    for same in ("request_key", "secret", "number"):
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpRequest.objects.filter(pk=asked.pk).update(**{same: getattr(first, same)})
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpRequest.objects.filter(pk=asked.pk).update(visit=visit)


@pytest.mark.parametrize("field", ["question", "name", "phone", "address", "outcome_note"])
def test_no_text_holds_a_national_register_number(field, place):
    asked = asking.asked(place)
    setattr(asked, field, "85.07.30-033.28")
    with pytest.raises(NationalNumberRefused):
        asked.save()


def test_a_question_is_known_by_its_number_and_not_by_a_name(place):
    assert str(asking.asked(place)) == "H-2026-0001"


# The screens of staff


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
    client.force_login(places.staff(role, place))
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
        ({"postcode": "0000"}, "We do not know this postcode"),
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


def test_who_gives_it_to_another_place_comes_back_to_the_list(staff, place):
    other, asked = asking.digipunt("HAL"), asking.asked(place)
    response = move(staff, asked, do="hand_over", **{"hand_over-location": other.pk})
    assert response.redirect_chain[-1][0] == reverse("help_requests:index")


def test_who_only_looks_does_not_move(client, place):
    from django.contrib.auth.models import Permission

    user = places.staff(Role.EDITOR, place)
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
