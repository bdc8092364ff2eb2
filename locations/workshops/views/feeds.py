"""Feeds of workshops: everything that matches a search, one workshop, or one location.

The URL parameters are those of the workshop list. The number of queries does not grow with the
sessions.
"""

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.pages.site_layout import live_and_public
from locations.directory.feed_responses import get_location_page, public_feed_response
from locations.workshops.feeds import events_ical, events_jsonld, events_uitdatabank
from locations.workshops.feeds.events import load_events
from locations.workshops.listing.filters import RunSearch
from locations.workshops.models import WorkshopPage, WorkshopRun


def _upcoming(now):
    """Return published runs that are not over, series that have begun included."""
    return WorkshopRun.objects.published().upcoming(now)


def _searched(request, now):
    """Return the events that match the URL parameters, soonest first."""
    return _events(request, _upcoming(now).matching(RunSearch(request.GET, now).query))


def _of_workshop(request, name, now):
    """Return the page with this slug and its events; the parameter `datum` selects one run."""
    page = live_and_public(WorkshopPage.objects.all()).filter(slug=name.lower()).first()
    if page is None:
        raise Http404
    runs = _upcoming(now).filter(page=page)
    if key := request.GET.get("datum", ""):
        is_key = key.isascii() and key.isdecimal() and len(key) < 12
        runs = runs.filter(pk=key) if is_key else runs.none()
    return page, _events(request, runs)


def _events(request, runs):
    return load_events(runs, request.build_absolute_uri("/"))


@require_safe
def all_ics(request):
    """Return the matching workshops as iCalendar."""
    now = timezone.now()
    return _calendar(request, _("Workshops"), "workshops.ics", _searched(request, now), now)


@require_safe
def all_jsonld(request):
    """Return the matching workshops as JSON-LD."""
    return _linked_data(request, _searched(request, timezone.now()))


@require_safe
def all_uitdatabank(request):
    """Return the matching workshops for UiTdatabank."""
    return _uitdatabank(request, _searched(request, timezone.now()))


@require_safe
def ics(request, name):
    """Return the runs of one workshop as iCalendar."""
    now = timezone.now()
    page, events = _of_workshop(request, name, now)
    return _calendar(request, page.title, f"{page.slug}.ics", events, now)


@require_safe
def jsonld(request, name):
    """Return the runs of one workshop as JSON-LD."""
    return _linked_data(request, _of_workshop(request, name, timezone.now())[1])


@require_safe
def uitdatabank(request, name):
    """Return the runs of one workshop for UiTdatabank."""
    return _uitdatabank(request, _of_workshop(request, name, timezone.now())[1])


@require_safe
def ics_of_location(request, name):
    """Return the workshops at a location, by the slug of its page or by its code."""
    now = timezone.now()
    location = get_location_page(name).location
    events = _events(request, _upcoming(now).filter(location=location))
    title = _("Workshops at %(place)s") % {"place": location.name}
    return _calendar(request, title, f"workshops-{location.code.lower()}.ics", events, now)


def _calendar(request, name, filename, events, now):
    content = events_ical.events_calendar(name, events, now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return public_feed_response(request, response)


def _linked_data(request, events):
    content = events_jsonld.events_document(events)
    return public_feed_response(request, HttpResponse(content, content_type="application/ld+json"))


def _uitdatabank(request, events):
    events = [events_uitdatabank.uitdatabank_event(event) for event in events]
    return public_feed_response(
        request, JsonResponse(events_uitdatabank.uitdatabank_collection(events))
    )
