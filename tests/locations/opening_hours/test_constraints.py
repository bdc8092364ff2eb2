"""What may never be false about hours, places and who works where: the database says no."""

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
def test_a_rule_has_what_its_recurrence_needs_and_ends_after_it_starts(wrong):
    fields = {"weekday": 0, "opens": time(9), "closes": time(12), **wrong}
    refused(OpeningRule, location=locations.location(), service=locations.service(), **fields)


@pytest.mark.parametrize("model", [ClosedDays, AdjustedDays])
def test_days_belong_to_one_place_or_partnership_and_do_not_end_before_they_begin(model):
    place, together = locations.location(), locations.partnership()
    good = {"first_day": DAY, "last_day": DAY}

    refused(model, **good)
    refused(model, **good, location=place, partnership=together)
    refused(model, **good, partnership=together, service=locations.service())
    refused(model, first_day=DAY, last_day=BEFORE, location=place)
    model.objects.create(**good, location=place, service=locations.service())


def test_other_hours_end_after_they_start():
    days = AdjustedDays.objects.create(location=locations.location(), first_day=DAY, last_day=DAY)
    refused(AdjustedHours, adjusted_days=days, weekday=0, opens=time(9), closes=time(9))


def test_a_stop_ends_after_it_starts_and_lies_somewhere_or_nowhere():
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
def test_a_workshop_on_a_date_makes_sense(wrong):
    page = locations.workshop(locations.workshop_index(homes.home_page()))
    fields = {"starts_at": at(13), "ends_at": at(15), **wrong}
    refused(WorkshopRun, page=page, location=locations.location(), **fields)


def test_somebody_works_for_a_place_or_a_partnership_and_once_for_each(django_user_model):
    user = django_user_model.objects.create_user("bram")
    place, together = locations.location(), locations.partnership()

    refused(Assignment, user=user)
    refused(Assignment, user=user, location=place, partnership=together)
    Assignment.objects.create(user=user, location=place)
    Assignment.objects.create(user=user, partnership=together)
    refused(Assignment, user=user, location=place)
    refused(Assignment, user=user, partnership=together)


def test_a_code_is_there_once_and_a_place_lies_on_the_globe():
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
def test_days_are_of_this_century_and_at_most_two_years(model, first, last, wrong):
    days = model(location=locations.location(), first_day=first, last_day=last)
    assert _wrong(days) == wrong


@pytest.mark.parametrize("field", ["valid_from", "valid_until", "anchor", "day"])
@pytest.mark.parametrize(("year", "is_wrong"), [(1999, True), (2000, False), (2099, False)])
def test_a_line_of_hours_has_days_of_this_century(field, year, is_wrong):
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
