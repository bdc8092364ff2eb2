"""A workshop with seats, and people who want one."""

from datetime import UTC, datetime, timedelta

from locations.core.models import DigibankSettings
from locations.workshops.models import Registration
from locations.workshops.operations import registrations
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.locations import MONDAY_MORNING

NOW = MONDAY_MORNING  # 23 November 2026; the run of `places.run` is on Thursday 10 December at 13
START = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
TWO_DAYS = timedelta(hours=48)
State = Registration.State


def workshop(capacity=2, **fields):
    """A run of a workshop in Aalst."""
    index = locations.workshop_index(homes.home_page())
    page = locations.workshop(index, bring="Je gsm\nJe bankkaart")
    place = locations.location("AAL", name="Digipunt Aalst", street="Stationsplein 1")
    return locations.run(page, place, capacity=capacity, **fields)


def another(run, **fields):
    """One more run of the same workshop at the same place."""
    return locations.run(run.page, run.location, **fields)


def phone(number):
    return f"0470 {number // 10000 % 100:02d} {number // 100 % 100:02d} {number % 100:02d}"


def come(run, number=1, now=NOW, **fields):
    """Person number so many registers; by mail, unless a phone is given."""
    contact = {} if fields.keys() & {"phone", "email"} else {"email": f"mens{number}@example.org"}
    return registrations.register(
        run, **{"name": f"Mens Nummer {number}", "now": now} | contact | fields
    )


def full(capacity=2, waiting=1, **fields):
    """A run in which every seat is taken, and so many people who wait."""
    run = workshop(capacity, **fields)
    people = [come(run, number) for number in range(1, capacity + waiting + 1)]
    return run, people


def again(*people):
    for one in people:
        one.refresh_from_db()
    return [one.state for one in people]


def seats(run):
    """Who sits where, and who waits, as the database has it: {seat: pk}, [pk in turn]."""
    rows = Registration.objects.filter(run=run)
    return (
        dict(rows.filter(seat__isnull=False).values_list("seat", "pk")),
        list(rows.filter(position__isnull=False).order_by("position").values_list("pk", flat=True)),
    )


def practice(**fields):
    found = DigibankSettings.load()
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    return found
