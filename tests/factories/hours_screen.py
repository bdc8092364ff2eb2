"""The week of hours in the admin, as a browser sends it, and what the answers say."""

from bs4 import BeautifulSoup

from tests.factories import locations
from tests.factories.location_forms import location_form_data

AJAX = {"X-Requested-With": "XMLHttpRequest"}
WEEKLY = {"weekday": "4", "opens": "14:00", "closes": "16:30"}
EVERY_OTHER = {"recurrence": "weeks", "weekday": "4", "interval": "2", "anchor": "2026-11-27"}


def typed(place, *rules, **fields):
    inline_formset_data = [{"service": locations.service().pk, **rule} for rule in rules]
    return {**location_form_data(place, inline_formset_data), **fields}


def preview(client, place, *rules, **fields):
    address = f"/beheer/plaatsen/voorbeeld/{place.pk}/"
    return client.post(address, typed(place, *rules, **fields), headers=AJAX)


def save(client, place, *rules, **fields):
    return client.post(f"/beheer/plaatsen/edit/{place.pk}/", typed(place, *rules, **fields))


def days_of(response):
    """What the preview says, by day: the hours, and the notes beside them."""
    return {
        day.day: ([hours.text for hours in day.hours], [note.text for note in day.notes])
        for week in response.context["preview"].weeks
        for day in week.days
    }


def of_saved_lines(client, place):
    """The fields of the lines as the screen shows them again."""
    page = soup(client.get(f"/beheer/plaatsen/edit/{place.pk}/"))
    return {name: value for name, value in shown(page).items() if name.startswith("opening_rules")}


def soup(response):
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.find_all(["noscript", "template"]):
        hidden.decompose()
    return page


def shown(page):
    found = {}
    for item in page.find_all(["input", "select"], attrs={"name": True}):
        if item.name == "select":
            found[item["name"]] = "".join(
                one["value"] for one in item.find_all("option", selected=True)
            )
        elif item.get("type") != "checkbox" or item.has_attr("checked"):
            found[item["name"]] = item.get("value", "on" if item.get("type") == "checkbox" else "")
    return found
