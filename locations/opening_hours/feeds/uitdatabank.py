"""Places for UiTdatabank (publiq): the body of a place as its Entry API takes it.

What can not be said there:
- hours of one service: a place has one set of hours, those of its door;
- every two weeks, one week of the month, loose dates: these are said as days that differ, for half
  a year ahead. A place with only such hours is `periodic`, from the first day of them to the last;
- hours by appointment: they open no door. A place that has no others says so in its status;
- a bus and a mobile digipunt: their stops would be events, and a place needs an address;
- that it is a digipunt: no type says so, so a label does.
The identifier is given by UiTdatabank; ours stands in `contactPoint.url`.
"""

from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_closure
from locations.opening_hours.feeds.regular_hours import by_hours, usual
from locations.places.models import Location

LANGUAGE = "nl"
MEETING_PLACE = {"id": "Yf4aZBfsUEu2NsQqsprngw", "domain": "eventtype"}
"""Cultuur- of ontmoetingscentrum; exactly one type is asked, and none of them is a digipunt."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST = 1000
"""Characters of a description of days, at most."""


def can_be_said(location):
    """A place has an address where it stays."""
    has_address = location.street and location.postcode and location.city
    return bool(has_address) and location.kind not in Location.MOVING_KINDS


def place(location, calendar, url, today):
    """A place as a dictionary; `url` is the address of its page."""
    hours = usual(calendar, today)
    return {
        "@type": "Place",
        "mainLanguage": LANGUAGE,
        "name": {LANGUAGE: location.name},
        "terms": [MEETING_PLACE],
        "labels": ["digipunt"],
        "address": {
            LANGUAGE: {
                "addressCountry": "BE",
                "addressLocality": location.city,
                "postalCode": location.postcode,
                "streetAddress": f"{location.street} {location.number}".strip(),
            }
        },
        "contactPoint": {
            "phone": [str(location.phone)] if location.phone else [],
            "email": [location.email] if location.email else [],
            "url": [url],
        },
        **_calendar(hours, calendar, today),
    }


def collection(places):
    return {"@type": "PagedCollection", "totalItems": len(places), "member": places}


def _calendar(hours, calendar, today):
    if not hours.week:
        # Without hours UiTdatabank takes a place to be open day and night.
        with override(LANGUAGE):
            reason = _why_not(calendar, today)
        return {
            "calendarType": "permanent",
            "status": {"type": "TemporarilyUnavailable", "reason": {LANGUAGE: reason}},
        }
    found = {
        "calendarType": "permanent" if hours.is_lasting else "periodic",
        "status": {"type": "Available"},
        "openingHours": _opening_hours(hours.week),
        "openingHoursClosedDays": [],
        "openingHoursAdjustedDays": [],
    }
    first, last = min(hours.days), max(hours.days)
    if not hours.is_lasting:
        found["startDate"] = datetime.combine(first, time(), tzinfo=BRUSSELS).isoformat()
        found["endDate"] = datetime.combine(last, time(23, 59, 59), tzinfo=BRUSSELS).isoformat()
    for one in sorted(hours.otherwise, key=lambda one: (one.first_day, one.last_day)):
        days = (one.first_day, one.last_day)
        if not hours.is_lasting:
            days = (max(days[0], first), min(days[1], last))
        if days[0] > days[1]:
            continue
        said = {"startDate": days[0].isoformat(), "endDate": days[1].isoformat()}
        if one.reason:
            said["description"] = {LANGUAGE: one.reason[:LONGEST]}
        if one.hours:
            said["openingHours"] = _opening_hours(one.hours)
            found["openingHoursAdjustedDays"].append(said)
        else:
            found["openingHoursClosedDays"].append(said)
    return {name: value for name, value in found.items() if value != []}


def _why_not(calendar, today):
    if closure := calendar.closure(today):
        return format_closure(closure)
    if any(rule.block.by_appointment for rule in calendar.rules):
        return _("Only by appointment: call or mail us.")
    return _("We do not know yet when. Call us.")


def _opening_hours(week):
    return [
        {
            "opens": f"{opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
            "dayOfWeek": [DAYS[weekday] for weekday in weekdays],
        }
        for (opens, closes), weekdays in by_hours(week)
    ]
