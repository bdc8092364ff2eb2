"""Availability: how many devices are free, where, and when the next one is due back.

Public pages, blocks, the desk and the search index all use this module. A device is free if it is
AVAILABLE at a public lending point now; a device that is on loan, overdue, in transit, set aside or
waiting to be erased is not.
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

# The only fields of a location that pages show.
LOCATION_FIELDS = (
    *("code", "name", "kind", "is_lending_point", "street", "number", "postcode", "city", "phone"),
    *("page__title", "page__url_path", "page__live"),
)


@dataclass(frozen=True)
class LocationAvailability:
    """Number of free devices at a lending point, and of devices on loan.

    `next_on` is the day on which the next device is due back, and is only set where none is free.
    An overdue device is on loan without such a day.
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
    """Availability of a catalogue page per lending point, and when it was counted."""

    locations: list[LocationAvailability] = field(default_factory=list)
    counted_at: datetime = field(default_factory=timezone.now)

    @property
    def free(self):
        return sum(entry.free for entry in self.locations)

    @property
    def out(self):
        return sum(entry.out for entry in self.locations)

    @property
    def free_locations(self):
        return [entry for entry in self.locations if entry.free]

    @property
    def next_on(self):
        days = [entry.next_on for entry in self.locations if entry.next_on]
        return min(days) if days else None


def availability_of(catalogue_pages, *, today=None):
    """Return {pk of the catalogue page: Availability}, with at most four queries."""
    pages = [page.pk for page in catalogue_pages]
    models = dict(
        DeviceModel.objects.filter(catalogue_page__in=pages)
        .order_by()
        .values_list("pk", "catalogue_page")
    )
    free, out = defaultdict(int), defaultdict(int)
    for model, state, location, count in count_stock(models):
        (free if state == State.AVAILABLE else out)[models[model], location] += count
    next_on = next_due_dates({key for key in out if key not in free}, today or timezone.localdate())
    locations = load_lending_points({location for _page, location in (*free, *out)})
    results = {page: Availability() for page in pages}
    for key in {*free, *out}:
        page, location = key
        if location in locations:
            entry = LocationAvailability(
                locations[location], free.get(key, 0), out.get(key, 0), next_on.get(key)
            )
            results[page].locations.append(entry)
    for availability in results.values():
        availability.locations.sort(key=lambda entry: (-entry.free, entry.name))
    return results


def count_stock(models):
    """Return rows of (model, state, location, count) for devices that are free or on loan."""
    devices = Device.objects.filter(
        state__in=[State.AVAILABLE, State.ON_LOAN], model__in=list(models)
    )
    groups = devices.order_by().values_list("model", "state", "location")
    return groups.annotate(count=Count("pk"))


def next_due_dates(keys, today):
    """Return {(page, location): first due date from today on} for keys of (page, location)."""
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


def count_free_devices():
    """Return the number of free devices at all public lending points, with one query."""
    return (
        Device.objects.available()
        .filter(location__in=Location.objects.lending_points().values("pk"))
        .filter(model__catalogue_page__live=True)
        .count()
    )


def load_lending_points(keys):
    """Return {pk: Location} of the public lending points among these, with their page."""
    locations = Location.objects.lending_points().filter(pk__in=keys).select_related("page")
    return {location.pk: location for location in locations.only(*LOCATION_FIELDS)}


@dataclass(frozen=True)
class CatalogueLink:
    """Title and URL of a catalogue page."""

    title: str
    url: str


def free_by_location(locations):
    """Return {pk of the location: [(CatalogueLink, free), ...]}, most free first, with one query.

    A page of which the location has devices, but none that is free, is listed with 0.
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
            (CatalogueLink(title, page_url(path, roots)), count)
            for (title, path), count in sorted(pages.items(), key=lambda item: (-item[1], item[0]))
        ]
        for location, pages in free.items()
    }
