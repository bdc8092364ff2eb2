"""The hours of places for machines: the same answers as on the pages, in the formats they read.

Of every format there is one for each place and one for all of them, with the same filters in the
address as the list of digipunten. The number of queries does not grow with the places.
"""

from hashlib import sha256

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.pages.site_layout import live_and_public
from locations.directory.finder_query import Question
from locations.directory.models import LocationPage
from locations.opening_hours.feeds import geojson, ical, uitdatabank
from locations.opening_hours.feeds import jsonld as schema
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.places.geocoding import rank_locations
from locations.places.models import Location, LocationService, Service

KEEP = 60
"""Seconds that others may keep an answer: the hours can change at the desk at any moment."""


def pages():
    """The pages of places that everybody may see."""
    return (
        live_and_public(LocationPage.objects.all())
        .exclude(location__kind__in=Location.HIDDEN_KINDS)
        .select_related("location")
        .order_by("location__name")
    )


def get_location_page(name):
    """The page of a place, by its own name in addresses or by the code of the place."""
    known = pages()
    page = known.filter(slug=name.lower()).first()
    page = page or known.filter(location__code=name.upper()).first()
    if page is None:
        raise Http404
    return page


def place_named(name, request):
    """The place of this name, its calendar, and the address of its page."""
    page = get_location_page(name)
    place = page.location
    return place, load_calendars([place])[place.pk], page.get_full_url(request)


def places_asked_for(request, now):
    """The same of every place that the list shows for this address, in the order of the list."""
    known = Service.objects.filter(is_filter=True).values_list("code", flat=True)
    asked = Question.of(request.GET, set(known))
    places = Location.objects.published()
    found = asked.open_among(list(asked.among(places.order_by("name"))), now)
    found = [one.location for one in rank_locations(found, asked.here)]
    hours = load_calendars(found)
    return [(place, hours[place.pk], place.page.get_full_url(request)) for place in found]


def public_feed_response(request, response):
    """A public answer: other sites may read it, and keep it for a minute.

    Its tag is made of what it says. A date of the last change it has not: nothing knows when a
    phone number changed, and "open now" changes by itself.
    """
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={KEEP}"
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


@require_safe
def jsonld(request, name):
    place, calendar, url = place_named(name, request)
    data = schema.location_jsonld(place, calendar, timezone.localdate(), url)
    return public_feed_response(request, HttpResponse(data, content_type="application/ld+json"))


@require_safe
def all_jsonld(request):
    now = timezone.now()
    today = timezone.localdate(now)
    nodes = [
        schema.location_node(*one[:2], today, one[2]) for one in places_asked_for(request, now)
    ]
    return public_feed_response(
        request, HttpResponse(schema.graph_jsonld(nodes), content_type="application/ld+json")
    )


@require_safe
def place_geojson(request, name):
    place, calendar, url = place_named(name, request)
    found = geojson.location_feature(place, calendar, url, timezone.now())
    return public_feed_response(request, JsonResponse(found, content_type="application/geo+json"))


@require_safe
def all_geojson(request):
    now = timezone.now()
    features = [geojson.location_feature(*one, now) for one in places_asked_for(request, now)]
    found = geojson.feature_collection(features)
    return public_feed_response(request, JsonResponse(found, content_type="application/geo+json"))


@require_safe
def place_uitdatabank(request, name):
    place, calendar, url = place_named(name, request)
    if not uitdatabank.has_uitdatabank_place(place):
        raise Http404
    found = uitdatabank.uitdatabank_place(place, calendar, url, timezone.localdate())
    return public_feed_response(request, JsonResponse(found))


@require_safe
def all_uitdatabank(request):
    now = timezone.now()
    today = timezone.localdate(now)
    found = [
        uitdatabank.uitdatabank_place(*one, today)
        for one in places_asked_for(request, now)
        if uitdatabank.has_uitdatabank_place(one[0])
    ]
    return public_feed_response(request, JsonResponse(uitdatabank.uitdatabank_places(found)))


@require_safe
def ics(request, name):
    found = place_named(name, request)
    place = found[0]
    return _calendar(request, place.name, f"{place.code.lower()}.ics", [found], timezone.now())


@require_safe
def all_ics(request):
    now = timezone.now()
    return _calendar(
        request, _("Digipunten"), "digipunten.ics", places_asked_for(request, now), now
    )


def _calendar(request, name, file, found, now):
    places = [place for place, _calendar, _url in found]
    services = {place.pk: {} for place in places}
    offered = LocationService.objects.filter(location__in=services).select_related("service")
    for one in offered:
        services[one.location_id][one.service.code] = one.service.label
    stops = {place.pk: [] for place in places}
    moving = [place.pk for place in places if place.kind in Location.MOVING_KINDS]
    for stop in Stop.objects.filter(location__in=moving).order_by("starts_at", "pk"):
        stops[stop.location_id].append(stop)
    content = ical.hours_ics(
        name,
        [
            ical.LocationHours(place, calendar, services[place.pk], tuple(stops[place.pk]), url)
            for place, calendar, url in found
        ],
        now,
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}"'
    return public_feed_response(request, response)
