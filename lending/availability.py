"""How many devices are free, where, and when the next one is due back: the one answer for everyone.

The public pages, the block in a page, the desk and the search ask here and nowhere else. Free is
what is AVAILABLE at a public lending point at this moment; on loan and overdue, on its way, set
aside or waiting to be erased is not.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from lending.models.catalogue import DeviceModel
from lending.models.device import Device
from lending.models.loan import Loan
from lending.states import State
from locations.models import Location


@dataclass(frozen=True)
class AtPlace:
    """The free devices at one lending point; `next_on` is the earliest due date of those out.

    A device that is overdue is out, but nobody knows when it comes back.
    """

    location: Location
    free: int
    out: int = 0
    next_on: date | None = None

    @property
    def points(self):
        """True for a free device, False for one that is out: at most 40, so that they fit."""
        return ([True] * self.free + [False] * self.out)[:40]

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
    def points(self):
        out = sum(place.out for place in self.places)
        return ([True] * self.free + [False] * out)[:40]

    @property
    def free_places(self):
        return [place for place in self.places if place.free]

    @property
    def next_on(self):
        days = [place.next_on for place in self.places if place.next_on]
        return min(days) if days else None


def availability_of(catalogue_pages, *, today=None):
    """{pk of the catalogue page: Availability}, in three queries, however many there are."""
    pages = [page.pk for page in catalogue_pages]
    today = today or timezone.localdate()
    models = dict(
        DeviceModel.objects.filter(catalogue_page__in=pages).values_list("pk", "catalogue_page")
    )
    free = defaultdict(int)
    for model, location, count in (
        Device.objects.available()
        .filter(model__in=list(models))
        .order_by()
        .values_list("model", "location")
        .annotate(count=Count("pk"))
    ):
        free[models[model], location] += count
    out, next_on = defaultdict(int), {}
    for model, location, count, due in (
        Loan.objects.open()
        .filter(device__model__in=list(models))
        .order_by()
        .values_list("device__model", "device__location")
        .annotate(count=Count("pk"), due=Min("due_on", filter=Q(due_on__gte=today)))
    ):
        key = models[model], location
        out[key] += count
        if due:
            next_on[key] = min(due, next_on.get(key, due))
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
    found = Location.objects.lending_points().filter(pk__in=keys)
    return {location.pk: location for location in found.select_related("page")}


def free_at(locations):
    """{pk of the location: [(catalogue page, free), ...]}, most free first, in two queries.

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
        .values_list("location", "model__catalogue_page", "state")
        .annotate(count=Count("pk"))
    )
    free = defaultdict(lambda: defaultdict(int))
    for location, page, state, count in counts:
        free[location][page] += count if state == State.AVAILABLE else 0
    from lending.models.pages import CataloguePage

    used = {page for pages in free.values() for page in pages}
    pages = CataloguePage.objects.in_bulk(used) if used else {}
    return {
        location: sorted(
            ((pages[page], count) for page, count in free[location].items()),
            key=lambda answer: (-answer[1], answer[0].title),
        )
        for location in keys
    }
