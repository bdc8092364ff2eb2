"""Feeds with the hours of locations, in the formats of search engines, maps and calendars.

Every format exists for one location and for all of them, with the same filters in the query
string as the list of digipunten. The number of queries does not grow with the locations.
"""

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from locations.directory.feed_responses import (
    load_feed_location,
    load_feed_locations,
    public_feed_response,
)
from locations.opening_hours.feeds import geojson, ical, uitdatabank
from locations.opening_hours.feeds import jsonld as schema
from locations.opening_hours.models import Stop
from locations.places.models import Location, LocationService

JSONLD, GEOJSON = "application/ld+json", "application/geo+json"


@require_safe
def location_jsonld_feed(request, name):
    """Return one location as schema.org JSON-LD."""
    location, calendar, url = load_feed_location(name, request)
    data = schema.location_jsonld(location, calendar, timezone.localdate(), url)
    return public_feed_response(request, HttpResponse(data, content_type=JSONLD))


@require_safe
def locations_jsonld_feed(request):
    """Return all locations as schema.org JSON-LD."""
    now = timezone.now()
    today = timezone.localdate(now)
    nodes = [
        schema.location_node(location, calendar, today, url)
        for location, calendar, url in load_feed_locations(request, now)
    ]
    return public_feed_response(
        request, HttpResponse(schema.graph_jsonld(nodes), content_type=JSONLD)
    )


@require_safe
def location_geojson_feed(request, name):
    """Return one location as a GeoJSON feature."""
    location, calendar, url = load_feed_location(name, request)
    feature = geojson.location_feature(location, calendar, url, timezone.now())
    return public_feed_response(request, JsonResponse(feature, content_type=GEOJSON))


@require_safe
def locations_geojson_feed(request):
    """Return all locations as a GeoJSON feature collection."""
    now = timezone.now()
    features = [
        geojson.location_feature(*entry, now) for entry in load_feed_locations(request, now)
    ]
    collection = geojson.feature_collection(features)
    return public_feed_response(request, JsonResponse(collection, content_type=GEOJSON))


@require_safe
def location_uitdatabank_feed(request, name):
    """Return one location in the format of UiTdatabank."""
    location, calendar, url = load_feed_location(name, request)
    if not uitdatabank.has_uitdatabank_place(location):
        raise Http404
    place = uitdatabank.uitdatabank_place(location, calendar, url, timezone.localdate())
    return public_feed_response(request, JsonResponse(place))


@require_safe
def locations_uitdatabank_feed(request):
    """Return all locations in the format of UiTdatabank."""
    now = timezone.now()
    today = timezone.localdate(now)
    places = [
        uitdatabank.uitdatabank_place(location, calendar, url, today)
        for location, calendar, url in load_feed_locations(request, now)
        if uitdatabank.has_uitdatabank_place(location)
    ]
    return public_feed_response(request, JsonResponse(uitdatabank.uitdatabank_places(places)))


@require_safe
def location_ics_feed(request, name):
    """Return the hours of one location as a calendar."""
    entry = load_feed_location(name, request)
    location = entry[0]
    filename = f"{location.code.lower()}.ics"
    return _calendar_response(request, location.name, filename, [entry], timezone.now())


@require_safe
def locations_ics_feed(request):
    """Return the hours of all locations as one calendar."""
    now = timezone.now()
    entries = load_feed_locations(request, now)
    return _calendar_response(request, _("Digipunten"), "digipunten.ics", entries, now)


def _calendar_response(request, name, filename, entries, now):
    locations = [location for location, _calendar, _url in entries]
    services = {location.pk: {} for location in locations}
    offers = LocationService.objects.filter(location__in=services).select_related("service")
    for offer in offers:
        services[offer.location_id][offer.service.code] = offer.service.label
    stops = {location.pk: [] for location in locations}
    moving = [location.pk for location in locations if location.kind in Location.MOVING_KINDS]
    for stop in Stop.objects.filter(location__in=moving).order_by("starts_at", "pk"):
        stops[stop.location_id].append(stop)
    content = ical.hours_ics(
        name,
        [
            ical.LocationHours(
                location, calendar, services[location.pk], tuple(stops[location.pk]), url
            )
            for location, calendar, url in entries
        ],
        now,
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return public_feed_response(request, response)
