"""Who works together: which partnership is mine, and what one partnership is and does."""

from dataclasses import dataclass
from itertools import chain
from urllib.parse import urljoin, urlsplit

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from home.pages.site_layout import get_site_layout
from locations.core.formatting import format_near_day, format_time_range
from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.directory.coverage import (
    Membership,
    compute_coverage,
    partnership_municipalities,
    stops_ahead,
)
from locations.directory.location_context import status_of_place
from locations.directory.organization_jsonld import organisation_data
from locations.directory.team import partners_of
from locations.opening_hours.loading import load_calendars
from locations.places.geocoding import geocode, rank_locations
from locations.places.models import Location, LocationService, Partnership, Service

INDEX = "/digipunten/"
NEAREST = 3
"""How many digipunten are named to who lives where no partnership is."""


@dataclass(frozen=True)
class Together:
    """A partnership in the list of all of them."""

    partnership: Partnership
    url: str
    municipalities: tuple[str, ...]
    codes: tuple[str, ...]
    places: tuple[Location, ...]

    @property
    def size(self):
        """5 digipunten in 6 municipalities."""
        digipunten, municipalities = len(self.places), len(self.municipalities)
        return _("%(digipunten)s in %(municipalities)s.") % {
            "digipunten": ngettext("%(n)s digipunt", "%(n)s digipunten", digipunten)
            % {"n": digipunten},
            "municipalities": ngettext("%(n)s municipality", "%(n)s municipalities", municipalities)
            % {"n": municipalities},
        }


@dataclass(frozen=True)
class Door:
    """A place with how its door is now, and how far it is from who asks."""

    location: Location
    url: str
    status: StatusLabel
    services: tuple[Service, ...] = ()
    nearness: str = ""


@dataclass(frozen=True)
class Halt:
    """Where a bus comes nearer than any digipunt stands."""

    place: str
    url: str
    day: str
    hours: str
    distance: str


@dataclass(frozen=True)
class Mine:
    """A partnership that somebody belongs to, and its digipunt that is nearest."""

    together: Together
    door: Door | None


def published():
    """The places whose page everybody may see."""
    return Location.objects.published()


def distance(kilometres):
    """In words; nothing for what has no place on the map."""
    if kilometres is None:
        return ""
    if kilometres < 1:
        return _("less than 1 km")
    return _("%(km)s km") % {"km": round(kilometres)}


def trail():
    """The list of digipunten, if there is one: without a query."""
    return [section for section in get_site_layout().sections.values() if section[1] == INDEX]


def address_of(partnership):
    return reverse("locations:partnership", args=[partnership.slug])


def sitemap_urls(index):
    """The addresses of all partnerships for search engines; `index` is that of the list."""
    found = [reverse("locations:partnerships"), *map(address_of, Partnership.objects.all())]
    return [{"location": urljoin(index, address)} for address in found] if index else []


@require_safe
def which(request):
    """Which partnership is mine? By postcode or place name; at most ten queries at any size."""
    now = timezone.now()
    question = geocode(request.GET.get("q", ""))
    places = list(published().digipunten().order_by("name"))
    together = _together(places)
    context = {
        "question": question,
        "choices": [(choice, "?" + urlencode({"q": choice})) for choice in question.choices],
        "together": together,
        "digipunten_url": INDEX + "?" + urlencode({"q": question.text}),
        "canonical": request.build_absolute_uri(request.path),
        "trail": trail(),
        "crumb": _("Which digibank is yours?"),
        **(_answer(question.origin, together, places, now) if question.origin else {}),
    }
    return render(request, "locations/directory/partnership_index.html", context)


def _together(places):
    """All partnerships by name: two queries."""
    members, own = {}, {}
    for place in places:
        own.setdefault(place.partnership_id, []).append(place)
    for pk, name, code in Membership.objects.order_by("municipality__name").values_list(
        "partnership_id", "municipality__name", "municipality__postcodes__code"
    ):
        members.setdefault(pk, {}).setdefault(name, []).append(code)
    return [
        Together(
            one,
            address_of(one),
            tuple(members.get(one.pk, ())),
            tuple(sorted(filter(None, chain(*members.get(one.pk, {}).values())))),
            tuple(own.get(one.pk, ())),
        )
        for one in Partnership.objects.order_by("name")
    ]


