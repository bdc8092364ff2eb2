"""Workshops for machines that read pages: an Event of schema.org for each run, in JSON-LD."""

from locations.opening_hours.feeds.jsonld import CONTEXT, script_safe
from locations.workshops.feeds.events import local

LANGUAGES = {"nl-easy": "nl"}


def events_data(editions):
    """Several events in one document, ready for a script element."""
    return script_safe({"@context": CONTEXT, "@graph": [node(one) for one in editions]})


def node(edition):
    """An edition as values. A series is one event, with its lessons as events within it."""
    run, page = edition.run, edition.page
    data = {
        "@type": "Event",
        "@id": f"{edition.url}#datum-{run.pk}",
        "name": page.title,
        "description": " ".join(filter(None, (page.introduction, page.limits))),
        "url": edition.url,
        "startDate": local(run.starts_at),
        "endDate": local(run.ends_at),
        "eventStatus": f"{CONTEXT}/{_status(run)}",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "inLanguage": LANGUAGES.get(page.language, page.language),
        "isAccessibleForFree": edition.price == 0,
        "location": _place(run),
        "maximumAttendeeCapacity": run.capacity,
        **({"previousStartDate": local(run.moved_from)} if run.is_moved else {}),
        **({} if run.is_drop_in else {"remainingAttendeeCapacity": _remaining(run)}),
        **({"offers": _offer(edition)} if not run.is_drop_in else {}),
        **_organizer(edition),
        **_lessons(edition),
    }
    return {key: value for key, value in data.items() if value != ""}


def _status(run):
    if run.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if run.is_moved else "EventScheduled"


def _remaining(run):
    return 0 if run.is_cancelled else run.free


def _offer(edition):
    run = edition.run
    is_free = _remaining(run) > 0
    offer = {
        "@type": "Offer",
        "url": edition.register_url,
        "availability": f"{CONTEXT}/{'InStock' if is_free else 'SoldOut'}",
    }
    if edition.price is not None:
        offer |= {"price": f"{edition.price:.2f}", "priceCurrency": "EUR"}
    if run.registration_opens_at:
        offer["validFrom"] = local(run.registration_opens_at)
    offer["validThrough"] = local(run.registration_closes_at or run.starts_at)
    return offer


def _organizer(edition):
    by = edition.page.partner or edition.run.location.partnership
    if by is None:
        return {}
    return {
        "organizer": {
            "@type": "Organization",
            "name": by.name,
            **({"url": by.website} if by.website else {}),
        }
    }


def _lessons(edition):
    if len(edition.lessons) < 2:
        return {}
    return {
        "subEvent": [
            {
                "@type": "Event",
                "name": lesson.subject or edition.page.title,
                "startDate": local(lesson.starts_at),
                "endDate": local(lesson.ends_at),
                "eventStatus": f"{CONTEXT}/{_status(edition.run)}",
                "location": _place(edition.run),
            }
            for lesson in edition.lessons
        ]
    }


def _place(run):
    place = run.location
    said = {
        "@type": "Place",
        "name": place.name,
        "address": {
            key: value
            for key, value in {
                "@type": "PostalAddress",
                "streetAddress": f"{place.street} {place.number}".strip(),
                "postalCode": place.postcode,
                "addressLocality": place.city,
                "addressCountry": "BE",
            }.items()
            if value
        },
    }
    if place.lat is not None:
        said["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.lat,
            "longitude": place.lon,
        }
    return said
