"""The overview of a year: every place with its hours, as a page and as a document to print."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.documents import rendering
from home.pages.site_layout import get_site_layout
from locations.directory.views.partnerships import published, trail
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.opening_hours.overview import HoursOverview, overview_of_year
from locations.places.models import Location, LocationService, Partnership

AHEAD = 2
"""How many years after this one are shown. Of the past only staff see what the hours said."""
KEEP = 3600


@dataclass(frozen=True)
class Asked:
    """Which year and which partnership the address asks, and what it says that makes no sense."""

    year: int
    years: range
    partnership: Partnership | None
    partnerships: tuple[Partnership, ...]
    unknown_year: str = ""
    unknown_partnership: str = ""

    @classmethod
    def of(cls, asked, today):
        years = range(today.year, today.year + AHEAD + 1)
        typed = asked.get("jaar", "").strip()[:20]
        year = next((year for year in years if str(year) == typed), None)
        partnerships = tuple(Partnership.objects.filter(locations__page__live=True).distinct())
        slug = asked.get("samenwerking", "").strip()[:50]
        partnership = next((one for one in partnerships if one.slug == slug), None)
        return cls(
            year or today.year,
            years,
            partnership,
            partnerships,
            typed if typed and year is None else "",
            slug if slug and partnership is None else "",
        )

    @property
    def makes_sense(self):
        return not (self.unknown_year or self.unknown_partnership)

    def query(self, year=None):
        pairs = {"jaar": year or self.year}
        if self.partnership:
            pairs["samenwerking"] = self.partnership.slug
        return "?" + urlencode(pairs)


@require_safe
def page(request):
    """At most nine queries, whatever the number of places."""
    now = timezone.now()
    asked = Asked.of(request.GET, timezone.localdate(now))
    title = _("The year %(year)s") % {"year": asked.year}
    context = {
        "asked": asked,
        "years": [(year, asked.query(year)) for year in asked.years],
        "places": years_of_places(asked),
        "document": reverse("locations:overview_pdf") + asked.query(),
        "title": title,
        "trail": trail(),
        "crumb": title,
        "now": now,
    }
    return render(request, "locations/directory/year_overview.html", context)


@require_safe
def document(request):
    """The same on paper; a question that makes no sense goes to the page, which says why."""
    today = timezone.localdate()
    asked = Asked.of(request.GET, today)
    if not asked.makes_sense:
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse('locations:overview')}?{query}")
    response = HttpResponse(
        pdf(document_data(asked, years_of_places(asked), today)), content_type="application/pdf"
    )
    name = "-".join(filter(None, ("digipunten", asked.partnership and asked.partnership.slug)))
    response["Content-Disposition"] = f'inline; filename="{name}-{asked.year}.pdf"'
    return response


def years_of_places(asked) -> list[HoursOverview]:
    """Every place that visitors may know of, by name: a fixed number of queries."""
    places = published().order_by("name", "pk")
    if asked.partnership:
        places = places.filter(partnership=asked.partnership)
    places = list(places)
    hours = load_calendars(places)
    services = {place.pk: [] for place in places}
    offered = LocationService.objects.filter(location__in=places).select_related("service")
    for one in offered:
        services[one.location_id].append(one.service)
    stops = {place.pk: [] for place in places if place.kind in Location.MOVING_KINDS}
    for stop in Stop.objects.filter(location__in=list(stops)).order_by("starts_at", "pk"):
        stops[stop.location_id].append(stop)
    return [
        overview_of_year(
            place,
            hours[place.pk],
            asked.year,
            services=services[place.pk],
            stops=stops.get(place.pk, ()),
            url=place.get_absolute_url(),
        )
        for place in places
    ]


def document_data(asked, years, today):
    """What the template takes; every word in it is there already."""
    partnership = asked.partnership or (
        asked.partnerships[0] if len(asked.partnerships) == 1 else None
    )
    return {
        "year": str(asked.year),
        "area": asked.partnership.name if asked.partnership else "",
        "printed": date_format(today, "j F Y"),
        "issuer": _issuer(partnership),
        "places": [_place(one) for one in years],
    }


def _issuer(partnership):
    if partnership:
        return {
            "name": partnership.name,
            "phone": str(partnership.phone) or _phone(),
            "mail": partnership.email,
        }
    return {"name": "Digipunt", "phone": _phone()}


def _phone():
    return next((one.value for one in get_site_layout().channels if one.kind == "phone"), "")


def _place(one):
    place = one.location
    return {
        "name": place.name,
        "address": place.address,
        "phone": str(place.phone),
        "services": list(one.services),
        "usual": [
            {"service": hours.service, "lines": list(hours.lines)} for hours in one.regular_hours
        ],
        "dates_of": one.dates_label,
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
            for month in one.months
        ],
        "exceptions": [
            {"days": item.days, "text": item.text, "state": "stop" if item.is_closed else "later"}
            for item in one.exceptions
        ],
    }


def pdf(data):
    """PDF/UA bytes, kept as long as nothing in it changes."""
    key = "overview." + sha256(repr(data).encode()).hexdigest()
    return cache.get_or_set(key, lambda: rendering.render("overview", data), KEEP)
