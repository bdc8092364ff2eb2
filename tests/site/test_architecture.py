"""Tests of the architecture: every rule holds here, and finds a planted violation."""

from pathlib import Path

import pytest

from tests.site import architecture
from tests.site.architecture import APPS, MAX_LINES, RULES

ROOT = Path(__file__).resolve().parents[2]

PLANTED = [
    (architecture.app_order, "home/pages/body.py", "import locations.places.models"),
    (architecture.app_order, "search/engine.py", "from digipunt import urls"),
    (
        architecture.subject_order,
        "locations/places/models/location.py",
        "def hours():\n    from locations.opening_hours.models import OpeningRule",
    ),
    (
        architecture.subject_order,
        "lending/devices/operations.py",
        "from lending.loans.models import Loan",
    ),
    (architecture.layer_order, "home/pages/models.py", "from home.pages.views import robots"),
    (
        architecture.layer_order,
        "home/forms/models.py",
        "from home.messages.operations import queue",
    ),
    (architecture.layer_order, "home/forms/operations.py", "from home.forms.admin import menu"),
    (architecture.layer_order, "home/forms/results.py", "from . import operations"),
    (architecture.loose_modules, "lending/states.py", "STATES = ()"),
    (architecture.imports_in_functions, "home/core/cache.py", "def get():\n    import json"),
    (architecture.long_modules, "tests/home/test_long.py", "\n" * MAX_LINES + "pass"),
    (architecture.vague_names, "home/core/utils.py", "pass"),
    (architecture.vague_names, "locations/helpers/hours.py", "pass"),
    (architecture.missing_docstrings, "home/core/silent.py", "pass"),
    (architecture.site_package, "site/__init__.py", ""),
]
ALLOWED = [
    (architecture.app_order, "locations/places/form.py", "from home.core import phone"),
    (architecture.subject_order, "lending/loans/rules.py", "from lending.devices import states"),
    (architecture.layer_order, "home/pages/models.py", "from home.pages.context import build"),
    (architecture.layer_order, "home/forms/jobs.py", "from home.forms.operations import delete"),
    (architecture.layer_order, "home/forms/views/form.py", "from home.forms import operations"),
    (
        architecture.imports_in_functions,
        "home/core/cache.py",
        "def get():\n    import json  # noqa: PLC0415 - start-up time",
    ),
    (architecture.loose_modules, "lending/wagtail_hooks.py", "pass"),
    (architecture.long_modules, "tests/home/test_long.py", "\n" * (MAX_LINES - 1) + "pass"),
    (architecture.missing_docstrings, "home/core/empty.py", ""),
]


@pytest.fixture
def tree(tmp_path):
    """An empty project with the apps and subjects of this one."""
    for app, subjects in APPS.items():
        for subject in subjects:
            (tmp_path / app / subject).mkdir(parents=True)
        (tmp_path / app).mkdir(exist_ok=True)
    return tmp_path


def write(tree, name, code):
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code)


@pytest.mark.parametrize("rule", RULES)
def test_rule_holds(rule):
    assert list(rule(ROOT)) == []


@pytest.mark.parametrize(("rule", "name", "code"), PLANTED)
def test_rule_finds_planted_violation(tree, rule, name, code):
    write(tree, name, code)

    assert len(list(rule(tree))) == 1


@pytest.mark.parametrize(("rule", "name", "code"), ALLOWED)
def test_rule_allows_what_is_right(tree, rule, name, code):
    write(tree, name, code)

    assert list(rule(tree)) == []


def test_every_rule_has_a_planted_violation():
    assert {rule for rule, _name, _code in PLANTED} == set(RULES)


@pytest.mark.parametrize("app", APPS)
def test_documented_subjects_exist(app):
    folders = {
        path.name
        for path in (ROOT / app).iterdir()
        if path.is_dir() and path.name not in architecture.APP_ROOT and path.name != "__pycache__"
    }
    assert folders == set(APPS[app]) or app == "search"
