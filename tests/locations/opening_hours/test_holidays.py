"""Tests of holidays, and of the screen on which editors confirm them."""

from datetime import date, time

import pytest
import time_machine

from home.core.roles import Role
from locations.opening_hours.holidays import public_holidays, school_holidays
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import ClosedDays, HoursVersion
from locations.opening_hours.operations.holiday_closures import apply_holiday_choices
from tests.factories import locations

pytestmark = pytest.mark.django_db
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def location():
    location = locations.location(
        "PEP", name="Digipunt Pepingen", partnership=locations.partnership()
    )
    locations.rule(location, 4, recurrence="weeks", interval=2, anchor=date(2026, 11, 27))
    return location


def christmas(year=2026):
    return next(one for one in public_holidays(year) if one.name == "Kerstmis")


def names(found):
    return {one.name: one.first_day for one in found}


def test_public_holidays_include_flemish_day():
    found = names(public_holidays(2027))

    assert found["Feest van de Vlaamse Gemeenschap"] == date(2027, 7, 11)
    assert found["Nationale feestdag"] == date(2027, 7, 21)
    assert found["Onze-Lieve-Heer-Hemelvaart"] == date(2027, 5, 6)
    assert len(found) == 13


def test_holidays_on_same_day_are_one_with_both_names():
    both = names(public_holidays(2008))["Dag van de Arbeid en Onze-Lieve-Heer-Hemelvaart"]

    assert both == date(2008, 5, 1)


def test_school_holiday_is_one_range_across_new_year():
    found = {one.name: (one.first_day, one.last_day) for one in school_holidays(2026)}

    assert found["Kerstvakantie"] == (date(2026, 12, 21), date(2027, 1, 3))
    assert found["Zomervakantie"] == (date(2026, 7, 1), date(2026, 8, 31))
    assert "Wapenstilstand" not in found


def test_holiday_closes_nothing_until_confirmed(location, client):
    client.force_login(locations.staff(Role.ADMINISTRATOR))
    client.get("/beheer/feestdagen/2026/")

    assert not ClosedDays.objects.exists()
    assert load_calendars([location])[location.pk].blocks(CHRISTMAS)


def test_confirmed_holiday_is_closed_and_recorded_with_user(location):
    user = locations.staff(Role.COORDINATOR, location)
    assert apply_holiday_choices([(christmas(), location)], [], user=user) == (1, 0)

    assert load_calendars([location])[location.pk].closure(CHRISTMAS).reason == "Kerstmis"
    assert HoursVersion.objects.order_by("-pk").first().user == user


def test_holiday_is_closed_once_when_confirmed_twice(location):
    pair = (christmas(), location)
    assert apply_holiday_choices([pair, pair], []) == (1, 0)
    assert apply_holiday_choices([pair], []) == (0, 0)
    assert ClosedDays.objects.count() == 1


def test_holiday_taken_back_reopens_only_its_own_days(location):
    own = ClosedDays.objects.create(
        location=location, first_day=CHRISTMAS, last_day=CHRISTMAS, reason="Verbouwing"
    )
    apply_holiday_choices([(christmas(), location)], [])

    assert apply_holiday_choices([], [(christmas(), location)]) == (0, 1)
    assert apply_holiday_choices([], [(christmas(), location)]) == (0, 0)
    assert ClosedDays.objects.get() == own


def test_holiday_of_partnership_closes_all_its_locations(location):
    other = locations.location("HAL", partnership=location.partnership)
    locations.rule(other, 4)
    apply_holiday_choices([(christmas(), location.partnership)], [])

    found = load_calendars([location, other])
    assert all(found[one.pk].closure(CHRISTMAS) for one in (location, other))


# The screen.


@pytest.fixture
def coordinator(client, location):
    user = locations.staff(Role.COORDINATOR, location.partnership)
    client.force_login(user)
    return user


def box(row, key="2026-12-25"):
    return f"{key}|{'s' if row._meta.model_name == 'partnership' else 'p'}{row.pk}"


def choices(client, year=2026, query=""):
    context = client.get(f"/beheer/feestdagen/{year}/{query}").context
    return {
        choice.value: choice
        for item in context["holidays"]
        for choice in [*item["choices"], *item["others"]]
    }


