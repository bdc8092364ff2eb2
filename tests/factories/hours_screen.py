"""Requests of the hours screens in the admin, and readers of their responses."""

from bs4 import BeautifulSoup

from tests.factories import locations
from tests.factories.location_forms import location_form_data

AJAX = {"X-Requested-With": "XMLHttpRequest"}
WEEKLY = {"weekday": "4", "opens": "14:00", "closes": "16:30"}
EVERY_OTHER = {"recurrence": "weeks", "weekday": "4", "interval": "2", "anchor": "2026-11-27"}


def form_data(location, *rules, **fields):
    inline_formset_data = [{"service": locations.service().pk, **rule} for rule in rules]
    return {**location_form_data(location, inline_formset_data), **fields}


def preview(client, location, *rules, **fields):
    address = f"/beheer/plaatsen/voorbeeld/{location.pk}/"
    return client.post(address, form_data(location, *rules, **fields), headers=AJAX)


def save(client, location, *rules, **fields):
    return client.post(
        f"/beheer/plaatsen/edit/{location.pk}/", form_data(location, *rules, **fields)
    )


def preview_days(response):
    """Return the hours and the notes of each day in the preview."""
    return {
        day.day: ([hours.text for hours in day.hours], [note.text for note in day.notes])
        for week in response.context["preview"].weeks
        for day in week.days
    }


def saved_line_fields(client, location):
    """Return the fields of the saved lines, as the form shows them."""
    page = soup(client.get(f"/beheer/plaatsen/edit/{location.pk}/"))
    return {
        name: value
        for name, value in field_values(page).items()
        if name.startswith("opening_rules")
    }


def soup(response):
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.find_all(["noscript", "template"]):
        hidden.decompose()
    return page


def field_values(page):
    found = {}
    for item in page.find_all(["input", "select"], attrs={"name": True}):
        if item.name == "select":
            found[item["name"]] = "".join(
                one["value"] for one in item.find_all("option", selected=True)
            )
        elif item.get("type") != "checkbox" or item.has_attr("checked"):
            found[item["name"]] = item.get("value", "on" if item.get("type") == "checkbox" else "")
    return found
