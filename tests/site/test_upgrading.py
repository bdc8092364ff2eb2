"""Tables change under the people who are registered, and the triggers hold before and after."""

from pkgutil import iter_modules

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from locations import migrations
from locations.workshops.models import Registration, WorkshopRun
from tests.browser.steps import restore_wagtail_rows
from tests.factories import registrations as make

LATER = "registration_changes"


@pytest.fixture
def migrate_to(settings):
    """Return a function that migrates locations; the database ends at the last real migration."""
    settings.LANGUAGE_CODE = "nl"  # that of the pages
    settings.MIGRATION_MODULES = {"locations": "tests.site.later_migrations"}
    restore_wagtail_rows()
    yield lambda name: call_command("migrate", "locations", name, verbosity=0)
    call_command("migrate", "locations", latest_migration(), verbosity=0)


def latest_migration():
    return max(module.name for module in iter_modules(migrations.__path__))


@pytest.mark.django_db(transaction=True)
def test_triggers_hold_when_migrations_remake_tables_in_use(migrate_to):
    run, _people = make.full_run(2, 1)

    migrate_to(LATER)
    assert {"registration_has_somebody", "workshop_run_fits_a_room"} <= constraints()
    assert run.registrations.count() == 3
    assert_no_seat_above_capacity(run)

    migrate_to(latest_migration())
    assert not {"registration_has_somebody", "workshop_run_fits_a_room"} & constraints()
    assert run.registrations.count() == 3
    assert_no_seat_above_capacity(run)


def constraints():
    """Return the names of the constraints that the database has on both tables."""
    tables = [model._meta.db_table for model in (Registration, WorkshopRun)]
    with connection.cursor() as cursor:
        return {
            name
            for table in tables
            for name in connection.introspection.get_constraints(cursor, table)
        }


def assert_no_seat_above_capacity(run):
    with pytest.raises(IntegrityError, match="registration_within_capacity"):
        Registration.objects.filter(run=run, seat=2).update(seat=3)
