"""Hours in the past: every screen that changes them leaves a version, and staff look it up."""

from datetime import date, timedelta

import pytest
import time_machine

from home.core.roles import Role
from locations.opening_hours.models import AdjustedDays, ClosedDays, HoursVersion
from locations.opening_hours.operations import history
from tests.factories import locations
from tests.factories.location_forms import inline_formset_data, location_form_data

pytestmark = pytest.mark.django_db
NOW = locations.MONDAY_MORNING
DAYS = {"first_day": "2026-12-10", "last_day": "2026-12-20", "reason": "Verlof"}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def place(clock):
    place = locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())
    locations.rule(place, 0)
    history.record_unreported_changes()
    return place


@pytest.fixture
def user(client, place):
    user = locations.staff(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def last(**owner):
    return HoursVersion.objects.filter(**owner).order_by("-pk").first()


def test_a_change_on_the_screen_of_a_place_is_a_version(client, place, user):
    data = location_form_data(place, [{"service": locations.service().pk, "weekday": "2"}])
    assert client.post(f"/beheer/plaatsen/edit/{place.pk}/", data).status_code == 302

    version = last(location=place)
    assert version.user == user
    assert [line["weekday"] for line in version.data["rules"]] == [0, 2]


def test_a_new_place_begins_with_a_version(client, place, user):
    data = location_form_data(place, [{"service": locations.service().pk}])
    data |= {"code": "NEW", "name": "Nieuw"}
    assert client.post("/beheer/plaatsen/new/", data).status_code == 302

    version = last(location__code="NEW")
    assert (version.user, len(version.data["rules"])) == (user, 1)


def test_a_change_that_is_refused_is_no_version(client, place, user):
    data = location_form_data(place, [{"service": locations.service().pk, "closes": "08:00"}])
    client.post(f"/beheer/plaatsen/edit/{place.pk}/", data)

    assert HoursVersion.objects.filter(location=place).count() == 1


@pytest.mark.parametrize(
    ("kind", "model", "part"),
    [("gesloten-dagen", ClosedDays, "closed"), ("andere-uren", AdjustedDays, "adjusted")],
)
def test_days_that_come_change_move_and_go_are_versions(client, place, user, kind, model, part):
    other = locations.location("HAL")
    hours = inline_formset_data("hours", []) if part == "adjusted" else {}
    client.post(f"/beheer/{kind}/new/", {**DAYS, **hours, "location": place.pk})
    row = model.objects.get()
    assert [line["reason"] for line in last(location=place).data[part]] == ["Verlof"]

    edit = f"/beheer/{kind}/edit/{row.pk}/"
    client.post(edit, {**DAYS, **hours, "location": place.pk, "reason": "Anders"})
    assert [line["reason"] for line in last(location=place).data[part]] == ["Anders"]

    client.post(edit, {**DAYS, **hours, "location": other.pk})
    assert last(location=place).data[part] == []
    assert len(last(location=other).data[part]) == 1

    client.post(edit, {**DAYS, **hours, "location": "", "partnership": place.partnership_id})
    assert last(location=other).data[part] == []
    assert len(last(partnership=place.partnership).data[part]) == 1

    client.post(f"/beheer/{kind}/delete/{row.pk}/")
    assert last(partnership=place.partnership).data[part] == []
    users = HoursVersion.objects.exclude(user=None).values_list("user", flat=True)
    assert set(users) == {user.pk}


def look(client, place, **asked):
    return client.get("/beheer/uren-vroeger/", {"location": place.pk, **asked})


def change(place, days, *, user=None):
    """Tuesdays instead of Mondays, so many days later."""
    with history.record_changes(place, user=user, now=NOW + timedelta(days=days)):
        place.opening_rules.all().delete()
        locations.rule(place, 1)


@pytest.mark.parametrize(
    ("day", "known", "is_open"),
    [
        ("2026-11-23", "", True),
        ("2026-11-30", "", False),
        ("2026-11-30", "2026-11-27", True),
        ("2026-11-30", "2026-11-28", False),
        ("2026-11-24", "", False),
        ("2026-11-24", "2026-11-28", True),
    ],
    ids=[
        "before the change",
        "after it",
        "as known the evening before the change",
        "as known on the evening of it",
        "a Tuesday before",
        "that Tuesday by today's hours",
    ],
)
def test_what_the_hours_said_on_a_day(client, place, user, day, known, is_open):
    change(place, 5)

    said = look(client, place, day=day, known=known).context["hours"]

    assert bool(said["blocks"]) is is_open


def test_a_change_shows_who_when_and_what(client, place, user):
    change(place, 5, user=user)
    response = look(client, place)

    latest, _first, _partnership = response.context["changes"]
    assert (latest["version"].user, latest["is_first"]) == (user, False)
    assert [line.is_new for line in latest["differences"]] == [False, True]
    assert user.username in response.content.decode()


def test_a_day_before_anything_was_written_says_so(client, place, user):
    context = look(client, place, day="2020-01-06").context
    assert context["historic"].is_too_early
    assert context["hours"]["blocks"]


def test_a_closed_day_says_why(client, place, user):
    with history.record_changes(place):
        ClosedDays.objects.create(
            location=place,
            first_day=date(2026, 11, 23),
            last_day=date(2026, 11, 23),
            reason="Feest",
        )
    said = look(client, place, day="2026-11-23").context["hours"]
    assert "Feest" in said["closed"]
    assert not said["blocks"]


@pytest.mark.parametrize("asked", [{"day": "x"}, {"location": "x"}, {"location": "0"}, {"p": "x"}])
def test_a_wrong_question_is_asked_again(client, place, user, asked):
    assert client.get("/beheer/uren-vroeger/", {"location": place.pk, **asked}).status_code == 200


def test_the_hours_of_another_place_stay_out_of_sight(client, place):
    other = locations.location("HAL", name="Digiplek Halle")
    history.record_unreported_changes()
    client.force_login(locations.staff(Role.DESK, place))

    response = look(client, other)
    assert "said" not in response.context
    assert "Digiplek Halle" not in response.content.decode()


def test_a_place_leads_to_its_past(client, place, user):
    page = client.get(f"/beheer/plaatsen/inspect/{place.pk}/").content.decode()
    assert f"/beheer/uren-vroeger/?location={place.pk}" in page


def test_the_screen_asks_as_much_for_many_changes_as_for_one(
    client, place, user, django_assert_max_num_queries
):
    look(client, place)
    for round_ in range(2):
        with django_assert_max_num_queries(20):
            look(client, place)
        for day in range(10):
            change(place, round_ * 100 + day)
            place.opening_rules.all().delete()
            history.record_unreported_changes()
