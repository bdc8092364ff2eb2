"""Tests of editing hours: errors are shown at their field and input is kept."""

from datetime import time

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from locations.opening_hours.models import OpeningRule
from tests.factories import locations
from tests.factories.hours_screen import (
    EVERY_OTHER,
    WEEKLY,
    field_values,
    preview,
    preview_days,
    save,
    saved_line_fields,
    soup,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
TODAY = locations.MONDAY_MORNING.date()
OVER_MIDNIGHT = (
    "Het einde moet na het begin komen. Uren over middernacht zijn twee lijnen, op twee dagen."
)


BAD = [
    ({"closes": "08:00"}, "closes", OVER_MIDNIGHT),
    ({"opens": "22:00", "closes": "02:00"}, "closes", OVER_MIDNIGHT),
    (
        {"valid_from": "2026-12-10", "valid_until": "2026-12-09"},
        "valid_until",
        "Het seizoen eindigt voordat het begint.",
    ),
    (
        {**EVERY_OTHER, "anchor": "2026-11-26"},
        "anchor",
        "26/11/2026 is een donderdag. Kies een datum op de dag van deze lijn.",
    ),
    ({"recurrence": "monthly"}, "nth", "Kies de hoeveelste van de maand."),
    ({"recurrence": "date"}, "day", "Geef de datum."),
]


@pytest.mark.parametrize(("line", "field", "sentence"), BAD)
def test_location_form_shows_errors_at_their_field_and_keeps_input(
    client, location, editor, line, field, sentence
):
    rules = [{**WEEKLY, "weekday": "3"}, line]
    page = soup(save(client, location, *rules, street="Nieuwstraat"))

    wrong = page.find(id=f"id_opening_rules-1-{field}")
    assert wrong["aria-invalid"] == "true"
    assert f"{wrong['id']}_error" in wrong["aria-describedby"].split()
    assert page.find(id=f"{wrong['id']}_error").get_text(strip=True) == sentence
    still = field_values(page)
    assert still["street"] == "Nieuwstraat"
    for number, rule in enumerate(rules):
        for name, value in rule.items():
            assert still[f"opening_rules-{number}-{name}"] == str(value)
    assert not OpeningRule.objects.exists()


@pytest.mark.parametrize(("line", "field", "sentence"), BAD)
def test_preview_lists_invalid_lines_with_a_link_to_their_field(
    client, location, editor, line, field, sentence
):
    (wrong,) = preview(client, location, WEEKLY, line).context["preview"].errors

    assert wrong.label.startswith("Help")
    assert (wrong.field_id, wrong.message) == (f"id_opening_rules-1-{field}", sentence)


def test_overlapping_line_names_the_other_line(client, location, editor):
    rules = [WEEKLY, {**WEEKLY, "opens": "16:00", "closes": "17:00"}]
    sentence = (
        "Deze uren overlappen met een andere lijn: Help, vrijdag, 14 tot 16.30 uur. "
        "Maak er één lijn van."
    )
    (wrong,) = preview(client, location, *rules).context["preview"].errors
    page = soup(save(client, location, *rules))

    assert wrong.message == sentence
    assert page.find(id="id_opening_rules-1-opens_error").get_text(strip=True) == sentence


def test_line_deleted_by_someone_else_is_saved_as_new(client, location, editor):
    locations.rule(location, 3)
    data = saved_line_fields(client, location)
    OpeningRule.objects.all().delete()

    assert len(preview_days(preview(client, location, **data))) == 8
    assert save(client, location, **data).status_code == 302
    assert OpeningRule.objects.get().weekday == 3


def test_empty_line_is_saved_when_filled_in_without_script(client, location, editor):
    address = f"/beheer/plaatsen/edit/{location.pk}/"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    for template in page.find_all("template"):
        template.decompose()
    data = field_values(page.find("form", id="w-editor-form"))
    first = "opening_rules-0"
    data |= {f"{first}-service": locations.service().pk, f"{first}-weekday": "2"}
    data |= {f"{first}-opens": "10:00", f"{first}-closes": "12:00"}

    response = client.post(address, data)
    assert response.status_code == 302
    rule = OpeningRule.objects.get()
    assert (rule.weekday, rule.opens, rule.closes) == (2, time(10), time(12))


def test_location_form_query_count_is_independent_of_number_of_lines(client, location, editor):
    def queries():
        lines = saved_line_fields(client, location)
        with CaptureQueriesContext(connection) as shown_again:
            assert client.get(f"/beheer/plaatsen/edit/{location.pk}/").status_code == 200
        with CaptureQueriesContext(connection) as asked:
            assert preview(client, location, **lines).status_code == 200
        return len(shown_again), len(asked)

    locations.rule(location, 0)
    locations.rule(location, 0, code="lending")
    few = queries()
    for weekday in range(7):
        for hour in range(13, 18):
            locations.rule(location, weekday, time(hour), time(hour, 30), code="lending")

    assert queries() == few
    assert few[1] <= 20
