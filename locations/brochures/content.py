"""A brochure as values, every word in it there already: for the page, for paper, and to keep."""

from datetime import date, timedelta
from itertools import chain
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.pages.site_layout import furniture, site_roots
from locations.brochures.models import BrochurePage
from locations.core.formatting import format_day, format_list, format_time_range
from locations.core.time_zone import BRUSSELS
from locations.directory.coverage import coverage, towns_of
from locations.opening_hours.feeds.year import between
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.places.models import Location, LocationService, Service
from locations.reach.counting import of_months
from locations.workshops.models import WorkshopRun

Season = BrochurePage.Season
MONTHS = {Season.WINTER: 0, Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9}
"""The first month of each season; winter begins in December of the year before."""


def days_of(season, year):
    """The days of a season."""
    month = MONTHS[season]
    first = date(year, month, 1) if month > 0 else date(year - 1, 12, 1)
    return of_months(first, (first + timedelta(days=62)))


def in_words(days):
    """March up to and including May 2027; with both years when there are two."""
    form = "F" if days.first.year == days.last.year else "F Y"
    return _("%(first)s up to and including %(last)s") % {
        "first": date_format(days.first, form),
        "last": date_format(days.last, "F Y"),
    }


def content(page, url, now=None):
    """The brochure of this moment, JSON-like: at most ten queries, whatever its size."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    days = days_of(page.season, page.year)
    partnership = page.partnership
    around = furniture()
    known = Location.objects.with_page().filter(
        Q(partnership=partnership) | Q(kind=Location.Kind.FIXED)
    )
    known = list(known.order_by("name", "pk"))
    places = [place for place in known if place.partnership_id == partnership.pk]
    services = _services(places)
    towns = towns_of(partnership)
    phone = partnership.phone or _channel(around, "phone", "value")
    address = urlsplit(url)
    return {
        "title": page.title,
        "introduction": page.introduction,
        "closing": page.closing,
        "partnership": partnership.name,
        "area": format_list(towns.names.values()),
        "season": f"{capfirst(page.get_season_display())} {page.year}",
        "season_days": in_words(days),
        "phone": phone,
        "phone_hours": _channel(around, "phone", "hours"),
        "mail": partnership.email or _channel(around, "mail", "value"),
        "url": url,
        "url_show": f"{address.netloc}{address.path}".rstrip("/"),
        "services": _offer(services),
        "places": _places(places, services, days),
        "gaps": _gaps(towns, known),
        "workshops": _workshops(partnership, days),
        "lend_places": format_list(_towns_of(services, Service.LENDING)),
        "give_places": format_list(
            dict.fromkeys(place.city or place.name for place in places if place.is_collection_point)
        ),
        "support": [sponsor.name for sponsor in around.shown_sponsors(today)],
        "printed": format_day(today, weekday=False) + f" {today.year}",
        "publisher": partnership.name,
        "issuer": {"name": partnership.name, "phone": phone},
    }


def _channel(around, kind, field):
    channel = around.channel(kind)
    return getattr(channel, field) if channel else ""


def _services(places):
    """What each place offers: one query."""
    found = {place: [] for place in places}
    by_key = {place.pk: place for place in places}
    rows = LocationService.objects.filter(location__in=list(by_key)).select_related("service")
    for row in rows:
        found[by_key[row.location_id]].append(row.service)
    return found


def _offer(services):
    """What one can come for somewhere in the partnership, once each, in the order of the house."""
    every = {service.pk: service for service in chain.from_iterable(services.values())}
    ordered = sorted(every.values(), key=lambda one: (one.order, one.name))
    return [{"name": one.name, "description": one.description, "icon": one.icon} for one in ordered]


def _towns_of(services, code):
    return dict.fromkeys(
        place.city or place.name
        for place, offered in services.items()
        if any(service.code == code for service in offered)
    )


def _places(places, services, days):
    """The hours of each place in this season: the same few queries for any number."""
    hours = load_calendars(places)
    stops = {place.pk: [] for place in places if place.kind in Location.MOVING_KINDS}
    if stops:
        for stop in Stop.objects.filter(location__in=list(stops)).order_by("starts_at", "pk"):
            stops[stop.location_id].append(stop)
    return [
        _place(
            between(
                place,
                hours[place.pk],
                days.first,
                days.last,
                services=services[place],
                stops=stops.get(place.pk, ()),
                url=place.get_absolute_url(),
            ),
            services[place],
            hours[place.pk],
        )
        for place in places
    ]


def _place(one, services, calendar):
    place = one.location
    appointment = {
        service.label
        for service in services
        if (of_service := [rule for rule in calendar.rules if rule.service == service.code])
        and all(rule.block.by_appointment for rule in of_service)
    }
    return {
        "name": place.name,
        "address": place.address,
        "phone": place.phone,
        "url": one.url,
        "moves": place.kind in Location.MOVING_KINDS,
        "wheelchair": place.wheelchair == Location.Wheelchair.YES,
        "what": [service.label for service in services],
        "icons": [service.icon for service in services],
        "usual": [
            {
                "service": usual.service,
                "lines": list(usual.lines),
                "state": "later" if usual.service in appointment else "now",
            }
            for usual in one.usual
        ],
        "dates_of": one.dates_of,
        "dates": [
            {
                "day": capfirst(format_day(line.day)),
                "hours": line.hours,
                "what": line.what,
                "off": line.off,
            }
            for month in one.months
            for line in month.dates
        ],
        "exceptions": [
            {"days": item.days, "text": item.text, "state": "stop" if item.is_closed else "later"}
            for item in one.exceptions
        ],
    }


def _gaps(towns, known):
    """Municipalities without a digipunt of their own, and the nearest: without a query."""
    return [
        {"name": one.name, "nearest": one.nearest.name if one.nearest else ""}
        for one in coverage(towns.names, towns, known).values()
        if one.has_gap
    ]


def _workshops(partnership, days):
    """Those that start in this season and go ahead: two queries."""
    runs = (
        WorkshopRun.objects.published()
        .filter(
            location__partnership=partnership,
            starts_at__gte=days.start,
            starts_at__lt=days.end,
        )
        .exclude(status=WorkshopRun.Status.CANCELLED)
        .for_list()
        .prefetch_related("sessions")
        .order_by("starts_at", "pk")
    )
    roots = site_roots()
    return [_workshop(run, roots) for run in runs]


def _workshop(run, roots):
    lessons = sorted(run.sessions.all(), key=lambda one: one.starts_at)
    start, end = lessons[0].starts_at, lessons[0].ends_at
    start, end = start.astimezone(BRUSSELS), end.astimezone(BRUSSELS)
    later = [lesson.starts_at.astimezone(BRUSSELS).date() for lesson in lessons[1:]]
    root = next((root for root in roots if run.page.url_path.startswith(root)), None)
    return {
        "day": date_format(start, "D").lower(),
        "nr": str(start.day),
        "month": date_format(start, "M").lower().rstrip("."),
        "title": run.page.title,
        "time": format_time_range(start, end),
        "when": f"{capfirst(format_day(start.date()))}, {format_time_range(start, end)}",
        "more": _series(later),
        "where": ", ".join(filter(None, (run.location.city or run.location.name, run.room))),
        "tags": list(filter(None, (run.page.price, run.page.get_level_display(), run.page.limits))),
        "url": f"/{run.page.url_path.removeprefix(root)}" if root else "",
        "state": "now" if run.is_drop_in else "later",
        "walk_in": run.is_drop_in,
    }


def _series(later):
    """The other lessons: "4 lessons: also on 20 April, 27 April and 4 May"."""
    if not later:
        return ""
    return ngettext("%(n)s lesson: %(days)s", "%(n)s lessons, also on %(days)s", len(later) + 1) % {
        "n": len(later) + 1,
        "days": format_list(format_day(day, weekday=False) for day in later),
    }
