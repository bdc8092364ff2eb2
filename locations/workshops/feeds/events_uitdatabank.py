"""Workshops for UiTdatabank (publiq): the body of an event as its Entry API takes it.

What can not be said there:
- a place that UiTdatabank did not give an identifier: its name and address stand in its stead;
- the waiting list: an event that is full is not available, and its page says what then;
- a price that is no amount ("vraag het ons"): then there is no price;
- when registration opens, for who may drop in: there is nothing to book.
A run is an event: `single` for one lesson, `multiple` for a series. Its places count for the series
as a whole, and are said of every lesson.
"""

from locations.opening_hours.feeds.uitdatabank import LANGUAGE
from locations.workshops.feeds.events import local

SERIES = {"id": "0.3.1.0.0", "domain": "eventtype"}
"""Lessenreeks: who was not there from the start can not join."""
OPEN_SESSIONS = {"id": "0.3.1.0.1", "domain": "eventtype"}
"""Cursus met open sessies."""
SPOKEN = {"nl-easy": "nl"}


def event(edition):
    """An edition as a dictionary."""
    run, page = edition.run, edition.page
    is_series = len(edition.lessons) > 1
    return {
        "@type": "Event",
        "mainLanguage": LANGUAGE,
        "name": {LANGUAGE: page.title},
        "description": {LANGUAGE: "\n\n".join(filter(None, (page.introduction, page.limits)))},
        "languages": [SPOKEN.get(page.language, page.language)],
        "terms": [SERIES if is_series and not run.is_drop_in else OPEN_SESSIONS],
        "labels": ["digipunt"],
        "audience": {"audienceType": "everyone"},
        "location": _place(run.location),
        "calendarType": "multiple" if is_series else "single",
        "startDate": local(run.starts_at),
        "endDate": local(run.ends_at),
        "status": _status(run),
        "bookingAvailability": _booking(run),
        "subEvent": [
            {
                "id": number,
                "startDate": local(lesson.starts_at),
                "endDate": local(lesson.ends_at),
                "status": _status(run),
                "bookingAvailability": _booking(run),
            }
            for number, lesson in enumerate(edition.lessons)
        ],
        "contactPoint": {
            "phone": [str(run.location.phone)] if run.location.phone else [],
            "email": [run.location.email] if run.location.email else [],
            "url": [edition.url],
        },
        **_price(edition),
        **_registration(edition),
    }


def collection(events):
    return {"@type": "PagedCollection", "totalItems": len(events), "member": events}


def _status(run):
    if run.is_cancelled:
        return {"type": "Unavailable", "reason": {LANGUAGE: run.cancelled_reason}}
    return {"type": "Available"}


def _booking(run):
    """How many places there are and how many are left; for who may drop in only the first."""
    if run.is_drop_in:
        kind = "Unavailable" if run.is_cancelled else "Available"
        return {"type": kind, "capacity": run.capacity}
    left = 0 if run.is_cancelled else run.free
    return {
        "type": "Available" if left else "Unavailable",
        "capacity": run.capacity,
        "remainingCapacity": left,
    }


def _place(place):
    return {
        "@type": "Place",
        "name": {LANGUAGE: place.name},
        "address": {
            LANGUAGE: {
                "addressCountry": "BE",
                "addressLocality": place.city,
                "postalCode": place.postcode,
                "streetAddress": f"{place.street} {place.number}".strip(),
            }
        },
    }


def _price(edition):
    if edition.price is None:
        return {}
    return {
        "priceInfo": [
            {
                "category": "base",
                "name": {LANGUAGE: "Basistarief"},
                "price": float(edition.price),
                "priceCurrency": "EUR",
            }
        ]
    }


def _registration(edition):
    run = edition.run
    if run.is_drop_in or run.is_cancelled:
        return {}
    found = {"url": edition.register_url, "urlLabel": {LANGUAGE: "Schrijf je in"}}
    if run.location.phone:
        found["phone"] = str(run.location.phone)
    if run.registration_opens_at:
        found["availabilityStarts"] = local(run.registration_opens_at)
        found["availabilityEnds"] = local(run.registration_closes_at or run.starts_at)
    elif run.registration_closes_at:
        found["availabilityEnds"] = local(run.registration_closes_at)
    return {"bookingInfo": found}
