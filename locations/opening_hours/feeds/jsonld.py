"""Places for machines that read pages: schema.org in JSON-LD."""

import json

from django.utils.safestring import mark_safe

from locations.opening_hours.feeds.regular_hours import by_hours, usual

CONTEXT = "https://schema.org"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def place_data(location, calendar, today, url):
    """A place as schema.org knows it, ready for a script element."""
    return script_safe({"@context": CONTEXT, **node(location, calendar, today, url)})


def graph(nodes):
    """Several places in one document."""
    return script_safe({"@context": CONTEXT, "@graph": nodes})


def node(location, calendar, today, url):
    """A place as values.

    Hours of most weeks are said as days of the week; days that differ are special, and replace
    these. Where nothing comes in most weeks (every two weeks, one week of the month, loose dates)
    schema.org has no word for what does, and each date is said. Closed days have no `opens`: that
    is what makes them closed. Hours by appointment open no door and are left out, and so is the
    e-mail address: a place has none, says schema.org, only an organisation.
    """
    hours = usual(calendar, today)
    data = {
        "@type": "CivicStructure",
        "@id": url,
        "name": location.name,
        "url": url,
        "address": _said(
            {
                "@type": "PostalAddress",
                "streetAddress": f"{location.street} {location.number}".strip(),
                "postalCode": location.postcode,
                "addressLocality": location.city,
                "addressCountry": "BE",
            }
        ),
        "openingHoursSpecification": _week(hours) if hours.is_lasting else _dates(hours),
        "specialOpeningHoursSpecification": _special(hours),
    }
    if location.lat is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": location.lat,
            "longitude": location.lon,
        }
    if location.phone:
        data["telephone"] = str(location.phone)
    return _said(data)


def _said(data):
    return {key: value for key, value in data.items() if value}


def script_safe(data):
    """JSON that can stand in a script element: nothing in it ends the element or starts a tag."""
    text = json.dumps(data, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(text)


def _hours(block=None, **when):
    """Hours, or closed if no block says when it opens."""
    said = {"@type": "OpeningHoursSpecification", **when}
    if block:
        opens, closes = block
        said |= {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    return said


def _names(weekdays):
    return [DAYS[weekday] for weekday in weekdays]


def _on(first_day, last_day):
    return {"validFrom": first_day.isoformat(), "validThrough": last_day.isoformat()}


def _week(hours):
    return [_hours(block, dayOfWeek=_names(weekdays)) for block, weekdays in hours.week_by_hours()]


def _dates(hours):
    return [_hours(block, **_on(day, day)) for day, found in hours.days.items() for block in found]


def _special(hours):
    found = []
    for one in sorted(hours.otherwise, key=lambda one: (one.first_day, one.last_day)):
        when = _on(one.first_day, one.last_day)
        if not one.hours:
            if hours.is_lasting or one.is_closure:
                found.append(_hours(**when))
            continue
        if not hours.is_lasting:
            continue
        found += [
            _hours(block, dayOfWeek=_names(weekdays), **when)
            for block, weekdays in by_hours(one.hours)
        ]
        closed = [weekday for weekday in hours.week if weekday not in one.hours]
        if closed:
            found.append(_hours(dayOfWeek=_names(closed), **when))
    return found
