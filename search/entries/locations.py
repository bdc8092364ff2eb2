"""Search entries of locations: location pages, workshops and brochures."""

from django.db.models import Prefetch

from locations.brochures.models import BrochurePage
from locations.core.models import Audience, Topic
from locations.directory.models import LocationPage
from locations.places.models import Location, LocationService, Partner, Partnership, Service
from locations.workshops.models import WorkshopPage, WorkshopRun
from search.entries.entry_type import EntryType
from search.models import Kind


def describe_location_page(page, now):
    """Return the entry fields of a location page, or None if the location is not public."""
    location = page.location
    if location is None or not location.is_public:
        return None
    services = [offered.service for offered in location.location_services.all()]
    return {
        "summary": page.introduction,
        "body": [
            location.name,
            location.address,
            *[text for service in services for text in (service.name, service.description)],
            page.body,
        ],
        "city": location.city,
        "postcode": location.postcode,
        "lat": location.lat,
        "lon": location.lon,
        "facets": {
            "service": sorted(service.code for service in services),
            "place": [location.kind],
        },
    }


def workshop_prefetches(now):
    """Return the relations of a workshop, and its coming runs that are not cancelled."""
    coming = WorkshopRun.objects.upcoming(now).exclude(status=WorkshopRun.Status.CANCELLED)
    return [
        *("topic", "partner", "audiences"),
        Prefetch("runs", coming.select_related("location"), to_attr="coming_runs"),
    ]


def describe_workshop_page(page, now):
    """Return the entry fields of a workshop, with the dates and locations of its coming runs."""
    runs = [run for run in page.coming_runs if run.location.is_public]
    locations = list(dict.fromkeys(run.location for run in runs))
    audiences = list(page.audiences.all())
    return {
        "summary": page.introduction,
        "body": [
            *[text for location in locations for text in (location.name, location.city)],
            *[related.name for related in (page.topic, page.partner) if related],
            *[audience.name for audience in audiences],
            page.price,
            page.get_language_display(),
            page.language_note,
            page.learn,
            page.body,
            page.bring,
        ],
        "city": ", ".join(dict.fromkeys(location.city for location in locations)),
        "postcode": " ".join(dict.fromkeys(location.postcode for location in locations)),
        "starts_at": runs[0].starts_at if runs else None,
        "ends_at": runs[-1].ends_at if runs else None,
        "facets": {
            "topic": [page.topic.slug] if page.topic else [],
            "language": [page.language],
            "level": [page.level],
            "audience": sorted(audience.slug for audience in audiences),
        },
    }


def describe_brochure_page(page, now):
    """Return the entry fields of a brochure."""
    return {
        "summary": page.introduction,
        "body": [page.partnership.name, f"{page.get_season_display()} {page.year}", page.closing],
    }


ENTRY_TYPES = [
    EntryType(BrochurePage, Kind.CONTENT, describe_brochure_page, lambda now: ["partnership"]),
    EntryType(
        LocationPage,
        Kind.LOCATION,
        describe_location_page,
        lambda now: ["location__location_services__service"],
    ),
    EntryType(WorkshopPage, Kind.WORKSHOP, describe_workshop_page, workshop_prefetches),
]


def _list_pks(pages):
    return pages.values_list("pk", flat=True)


def _pages_of_location(location):
    workshops = WorkshopPage.objects.filter(runs__location=location)
    return {*_list_pks(LocationPage.objects.filter(location=location)), *_list_pks(workshops)}


def _pages_of_location_service(location_service):
    return _list_pks(LocationPage.objects.filter(location=location_service.location_id))


def _pages_of_service(service):
    return _list_pks(LocationPage.objects.filter(location__location_services__service=service))


def _pages_of_run(run):
    return [run.page_id]


def _workshops_of(related):
    """Return the workshops with this topic, audience or partner."""
    return _list_pks(related.workshops.all())


def _brochures_of_partnership(partnership):
    return _list_pks(partnership.brochures.all())


RELATED_PAGES = {
    Location: _pages_of_location,
    LocationService: _pages_of_location_service,
    Service: _pages_of_service,
    WorkshopRun: _pages_of_run,
    Topic: _workshops_of,
    Audience: _workshops_of,
    Partner: _workshops_of,
    Partnership: _brochures_of_partnership,
}
