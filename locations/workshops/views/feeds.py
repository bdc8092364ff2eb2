"""Workshops for machines and calendars: all that are asked for, those of one workshop, of a place.

What is asked in the address is what the list of workshops understands. The number of queries does
not grow with the lessons; a feed holds the first 500 dates.
"""

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.pages.site_layout import live_and_public
from locations.directory.feed_responses import get_location_page, public_feed_response
from locations.workshops.feeds import events_ical, events_jsonld, events_uitdatabank
from locations.workshops.feeds.events import editions_of
from locations.workshops.listing.filters import RunFilters
from locations.workshops.models import WorkshopPage, WorkshopRun


def coming(now):
    """Runs that are not over, also series that have begun: who is in one wants the other dates."""
    return WorkshopRun.objects.published().coming(now)


def asked_for(request, now):
    """Every edition that the list has for this address, soonest first."""
    return _editions(request, RunFilters(request.GET, now, coming(now)).qs)


def of_workshop(request, name, now):
    """The page of this name and its editions; with `datum` in the address only that one."""
    page = live_and_public(WorkshopPage.objects.all()).filter(slug=name.lower()).first()
    if page is None:
        raise Http404
    runs = coming(now).filter(page=page)
    if one := request.GET.get("datum", ""):
        runs = (
            runs.filter(pk=one)
            if one.isascii() and one.isdecimal() and len(one) < 12
            else runs.none()
        )
    return page, _editions(request, runs)


def _editions(request, runs):
    return editions_of(runs, request.build_absolute_uri("/"))


@require_safe
def all_ics(request):
    now = timezone.now()
    return _calendar(request, _("Workshops"), "workshops.ics", asked_for(request, now), now)


@require_safe
def all_jsonld(request):
    return _linked_data(request, asked_for(request, timezone.now()))


@require_safe
def all_uitdatabank(request):
    return _uitdatabank(request, asked_for(request, timezone.now()))


@require_safe
def ics(request, name):
    now = timezone.now()
    page, editions = of_workshop(request, name, now)
    return _calendar(request, page.title, f"{page.slug}.ics", editions, now)


@require_safe
def jsonld(request, name):
    return _linked_data(request, of_workshop(request, name, timezone.now())[1])


@require_safe
def uitdatabank(request, name):
    return _uitdatabank(request, of_workshop(request, name, timezone.now())[1])


@require_safe
def ics_of_place(request, name):
    """All workshops at one place, by the name in the address of its page, or by its code."""
    now = timezone.now()
    place = get_location_page(name).location
    editions = _editions(request, coming(now).filter(location=place))
    title = _("Workshops at %(place)s") % {"place": place.name}
    return _calendar(request, title, f"workshops-{place.code.lower()}.ics", editions, now)


def _calendar(request, name, file, editions, now):
    content = events_ical.feed(name, editions, now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}"'
    return public_feed_response(request, response)


def _linked_data(request, editions):
    content = events_jsonld.events_data(editions)
    return public_feed_response(request, HttpResponse(content, content_type="application/ld+json"))


def _uitdatabank(request, editions):
    events = [events_uitdatabank.event(one) for one in editions]
    return public_feed_response(request, JsonResponse(events_uitdatabank.collection(events)))
