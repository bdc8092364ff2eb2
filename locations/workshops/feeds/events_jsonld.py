"""Workshops as JSON-LD: an Event of schema.org for each run."""

from locations.opening_hours.feeds.jsonld import CONTEXT, script_safe
from locations.workshops.feeds.events import local_isoformat

LANGUAGES = {"nl-easy": "nl"}


def events_document(events):
    """Return several events in one document, safe in a script element."""
    return script_safe({"@context": CONTEXT, "@graph": [event_node(event) for event in events]})


def event_node(event):
    """Return an event as a dictionary; the sessions of a series are its sub-events."""
    run, page = event.run, event.page
    data = {
        "@type": "Event",
        "@id": f"{event.url}#datum-{run.pk}",
        "name": page.title,
        "description": " ".join(filter(None, (page.introduction, page.limits))),
        "url": event.url,
        "startDate": local_isoformat(run.starts_at),
        "endDate": local_isoformat(run.ends_at),
        "eventStatus": f"{CONTEXT}/{_status(run)}",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "inLanguage": LANGUAGES.get(page.language, page.language),
        "isAccessibleForFree": event.price == 0,
        "location": _location_node(run),
        "maximumAttendeeCapacity": run.capacity,
        **({"previousStartDate": local_isoformat(run.moved_from)} if run.is_moved else {}),
        **({} if run.is_drop_in else {"remainingAttendeeCapacity": _remaining(run)}),
        **({"offers": _offer(event)} if not run.is_drop_in else {}),
        **_organizer(event),
        **_sub_events(event),
    }
    return {key: value for key, value in data.items() if value != ""}


def _status(run):
    if run.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if run.is_moved else "EventScheduled"


def _remaining(run):
    return 0 if run.is_cancelled else run.free_seats


def _offer(event):
    run = event.run
    is_free = _remaining(run) > 0
    offer = {
        "@type": "Offer",
        "url": event.register_url,
        "availability": f"{CONTEXT}/{'InStock' if is_free else 'SoldOut'}",
    }
    if event.price is not None:
        offer |= {"price": f"{event.price:.2f}", "priceCurrency": "EUR"}
    if run.registration_opens_at:
        offer["validFrom"] = local_isoformat(run.registration_opens_at)
    offer["validThrough"] = local_isoformat(run.registration_closes_at or run.starts_at)
    return offer


def _organizer(event):
    organizer = event.page.partner or event.run.location.partnership
    if organizer is None:
        return {}
    return {
        "organizer": {
            "@type": "Organization",
            "name": organizer.name,
            **({"url": organizer.website} if organizer.website else {}),
        }
    }


def _sub_events(event):
    if len(event.sessions) < 2:
        return {}
    return {
        "subEvent": [
            {
                "@type": "Event",
                "name": session.subject or event.page.title,
                "startDate": local_isoformat(session.starts_at),
                "endDate": local_isoformat(session.ends_at),
                "eventStatus": f"{CONTEXT}/{_status(event.run)}",
                "location": _location_node(event.run),
            }
            for session in event.sessions
        ]
    }


def _location_node(run):
    location = run.location
    node = {
        "@type": "Place",
        "name": location.name,
        "address": {
            key: value
            for key, value in {
                "@type": "PostalAddress",
                "streetAddress": f"{location.street} {location.number}".strip(),
                "postalCode": location.postcode,
                "addressLocality": location.city,
                "addressCountry": "BE",
            }.items()
            if value
        },
    }
    if location.lat is not None:
        node["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": location.lat,
            "longitude": location.lon,
        }
    return node
