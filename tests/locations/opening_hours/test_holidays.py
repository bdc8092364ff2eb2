"""Holidays: proposed, confirmed by an editor, taken back; never closed by themselves."""

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
def place():
    place = locations.location("PEP", name="Digipunt Pepingen", partnership=locations.partnership())
    locations.rule(place, 4, recurrence="weeks", interval=2, anchor=date(2026, 11, 27))
    return place


def christmas(year=2026):
    return next(one for one in public_holidays(year) if one.name == "Kerstmis")


def names(found):
    return {one.name: one.first_day for one in found}


def test_the_flemish_day_is_among_the_public_holidays():
    found = names(public_holidays(2027))

    assert found["Feest van de Vlaamse Gemeenschap"] == date(2027, 7, 11)
    assert found["Nationale feestdag"] == date(2027, 7, 21)
    assert found["Onze-Lieve-Heer-Hemelvaart"] == date(2027, 5, 6)
    assert len(found) == 13


def test_two_holidays_on_one_day_are_one_with_both_names():
    both = names(public_holidays(2008))["Dag van de Arbeid en Onze-Lieve-Heer-Hemelvaart"]

    assert both == date(2008, 5, 1)


def test_a_school_holiday_is_one_range_also_over_new_year():
    found = {one.name: (one.first_day, one.last_day) for one in school_holidays(2026)}

    assert found["Kerstvakantie"] == (date(2026, 12, 21), date(2027, 1, 3))
    assert found["Zomervakantie"] == (date(2026, 7, 1), date(2026, 8, 31))
    assert "Wapenstilstand" not in found


def test_nothing_is_closed_by_itself(place, client):
    client.force_login(locations.staff(Role.ADMINISTRATOR))
    client.get("/beheer/feestdagen/2026/")

    assert not ClosedDays.objects.exists()
    assert load_calendars([place])[place.pk].blocks(CHRISTMAS)


def test_a_confirmed_holiday_is_closed_for_its_reason_and_kept_with_who(place):
    user = locations.staff(Role.COORDINATOR, place)
    assert apply_holiday_choices([(christmas(), place)], [], user=user) == (1, 0)

    assert load_calendars([place])[place.pk].closure(CHRISTMAS).reason == "Kerstmis"
    assert HoursVersion.objects.order_by("-pk").first().user == user


def test_confirming_twice_closes_once(place):
    pair = (christmas(), place)
    assert apply_holiday_choices([pair, pair], []) == (1, 0)
    assert apply_holiday_choices([pair], []) == (0, 0)
    assert ClosedDays.objects.count() == 1


def test_what_is_taken_back_is_open_again_and_only_that(place):
    own = ClosedDays.objects.create(
        location=place, first_day=CHRISTMAS, last_day=CHRISTMAS, reason="Verbouwing"
    )
    apply_holiday_choices([(christmas(), place)], [])

    assert apply_holiday_choices([], [(christmas(), place)]) == (0, 1)
    assert apply_holiday_choices([], [(christmas(), place)]) == (0, 0)
    assert ClosedDays.objects.get() == own


def test_a_holiday_of_a_partnership_closes_all_its_places(place):
    other = locations.location("HAL", partnership=place.partnership)
    locations.rule(other, 4)
    apply_holiday_choices([(christmas(), place.partnership)], [])

    found = load_calendars([place, other])
    assert all(found[one.pk].closure(CHRISTMAS) for one in (place, other))


# The screen.


@pytest.fixture
def coordinator(client, place):
    user = locations.staff(Role.COORDINATOR, place.partnership)
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


def test_the_screen_says_what_the_rules_say(client, place, coordinator):
    found = choices(client)
    assert found[box(place)].would_open
    assert not found[box(place)].is_confirmed
    assert box(place.partnership) in found

    assert not choices(client, 2027)[box(place, "2027-12-25")].would_open  # a Saturday


