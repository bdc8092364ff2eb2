"""What only the measurements need in the list of digipunten: 1,000 places, all with a page.

python -m bench.places        (after load_demo, with bench.settings)

Each has ten lines of hours (weekly, every other week, of the month, and dates), three services and
a spot on the map; some are closed or have other hours today.
"""

from datetime import time, timedelta

import django

PLACES = 1000
RULES = 10
SERVICES = ("help", "lending", "computers")


def fill():
    """As many places as are lacking; doing it again adds nothing."""
    from django.db import transaction

    from locations.places.models import Location

    lacking = PLACES - Location.objects.published().count()
    if lacking > 0:
        with transaction.atomic():
            places = _places(lacking)
            _services(places)
            _hours(places)
            _exceptions(places)
            _pages(places)


def _places(count):
    from locations.places.models import Location, Partnership, Postcode

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


def _services(places):
    from locations.places.models import LocationService, Service

    services = list(Service.objects.filter(code__in=SERVICES))
    LocationService.objects.bulk_create(
        LocationService(location=place, service=service) for place in places for service in services
    )


def _hours(places):
    from django.utils import timezone

    from locations.opening_hours.models import OpeningRule
    from locations.places.models import Service

    today = timezone.localdate()
    services = {one.code: one for one in Service.objects.filter(code__in=SERVICES)}

    def rule(place, turn, **fields):
        return OpeningRule(
            location=place,
            service=services[SERVICES[turn % 2]],
            opens=time(9 + turn % 4),
            closes=time(12 + turn % 5),
            **fields,
        )

    rules = []
    for number, place in enumerate(places):
        week = [(number + turn) % 7 for turn in range(RULES)]
        anchor = today - timedelta(days=number % 200)
        rules += [rule(place, turn, weekday=week[turn]) for turn in (0, 1, 2, 3)]
        rules += [
            rule(
                place, turn, recurrence="weeks", interval=2,
                weekday=day.weekday(), anchor=day,
            )
            for turn, day in ((4, anchor), (5, anchor + timedelta(days=3)))
        ]  # fmt: skip
        rules += [
            rule(place, turn, recurrence="monthly", weekday=week[turn], nth=nth)
            for turn, nth in ((6, number % 4 + 1), (7, -1))
        ]
        rules += [
            rule(place, turn, recurrence="date", day=today + timedelta(days=number % 90 + turn))
            for turn in (8, 9)
        ]
    OpeningRule.objects.bulk_create(rules, batch_size=1000)


def _exceptions(places):
    """Every tenth place is closed for a week that holds today; every tenth has other hours."""
    from django.utils import timezone

    from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays

    today = timezone.localdate()
    week = {"first_day": today - timedelta(days=2), "last_day": today + timedelta(days=4)}
    ClosedDays.objects.bulk_create(
        ClosedDays(location=place, reason="Verlof", **week) for place in places[::10]
    )
    adjusted = AdjustedDays.objects.bulk_create(
        AdjustedDays(location=place, reason="Zomeruren", **week) for place in places[5::10]
    )
    AdjustedHours.objects.bulk_create(
        AdjustedHours(adjusted_days=days, weekday=weekday, opens=time(9), closes=time(12))
        for days in adjusted
        for weekday in (1, 3)
    )


def _pages(places):
    from locations.directory.models import LocationIndexPage, LocationPage

    index = LocationIndexPage.objects.get()
    for place in places:
        index.add_child(
            instance=LocationPage(
                title=place.name,
                slug=place.code.lower(),
                location=place,
                introduction="Kom langs met je vraag, of leen er een laptop.",
            )
        )


if __name__ == "__main__":
    django.setup()
    fill()
