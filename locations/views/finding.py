"""The list of digipunten: what was asked, and the places that answer it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locations.finding import in_order, understand
from locations.models import Location, LocationService, Service
from locations.opening_hours import calendars, words
from locations.views.map import Map, Pin
from locations.views.place import status_of_place

PER_PAGE = 20


@dataclass(frozen=True)
class Row:
    """One place in the list: its number is that of its pin on the map."""

    number: int
    location: Location
    url: str
    status: object
    services: tuple[Service, ...]
    nearness: str = ""
    on_day: str = ""


def index_context(request):
    """What the list needs; at most seven queries, whatever the number of places."""
    asked = request.GET
    now = timezone.now()
    services = list(Service.objects.filter(is_filter=True))
    known = {service.code for service in services}
    chosen = [code for code in dict.fromkeys(asked.getlist("dienst")) if code in known]
    day = _day(asked.get("dag", ""))
    open_now, wheelchair = bool(asked.get("nu")), bool(asked.get("rolstoel"))
    question = understand(asked.get("q", ""))

    places = Location.objects.with_page().order_by("name")
    places = _offering(places, chosen)
    if wheelchair:
        places = places.filter(wheelchair=Location.Wheelchair.YES)
    places = list(places)
    hours = calendars(places) if open_now or day else None
    if open_now:
        places = [place for place in places if hours[place.pk].is_open(now)]
    if day:
        places = [place for place in places if _hours_on(hours[place.pk], day, chosen)]
    pages = Paginator(in_order(places, question.here), PER_PAGE).get_page(asked.get("p"))
    shown = list(pages)
    rows = _rows(shown, hours, now, pages.start_index(), day, chosen)
    return {
        "question": question,
        "choices": [(choice, _address(choice, chosen, asked)) for choice in question.choices],
        "services": services,
        "chosen": chosen,
        "open_now": open_now,
        "day": day,
        "typed_day": asked.get("dag", "")[:20],
        "today": timezone.localdate(now),
        "wheelchair": wheelchair,
        "pages": pages,
        "rows": rows,
        "map": Map.of([_pin(row) for row in rows], question.here),
        "count": _count(len(places), question),
        "query": _query(asked, chosen),
    }


def _offering(places, codes):
    """Digipunten that offer all of these; other places only if asked for what they do."""
    if not codes:
        return places.digipunten()
    for code in codes:
        places = places.filter(
            pk__in=LocationService.objects.filter(service__code=code).values("location")
        )
    return places


def _day(typed):
    """The day that was asked for; None for none, and for what is no day."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _hours_on(calendar, day, services):
    """The hours on this day of the first of these services, if all of them are there; or of all."""
    found = [calendar.blocks(day, service) for service in services or [None]]
    return found[0] if all(found) else []


def _rows(found, hours, now, first, day, chosen):
    places = [one.location for one in found]
    if hours is None:
        hours = calendars(places)
    offered = {place.pk: [] for place in places}
    for row in LocationService.objects.filter(location__in=places).select_related("service"):
        offered[row.location_id].append(row.service)
    return [
        Row(
            number,
            one.location,
            one.location.get_absolute_url(),
            status_of_place(hours[one.location.pk], now, offered[one.location.pk]),
            tuple(offered[one.location.pk]),
            _nearness(one),
            words.blocks(_hours_on(hours[one.location.pk], day, chosen)) if day else "",
        )
        for number, one in enumerate(found, first)
    ]


def _pin(row):
    place, number = row.location, str(row.number)
    kind = "now" if row.status.is_open else ""
    return Pin(place.name, f"#plaats-{number}", place.lat, place.lon, number, kind)


def _nearness(one):
    if one.in_municipality:
        return _("in your municipality")
    if one.kilometres is None:
        return ""
    if one.kilometres < 1:
        return _("less than 1 km")
    return _("%(km)s km") % {"km": round(one.kilometres)}


def _count(number, question):
    words = ngettext("%(n)s digipunt.", "%(n)s digipunten.", number) % {"n": number}
    if question.here and number > 1:
        nearest = _("The nearest to %(place)s comes first.") % {"place": question.here.label}
        return f"{words} {nearest}"
    return words


def _address(choice, chosen, asked):
    return "?" + urlencode([("q", choice), *_filters(asked, chosen)])


def _filters(asked, chosen):
    return [
        *(("dienst", code) for code in chosen),
        *((name, "1") for name in ("nu", "rolstoel") if asked.get(name)),
        *(("dag", str(day)) for day in [_day(asked.get("dag", ""))] if day),
    ]


def _query(asked, chosen):
    """The question without the page, to put before the number of another page."""
    pairs = [("q", asked["q"])] if asked.get("q") else []
    pairs += _filters(asked, chosen)
    return urlencode(pairs) + "&" if pairs else ""
