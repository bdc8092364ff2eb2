"""Record versions of the hours with every change, and look up past versions."""

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
    """Primary keys of the locations and partnerships whose hours a change concerns."""

    location_ids: set = field(default_factory=set)
    partnership_ids: set = field(default_factory=set)

    def add(self, row):
        """Add a location, a partnership, or the owner of a rule, a stop or exceptional days."""
        if isinstance(row, Location):
            self.location_ids.add(row.pk)
        elif isinstance(row, Partnership):
            self.partnership_ids.add(row.pk)
        else:
            self.location_ids.add(row.location_id)
            self.partnership_ids.add(getattr(row, "partnership_id", None))

    def saved_ids(self):
        """Return the keys of saved locations and partnerships, each in order."""
        return sorted(self.location_ids - {None}), sorted(self.partnership_ids - {None})


@contextmanager
def record_changes(*rows, user=None, now=None):
    """Record what the block changes in the hours of the owners of `rows`, as one version by `user`.

        with record_changes(location, user=request.user):
            location.opening_rules.all().delete()

    Earlier unreported changes first become a version without a user. The block runs in a
    transaction and gets the HoursOwners, to which it can add.
    """
    owners = HoursOwners()
    for row in rows:
        owners.add(row)
    with transaction.atomic():
        lock_owners(owners)
        _create_versions(owners, None, now)
        yield owners
        lock_owners(owners)
        _create_versions(owners, user, now)


def lock_owners(owners):
    """Lock the owners, so that concurrent changes to their hours wait for each other."""
    location_ids, partnership_ids = owners.saved_ids()
    for model, keys in ((Partnership, partnership_ids), (Location, location_ids)):
        if keys:
            list(model.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))


@transaction.atomic
def record_unreported_changes(now=None):
    """Create a version for every owner whose hours differ from its last version.

    Return the number of versions. The number of queries is fixed.
    """
    owners = HoursOwners(
        set(Location.objects.values_list("pk", flat=True)),
        set(Partnership.objects.values_list("pk", flat=True)),
    )
    return _create_versions(owners, None, now)


def _create_versions(owners, user, now):
    location_ids, partnership_ids = owners.saved_ids()
    if not location_ids and not partnership_ids:
        return 0
    location_data, partnership_data = serialize_hours(location_ids, partnership_ids)
    last_data = _last_data(location_ids, partnership_ids)
    common = {"recorded_at": now or timezone.now(), "user": user}
    versions = [
        HoursVersion(location_id=pk, data=data, **common)
        for pk, data in location_data.items()
        if last_data.get((pk, None)) != data
    ] + [
        HoursVersion(partnership_id=pk, data=data, **common)
        for pk, data in partnership_data.items()
        if last_data.get((None, pk)) != data
    ]
    return len(HoursVersion.objects.bulk_create(versions))


def _last_data(location_ids, partnership_ids):
    """Return the data of the last version by (location key, partnership key)."""
    newest = (
        HoursVersion.objects.filter(
            Q(location__in=location_ids) | Q(partnership__in=partnership_ids)
        )
        .order_by()
        .values("location", "partnership")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    rows = HoursVersion.objects.filter(pk__in=newest).order_by()
    return {
        (location_id, partnership_id): data
        for location_id, partnership_id, data in rows.values_list("location", "partnership", "data")
    }


@dataclass(frozen=True)
class HistoricHours:
    """The hours of a location at a past moment, as recorded at `recorded_at`.

    If nothing was recorded by then, `is_too_early` is True and the hours are the oldest recorded.
    """

    calendar: object
    recorded_at: object
    is_too_early: bool


def hours_known_at(location, moment):
    """Return the HistoricHours of a location, or None without any version. Two queries."""
    version = _version_at(HoursVersion.objects.filter(location=location), moment)
    if version is None:
        return None
    partnership_version = version.data["partnership"] and _version_at(
        HoursVersion.objects.filter(partnership=version.data["partnership"]), moment
    )
    return HistoricHours(
        deserialize_calendar(
            version.data, partnership_version.data if partnership_version else None
        ),
        version.recorded_at,
        version.recorded_at > moment,
    )


def _version_at(versions, moment):
    """Return the last version recorded by `moment`, else the first one after it."""
    earlier = versions.filter(recorded_at__lte=moment).order_by("-recorded_at", "-pk").first()
    return earlier or versions.order_by("recorded_at", "pk").first()


def versions_for_location(location):
    """Return all versions of a location and of its past and present partnerships, newest first.

    Each is annotated with `previous_id`, the key of the version before it.
    """
    partnership_ids = set(
        HoursVersion.objects.filter(location=location)
        .order_by()
        .values_list("data__partnership", flat=True)
        .distinct()
    )
    partnership_ids.add(location.partnership_id)
    return (
        HoursVersion.objects.filter(
            Q(location=location) | Q(partnership__in=partnership_ids - {None})
        )
        .annotate(
            previous_id=Window(
                Lag("pk"),
                partition_by=["location", "partnership"],
                order_by=["recorded_at", "pk"],
            )
        )
        .order_by("-recorded_at", "-pk")
    )


def with_previous_data(versions):
    """Return pairs of each version and the data of the version before it, None for the first."""
    previous_ids = [version.previous_id for version in versions if version.previous_id]
    rows = HoursVersion.objects.filter(pk__in=previous_ids).order_by()
    data = dict(rows.values_list("pk", "data"))
    return [(version, data.get(version.previous_id)) for version in versions]
