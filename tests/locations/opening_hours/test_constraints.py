"""Tests of the check and unique constraints of hours, locations and assignments."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import (
    AdjustedDays,
    AdjustedHours,
    ClosedDays,
    OpeningRule,
    Stop,
)
from locations.places.models import Assignment, Location
from locations.workshops.models import WorkshopRun
from tests.factories import home as homes
from tests.factories import locations

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2026, 12, 10), date(2026, 12, 9)


def at(hour):
    return datetime(2026, 12, 10, hour, tzinfo=BRUSSELS)


def refused(model, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**fields)


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes": time(9)},
        {"closes": time(8)},
        {"weekday": 7},
        {"weekday": None},
        {"valid_from": DAY, "valid_until": BEFORE},
        {"nth": 1},
        {"day": DAY},
        {"recurrence": "weeks"},
        {"recurrence": "weeks", "interval": 1, "anchor": DAY},
        {"recurrence": "weeks", "interval": 2},
        {"recurrence": "weeks", "anchor": DAY},
        {"recurrence": "monthly"},
        {"recurrence": "monthly", "nth": 6},
        {"recurrence": "date"},
        {"recurrence": "date", "day": DAY},
        {"recurrence": "hourly"},
    ],
    ids=str,
)
def test_opening_rule_constraints(wrong):
    fields = {"weekday": 0, "opens": time(9), "closes": time(12), **wrong}
    refused(OpeningRule, location=locations.location(), service=locations.service(), **fields)


@pytest.mark.parametrize("model", [ClosedDays, AdjustedDays])
def test_exceptional_days_constraints(model):
    location, together = locations.location(), locations.partnership()
    good = {"first_day": DAY, "last_day": DAY}

    refused(model, **good)
    refused(model, **good, location=location, partnership=together)
    refused(model, **good, partnership=together, service=locations.service())
    refused(model, first_day=DAY, last_day=BEFORE, location=location)
    model.objects.create(**good, location=location, service=locations.service())


def test_adjusted_hours_constraints():
    days = AdjustedDays.objects.create(location=locations.location(), first_day=DAY, last_day=DAY)
    refused(AdjustedHours, adjusted_days=days, weekday=0, opens=time(9), closes=time(9))


def test_stop_constraints():
    bus = locations.location(kind="bus")
    refused(Stop, location=bus, place="Baal", starts_at=at(11), ends_at=at(9))
    refused(Stop, location=bus, place="Baal", starts_at=at(9), ends_at=at(11), lat=50.9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": at(13)},
        {"capacity": 0},
        {"status": "cancelled"},
        {"cancelled_reason": "Ziek"},
    ],
    ids=["no time", "no room", "cancelled for no reason", "a reason for nothing"],
)
def test_workshop_run_constraints(wrong):
    page = locations.workshop(locations.workshop_index(homes.home_page()))
    fields = {"starts_at": at(13), "ends_at": at(15), **wrong}
    refused(WorkshopRun, page=page, location=locations.location(), **fields)


def test_assignment_constraints(django_user_model):
    user = django_user_model.objects.create_user("bram")
    location, together = locations.location(), locations.partnership()

    refused(Assignment, user=user)
    refused(Assignment, user=user, location=location, partnership=together)
    Assignment.objects.create(user=user, location=location)
    Assignment.objects.create(user=user, partnership=together)
    refused(Assignment, user=user, location=location)
    refused(Assignment, user=user, partnership=together)


def test_location_constraints():
    locations.location("AAL")
    refused(Location, code="AAL", name="Again")
    refused(Location, code="BBB", name="Half", lat=50.9)
    refused(Location, code="CCC", name="Far", lat=91, lon=4)


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (date(2027, 1, 1), date(2029, 1, 1), set()),
        (date(2027, 1, 1), date(2029, 1, 2), {"last_day"}),
        (date(2000, 1, 1), date(2000, 1, 1), set()),
        (date(1999, 12, 31), date(2000, 1, 1), {"first_day"}),
        (date(2099, 12, 31), date(2099, 12, 31), set()),
        (date(2099, 12, 31), date(2100, 1, 1), {"last_day"}),
    ],
)
@pytest.mark.parametrize("model", [ClosedDays, AdjustedDays])
def test_exceptional_days_are_refused_when_too_long_or_in_another_century(
    model, first, last, wrong
):
    days = model(location=locations.location(), first_day=first, last_day=last)
    assert _wrong(days) == wrong


@pytest.mark.parametrize("field", ["valid_from", "valid_until", "anchor", "day"])
@pytest.mark.parametrize(("year", "is_wrong"), [(1999, True), (2000, False), (2099, False)])
def test_opening_rule_is_refused_in_another_century(field, year, is_wrong):
    kind = {"anchor": "weeks", "day": "date"}.get(field, "weekly")
    day = date(year, 6, 1)
    rule = OpeningRule(
        weekday=day.weekday(),
        recurrence=kind,
        interval=2 if kind == "weeks" else None,
        opens=time(9),
        closes=time(12),
        **{field: day},
    )
    assert (field in _wrong(rule)) is is_wrong


def _wrong(row):
    try:
        row.clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()