def test_what_is_over_is_not_proposed(client, coordinator):
    assert {value.partition("|")[0] for value in choices(client)} == {"2026-12-25"}


def test_a_tick_confirms_and_its_absence_takes_back(client, place, coordinator):
    address = "/beheer/feestdagen/2026/"
    client.post(address, {"close": [box(place)]})
    assert ClosedDays.objects.get().reason == "Kerstmis"
    assert choices(client)[box(place)].is_confirmed

    client.post(address, {"was": [box(place)], "close": [box(place)]})
    assert ClosedDays.objects.count() == 1
    client.post(address, {"was": [box(place)]})
    assert not ClosedDays.objects.exists()


def test_what_a_colleague_confirmed_in_the_meantime_stays(client, place, coordinator):
    apply_holiday_choices([(christmas(), place)], [])
    client.post("/beheer/feestdagen/2026/", {})
    assert ClosedDays.objects.count() == 1


def test_a_place_that_is_closed_for_another_reason_has_no_box(client, place, coordinator):
    ClosedDays.objects.create(
        partnership=place.partnership,
        first_day=date(2026, 12, 24),
        last_day=date(2027, 1, 1),
        reason="De bib is dicht",
    )
    found = choices(client)[box(place)]
    assert found.is_locked
    assert "De bib is dicht" in found.text


def test_school_holidays_are_a_choice_of_their_own(client, place, coordinator):
    key = "school-2026-12-21"
    assert box(place, key) not in choices(client)
    assert choices(client, query="?soort=school")[box(place, key)].would_open

    client.post("/beheer/feestdagen/2026/?soort=school", {"close": [box(place, key)]})
    days = ClosedDays.objects.get()
    assert (days.first_day, days.last_day) == (date(2026, 12, 21), date(2027, 1, 3))


def test_the_boxes_of_others_and_wrong_ones_do_nothing(client, place, coordinator):
    other = locations.location("AAL", partnership=locations.partnership("Aalst"))
    values = [box(other), box(other.partnership), "x|y", "", "2026-12-25|p", "2020-01-01|p1"]
    client.post("/beheer/feestdagen/2026/", {"close": values, "was": ["2026-12-25|p0"]})

    assert not ClosedDays.objects.exists()
    assert box(other) not in choices(client)


def test_who_works_for_one_place_can_not_close_the_partnership(client, place):
    client.force_login(locations.staff(Role.COORDINATOR, place))
    client.post("/beheer/feestdagen/2026/", {"close": [box(place.partnership)]})

    assert box(place.partnership) not in choices(client)
    assert not ClosedDays.objects.exists()


@pytest.mark.parametrize(("year", "status"), [(2025, 404), (2026, 200), (2028, 200), (2029, 404)])
def test_only_years_that_one_plans_now(client, coordinator, year, status):
    assert client.get(f"/beheer/feestdagen/{year}/").status_code == status


def test_the_desk_confirms_no_holidays(client, place):
    client.force_login(locations.staff(Role.DESK, place))
    client.post("/beheer/feestdagen/2026/", {"close": [box(place)]})
    assert not ClosedDays.objects.exists()


def test_the_screen_asks_as_much_for_many_places_as_for_one(
    client, place, coordinator, django_assert_max_num_queries
):
    client.get("/beheer/feestdagen/2027/")
    for _ in range(2):
        with django_assert_max_num_queries(22):
            client.get("/beheer/feestdagen/2027/")
        for number in range(12):
            other = locations.location(partnership=place.partnership)
            locations.rule(other, number % 7, time(9), time(12))
            apply_holiday_choices([(one, other) for one in public_holidays(2027)], [])


def test_what_would_be_open_stands_first(client, place, coordinator):
    shut = locations.location("HAL", partnership=place.partnership)
    (proposal,) = client.get("/beheer/feestdagen/2026/").context["holidays"]

    assert [one.value for one in proposal["choices"]] == [box(place.partnership), box(place)]
    assert [one.value for one in proposal["others"]] == [box(shut)]
