"""Tests of the preview of hours that are not saved yet."""

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
    form_data,
    preview,
    preview_days,
    save,
    saved_line_fields,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
TODAY = locations.MONDAY_MORNING.date()
MONTHLY = {"recurrence": "monthly", "weekday": "2", "nth": "4", "by_appointment": "on"}
LOOSE = {"recurrence": "date", "weekday": "", "day": "2026-12-24", "opens": "10:00"}
SEASON = {"weekday": "1", "valid_from": "2026-12-10", "valid_until": "2026-12-31"}


def exceptions(location):
    """Create overlapping closed days and other hours of the location and its partnership."""
    ClosedDays.objects.create(
        location=location,
        first_day=date(2026, 12, 25),
        last_day=date(2026, 12, 25),
        reason="Kerstmis",
    )
    for about, first, last, opens in (
        ({"partnership": location.partnership}, 21, 31, time(10)),
        ({"location": location}, 24, 25, time(8)),
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
def test_preview_equals_calendar_after_saving(client, location, editor, rules):
    exceptions(location)
    promised = preview(client, location, *rules)
    assert not OpeningRule.objects.exists()
    assert save(client, location, *rules).status_code == 302

    calendar = load_calendars([location])[location.pk]
    coming = [TODAY + timedelta(days=ahead) for ahead in range(56)]
    assert {day: hours for day, (hours, _notes) in preview_days(promised).items() if hours} == {
        day: [format_blocks(calendar.blocks(day))] for day in coming if calendar.blocks(day)
    }
    kept = preview(client, location, **saved_line_fields(client, location))
    assert preview_days(kept) == preview_days(promised)


def test_preview_saves_nothing(client, location, editor):
    before = HoursVersion.objects.count()
    preview(client, location, WEEKLY, name="Anders")

    location.refresh_from_db()
    assert location.name == "Digipunt Aalst"
    assert not OpeningRule.objects.exists()
    assert HoursVersion.objects.count() == before


def test_preview_shows_which_hours_win_and_which_they_replace(client, location, editor):
    exceptions(location)
    rules = [{"weekday": str(weekday)} for weekday in range(5)]
    said = preview_days(preview(client, location, *rules))

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


def test_preview_notes_whole_location_once_and_services_separately(client, location, editor):
    ClosedDays.objects.create(
        location=location, first_day=date(2026, 12, 1), last_day=date(2026, 12, 1), reason="Ziek"
    )
    lending = {"service": locations.service("lending").pk, "weekday": "1", "closes": "11:00"}
    response = preview(client, location, {"weekday": "1"}, lending)

    first = response.context["preview"].weeks[0].days[0]
    assert [(hours.name, hours.text) for hours in first.hours] == [
        ("Help", "9 tot 12 uur"),
        ("Lending", "9 tot 11 uur"),
    ]
    said = preview_days(response)
    assert said[date(2026, 12, 1)] == ([], ["Gesloten: Ziek. In plaats van 9 tot 12 uur."])


def test_preview_ignores_deleted_and_empty_lines(client, location, editor):
    gone = {**WEEKLY, "DELETE": "on"}
    empty = {"opens": "", "closes": "", "DELETE": "on"}
    response = preview(client, location, gone, empty)

    assert preview_days(response) == {}
    assert response.context["preview"].errors == ()


def test_preview_is_a_full_page_without_script(client, location, editor):
    response = client.post(
        f"/beheer/plaatsen/voorbeeld/{location.pk}/", form_data(location, WEEKLY)
    )

    assert "locations/opening_hours/admin/hours/preview_page.html" in [
        one.name for one in response.templates
    ]
    assert "14 tot 16.30 uur" in response.content.decode()


def test_preview_works_for_new_location(client, location, editor):
    response = client.post("/beheer/plaatsen/voorbeeld/", form_data(location, WEEKLY), headers=AJAX)

    assert len(preview_days(response)) == 8


def test_preview_of_another_location_is_not_found(client, location, editor):
    other = locations.location("HAL", partnership=locations.partnership("Anders"))
    ClosedDays.objects.create(location=other, first_day=TODAY, last_day=TODAY, reason="Geheim")

    response = preview(client, other, {"weekday": "0"})
    assert response.status_code == 404
    assert "Geheim" not in response.content.decode()
    assert client.get(f"/beheer/plaatsen/voorbeeld/{location.pk}/").status_code == 405


@pytest.mark.parametrize("is_mine", [True, False], ids=["my own", "another's"])
def test_preview_shows_closed_days_of_own_partnership_only(client, location, editor, is_mine):
    theirs = Partnership.objects.create(name="Rupel", slug="rupel")
    if is_mine:
        editor.assignments.create(partnership=theirs)
    ClosedDays.objects.create(partnership=theirs, first_day=TODAY, last_day=TODAY, reason="Geheim")
    response = preview(client, location, {"weekday": "0"}, partnership=theirs.pk)

    assert ("Geheim" in response.content.decode()) is is_mine
    assert (preview_days(response)[TODAY][0] == []) is is_mine


@pytest.mark.parametrize("role", [Role.DESK, Role.HELPER])
def test_preview_requires_permission_to_change_locations(client, location, role):
    client.force_login(locations.staff(role, location))

    assert preview(client, location, WEEKLY).status_code in (302, 403)


def test_preview_of_bus_includes_stops(client, location, editor):
    for day, reason in ((10, ""), (11, "Panne")):
        start = datetime(2026, 12, day, 13, tzinfo=BRUSSELS)
        Stop.objects.create(
            location=location,
            place="Pepingen",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            cancelled_reason=reason,
        )
    response = preview(client, location, kind="bus")

    assert preview_days(response) == {date(2026, 12, 10): (["13 tot 15 uur"], [])}
    assert preview_days(preview(client, location, kind="fixed")) == {}
