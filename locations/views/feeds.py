"""The hours of places for machines: the same answers as on the pages, in the formats they read."""

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.furniture import open_to_all
from locations.feeds import geojson, ical
from locations.feeds.jsonld import place_data
from locations.models import Location, LocationPage
from locations.opening_hours import calendars

KEEP = 60
"""Seconds that others may keep an answer: the hours can change at the desk at any moment."""


def pages():
    """The pages of places that everybody may see."""
    return (
        open_to_all(LocationPage.objects.all())
        .exclude(location__kind__in=Location.HIDDEN_KINDS)
        .select_related("location")
        .order_by("location__name")
    )


def page_named(name):
    """The page of a place, by its own name in addresses or by the code of the place."""
    known = pages()
    page = known.filter(slug=name.lower()).first()
    page = page or known.filter(location__code=name.upper()).first()
    if page is None:
        raise Http404
    return page


def for_all(response):
    """A public answer: other sites may read it, and keep it for a minute."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={KEEP}"
    return response


@require_safe
def jsonld(request, name):
    page = page_named(name)
    place = page.location
    data = place_data(
        place, calendars([place])[place.pk], timezone.localdate(), page.get_full_url(request)
    )
    return for_all(HttpResponse(data, content_type="application/ld+json"))


@require_safe
def place_geojson(request, name):
    page = page_named(name)
    place = page.location
    found = geojson.feature(
        place, calendars([place])[place.pk], page.get_full_url(request), timezone.now()
    )
    return for_all(JsonResponse(found, content_type="application/geo+json"))


@require_safe
def all_geojson(request):
    """Every place that has a page; the number of questions does not grow with them."""
    found = list(pages())
    hours = calendars([page.location for page in found])
    now = timezone.now()
    features = [
        geojson.feature(page.location, hours[page.location_id], page.get_full_url(request), now)
        for page in found
    ]
    return for_all(JsonResponse(geojson.collection(features), content_type="application/geo+json"))


@require_safe
def ics(request, name):
    page = page_named(name)
    place = page.location
    moves = place.kind in (Location.Kind.BUS, Location.Kind.MOBILE)
    offered = place.location_services.select_related("service")
    content = ical.hours(
        place,
        calendars([place])[place.pk],
        services={one.service.code: one.service.label for one in offered},
        stops=list(place.stops.order_by("starts_at")) if moves else [],
        url=page.get_full_url(request),
        now=timezone.now(),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{place.code.lower()}.ics"'
    return for_all(response)
