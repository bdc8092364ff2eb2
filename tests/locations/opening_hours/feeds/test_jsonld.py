"""Tests of JSON-LD against the vocabulary of schema.org."""

from datetime import date, time

import pytest

from tests.factories import locations
from tests.locations.opening_hours.test_feeds import of_all_kinds

pytestmark = pytest.mark.django_db


# Of schema.org's vocabulary what our places use: the properties of each type, and their values.
TEXT, NUMBER = str, (int, float)
VOCABULARY = {
    "CivicStructure": {
        "name": TEXT,
        "url": "url",
        "telephone": TEXT,
        "address": {"PostalAddress"},
        "geo": {"GeoCoordinates"},
        "openingHoursSpecification": {"OpeningHoursSpecification"},
        "specialOpeningHoursSpecification": {"OpeningHoursSpecification"},
    },
    "PostalAddress": {
        "streetAddress": TEXT,
        "postalCode": TEXT,
        "addressLocality": TEXT,
        "addressCountry": TEXT,
    },
    "GeoCoordinates": {"latitude": NUMBER, "longitude": NUMBER},
    "OpeningHoursSpecification": {
        "dayOfWeek": "day",
        "opens": "time",
        "closes": "time",
        "validFrom": "date",
        "validThrough": "date",
    },
}
DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
VALUES = {
    "url": lambda value: value.startswith("http"),
    "day": lambda value: value in DAYS,
    "time": lambda value: time.fromisoformat(value).isoformat("minutes") == value,
    "date": lambda value: date.fromisoformat(value).isoformat() == value,
}


def check_vocabulary(node, types=("CivicStructure",)):
    kind = node["@type"]
    assert kind in types
    for name, value in node.items():
        if name.startswith("@"):
            continue
        expected = VOCABULARY[kind][name]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(expected, set):
                check_vocabulary(one, expected)
            elif isinstance(expected, str):
                assert VALUES[expected](one), (name, one)
            else:
                assert isinstance(one, expected), (name, one)
    if kind == "OpeningHoursSpecification":
        assert ("opens" in node) is ("closes" in node)
        assert "opens" not in node or node["opens"] < node["closes"]


def test_jsonld_uses_schema_org_types_and_properties(client, index, halle):
    of_all_kinds(halle)
    loose = locations.location("GOO", name="Gooik")
    locations.rule(loose, recurrence="date", day=date(2026, 12, 1))
    locations.location_page(index, loose)
    data = client.get("/digipunten.json").json()
    assert data["@context"] == "https://schema.org"
    assert len(data["@graph"]) == 2
    for node in data["@graph"]:
        check_vocabulary(node)
    used = {key for node in data["@graph"] for key in node if not key.startswith("@")}
    assert used == set(VOCABULARY["CivicStructure"])


def test_jsonld_lists_each_date_when_nothing_recurs_in_most_weeks(client, index):
    gooik = locations.location("GOO", name="Gooik")
    for day in (date(2026, 12, 1), date(2026, 12, 10)):
        locations.rule(gooik, recurrence="date", day=day)
    locations.location_page(index, gooik)
    said = client.get("/digipunten/goo.json").json()["openingHoursSpecification"]
    assert [one["validFrom"] for one in said] == ["2026-12-01", "2026-12-10"]
    assert all("dayOfWeek" not in one for one in said)
