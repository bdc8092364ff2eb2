"""Fill the directory up to 1,000 locations that all have a page.

python -m bench.in_process.location_data        (after load_demo, with bench.settings)

Each has ten opening rules (weekly, fortnightly, monthly and dates), three services and coordinates;
some are closed or have adjusted hours today.
"""

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from locations.directory.models import LocationIndexPage, LocationPage
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays, OpeningRule
from locations.places.models import Location, LocationService, Partnership, Postcode, Service

LOCATIONS = 1000
RULES = 10
SERVICES = ("help", "lending", "computers")


def fill():
    """Create the missing locations; a second time adds nothing."""
    missing = LOCATIONS - Location.objects.published().count()
    if missing > 0:
        with transaction.atomic():
            locations = _create_locations(missing)
            _create_services(locations)
            _create_rules(locations)
            _create_closures(locations)
            _create_pages(locations)


def _create_locations(count):
    partnerships = list(Partnership.objects.order_by("pk"))
    towns = list(Postcode.objects.order_by("code"))
    return Location.objects.bulk_create(
        Location(
            code=f"B{number:05d}",
            name=f"Digipunt {town.locality} {number}",
            kind=Location.Kind.FIXED,
            partnership=partnerships[number % len(partnerships)],
            street="Kerkstraat",
            number=str(number % 80 + 1),
            postcode=town.code,
            city=town.locality,
            lat=town.lat + number % 7 / 500,
            lon=town.lon + number % 11 / 500,
            phone="02 000 00 00",
            wheelchair=("yes", "help", "no", "")[number % 4],
        )
        for number, town in ((number, towns[number % len(towns)]) for number in range(count))
    )


def _create_services(locations):
    services = list(Service.objects.filter(code__in=SERVICES))
    LocationService.objects.bulk_create(
        LocationService(location=location, service=service)
        for location in locations
        for service in services
    )


def _create_rules(locations):
    today = timezone.localdate()
    services = {service.code: service for service in Service.objects.filter(code__in=SERVICES)}

    def rule(location, turn, **fields):
        return OpeningRule(
            location=location,
            service=services[SERVICES[turn % 2]],
            opens=time(9 + turn % 4),
            closes=time(12 + turn % 5),
            **fields,
        )

    rules = []
    for number, location in enumerate(locations):
        week = [(number + turn) % 7 for turn in range(RULES)]
        anchor = today - timedelta(days=number % 200)
        rules += [rule(location, turn, weekday=week[turn]) for turn in (0, 1, 2, 3)]
        rules += [
            rule(
                location, turn, recurrence="weeks", interval=2,
                weekday=day.weekday(), anchor=day,
            )
            for turn, day in ((4, anchor), (5, anchor + timedelta(days=3)))
        ]  # fmt: skip
        rules += [
            rule(location, turn, recurrence="monthly", weekday=week[turn], nth=nth)
            for turn, nth in ((6, number % 4 + 1), (7, -1))
        ]
        rules += [
            rule(location, turn, recurrence="date", day=today + timedelta(days=number % 90 + turn))
            for turn in (8, 9)
        ]
    OpeningRule.objects.bulk_create(rules, batch_size=1000)


def _create_closures(locations):
    """Close every tenth location this week, and adjust the hours of every tenth."""
    today = timezone.localdate()
    week = {"first_day": today - timedelta(days=2), "last_day": today + timedelta(days=4)}
    ClosedDays.objects.bulk_create(
        ClosedDays(location=location, reason="Verlof", **week) for location in locations[::10]
    )
    adjusted = AdjustedDays.objects.bulk_create(
        AdjustedDays(location=location, reason="Zomeruren", **week) for location in locations[5::10]
    )
    AdjustedHours.objects.bulk_create(
        AdjustedHours(adjusted_days=days, weekday=weekday, opens=time(9), closes=time(12))
        for days in adjusted
        for weekday in (1, 3)
    )


def _create_pages(locations):
    index = LocationIndexPage.objects.get()
    for location in locations:
        index.add_child(
            instance=LocationPage(
                title=location.name,
                slug=location.code.lower(),
                location=location,
                introduction="Kom langs met je vraag, of leen er een laptop.",
            )
        )


if __name__ == "__main__":
    fill()
