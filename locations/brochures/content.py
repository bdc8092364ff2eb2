"""Content of a brochure as JSON-like values: for the page, for paper, and for an edition."""

from itertools import chain
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import ngettext

from home.pages.site_layout import get_site_layout, get_site_roots
from locations.brochures.seasons import format_period, season_period
from locations.core.formatting import format_day, format_list, format_time_range
from locations.core.time_zone import BRUSSELS
from locations.directory.coverage import compute_coverage, partnership_municipalities
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.opening_hours.overview import overview_of_period
from locations.places.models import Location, LocationService, Service
from locations.workshops.models import WorkshopRun


def brochure_content(page, url, now=None):
    """Return the content of a brochure page at this moment, with at most ten queries.

    `url` is the full URL of the page; `now` is a datetime.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    period = season_period(page.season, page.year)
    partnership = page.partnership
    around = get_site_layout()
    candidates = list(
        Location.objects.published()
        .filter(Q(partnership=partnership) | Q(kind=Location.Kind.FIXED))
        .order_by("name", "pk")
    )
    locations = [location for location in candidates if location.partnership_id == partnership.pk]
    services = _services_by_location(locations)
    towns = partnership_municipalities(partnership)
    phone = str(partnership.phone or _channel(around, "phone", "value"))
    url_parts = urlsplit(url)
    return {
        "title": page.title,
        "introduction": page.introduction,
        "closing": page.closing,
        "partnership": partnership.name,
        "area": format_list(towns.names.values()),
        "season": f"{capfirst(page.get_season_display())} {page.year}",
        "season_days": format_period(period),
        "phone": phone,
        "phone_hours": _channel(around, "phone", "hours"),
        "mail": partnership.email or _channel(around, "mail", "value"),
        "url": url,
        "url_show": f"{url_parts.netloc}{url_parts.path}".rstrip("/"),
        "services": _unique_services(services),
        "places": _locations(locations, services, period),
        "gaps": _municipalities_without_location(towns, candidates),
        "workshops": _workshops(partnership, period),
        "lend_places": format_list(_towns_with_service(services, Service.LENDING)),
        "give_places": format_list(
            dict.fromkeys(
                location.city or location.name
                for location in locations
                if location.is_collection_point
            )
        ),
        "support": [sponsor.name for sponsor in around.shown_sponsors(today)],
        "printed": format_day(today, weekday=False) + f" {today.year}",
        "publisher": partnership.name,
        "issuer": {"name": partnership.name, "phone": phone},
    }


def _channel(around, kind, field):
    channel = around.channel(kind)
    return getattr(channel, field) if channel else ""


def _services_by_location(locations):
    """Return the services of each location, with one query."""
    services = {location: [] for location in locations}
    by_key = {location.pk: location for location in locations}
    rows = LocationService.objects.filter(location__in=list(by_key)).select_related("service")
    for row in rows:
        services[by_key[row.location_id]].append(row.service)
    return services


def _unique_services(services):
    """Return every service of the partnership once, in the order that editors chose."""
    unique = {service.pk: service for service in chain.from_iterable(services.values())}
    ordered = sorted(unique.values(), key=lambda service: (service.order, service.name))
    return [
        {"name": service.name, "description": service.description, "icon": service.icon}
        for service in ordered
    ]


def _towns_with_service(services, code):
    return dict.fromkeys(
        location.city or location.name
        for location, offered in services.items()
        if any(service.code == code for service in offered)
    )


def _locations(locations, services, period):
    """Return the hours of each location in a season; the queries do not grow with the number."""
    hours = load_calendars(locations)
    stops = {location.pk: [] for location in locations if location.kind in Location.MOVING_KINDS}
    if stops:
        for stop in Stop.objects.filter(location__in=list(stops)).order_by("starts_at", "pk"):
            stops[stop.location_id].append(stop)
    return [
        _location(
            overview_of_period(
                location,
                hours[location.pk],
                period.first,
                period.last,
                services=services[location],
                stops=stops.get(location.pk, ()),
                url=location.get_absolute_url(),
            ),
            services[location],
            hours[location.pk],
        )
        for location in locations
    ]


def _location(overview, services, calendar):
    location = overview.location
    by_appointment = {
        service.label
        for service in services
        if (service_rules := [rule for rule in calendar.rules if rule.service == service.code])
        and all(rule.block.by_appointment for rule in service_rules)
    }
    return {
        "name": location.name,
        "address": location.address,
        "phone": str(location.phone),
        "url": overview.url,
        "moves": location.kind in Location.MOVING_KINDS,
        "wheelchair": location.wheelchair == Location.Wheelchair.YES,
        "what": [service.label for service in services],
        "icons": [service.icon for service in services],
        "usual": [
            {
                "service": usual.service,
                "lines": list(usual.lines),
                "state": "later" if usual.service in by_appointment else "now",
            }
            for usual in overview.regular_hours
        ],
        "dates_of": overview.dates_label,
        "dates": [
            {
                "day": capfirst(format_day(line.day)),
                "hours": line.hours,
                "what": line.label,
                "off": line.cancellation,
            }
            for month in overview.months
            for line in month.dates
        ],
        "exceptions": [
            {"days": item.days, "text": item.text, "state": "stop" if item.is_closed else "later"}
            for item in overview.exceptions
        ],
    }


def _municipalities_without_location(towns, locations):
    """Return the municipalities without a location of their own, and the nearest; no query."""
    return [
        {"name": town.name, "nearest": town.nearest.name if town.nearest else ""}
        for town in compute_coverage(towns.names, towns, locations).values()
        if town.has_gap
    ]


def _workshops(partnership, period):
    """Return the runs that start in a season and are not cancelled, with two queries."""
    runs = (
        WorkshopRun.objects.published()
        .filter(
            location__partnership=partnership,
            starts_at__gte=period.start,
            starts_at__lt=period.end,
        )
        .exclude(status=WorkshopRun.Status.CANCELLED)
        .only_list_fields()
        .prefetch_related("sessions")
        .order_by("starts_at", "pk")
    )
    roots = get_site_roots()
    return [_workshop(run, roots) for run in runs]


def _workshop(run, roots):
    first, *following = sorted(run.sessions.all(), key=lambda session: session.starts_at)
    start, end = first.starts_at.astimezone(BRUSSELS), first.ends_at.astimezone(BRUSSELS)
    later_days = [session.starts_at.astimezone(BRUSSELS).date() for session in following]
    root = next((root for root in roots if run.page.url_path.startswith(root)), None)
    return {
        "day": date_format(start, "D").lower(),
        "nr": str(start.day),
        "month": date_format(start, "M").lower().rstrip("."),
        "title": run.page.title,
        "time": format_time_range(start, end),
        "when": f"{capfirst(format_day(start.date()))}, {format_time_range(start, end)}",
        "more": _series(later_days),
        "where": ", ".join(filter(None, (run.location.city or run.location.name, run.room))),
        "tags": list(filter(None, (run.page.price, run.page.get_level_display(), run.page.limits))),
        "url": f"/{run.page.url_path.removeprefix(root)}" if root else "",
        "state": "now" if run.is_drop_in else "later",
        "walk_in": run.is_drop_in,
    }


def _series(later_days):
    """Return "4 lessons, also on 20 April, 27 April and 4 May", or nothing for one session."""
    if not later_days:
        return ""
    count = len(later_days) + 1
    return ngettext("%(n)s lesson: %(days)s", "%(n)s lessons, also on %(days)s", count) % {
        "n": count,
        "days": format_list(format_day(day, weekday=False) for day in later_days),
    }