def _answer(here, together, places, now):
    mine = [one for one in together if one.partnership.pk in here.partnerships]
    if mine:
        first = {
            one.partnership.pk: next(iter(rank_locations(one.places, here)), None) for one in mine
        }
        shown = [found for found in first.values() if found]
        doors = _doors(shown, load_calendars([found.location for found in shown]), now)
        of_place = {door.location.pk: door for door in doors}
        return {
            "mine": [
                Mine(one, of_place.get(found.location.pk) if found else None)
                for one in mine
                for found in [first[one.partnership.pk]]
            ]
        }
    near = [one for one in rank_locations(places, here) if one.kilometres is not None][:NEAREST]
    moving = [place for place in places if place.kind in Location.MOVING_KINDS]
    hours = load_calendars({*moving, *(one.location for one in near)})
    return {
        "nobody": True,
        "doors": _doors(near, hours, now),
        "halt": _halt(here, stops_ahead(moving, hours, now), near, now),
    }


def _halt(here, stops, near, now):
    """The nearest stop to come, if a bus comes nearer than the nearest digipunt stands."""
    found = [
        (here.distance_to(stop.lat, stop.lon), stop.starts_at, stop.pk, stop)
        for stop in stops
        if stop.lat is not None
    ]
    if not found:
        return None
    kilometres, starts_at, _pk, stop = min(found)
    if near and near[0].kilometres <= kilometres:
        return None
    start, end = starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    return Halt(
        stop.place,
        stop.location.get_absolute_url(),
        format_near_day(start.date(), timezone.localdate(now)),
        format_time_range(start, end),
        distance(kilometres),
    )


def _doors(found, hours, now):
    """How the doors of these places are: one query, for any number of them."""
    places = [one.location for one in found]
    offered = {place.pk: [] for place in places}
    for row in LocationService.objects.filter(location__in=places).select_related("service"):
        offered[row.location_id].append(row.service)
    return [_door(one, hours, offered, now) for one in found]


def _door(one, hours, offered, now):
    place = one.location
    services = tuple(offered[place.pk])
    return Door(
        place,
        place.get_absolute_url(),
        status_of_place(hours[place.pk], now, services),
        services,
        _("in your municipality") if one.in_municipality else distance(one.kilometres),
    )


@require_safe
def partnership(request, slug):
    """One partnership: at most twelve queries, whatever its size."""
    now = timezone.now()
    found = get_object_or_404(Partnership, slug=slug)
    towns = partnership_municipalities(found)
    places = published().filter(Q(partnership=found) | Q(kind=Location.Kind.FIXED))
    places = list(places.order_by("name"))
    own = [place for place in places if place.partnership_id == found.pk]
    hours = load_calendars(own)
    doors = _doors(rank_locations(own, None), hours, now)
    stops = stops_ahead([place for place in own if place.kind in Location.MOVING_KINDS], hours, now)
    covered = list(compute_coverage(towns.names, towns, places, stops).values())
    url = request.build_absolute_uri(request.path)
    context = {
        "partnership": found,
        "url": url,
        "website": urlsplit(found.website).netloc.removeprefix("www."),
        "covered": covered,
        "reached": sum(not one.has_gap for one in covered),
        "gaps": [(one, distance(one.kilometres)) for one in covered if one.has_gap],
        "digipunten": [one for one in doors if one.location.kind in Location.DIGIPUNT_KINDS],
        "collection": [one for one in doors if one.location.kind == Location.Kind.COLLECTION],
        "partners": partners_of(found.pk),
        "structured_data": organisation_data(found, towns.names.values(), url),
        "now": now,
        "trail": [*trail(), (_("Which digibank is yours?"), reverse("locations:partnerships"))],
        "crumb": found.name,
    }
    return render(request, "locations/directory/partnership.html", context)