def test_holidays_screen_shows_what_would_be_open(client, location, coordinator):
    found = choices(client)
    assert found[box(location)].would_open
    assert not found[box(location)].is_confirmed
    assert box(location.partnership) in found

    assert not choices(client, 2027)[box(location, "2027-12-25")].would_open  # a Saturday


def test_holidays_screen_hides_past_holidays(client, coordinator):
    assert {value.partition("|")[0] for value in choices(client)} == {"2026-12-25"}


def test_ticking_closes_and_unticking_reopens(client, location, coordinator):
    address = "/beheer/feestdagen/2026/"
    client.post(address, {"close": [box(location)]})
    assert ClosedDays.objects.get().reason == "Kerstmis"
    assert choices(client)[box(location)].is_confirmed

    client.post(address, {"was": [box(location)], "close": [box(location)]})
    assert ClosedDays.objects.count() == 1
    client.post(address, {"was": [box(location)]})
    assert not ClosedDays.objects.exists()


def test_holiday_confirmed_by_someone_else_stays(client, location, coordinator):
    apply_holiday_choices([(christmas(), location)], [])
    client.post("/beheer/feestdagen/2026/", {})
    assert ClosedDays.objects.count() == 1


def test_location_closed_for_another_reason_has_no_checkbox(client, location, coordinator):
    ClosedDays.objects.create(
        partnership=location.partnership,
        first_day=date(2026, 12, 24),
        last_day=date(2027, 1, 1),
        reason="De bib is dicht",
    )
    found = choices(client)[box(location)]
    assert found.is_locked
    assert "De bib is dicht" in found.text


def test_school_holidays_are_shown_separately(client, location, coordinator):
    key = "school-2026-12-21"
    assert box(location, key) not in choices(client)
    assert choices(client, query="?soort=school")[box(location, key)].would_open

    client.post("/beheer/feestdagen/2026/?soort=school", {"close": [box(location, key)]})
    days = ClosedDays.objects.get()
    assert (days.first_day, days.last_day) == (date(2026, 12, 21), date(2027, 1, 3))


def test_invalid_and_foreign_checkboxes_are_ignored(client, location, coordinator):
    other = locations.location("AAL", partnership=locations.partnership("Aalst"))
    values = [box(other), box(other.partnership), "x|y", "", "2026-12-25|p", "2020-01-01|p1"]
    client.post("/beheer/feestdagen/2026/", {"close": values, "was": ["2026-12-25|p0"]})

    assert not ClosedDays.objects.exists()
    assert box(other) not in choices(client)


def test_partnership_cannot_be_closed_by_staff_of_one_location(client, location):
    client.force_login(locations.staff(Role.COORDINATOR, location))
    client.post("/beheer/feestdagen/2026/", {"close": [box(location.partnership)]})

    assert box(location.partnership) not in choices(client)
    assert not ClosedDays.objects.exists()


@pytest.mark.parametrize(("year", "status"), [(2025, 404), (2026, 200), (2028, 200), (2029, 404)])
def test_holidays_screen_is_limited_to_coming_years(client, coordinator, year, status):
    assert client.get(f"/beheer/feestdagen/{year}/").status_code == status


def test_desk_cannot_confirm_holidays(client, location):
    client.force_login(locations.staff(Role.DESK, location))
    client.post("/beheer/feestdagen/2026/", {"close": [box(location)]})
    assert not ClosedDays.objects.exists()


def test_holidays_screen_query_count_is_independent_of_number_of_locations(
    client, location, coordinator, django_assert_max_num_queries
):
    client.get("/beheer/feestdagen/2027/")
    for _ in range(2):
        with django_assert_max_num_queries(22):
            client.get("/beheer/feestdagen/2027/")
        for number in range(12):
            other = locations.location(partnership=location.partnership)
            locations.rule(other, number % 7, time(9), time(12))
            apply_holiday_choices([(one, other) for one in public_holidays(2027)], [])


def test_choices_that_would_be_open_come_first(client, location, coordinator):
    shut = locations.location("HAL", partnership=location.partnership)
    (proposal,) = client.get("/beheer/feestdagen/2026/").context["holidays"]

    assert [one.value for one in proposal["choices"]] == [box(location.partnership), box(location)]
    assert [one.value for one in proposal["others"]] == [box(shut)]
