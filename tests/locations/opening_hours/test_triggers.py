"""Tests of the database triggers of opening hours."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from home.core.roles import Role
from locations.opening_hours.models import AdjustedDays, HoursVersion
from locations.opening_hours.triggers import TRIGGERS
from tests.factories import locations

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2027, 7, 5), date(2027, 7, 9)
DAY = timedelta(days=1)
APART = [(FIRST - 3 * DAY, FIRST - DAY), (LAST + DAY, LAST + 3 * DAY)]
OVERLAPPING = [
    (FIRST - 3 * DAY, FIRST),
    (LAST, LAST + 3 * DAY),
    (FIRST, LAST),
    (FIRST + DAY, LAST - DAY),
    (FIRST - DAY, LAST + DAY),
]
OWNERS = ["a place", "a service of a place", "a partnership"]


@pytest.fixture(params=OWNERS)
def owner(request):
    location, together = locations.location("AAL"), locations.partnership()
    return {
        "a place": {"location": location},
        "a service of a place": {"location": location, "service": locations.service()},
        "a partnership": {"partnership": together},
    }[request.param]


def days(first=FIRST, last=LAST, **owner):
    return AdjustedDays(first_day=first, last_day=last, **owner)


def refused(statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        statement()


def test_every_trigger_is_installed():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        found = {name for (name,) in cursor.fetchall()}
    assert set(TRIGGERS) <= found


@pytest.mark.parametrize(("first", "last"), OVERLAPPING)
def test_overlapping_adjusted_days_cannot_be_inserted(owner, first, last):
    days(**owner).save()

    refused(lambda: AdjustedDays.objects.bulk_create([days(first, last, **owner)]))
    assert AdjustedDays.objects.count() == 1


@pytest.mark.parametrize(("first", "last"), APART)
def test_adjacent_adjusted_days_are_allowed(owner, first, last):
    days(**owner).save()

    AdjustedDays.objects.bulk_create([days(first, last, **owner)])
    assert AdjustedDays.objects.count() == 2


def test_overlapping_adjusted_days_cannot_be_bulk_created(owner):
    refused(lambda: AdjustedDays.objects.bulk_create([days(**owner), days(**owner)]))
    assert not AdjustedDays.objects.exists()


@pytest.mark.parametrize(("first", "last"), OVERLAPPING)
def test_adjusted_days_cannot_be_updated_to_overlap(owner, first, last):
    days(**owner).save()
    later = AdjustedDays.objects.create(
        first_day=LAST + 30 * DAY, last_day=LAST + 31 * DAY, **owner
    )

    row = AdjustedDays.objects.filter(pk=later.pk)
    refused(lambda: row.update(first_day=first, last_day=last))
    for start, end in APART:
        assert row.update(first_day=start, last_day=end) == 1


def test_adjusted_days_do_not_overlap_with_themselves(owner):
    days(**owner).save()

    assert AdjustedDays.objects.update(last_day=F("last_day") + DAY, reason="Zomer") == 1


def test_adjusted_days_cannot_move_to_owner_with_overlapping_days(owner):
    days(**owner).save()
    elsewhere = AdjustedDays.objects.create(
        first_day=FIRST, last_day=LAST, location=locations.location("BOO")
    )

    moved = {"location": None, "service": None, "partnership": None} | owner
    refused(lambda: AdjustedDays.objects.filter(pk=elsewhere.pk).update(**moved))


def test_adjusted_days_of_different_owners_can_overlap():
    location, other = locations.location("AAL"), locations.location("BOO")
    first, second = locations.service(), locations.service("lending")
    owners = [
        *({"location": one, "service": of} for one in (location, other) for of in (None, first)),
        {"location": location, "service": second},
        {"partnership": locations.partnership()},
    ]
    AdjustedDays.objects.bulk_create([days(**one) for one in owners])

    assert AdjustedDays.objects.count() == len(owners)


@pytest.fixture
def version():
    return HoursVersion.objects.create(
        location=locations.location("AAL"),
        recorded_at=timezone.now(),
        user=locations.staff(Role.ADMINISTRATOR),
        data={"rules": []},
    )


def test_hours_version_cannot_be_updated(version):
    row = HoursVersion.objects.filter(pk=version.pk)

    refused(lambda: row.update(data={"rules": ["another"]}))
    refused(lambda: row.update(recorded_at=version.recorded_at - DAY))
    refused(lambda: row.update(location=locations.location("BOO")))
    refused(lambda: row.update(location=None, partnership=locations.partnership()))
    refused(lambda: row.update(user=locations.staff(Role.ADMINISTRATOR)))
    assert row.get().data == {"rules": []}


def test_user_of_version_can_be_cleared_but_not_set(version):
    version.user.delete()
    version.refresh_from_db()

    assert version.user is None
    refused(lambda: HoursVersion.objects.update(user=locations.staff(Role.ADMINISTRATOR)))


def test_versions_are_deleted_with_their_location(version):
    HoursVersion.objects.all().delete()

    assert not HoursVersion.objects.exists()
