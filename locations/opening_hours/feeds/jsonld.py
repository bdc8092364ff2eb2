"""Locations for search engines: schema.org in JSON-LD."""

import json
from datetime import timedelta

from django.utils.safestring import mark_safe

from locations.opening_hours.engine.summary import group_by_hours, summarize

CONTEXT = "https://schema.org"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PERIOD = timedelta(weeks=26)
"""How far ahead days that differ from the regular week are listed."""


def location_jsonld(location, calendar, today, url):
    """Return a location as JSON-LD for a script element."""
    return script_safe({"@context": CONTEXT, **location_node(location, calendar, today, url)})


def graph_jsonld(nodes):
    """Return several locations as one JSON-LD document."""
    return script_safe({"@context": CONTEXT, "@graph": nodes})


def location_node(location, calendar, today, url):
    """Return a location as a schema.org CivicStructure.

    Hours of most weeks are given by weekday, and days that differ as special hours, which replace
    them. If nothing recurs in most weeks, each date is listed, because schema.org cannot express
    other recurrences. Closed days have no `opens`. Hours by appointment are left out, and so is
    the e-mail address, which schema.org only has for organizations.
    """
    summary = summarize(calendar, today, today + PERIOD)
    data = {
        "@type": "CivicStructure",
        "@id": url,
        "name": location.name,
        "url": url,
        "address": _without_empty(
            {
                "@type": "PostalAddress",
                "streetAddress": f"{location.street} {location.number}".strip(),
                "postalCode": location.postcode,
                "addressLocality": location.city,
                "addressCountry": "BE",
            }
        ),
        "openingHoursSpecification": _week(summary) if summary.is_lasting else _dates(summary),
        "specialOpeningHoursSpecification": _special_hours(summary),
    }
    if location.lat is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": location.lat,
            "longitude": location.lon,
        }
    if location.phone:
        data["telephone"] = str(location.phone)
    return _without_empty(data)


def _without_empty(data):
    return {key: value for key, value in data.items() if value}


def script_safe(data):
    """Return JSON in which nothing ends a script element or starts a tag."""
    text = json.dumps(data, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)


def _hours(block=None, **when):
    """Return hours, or closed days without a block."""
    specification = {"@type": "OpeningHoursSpecification", **when}
    if block:
        opens, closes = block
        specification |= {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    return specification


def _day_names(weekdays):
    return [DAYS[weekday] for weekday in weekdays]


def _valid(first_day, last_day):
    return {"validFrom": first_day.isoformat(), "validThrough": last_day.isoformat()}


def _week(summary):
    return [
        _hours(block, dayOfWeek=_day_names(weekdays))
        for block, weekdays in group_by_hours(summary.week)
    ]


def _dates(summary):
    return [
        _hours(block, **_valid(day, day))
        for day, blocks in summary.hours_by_day.items()
        for block in blocks
    ]


def _special_hours(summary):
    specifications = []
    for deviation in sorted(summary.deviations, key=lambda item: (item.first_day, item.last_day)):
        valid = _valid(deviation.first_day, deviation.last_day)
        if not deviation.hours:
            if summary.is_lasting or deviation.is_closure:
                specifications.append(_hours(**valid))
            continue
        if not summary.is_lasting:
            continue
        specifications += [
            _hours(block, dayOfWeek=_day_names(weekdays), **valid)
            for block, weekdays in group_by_hours(deviation.hours)
        ]
        closed = [weekday for weekday in summary.week if weekday not in deviation.hours]
        if closed:
            specifications.append(_hours(dayOfWeek=_day_names(closed), **valid))
    return specifications
