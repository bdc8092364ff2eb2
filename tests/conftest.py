"""What all tests share: the translations, the browser, and an honest count of what was not run."""

import os
import shutil
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from digipunt.translations import compile_translations
from tests.template_database import copy_of_template, drop_template

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
IN_CI = os.environ.get("CI") == "true"
NOTHING_SKIPPED = IN_CI and not os.environ.get("ALLOW_SKIPPED")
# No example may fail because a machine is slow; in CI the examples are the same each time.
hypothesis_settings.register_profile(
    "digipunt",
    derandomize=IN_CI,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("digipunt")
BROWSER_TESTS = Path(__file__).parent / "browser"

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's event loop is not ours


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        compile_translations()


def pytest_sessionstart(session):
    """Build the template of the test databases anew when that is asked for."""
    is_worker = hasattr(session.config, "workerinput")
    if session.config.option.create_db and not is_worker:
        drop_template()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Copy the migrated template instead of migrating a database for every run."""
    database = ExitStack()
    with django_db_blocker.unblock():
        database.enter_context(copy_of_template())
    yield
    with django_db_blocker.unblock():
        database.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Tests that need what is not here are skipped, with a word on what that is.

    What empties the database comes last: the migrations' own rows are gone after that.
    """
    from django.db import connection

    items.sort(key=empties_the_database)

    elsewhere = []
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="needs Chromium"))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))
            elsewhere.append(item)
    if IN_CI:  # which runs these on PostgreSQL in a round of their own
        items[:] = [item for item in items if item not in elsewhere]
        config.hook.pytest_deselected(items=elsewhere)


def empties_the_database(item):
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or (marker and marker.kwargs.get("transaction")))


def pytest_sessionfinish(session):
    """Let a skipped test fail the run in continuous integration, where nothing may be missing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if NOTHING_SKIPPED and reporter and reporter.stats.get("skipped") and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    if reasons:
        told = "; ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        verdict = "FAILED, as nothing may be skipped here" if NOTHING_SKIPPED else "Not run"
        terminalreporter.write_line(f"{verdict}: {told}", yellow=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(autouse=True)
def stock_lets_go(request):
    """Before the database is emptied no device may lean on an erasure: it would be refused."""
    if not empties_the_database(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from lending.devices.models import Device

    Device.objects.update(state="received", exited_at=None)
