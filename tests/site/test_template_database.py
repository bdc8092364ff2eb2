"""Copies of the template disappear with their runs, and old templates make room."""

import os
import sys
from pathlib import Path

import pytest
from django.db import connection

from home.models import NumberSeries
from tests import template_database
from tests.template_database import SQLite, drop_leftovers, locked


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setattr(SQLite, "folder", tmp_path)
    return SQLite(connection)


def create(server, name, *, used_at=0):
    """Create an empty database and its lock, which nobody holds."""
    (server.folder / f"{name}.sqlite3").touch()
    lock = server.folder / f"{name}.lock"
    lock.touch()
    os.utime(lock, (used_at, used_at))
    return lock


@pytest.mark.parametrize("name", ["run_1", "draft_1"])
def test_database_left_behind_is_dropped(server, name):
    create(server, name)
    (server.folder / f"{name}.sqlite3-wal").touch()
    drop_leftovers(server)
    assert not list(server.folder.iterdir())


def test_copy_in_use_is_kept(server):
    with locked(create(server, "run_1")):
        drop_leftovers(server)
        assert server.exists("run_1")


def test_only_the_templates_used_last_are_kept(server):
    for age in range(template_database.TEMPLATES_KEPT + 2):
        create(server, f"template_{age}", used_at=1000 - age)
    drop_leftovers(server)
    assert {path.stem for path in server.folder.glob("*.sqlite3")} == {
        f"template_{age}" for age in range(template_database.TEMPLATES_KEPT)
    }


def test_template_that_is_being_built_is_kept(server):
    oldest = create(server, "template_oldest", used_at=1)
    for number in range(template_database.TEMPLATES_KEPT):
        create(server, f"template_{number}", used_at=1000)
    with locked(oldest):
        drop_leftovers(server)
        assert server.exists("template_oldest")


@pytest.mark.parametrize(
    "path",
    [
        "locations/migrations/0001_initial.py",
        "search/migrations/0002_full_text.py",
        "site/digipunt/accounts/migrations/0001_initial.py",
        "site/digipunt/settings/base.py",
        "site/digipunt/accounts/roles.py",
        "site/digipunt/accounts/editorial.py",  # imported by the roles
    ],
)
def test_template_depends_on(path):
    assert template_database.PROJECT / path in set(template_database.source_files())


def test_template_depends_on_every_module_that_installs_triggers():
    names = {receiver.__module__ for receiver in template_database.receivers()}
    ours = {Path(sys.modules[name].__file__) for name in names}
    ours = {path for path in ours if template_database.is_ours(path)}
    assert ours
    assert ours <= set(template_database.source_files())


def test_fingerprint_changes_when_a_permission_is_added(monkeypatch):
    before = template_database.fingerprint()
    monkeypatch.setattr(NumberSeries._meta, "permissions", [("reset", "Can reset")])
    assert template_database.fingerprint() != before
