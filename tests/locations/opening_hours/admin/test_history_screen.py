"""Tests of the history screen, and of the versions that admin screens record."""

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
def location(clock):
    location = locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())
    locations.rule(location, 0)
    history.record_unreported_changes()
    return location


@pytest.fixture
def user(client, location):
    user = locations.staff(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def last(**owner):
    return HoursVersion.objects.filter(**owner).order_by("-pk").first()


def test_location_edit_records_a_version(client, location, user):
    data = location_form_data(location, [{"service": locations.service().pk, "weekday": "2"}])
    assert client.post(f"/beheer/plaatsen/edit/{location.pk}/", data).status_code == 302

    version = last(location=location)
    assert version.user == user
    assert [line["weekday"] for line in version.data["rules"]] == [0, 2]


def test_location_creation_records_a_version(client, location, user):
    data = location_form_data(location, [{"service": locations.service().pk}])
    data |= {"code": "NEW", "name": "Nieuw"}
    assert client.post("/beheer/plaatsen/new/", data).status_code == 302

    version = last(location__code="NEW")
    assert (version.user, len(version.data["rules"])) == (user, 1)


def test_invalid_form_records_no_version(client, location, user):
    data = location_form_data(location, [{"service": locations.service().pk, "closes": "08:00"}])
    client.post(f"/beheer/plaatsen/edit/{location.pk}/", data)

    assert HoursVersion.objects.filter(location=location).count() == 1


@pytest.mark.parametrize(
    ("kind", "model", "part"),
    [("gesloten-dagen", ClosedDays, "closed"), ("andere-uren", AdjustedDays, "adjusted")],
)
def test_exceptional_days_views_record_versions(client, location, user, kind, model, part):
    other = locations.location("HAL")
    hours = inline_formset_data("hours", []) if part == "adjusted" else {}
    client.post(f"/beheer/{kind}/new/", {**DAYS, **hours, "location": location.pk})
    row = model.objects.get()
    assert [line["reason"] for line in last(location=location).data[part]] == ["Verlof"]

    edit = f"/beheer/{kind}/edit/{row.pk}/"
    client.post(edit, {**DAYS, **hours, "location": location.pk, "reason": "Anders"})
    assert [line["reason"] for line in last(location=location).data[part]] == ["Anders"]

    client.post(edit, {**DAYS, **hours, "location": other.pk})
    assert last(location=location).data[part] == []
    assert len(last(location=other).data[part]) == 1

    client.post(edit, {**DAYS, **hours, "location": "", "partnership": location.partnership_id})
    assert last(location=other).data[part] == []
    assert len(last(partnership=location.partnership).data[part]) == 1

    client.post(f"/beheer/{kind}/delete/{row.pk}/")
    assert last(partnership=location.partnership).data[part] == []
    users = HoursVersion.objects.exclude(user=None).values_list("user", flat=True)
    assert set(users) == {user.pk}


def look(client, location, **asked):
    return client.get("/beheer/uren-vroeger/", {"location": location.pk, **asked})


def change(location, days, *, user=None):
    """Replace Mondays by Tuesdays, this many days later."""
    with history.record_changes(location, user=user, now=NOW + timedelta(days=days)):
        location.opening_rules.all().delete()
        locations.rule(location, 1)


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
def test_history_shows_hours_of_a_day(client, location, user, day, known, is_open):
    change(location, 5)

    said = look(client, location, day=day, known=known).context["hours"]

    assert bool(said["blocks"]) is is_open


def test_history_shows_user_time_and_differences(client, location, user):
    change(location, 5, user=user)
    response = look(client, location)

    latest, _first, _partnership = response.context["changes"]
    assert (latest["version"].user, latest["is_first"]) == (user, False)
    assert [line.is_new for line in latest["differences"]] == [False, True]
    assert user.username in response.content.decode()


def test_history_shows_oldest_hours_before_first_version(client, location, user):
    context = look(client, location, day="2020-01-06").context
    assert context["historic"].is_too_early
    assert context["hours"]["blocks"]


def test_history_shows_reason_of_closed_day(client, location, user):
    with history.record_changes(location):
        ClosedDays.objects.create(
            location=location,
            first_day=date(2026, 11, 23),
            last_day=date(2026, 11, 23),
            reason="Feest",
        )
    said = look(client, location, day="2026-11-23").context["hours"]
    assert "Feest" in said["closed"]
    assert not said["blocks"]


@pytest.mark.parametrize("asked", [{"day": "x"}, {"location": "x"}, {"location": "0"}, {"p": "x"}])
def test_history_form_shows_errors(client, location, user, asked):
    assert (
        client.get("/beheer/uren-vroeger/", {"location": location.pk, **asked}).status_code == 200
    )


def test_history_of_another_location_is_refused(client, location):
    other = locations.location("HAL", name="Digiplek Halle")
    history.record_unreported_changes()
    client.force_login(locations.staff(Role.DESK, location))

    response = look(client, other)
    assert "said" not in response.context
    assert "Digiplek Halle" not in response.content.decode()


def test_location_links_to_its_history(client, location, user):
    page = client.get(f"/beheer/plaatsen/inspect/{location.pk}/").content.decode()
    assert f"/beheer/uren-vroeger/?location={location.pk}" in page


def test_history_query_count_is_independent_of_number_of_changes(
    client, location, user, django_assert_max_num_queries
):
    look(client, location)
    for round_ in range(2):
        with django_assert_max_num_queries(20):
            look(client, location)
        for day in range(10):
            change(location, round_ * 100 + day)
            location.opening_rules.all().delete()
            history.record_unreported_changes()
