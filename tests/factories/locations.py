"""Locations with opening hours, their pages, and staff who work there."""

from datetime import date, datetime, time
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page

from locations.core.time_zone import BRUSSELS
from locations.directory.models import LocationIndexPage, LocationPage
from locations.opening_hours.models import OpeningRule
from locations.places.models import Assignment, Location, LocationService, Partnership, Service
from locations.workshops.models import WorkshopIndexPage, WorkshopPage, WorkshopRun

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)
_numbers = count(1)


def service(code="help", **fields):
    return Service.objects.get_or_create(code=code, defaults={"name": code.title(), **fields})[0]


def partnership(name="Digiplek", **fields):
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    return Partnership.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def location(code="", **fields):
    code = code or f"P{next(_numbers):04d}"
    return Location.objects.create(code=code, **{"name": f"Digipunt {code}", **fields})


def rule(location, weekday=0, opens=time(9), closes=time(12), *, code="help", **fields):
    """Create an opening rule; it recurs weekly unless `recurrence` says otherwise."""
    LocationService.objects.get_or_create(location=location, service=service(code))
    if fields.get("recurrence") == "date":
        weekday = None
    return OpeningRule.objects.create(
        location=location,
        service=service(code),
        weekday=weekday,
        opens=opens,
        closes=closes,
        **fields,
    )


def location_index(home, **fields):
    return home.add_child(
        instance=LocationIndexPage(title="Digipunten", slug="digipunten", **fields)
    )


def location_page(parent, location, **fields):
    slug = fields.pop("slug", location.code.lower())
    return parent.add_child(
        instance=LocationPage(title=location.name, slug=slug, location=location, **fields)
    )


def workshop_index(home, **fields):
    return home.add_child(instance=WorkshopIndexPage(title="Workshops", slug="workshops", **fields))


def workshop(parent, title="Itsme installeren", **fields):
    return parent.add_child(instance=WorkshopPage(title=title, **fields))


def run(page, location, day=date(2026, 12, 10), **fields):
    return WorkshopRun.objects.create(
        page=page,
        location=location,
        starts_at=datetime.combine(day, time(13), tzinfo=BRUSSELS),
        ends_at=datetime.combine(day, time(15), tzinfo=BRUSSELS),
        **fields,
    )


def staff(role, *assigned_to):
    """Create an account with this role, assigned to these locations or partnerships."""
    user = get_user_model().objects.create_user(f"{role}{next(_numbers)}", password="x")
    user.groups.add(Group.objects.get(name=role))
    for target in assigned_to:
        field = "location" if isinstance(target, Location) else "partnership"
        Assignment.objects.create(user=user, **{field: target})
    return user


def published(page):
    """Return the page as it is in the page tree now."""
    return Page.objects.get(pk=page.pk).specific
