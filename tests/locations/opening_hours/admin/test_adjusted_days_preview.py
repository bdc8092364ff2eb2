"""Tests of the form and the preview of days with other hours."""

from datetime import date

import pytest

from locations.opening_hours.models import AdjustedDays, ClosedDays
from tests.factories import location_forms, locations
from tests.factories.hours_screen import (
    AJAX,
    preview_days,
    soup,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
TODAY = locations.MONDAY_MORNING.date()


def other_hours(client, *lines, **fields):
    """Post the preview of days with other hours, from Monday 14 to Friday 18 December."""
    data = {"first_day": "2026-12-14", "last_day": "2026-12-18", "reason": "Examens", **fields}
    rows = [{"opens": "10:00", "closes": "12:00", **line} for line in lines]
    data |= location_forms.inline_formset_data("hours", rows)
    return client.post("/beheer/andere-uren/voorbeeld/", data, headers=AJAX)


def test_preview_of_adjusted_days_shows_their_hours(client, location, editor):
    for weekday in (0, 1, 2):
        locations.rule(location, weekday)
    ClosedDays.objects.create(
        location=location, first_day=date(2026, 12, 16), last_day=date(2026, 12, 16), reason="Ziek"
    )
    response = other_hours(client, {"weekday": "1"}, {"weekday": "3"}, location=location.pk)

    note = "Andere uren: Examens. In plaats van 9 tot 12 uur."
    assert preview_days(response) == {
        date(2026, 12, 14): ([], [note]),
        date(2026, 12, 15): (["10 tot 12 uur"], [note]),
        date(2026, 12, 17): (["10 tot 12 uur"], ["Andere uren: Examens"]),
    }
    assert not AdjustedDays.objects.exists()


def test_preview_of_adjusted_days_replaces_their_stored_version(client, location, editor):
    locations.rule(location, 0)
    days = AdjustedDays.objects.create(
        location=location, first_day=date(2026, 12, 14), last_day=date(2026, 12, 18)
    )
    data = {"location": location.pk, "first_day": "2026-12-14", "last_day": "2026-12-20"}
    line = {"weekday": "0", "opens": "10:00", "closes": "12:00"}
    response = client.post(
        f"/beheer/andere-uren/voorbeeld/{days.pk}/",
        {**data, **location_forms.inline_formset_data("hours", [line])},
        headers=AJAX,
    )

    assert preview_days(response) == {
        date(2026, 12, 14): (["10 tot 12 uur"], ["Andere uren. In plaats van 9 tot 12 uur."])
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"last_day": "2026-12-13"}, "De laatste dag komt vóór de eerste."),
        ({"location": ""}, "Kies voor welke plaats, en van wanneer tot wanneer."),
        ({"first_day": "kerst"}, "Voer een geldige datum in."),
    ],
)
def test_preview_of_adjusted_days_explains_missing_fields(
    client, location, editor, fields, sentence
):
    response = other_hours(client, {"weekday": "1"}, **{"location": location.pk, **fields})

    assert response.context["preview"].summary.startswith(sentence)
    assert preview_days(response) == {}


def test_adjusted_days_of_another_location_cannot_be_previewed(client, location, editor):
    other = locations.location("HAL", partnership=locations.partnership("Anders"))
    locations.rule(other, 1)
    theirs = AdjustedDays.objects.create(location=other, first_day=TODAY, last_day=TODAY)

    assert preview_days(other_hours(client, {"weekday": "1"}, location=other.pk)) == {}
    address = f"/beheer/andere-uren/voorbeeld/{theirs.pk}/"
    assert client.post(address, {}, headers=AJAX).status_code == 404


def test_adjusted_hours_form_shows_errors_at_their_field(client, location, editor):
    data = {"location": location.pk, "first_day": "2026-12-14", "last_day": "2026-12-18"}
    line = {"weekday": "1", "opens": "12:00", "closes": "10:00"}
    data |= location_forms.inline_formset_data("hours", [line])
    page = soup(client.post("/beheer/andere-uren/new/", data))

    wrong = page.select_one("[data-hours-day='1'] #id_hours-0-closes")
    assert wrong["value"] == "10:00"
    assert page.find(id="id_hours-0-closes_error").get_text(strip=True) == (
        "Het einde moet na het begin komen."
    )
