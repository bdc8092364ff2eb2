"""Published locations for feeds, and the HTTP response of a public feed."""

from hashlib import sha256

from django.http import Http404
from django.utils.cache import get_conditional_response

from home.pages.site_layout import live_and_public
from locations.directory.finder_query import FinderQuery
from locations.directory.models import LocationPage
from locations.opening_hours.loading import load_calendars
from locations.places.geocoding import rank_locations
from locations.places.models import Location, Service

MAX_AGE = 60
"""Seconds that clients may cache a feed: staff can close a location at any moment."""


def public_location_pages():
    """Return the pages of locations that everybody may see."""
    return (
        live_and_public(LocationPage.objects.all())
        .exclude(location__kind__in=Location.HIDDEN_KINDS)
        .select_related("location")
        .order_by("location__name")
    )


def get_location_page(name):
    """Return the page with this slug, or else of the location with this code.

    Raise Http404 if there is none.
    """
    pages = public_location_pages()
    page = pages.filter(slug=name.lower()).first()
    page = page or pages.filter(location__code=name.upper()).first()
    if page is None:
        raise Http404
    return page


def load_feed_location(name, request):
    """Return the (location, calendar, URL) of the location with this name."""
    page = get_location_page(name)
    location = page.location
    return location, load_calendars([location])[location.pk], page.get_full_url(request)


def load_feed_locations(request, now):
    """Return the (location, calendar, URL) of each location that the finder lists, in order."""
    codes = Service.objects.filter(is_filter=True).values_list("code", flat=True)
    finder = FinderQuery.from_params(request.GET, set(codes))
    locations = list(finder.filter(Location.objects.published().order_by("name")))
    ranked = rank_locations(finder.filter_open(locations, now), finder.origin)
    locations = [nearby.location for nearby in ranked]
    calendars = load_calendars(locations)
    return [
        (location, calendars[location.pk], location.page.get_full_url(request))
        for location in locations
    ]


def public_feed_response(request, response):
    """Return a feed that other sites may read and cache, or 304 if it has not changed.

    Its ETag is a hash of the content. There is no Last-Modified: nothing records when a phone
    number changed, and "open now" changes by itself.
    """
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)
