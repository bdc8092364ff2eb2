"""Runs with seats, and people who register for them."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

from locations.core.models import DigibankSettings
from locations.workshops.applicants import Applicant, Origin
from locations.workshops.models import Registration
from locations.workshops.operations.registrations import create_registration
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.locations import MONDAY_MORNING

NOW = MONDAY_MORNING  # 23 November 2026; `locations.run` starts on Thursday 10 December at 13
START = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
TWO_DAYS = timedelta(hours=48)
State = Registration.State
ORIGIN_FIELDS = {field.name for field in fields(Origin)}


def run_in_aalst(capacity=2, **fields):
    """Create a run of a workshop in Aalst."""
    index = locations.workshop_index(homes.home_page())
    page = locations.workshop(index, bring="Je gsm\nJe bankkaart")
    location = locations.location("AAL", name="Digipunt Aalst", street="Stationsplein 1")
    return locations.run(page, location, capacity=capacity, **fields)


def another_run(run, **fields):
    """Create one more run of the same workshop at the same location."""
    return locations.run(run.page, run.location, **fields)


def phone_number(number):
    """Return a phone number that differs for each number."""
    return f"0470 {number // 10000 % 100:02d} {number // 100 % 100:02d} {number % 100:02d}"


def create(run, *, wait=True, now=None, **fields):
    """Register a person; the fields are those of `Applicant` and `Origin`."""
    origin = {name: fields.pop(name) for name in ORIGIN_FIELDS & fields.keys()}
    return create_registration(run, Applicant(**fields), Origin(**origin), wait=wait, now=now)


def register(run, number=1, now=NOW, **fields):
    """Register person `number`, with an e-mail address unless a phone number is given."""
    contact = {} if fields.keys() & {"phone", "email"} else {"email": f"mens{number}@example.org"}
    return create(run, **{"name": f"Mens Nummer {number}", "now": now} | contact | fields)


def full_run(capacity=2, waiting=1, **fields):
    """Create a run in which every seat is taken, and return it with everybody in it."""
    run = run_in_aalst(capacity, **fields)
    people = [register(run, number) for number in range(1, capacity + waiting + 1)]
    return run, people


def reload_states(*registrations):
    """Reload the registrations and return their states."""
    for registration in registrations:
        registration.refresh_from_db()
    return [registration.state for registration in registrations]


def seats(run):
    """Return the stored seats and waiting list of a run: {seat: pk}, [pk in order]."""
    rows = Registration.objects.filter(run=run)
    return (
        dict(rows.filter(seat__isnull=False).values_list("seat", "pk")),
        list(rows.filter(position__isnull=False).order_by("position").values_list("pk", flat=True)),
    )


def change_settings(**fields):
    """Change the settings of the lending points and workshops."""
    settings = DigibankSettings.load()
    for name, value in fields.items():
        setattr(settings, name, value)
    settings.save()
    return settings
