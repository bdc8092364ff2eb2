"""Tests of invalid hours and days: an error at its field, and nothing is saved."""

from datetime import date

import pytest

from home.core.roles import Role
from locations.opening_hours.models import AdjustedDays, OpeningRule
from tests.factories import locations
from tests.factories.location_forms import inline_formset_data, location_form_data

pytestmark = pytest.mark.django_db
LOOSE = {"recurrence": "date", "day": "2026-12-01"}


@pytest.fixture
def location(client):
    client.force_login(locations.staff(Role.ADMINISTRATOR))
    locations.service()
    return locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())


def save(client, location, *rules):
    rules = [{"service": locations.service().pk, **rule} for rule in rules]
    response = client.post(
        f"/beheer/plaatsen/edit/{location.pk}/", location_form_data(location, rules)
    )
    if response.status_code == 302:
        return None
    forms = response.context["form"].formsets["opening_rules"].forms
    return [form.errors.as_data() for form in forms]


def said(errors):
    return {name: found[0].messages[0] for name, found in errors.items()}


@pytest.mark.parametrize(
    ("rule", "field", "sentence"),
    [
        (
            {"closes": "08:00"},
            "closes",
            "Het einde moet na het begin komen. Uren over middernacht zijn twee lijnen, "
            "op twee dagen.",
        ),
        (
            {"opens": "22:00", "closes": "02:00"},
            "closes",
            "Het einde moet na het begin komen. Uren over middernacht zijn twee lijnen, "
            "op twee dagen.",
        ),
        (
            {"valid_from": "2026-12-10", "valid_until": "2026-12-09"},
            "valid_until",
            "Het seizoen eindigt voordat het begint.",
        ),
        (
            {"recurrence": "weeks", "weekday": "4", "interval": "2", "anchor": "2026-11-26"},
            "anchor",
            "26/11/2026 is een donderdag. Kies een datum op de dag van deze lijn.",
        ),
        (
            {"recurrence": "weeks", "weekday": "4", "interval": "1", "anchor": "2026-11-27"},
            "interval",
            "Zeg om de hoeveel weken: 2 of meer.",
        ),
        ({"recurrence": "monthly"}, "nth", "Kies de hoeveelste van de maand."),
        ({"weekday": ""}, "weekday", "Kies een dag van de week."),
        ({"recurrence": "date"}, "day", "Geef de datum."),
    ],
)
def test_invalid_line_has_an_error_at_its_field(client, location, rule, field, sentence):
    (errors,) = save(client, location, rule)

    assert said(errors) == {field: sentence}
    assert not OpeningRule.objects.exists()


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({}, {"opens": "11:00", "closes": "14:00"}, True),
        ({}, {}, True),
        ({}, {"opens": "12:00", "closes": "14:00"}, False),
        ({}, {"opens": "11:00", "closes": "14:00", "weekday": "1"}, False),
        (
            {"valid_until": "2026-12-09"},
            {"opens": "11:00", "closes": "14:00", "valid_from": "2026-12-10"},
            False,
        ),
        (
            {"valid_until": "2026-12-10"},
            {"opens": "11:00", "closes": "14:00", "valid_from": "2026-12-10"},
            True,
        ),
        (
            {"recurrence": "monthly", "nth": "1"},
            {"recurrence": "monthly", "nth": "3", "opens": "10:00"},
            False,
        ),
        (
            {"recurrence": "weeks", "interval": "2", "anchor": "2026-11-23"},
            {"recurrence": "weeks", "interval": "2", "anchor": "2026-11-30"},
            False,
        ),
        (
            {"recurrence": "weeks", "interval": "2", "anchor": "2026-11-23"},
            {"recurrence": "weeks", "interval": "2", "anchor": "2026-12-07"},
            True,
        ),
        (LOOSE, LOOSE, True),
        (LOOSE, {**LOOSE, "day": "2026-12-02"}, False),
        ({}, {"recurrence": "monthly", "nth": "1"}, False),
    ],
)  # fmt: skip
def test_second_of_overlapping_lines_has_the_error(client, location, first, second, overlap):
    errors = save(client, location, first, second)

    if not overlap:
        assert errors is None
        assert OpeningRule.objects.count() == 2
        return
    assert said(errors[0]) == {}
    assert list(said(errors[1])) == ["opens"]
    assert said(errors[1])["opens"].startswith("Deze uren overlappen met een andere lijn: Help, ")
    assert said(errors[1])["opens"].endswith(", 9 tot 12 uur. Maak er één lijn van.")


def test_fields_that_recurrence_does_not_use_are_cleared(client, location):
    assert save(client, location, {"nth": "2", "interval": "3", "day": "2026-12-01"}) is None

    rule = OpeningRule.objects.get()
    assert (rule.nth, rule.interval, rule.day) == (None, None, None)


def adjusted(client, rows, **fields):
    data = {"first_day": "2026-12-10", "last_day": "2026-12-20", "reason": "", **fields}
    return client.post("/beheer/andere-uren/new/", {**data, **inline_formset_data("hours", rows)})


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"last_day": "2026-12-09"}, "last_day", "De laatste dag komt vóór de eerste."),
        (
            {"location": ""},
            "location",
            "Kies één van de twee: een plaats, of een hele samenwerking.",
        ),
        (
            {"first_day": "2026-12-20", "last_day": "2026-12-25"},
            "first_day",
            "Deze dagen overlappen met andere uren die er al staan: 15/12/2026 – 20/12/2026.",
        ),
    ],
)
def test_invalid_exceptional_days_have_errors_at_their_fields(
    client, location, fields, field, sentence
):
    AdjustedDays.objects.create(
        location=location, first_day=date(2026, 12, 15), last_day=date(2026, 12, 20)
    )
    if "first_day" not in fields:
        fields = {"first_day": "2026-12-10", "last_day": "2026-12-14", **fields}
    response = adjusted(client, [], **{"location": location.pk, **fields})

    assert response.context["form"].errors == {field: [sentence]}
    assert AdjustedDays.objects.count() == 1


def test_overlapping_adjusted_hours_are_refused(client, location):
    row = {"weekday": "0", "opens": "09:00", "closes": "12:00"}

    assert adjusted(client, [row, row], location=location.pk).status_code == 200
    assert not AdjustedDays.objects.exists()
    assert adjusted(client, [row, {**row, "weekday": "1"}], location=location.pk).status_code == 302
    assert AdjustedDays.objects.get().hours.count() == 2


def test_reason_with_national_number_is_refused(client, location):
    response = adjusted(client, [], location=location.pk, reason="85.07.30-033.28")

    assert "reason" in response.context["form"].errors
    assert not AdjustedDays.objects.exists()
