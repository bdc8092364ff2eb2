"""The year overview: the hours of every location in one year, as data for page and PDF."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.http import urlencode

from home.documents import rendering
from home.pages.site_layout import get_site_layout
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.opening_hours.overview import HoursOverview, overview_of_year
from locations.places.models import Location, LocationService, Partnership

YEARS_AHEAD = 2
"""How many years after this one are shown; only staff can look up past hours."""
CACHE_SECONDS = 3600


@dataclass(frozen=True)
class OverviewFilters:
    """The year and the partnership of an overview, and the parameters that are invalid."""

    year: int
    years: range
    partnership: Partnership | None
    partnerships: tuple[Partnership, ...]
    unknown_year: str = ""
    unknown_partnership: str = ""

    @classmethod
    def from_params(cls, params, today):
        """Parse a QueryDict; invalid parameters fall back to this year and all partnerships."""
        years = range(today.year, today.year + YEARS_AHEAD + 1)
        typed_year = params.get("jaar", "").strip()[:20]
        year = next((year for year in years if str(year) == typed_year), None)
        partnerships = tuple(Partnership.objects.filter(locations__page__live=True).distinct())
        slug = params.get("samenwerking", "").strip()[:50]
        matches = (partnership for partnership in partnerships if partnership.slug == slug)
        partnership = next(matches, None)
        return cls(
            year or today.year,
            years,
            partnership,
            partnerships,
            typed_year if typed_year and year is None else "",
            slug if slug and partnership is None else "",
        )

    @property
    def is_valid(self):
        return not (self.unknown_year or self.unknown_partnership)

    def querystring(self, year=None):
        """Return the query string of this overview, optionally for another year."""
        params = {"jaar": year or self.year}
        if self.partnership:
            params["samenwerking"] = self.partnership.slug
        return "?" + urlencode(params)


def load_overviews(filters) -> list[HoursOverview]:
    """Return the year of every published location by name, in a fixed number of queries."""
    locations = Location.objects.published().order_by("name", "pk")
    if filters.partnership:
        locations = locations.filter(partnership=filters.partnership)
    locations = list(locations)
    calendars = load_calendars(locations)
    services = {location.pk: [] for location in locations}
    offers = LocationService.objects.filter(location__in=locations).select_related("service")
    for offer in offers:
        services[offer.location_id].append(offer.service)
    stops = {location.pk: [] for location in locations if location.kind in Location.MOVING_KINDS}
    for stop in Stop.objects.filter(location__in=list(stops)).order_by("starts_at", "pk"):
        stops[stop.location_id].append(stop)
    return [
        overview_of_year(
            location,
            calendars[location.pk],
            filters.year,
            services=services[location.pk],
            stops=stops.get(location.pk, ()),
            url=location.get_absolute_url(),
        )
        for location in locations
    ]


def build_document(filters, overviews, today):
    """Return the data of the PDF template, in which all text is final."""
    partnership = filters.partnership or (
        filters.partnerships[0] if len(filters.partnerships) == 1 else None
    )
    return {
        "year": str(filters.year),
        "area": filters.partnership.name if filters.partnership else "",
        "printed": date_format(today, "j F Y"),
        "issuer": _issuer(partnership),
        "places": [_document_location(overview) for overview in overviews],
    }


def _issuer(partnership):
    if partnership:
        return {
            "name": partnership.name,
            "phone": str(partnership.phone) or _help_phone(),
            "mail": partnership.email,
        }
    return {"name": "Digipunt", "phone": _help_phone()}


def _help_phone():
    channels = get_site_layout().channels
    return next((channel.value for channel in channels if channel.kind == "phone"), "")


def _document_location(overview):
    location = overview.location
    return {
        "name": location.name,
        "address": location.address,
        "phone": str(location.phone),
        "services": list(overview.services),
        "usual": [
            {"service": hours.service, "lines": list(hours.lines)}
            for hours in overview.regular_hours
        ],
        "dates_of": overview.dates_label,
        "months": [
            {
                "name": month.name,
                "dates": [
                    {
                        "day": f"{date.weekday} {date.day.day}",
                        "hours": date.hours,
                        "what": date.label,
                        "off": date.cancellation,
                    }
                    for date in month.dates
                ],
            }
            for month in overview.months
        ],
        "exceptions": [
            {
                "days": exception.days,
                "text": exception.text,
                "state": "stop" if exception.is_closed else "later",
            }
            for exception in overview.exceptions
        ],
    }


def render_pdf(document):
    """Return the overview as PDF/UA bytes, cached by its content."""
    key = "overview." + sha256(repr(document).encode()).hexdigest()
    return cache.get_or_set(key, lambda: rendering.render("overview", document), CACHE_SECONDS)
