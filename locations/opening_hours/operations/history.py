"""Versions of the hours: written with every change, and by the worker for what nobody reported."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max, Q, Window
from django.db.models.functions import Lag
from django.utils import timezone

from locations.opening_hours.models import HoursVersion
from locations.opening_hours.version_data import deserialize_calendar, serialize_hours
from locations.places.models import Location, Partnership


@dataclass
class HoursOwners:
    """Whose hours a change touches, by primary key; more may be added while it goes on."""

    places: set = field(default_factory=set)
    partnerships: set = field(default_factory=set)

    def add(self, row):
        """A place, a partnership, or what hangs on one: days, a rule, a stop."""
        if isinstance(row, Location):
            self.places.add(row.pk)
        elif isinstance(row, Partnership):
            self.partnerships.add(row.pk)
        else:
            self.places.add(row.location_id)
            self.partnerships.add(getattr(row, "partnership_id", None))

    def known(self):
        return sorted(self.places - {None}), sorted(self.partnerships - {None})


@contextmanager
def record_changes(*rows, user=None, now=None):
    """What happens inside to the hours of these rows is one change, by this person.

        with history.recorded(place, user=request.user):
            place.opening_rules.all().delete()

    What was changed before without a word becomes a version of its own first, by nobody.
    """
    owners = HoursOwners()
    for row in rows:
        owners.add(row)
    with transaction.atomic():
        lock(owners)
        _write(owners, None, now)
        yield owners
        lock(owners)
        _write(owners, user, now)


def lock(owners):
    """Two who change the hours of one place write their versions one after the other."""
    places, partnerships = owners.known()
    for model, keys in ((Partnership, partnerships), (Location, places)):
        if keys:
            list(model.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))


@transaction.atomic
def record_unreported_changes(now=None):
    """Versions for all that was changed elsewhere, and how many; always the same few queries."""
    owners = HoursOwners(
        set(Location.objects.values_list("pk", flat=True)),
        set(Partnership.objects.values_list("pk", flat=True)),
    )
    return _write(owners, None, now)


def _write(owners, user, now):
    """A version for each whose hours are not what its last version says; how many."""
    places, partnerships = owners.known()
    if not places and not partnerships:
        return 0
    of_places, of_partnerships = serialize_hours(places, partnerships)
    last = _last(places, partnerships)
    common = {"recorded_at": now or timezone.now(), "user": user}
    versions = [
        HoursVersion(location_id=pk, data=data, **common)
        for pk, data in of_places.items()
        if last.get(("place", pk)) != data
    ] + [
        HoursVersion(partnership_id=pk, data=data, **common)
        for pk, data in of_partnerships.items()
        if last.get(("partnership", pk)) != data
    ]
    return len(HoursVersion.objects.bulk_create(versions))


def _last(places, partnerships):
    """What the last version of each says."""
    owners = Q(location__in=places) | Q(partnership__in=partnerships)
    newest = (
        HoursVersion.objects.filter(owners)
        .order_by()
        .values("location", "partnership")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    rows = HoursVersion.objects.filter(pk__in=newest).order_by()
    return {
        ("place", place) if place else ("partnership", together): data
        for place, together, data in rows.values_list("location", "partnership", "data")
    }


@dataclass(frozen=True)
class Known:
    """The hours of a place as they were known at a moment; `since` is when they were written down.

    `too_early` says that nothing was written down yet at that moment: this is the oldest we have.
    """

    calendar: object
    since: object
    too_early: bool


def hours_known_at(place, moment):
    """What was known about a place at this moment; None if nothing ever was. Two queries."""
    own = _as_of(HoursVersion.objects.filter(location=place), moment)
    if own is None:
        return None
    together = own.data["partnership"] and _as_of(
        HoursVersion.objects.filter(partnership=own.data["partnership"]), moment
    )
    return Known(
        deserialize_calendar(own.data, together.data if together else None),
        own.recorded_at,
        own.recorded_at > moment,
    )


def _as_of(versions, moment):
    known = versions.filter(recorded_at__lte=moment).order_by("-recorded_at", "-pk").first()
    return known or versions.order_by("recorded_at", "pk").first()


def versions_for_location(place):
    """All versions of a place and of the partnerships that it was ever in, the last one first.

    Each knows as `before` the key of the version before it.
    """
    together = set(
        HoursVersion.objects.filter(location=place)
        .order_by()
        .values_list("data__partnership", flat=True)
        .distinct()
    )
    owners = Q(partnership__in=(together | {place.partnership_id}) - {None})
    return (
        HoursVersion.objects.filter(Q(location=place) | owners)
        .annotate(
            before=Window(
                Lag("pk"),
                partition_by=["location", "partnership"],
                order_by=["recorded_at", "pk"],
            )
        )
        .order_by("-recorded_at", "-pk")
    )


def with_previous_data(versions):
    """Pairs of what each version says and what the one before it said (None: it is the first)."""
    wanted = [one.before for one in versions if one.before]
    data = dict(HoursVersion.objects.filter(pk__in=wanted).order_by().values_list("pk", "data"))
    return [(one, data.get(one.before)) for one in versions]
