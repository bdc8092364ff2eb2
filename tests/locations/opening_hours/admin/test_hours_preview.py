"""What the preview beside the hours promises is what visitors find once they are saved."""

from datetime import date, datetime, time, timedelta

import pytest

from home.core.roles import Role
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_blocks
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import (
    AdjustedDays,
    AdjustedHours,
    ClosedDays,
    HoursVersion,
    OpeningRule,
    Stop,
)
from locations.places.models import Partnership
from tests.factories import locations
from tests.factories.hours_screen import (
    AJAX,
    EVERY_OTHER,
    WEEKLY,
    days_of,
    of_saved_lines,
    preview,
    save,
    typed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
TODAY = locations.MONDAY_MORNING.date()
MONTHLY = {"recurrence": "monthly", "weekday": "2", "nth": "4", "by_appointment": "on"}
LOOSE = {"recurrence": "date", "weekday": "", "day": "2026-12-24", "opens": "10:00"}
SEASON = {"weekday": "1", "valid_from": "2026-12-10", "valid_until": "2026-12-31"}


def exceptions(place):
    """Closed days and other hours of the place and of its partnership, over one another."""
    ClosedDays.objects.create(
        location=place, first_day=date(2026, 12, 25), last_day=date(2026, 12, 25), reason="Kerstmis"
    )
    for about, first, last, opens in (
        ({"partnership": place.partnership}, 21, 31, time(10)),
        ({"location": place}, 24, 25, time(8)),
    ):
        days = AdjustedDays.objects.create(
            **about, first_day=date(2026, 12, first), last_day=date(2026, 12, last)
        )
        for weekday in (0, 3, 4):
            AdjustedHours.objects.create(
                adjusted_days=days, weekday=weekday, opens=opens, closes=time(11)
            )


@pytest.mark.parametrize(
    "rules",
    [
        [WEEKLY, {"weekday": "4", "opens": "09:00"}],
        [EVERY_OTHER],
        [MONTHLY],
        [LOOSE, SEASON],
        [WEEKLY, EVERY_OTHER, MONTHLY, LOOSE, SEASON],
    ],
    ids=["every week", "every other week", "monthly", "a date and a season", "all of them"],
)
def test_the_preview_says_what_the_calendar_says_once_it_is_saved(client, place, editor, rules):
    exceptions(place)
    promised = preview(client, place, *rules)
    assert not OpeningRule.objects.exists()
    assert save(client, place, *rules).status_code == 302

    calendar = load_calendars([place])[place.pk]
    coming = [TODAY + timedelta(days=ahead) for ahead in range(56)]
    assert {day: hours for day, (hours, _notes) in days_of(promised).items() if hours} == {
        day: [format_blocks(calendar.blocks(day))] for day in coming if calendar.blocks(day)
    }
    kept = preview(client, place, **of_saved_lines(client, place))
    assert days_of(kept) == days_of(promised)


def test_a_preview_changes_nothing(client, place, editor):
    before = HoursVersion.objects.count()
    preview(client, place, WEEKLY, name="Anders")

    place.refresh_from_db()
    assert place.name == "Digipunt Aalst"
    assert not OpeningRule.objects.exists()
    assert HoursVersion.objects.count() == before


def test_the_preview_says_which_hours_win_and_what_they_replace(client, place, editor):
    exceptions(place)
    rules = [{"weekday": str(weekday)} for weekday in range(5)]
    said = days_of(preview(client, place, *rules))

    assert said[date(2026, 12, 18)] == (["9 tot 12 uur"], [])
    assert said[date(2026, 12, 25)] == (
        [],
        ["Gesloten: Kerstmis. In plaats van 8 tot 11 uur."],
    )
    assert said[date(2026, 12, 24)] == (
        ["8 tot 11 uur"],
        [
            "Andere uren. In plaats van 9 tot 12 uur. "
            "Ze gaan voor op de andere uren van de hele samenwerking."
        ],
    )
    assert said[date(2026, 12, 22)] == ([], ["Andere uren. In plaats van 9 tot 12 uur."])


def test_what_holds_for_the_whole_place_is_said_once_and_hours_of_two_services_apart(
    client, place, editor
):
    ClosedDays.objects.create(
        location=place, first_day=date(2026, 12, 1), last_day=date(2026, 12, 1), reason="Ziek"
    )
    lending = {"service": locations.service("lending").pk, "weekday": "1", "closes": "11:00"}
    response = preview(client, place, {"weekday": "1"}, lending)

    first = response.context["preview"].weeks[0].days[0]
    assert [(hours.name, hours.text) for hours in first.hours] == [
        ("Help", "9 tot 12 uur"),
        ("Lending", "9 tot 11 uur"),
    ]
    said = days_of(response)
    assert said[date(2026, 12, 1)] == ([], ["Gesloten: Ziek. In plaats van 9 tot 12 uur."])


def test_a_line_that_is_taken_away_or_still_empty_does_not_count(client, place, editor):
    gone = {**WEEKLY, "DELETE": "on"}
    empty = {"opens": "", "closes": "", "DELETE": "on"}
    response = preview(client, place, gone, empty)

    assert days_of(response) == {}
    assert response.context["preview"].errors == ()


def test_as_a_page_for_who_has_no_script(client, place, editor):
    response = client.post(f"/beheer/plaatsen/voorbeeld/{place.pk}/", typed(place, WEEKLY))

    assert "locations/opening_hours/admin/hours/preview_page.html" in [
        one.name for one in response.templates
    ]
    assert "14 tot 16.30 uur" in response.content.decode()


def test_a_new_place_has_a_preview_too(client, place, editor):
    response = client.post("/beheer/plaatsen/voorbeeld/", typed(place, WEEKLY), headers=AJAX)

    assert len(days_of(response)) == 8


def test_nobody_asks_about_another_place(client, place, editor):
    other = locations.location("HAL", partnership=locations.partnership("Anders"))
    ClosedDays.objects.create(location=other, first_day=TODAY, last_day=TODAY, reason="Geheim")

    response = preview(client, other, {"weekday": "0"})
    assert response.status_code == 404
    assert "Geheim" not in response.content.decode()
    assert client.get(f"/beheer/plaatsen/voorbeeld/{place.pk}/").status_code == 405


@pytest.mark.parametrize("is_mine", [True, False], ids=["my own", "another's"])
def test_closed_days_of_a_partnership_show_only_to_who_works_for_it(client, place, editor, is_mine):
    theirs = Partnership.objects.create(name="Rupel", slug="rupel")
    if is_mine:
        editor.assignments.create(partnership=theirs)
    ClosedDays.objects.create(partnership=theirs, first_day=TODAY, last_day=TODAY, reason="Geheim")
    response = preview(client, place, {"weekday": "0"}, partnership=theirs.pk)

    assert ("Geheim" in response.content.decode()) is is_mine
    assert (days_of(response)[TODAY][0] == []) is is_mine


@pytest.mark.parametrize("role", [Role.DESK, Role.HELPER])
def test_who_may_not_change_places_may_not_ask(client, place, role):
    client.force_login(locations.staff(role, place))

    assert preview(client, place, WEEKLY).status_code in (302, 403)


def test_the_planned_stops_are_in_the_preview_of_the_bus(client, place, editor):
    for day, reason in ((10, ""), (11, "Panne")):
        start = datetime(2026, 12, day, 13, tzinfo=BRUSSELS)
        Stop.objects.create(
            location=place,
            place="Pepingen",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            cancelled_reason=reason,
        )
    response = preview(client, place, kind="bus")

    assert days_of(response) == {date(2026, 12, 10): (["13 tot 15 uur"], [])}
    assert days_of(preview(client, place, kind="fixed")) == {}
