"""Workshops for UiTdatabank (publiq): events in the format of its Entry API.

A run is an event: `single` with one session, `multiple` for a series. The format has no place for:
- a location without a UiTdatabank identifier: its name and address are given instead;
- the waiting list: a full event is not available, and its page explains the waiting list;
- a price that is not an amount ("vraag het ons"): then there is no price;
- the moment when registration opens, for drop-in runs: there is nothing to book.
The seats of a series are given for every session.
"""

from locations.opening_hours.feeds.uitdatabank import LANGUAGE
from locations.workshops.feeds.events import local_isoformat

SERIES = {"id": "0.3.1.0.0", "domain": "eventtype"}
"""Lessenreeks: people join from the first session."""
OPEN_SESSIONS = {"id": "0.3.1.0.1", "domain": "eventtype"}
"""Cursus met open sessies."""
LANGUAGES = {"nl-easy": "nl"}


def uitdatabank_event(event):
    """Return an event as a dictionary."""
    run, page = event.run, event.page
    is_series = len(event.sessions) > 1
    return {
        "@type": "Event",
        "mainLanguage": LANGUAGE,
        "name": {LANGUAGE: page.title},
        "description": {LANGUAGE: "\n\n".join(filter(None, (page.introduction, page.limits)))},
        "languages": [LANGUAGES.get(page.language, page.language)],
        "terms": [SERIES if is_series and not run.is_drop_in else OPEN_SESSIONS],
        "labels": ["digipunt"],
        "audience": {"audienceType": "everyone"},
        "location": _location(run.location),
        "calendarType": "multiple" if is_series else "single",
        "startDate": local_isoformat(run.starts_at),
        "endDate": local_isoformat(run.ends_at),
        "status": _status(run),
        "bookingAvailability": _booking(run),
        "subEvent": [
            {
                "id": number,
                "startDate": local_isoformat(session.starts_at),
                "endDate": local_isoformat(session.ends_at),
                "status": _status(run),
                "bookingAvailability": _booking(run),
            }
            for number, session in enumerate(event.sessions)
        ],
        "contactPoint": {
            "phone": [str(run.location.phone)] if run.location.phone else [],
            "email": [run.location.email] if run.location.email else [],
            "url": [event.url],
        },
        **_price(event),
        **_registration(event),
    }


def uitdatabank_collection(events):
    """Return a page of events, as the API returns them."""
    return {"@type": "PagedCollection", "totalItems": len(events), "member": events}


def _status(run):
    if run.is_cancelled:
        return {"type": "Unavailable", "reason": {LANGUAGE: run.cancelled_reason}}
    return {"type": "Available"}


def _booking(run):
    if run.is_drop_in:
        availability = "Unavailable" if run.is_cancelled else "Available"
        return {"type": availability, "capacity": run.capacity}
    left = 0 if run.is_cancelled else run.free_seats
    return {
        "type": "Available" if left else "Unavailable",
        "capacity": run.capacity,
        "remainingCapacity": left,
    }


def _location(location):
    return {
        "@type": "Place",
        "name": {LANGUAGE: location.name},
        "address": {
            LANGUAGE: {
                "addressCountry": "BE",
                "addressLocality": location.city,
                "postalCode": location.postcode,
                "streetAddress": f"{location.street} {location.number}".strip(),
            }
        },
    }


def _price(event):
    if event.price is None:
        return {}
    return {
        "priceInfo": [
            {
                "category": "base",
                "name": {LANGUAGE: "Basistarief"},
                "price": float(event.price),
                "priceCurrency": "EUR",
            }
        ]
    }


def _registration(event):
    run = event.run
    if run.is_drop_in or run.is_cancelled:
        return {}
    booking = {"url": event.register_url, "urlLabel": {LANGUAGE: "Schrijf je in"}}
    if run.location.phone:
        booking["phone"] = str(run.location.phone)
    if run.registration_opens_at:
        booking["availabilityStarts"] = local_isoformat(run.registration_opens_at)
        booking["availabilityEnds"] = local_isoformat(run.registration_closes_at or run.starts_at)
    elif run.registration_closes_at:
        booking["availabilityEnds"] = local_isoformat(run.registration_closes_at)
    return {"bookingInfo": booking}
