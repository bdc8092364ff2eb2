"""Locations for UiTdatabank (publiq), as its Entry API accepts a Place.

The API cannot express:

* hours of one service: a place has one set of hours;
* every two weeks, one week of the month, single dates: these become days that differ, half a year
  ahead. A location with only such hours is `periodic`, from its first to its last opening;
* hours by appointment: a location without other hours says so in its status;
* a mobile location: its stops would be events, and a place needs an address;
* that it is a digipunt: there is no such type, so it has a label.

UiTdatabank assigns the identifier; our URL is in `contactPoint.url`.
"""

from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_closure
from locations.opening_hours.engine.summary import group_by_hours, summarize
from locations.opening_hours.feeds.jsonld import PERIOD
from locations.places.models import Location

LANGUAGE = "nl"
MEETING_PLACE = {"id": "Yf4aZBfsUEu2NsQqsprngw", "domain": "eventtype"}
"""Cultuur- of ontmoetingscentrum; exactly one type is required, and none is a digipunt."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MAX_DESCRIPTION = 1000
"""The maximum length of a description of days."""


def has_uitdatabank_place(location):
    """Return whether a location has an address and stays there."""
    has_address = location.street and location.postcode and location.city
    return bool(has_address) and location.kind not in Location.MOVING_KINDS


def uitdatabank_place(location, calendar, url, today):
    """Return a location as a Place; `url` is the address of its page."""
    summary = summarize(calendar, today, today + PERIOD)
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
        **_calendar_data(summary, today),
    }


def uitdatabank_places(places):
    """Return places as a PagedCollection."""
    return {"@type": "PagedCollection", "totalItems": len(places), "member": places}


def _calendar_data(summary, today):
    if not summary.week:
        # UiTdatabank shows a place without hours as open day and night.
        with override(LANGUAGE):
            reason = _unavailable_reason(summary.calendar, today)
        return {
            "calendarType": "permanent",
            "status": {"type": "TemporarilyUnavailable", "reason": {LANGUAGE: reason}},
        }
    data = {
        "calendarType": "permanent" if summary.is_lasting else "periodic",
        "status": {"type": "Available"},
        "openingHours": _opening_hours(summary.week),
        "openingHoursClosedDays": [],
        "openingHoursAdjustedDays": [],
    }
    first_day, last_day = min(summary.hours_by_day), max(summary.hours_by_day)
    if not summary.is_lasting:
        start = datetime.combine(first_day, time(), tzinfo=BRUSSELS)
        end = datetime.combine(last_day, time(23, 59, 59), tzinfo=BRUSSELS)
        data["startDate"], data["endDate"] = start.isoformat(), end.isoformat()
    for deviation in sorted(summary.deviations, key=lambda item: (item.first_day, item.last_day)):
        start, end = deviation.first_day, deviation.last_day
        if not summary.is_lasting:
            start, end = max(start, first_day), min(end, last_day)
        if start > end:
            continue
        days = {"startDate": start.isoformat(), "endDate": end.isoformat()}
        if deviation.reason:
            days["description"] = {LANGUAGE: deviation.reason[:MAX_DESCRIPTION]}
        if deviation.hours:
            days["openingHours"] = _opening_hours(deviation.hours)
            data["openingHoursAdjustedDays"].append(days)
        else:
            data["openingHoursClosedDays"].append(days)
    return {name: value for name, value in data.items() if value != []}


def _unavailable_reason(calendar, today):
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
        for (opens, closes), weekdays in group_by_hours(week)
    ]
