"""How many devices are free, where, and when the next one is due back: the one answer for everyone.

The public pages, the block in a page, the desk and the search ask here and nowhere else. Free is
what is AVAILABLE at a public lending point at this moment; on loan and overdue, on its way, set
aside or waiting to be erased is not.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min
from django.utils import timezone

from home.pages.site_layout import get_site_roots, page_url
from lending.core.states import State
from lending.devices.models.device import Device
from lending.devices.models.device_model import DeviceModel
from lending.loans.models import Loan
from locations.places.models import Location

# What the answers show of a place; the rest stays in the database.
SHOWN_OF_PLACES = (
    *("code", "name", "kind", "is_lending_point", "street", "number", "postcode", "city", "phone"),
    *("page__title", "page__url_path", "page__live"),
)


@dataclass(frozen=True)
class AtPlace:
    """The free devices at one lending point; where none is, `next_on` is when one is due back.

    A device that is overdue is out, but nobody knows when it comes back.
    """

    location: Location
    free: int
    out: int = 0
    next_on: date | None = None

    @property
    def name(self):
        return self.location.name


@dataclass(frozen=True)
class Availability:
    """The answer for one catalogue page, with the moment at which it was counted."""

    places: list[AtPlace] = field(default_factory=list)
    counted_at: datetime = field(default_factory=timezone.now)

    @property
    def free(self):
        return sum(place.free for place in self.places)

    @property
    def out(self):
        return sum(place.out for place in self.places)

    @property
    def free_places(self):
        return [place for place in self.places if place.free]

    @property
    def next_on(self):
        days = [place.next_on for place in self.places if place.next_on]
        return min(days) if days else None


def availability_of(catalogue_pages, *, today=None):
    """{pk of the catalogue page: Availability}, in at most four queries, however many there are.

    When the next one is due back is only asked for places where none is free.
    """
    pages = [page.pk for page in catalogue_pages]
    models = dict(
        DeviceModel.objects.filter(catalogue_page__in=pages)
        .order_by()
        .values_list("pk", "catalogue_page")
    )
    free, out = defaultdict(int), defaultdict(int)
    for model, state, location, count in in_stock(models):
        (free if state == State.AVAILABLE else out)[models[model], location] += count
    next_on = due_back({key for key in out if key not in free}, today or timezone.localdate())
    locations = lending_points({location for _page, location in (*free, *out)})
    answers = {page: Availability() for page in pages}
    for key in {*free, *out}:
        page, location = key
        if location in locations:
            place = AtPlace(
                locations[location], free.get(key, 0), out.get(key, 0), next_on.get(key)
            )
            answers[page].places.append(place)
    for answer in answers.values():
        answer.places.sort(key=lambda place: (-place.free, place.name))
    return answers


def in_stock(models):
    """(model, state, location, how many) of what is free or on loan, in the order of the index."""
    devices = Device.objects.filter(
        state__in=[State.AVAILABLE, State.ON_LOAN], model__in=list(models)
    )
    groups = devices.order_by().values_list("model", "state", "location")
    return groups.annotate(count=Count("pk"))


def due_back(keys, today):
    """{(page, location): the first day on which a device of these is due, from today on}."""
    if not keys:
        return {}
    days = (
        Loan.objects.open()
        .filter(
            due_on__gte=today,
            device__model__catalogue_page__in={page for page, _location in keys},
            device__location__in={location for _page, location in keys},
        )
        .order_by()
        .values_list("device__model__catalogue_page", "device__location")
        .annotate(due=Min("due_on"))
    )
    return {(page, location): due for page, location, due in days}


def devices_free():
    """How many devices are free now at all public lending points together; one query."""
    return (
        Device.objects.available()
        .filter(location__in=Location.objects.lending_points().values("pk"))
        .filter(model__catalogue_page__live=True)
        .count()
    )


def lending_points(keys):
    """{pk: Location} of the public lending points among these, with the address of their page."""
    found = Location.objects.lending_points().filter(pk__in=keys).select_related("page")
    return {location.pk: location for location in found.only(*SHOWN_OF_PLACES)}


@dataclass(frozen=True)
class Kind:
    """A kind of device as the catalogue calls it, and where one reads about it."""

    title: str
    address: str


def free_at(locations):
    """{pk of the location: [(Kind, free), ...]}, most free first, in one query.

    A kind that the location has, but of which none is free, is in the list with 0.
    """
    keys = [location.pk for location in locations if location.is_lending_point]
    counts = (
        Device.objects.filter(
            location__in=keys,
            state__in=[State.AVAILABLE, State.ON_LOAN, State.SET_ASIDE],
            model__catalogue_page__live=True,
        )
        .order_by()
        .values_list(
            "location",
            "model__catalogue_page__title",
            "model__catalogue_page__url_path",
            "state",
        )
        .annotate(count=Count("pk"))
    )
    free = {location: defaultdict(int) for location in keys}
    for location, title, path, state, count in counts:
        free[location][title, path] += count if state == State.AVAILABLE else 0
    roots = get_site_roots()
    return {
        location: [
            (Kind(title, page_url(path, roots)), count)
            for (title, path), count in sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
        ]
        for location, kinds in free.items()
    }
