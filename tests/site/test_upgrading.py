"""A site that people use already gets the tables of a newer version, and keeps its promises."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from locations.workshops.models import Registration
from tests.browser.windows import whole_database
from tests.factories import registrations as make

BEFORE = "0005_workshops_visits_and_questions"
"""Since then a table changed of which the promises of other tables speak."""


@pytest.fixture
def back_and_forth(settings):
    """The tables as they were, and what comes since; whatever happens, it ends with all of it."""
    settings.LANGUAGE_CODE = "nl"  # that of the pages
    whole_database()
    yield lambda: call_command("migrate", "locations", BEFORE, verbosity=0)
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_tables_change_under_people_and_the_promises_stay(back_and_forth):
    run, _people = make.full_run(2, 1)
    back_and_forth()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM locations_registration")
        assert cursor.fetchone() == (3,)
    call_command("migrate", "locations", verbosity=0)
    assert run.registrations.count() == 3
    with pytest.raises(IntegrityError, match="registration_within_capacity"):
        Registration.objects.filter(run=run, seat=2).update(seat=3)
