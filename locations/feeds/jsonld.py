"""Places for machines that read pages: schema.org in JSON-LD."""

import json
from datetime import timedelta

from django.utils.safestring import mark_safe

from locations.opening_hours import Every

AHEAD = timedelta(weeks=8)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def place_data(location, calendar, today, url):
    """A place as schema.org knows it, ready for a script element.

    Hours of every week are said as days of the week. What schema.org has no word for (every two
    weeks, one week of the month, loose dates) is said as dates for eight weeks. Closed days have no
    `opens`: that is what makes them closed. Hours by appointment open no door and are left out.
    """
    data = {
        "@context": "https://schema.org",
        "@type": "CivicStructure",
        "@id": url,
        "name": location.name,
        "url": url,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"{location.street} {location.number}".strip(),
            "postalCode": location.postcode,
            "addressLocality": location.city,
            "addressCountry": "BE",
        },
        "openingHoursSpecification": _regular(calendar, today) + _irregular(calendar, today),
        "specialOpeningHoursSpecification": _special(calendar, today),
    }
    if location.lat is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": location.lat,
            "longitude": location.lon,
        }
    if location.phone:
        data["telephone"] = location.phone
    if location.email:
        data["email"] = location.email
    return script_safe({key: value for key, value in data.items() if value})


def script_safe(data):
    """JSON that can stand in a script element: nothing in it ends the element or starts a tag."""
    text = json.dumps(data, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(text)


def _hours(opens, closes, **when):
    return {
        "@type": "OpeningHoursSpecification",
        **when,
        "opens": f"{opens:%H:%M}",
        "closes": f"{closes:%H:%M}",
    }


def _regular(calendar, today):
    days = {}
    for rule in calendar.rules:
        over = rule.valid_until and rule.valid_until < today
        if rule.recurrence.every == Every.WEEK and not over and not rule.block.by_appointment:
            key = (*rule.block[:2], rule.valid_from, rule.valid_until)
            days.setdefault(key, set()).add(rule.recurrence.weekday)
    found = []
    for (opens, closes, valid_from, valid_until), weekdays in days.items():
        when = {"dayOfWeek": [DAYS[number] for number in sorted(weekdays)]}
        if valid_from:
            when["validFrom"] = valid_from.isoformat()
        if valid_until:
            when["validThrough"] = valid_until.isoformat()
        found.append(_hours(opens, closes, **when))
    return found


def _irregular(calendar, today):
    rules = [rule for rule in calendar.rules if rule.recurrence.every != Every.WEEK]
    days = (today + timedelta(days=n) for n in range(AHEAD.days))
    return [
        _hours(rule.block.opens, rule.block.closes, **_on(day, day))
        for day in days
        for rule in rules
        if rule.holds_on(day)
        and not rule.block.by_appointment
        and not calendar.closure(day, rule.service or None)
        and not calendar.adjustment(day, rule.service or None)
    ]


def _on(first_day, last_day):
    return {"validFrom": first_day.isoformat(), "validThrough": last_day.isoformat()}


def _special(calendar, today):
    found = [
        {"@type": "OpeningHoursSpecification", **_on(one.first_day, one.last_day)}
        for one in calendar.closures
        if one.last_day >= today and not one.service
    ]
    for one in calendar.adjustments:
        if one.last_day < today or one.service:
            continue
        found += [
            _hours(
                block.opens,
                block.closes,
                dayOfWeek=[DAYS[weekday]],
                **_on(one.first_day, one.last_day),
            )
            for weekday, block in one.hours
            if not block.by_appointment
        ]
    return found
