"""Test databases copied from a template that is migrated once and then kept.

Running every migration takes half a minute, copying the result takes milliseconds. The name of a
template is a digest of all that ends up in it, so a change builds another one and working trees
that agree share one. Every run works on a copy of its own.

Each database has a lock file beside it. A run holds the lock of its copy until it ends, however it
ends: a copy whose lock is free was left behind, and the next run drops it.
"""

import ast
import fcntl
import getpass
import hashlib
import os
import secrets
import shutil
import sqlite3
import sys
import sysconfig
import tempfile
import weakref
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import translation

PROJECT = Path(settings.PROJECT_DIR)
FOLDER = Path(tempfile.gettempdir()) / f"digipunt-tests-{getpass.getuser()}"
TEMPLATES_KEPT = 8


@contextmanager
def copy_of_template(alias="default"):
    """Connect `alias` to a fresh copy of the template while the context lasts."""
    server = server_of(alias)
    original = server.settings["NAME"]
    template, copy = f"template_{fingerprint()}", f"run_{secrets.token_hex(6)}"
    with locked(server.folder / f"{copy}.lock") as lease:
        with locked(server.folder / f"{template}.lock") as lock:
            os.utime(lock)
            if not server.exists(template):
                build(server, template)
            server.copy(template, copy)
        drop_leftovers(server)
        server.connect_to(server.full_name(copy))
        try:
            yield
        finally:
            server.connect_to(original)
            server.drop(copy)
            lease.unlink()


def drop_template(alias="default"):
    """Drop the current template, so that the next run builds it anew."""
    server = server_of(alias)
    template = f"template_{fingerprint()}"
    with locked(server.folder / f"{template}.lock"):
        server.drop(template)


def build(server, template):
    """Migrate a database under another name: a template is complete or it does not exist."""
    draft = f"draft_{secrets.token_hex(6)}"
    original, test_settings = server.settings["NAME"], server.settings["TEST"]
    with locked(server.folder / f"{draft}.lock") as lease:
        server.settings["TEST"] = {**test_settings, "NAME": server.full_name(draft)}
        try:
            server.connection.creation.create_test_db(
                verbosity=0, autoclobber=True, serialize=False
            )
        finally:
            server.settings["TEST"] = test_settings
            server.connect_to(original)
        server.rename(draft, template)
        lease.unlink()


def drop_leftovers(server):
    """Drop what earlier runs left behind, and the templates that were used longest ago."""
    locks = sorted(server.folder.glob("*.lock"), key=modified_at, reverse=True)
    templates = [lock for lock in locks if lock.stem.startswith("template_")]
    for lock in set(locks) - set(templates[:TEMPLATES_KEPT]):
        with suppress(BlockingIOError, FileNotFoundError), locked(lock, wait=False):
            server.drop(lock.stem)
            lock.unlink()


def modified_at(path):
    """Return when the file was last changed, or 0 if another run removed it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


@contextmanager
def locked(path, *, wait=True):
    """Hold the lock file, or raise BlockingIOError if another process does."""
    while True:
        with path.open("a" if wait else "r") as file:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                yield path
                return


class Server:
    """Where the databases of one vendor are; a name is that of the lock file without its ending."""

    def __init__(self, connection):
        self.connection = connection
        self.settings = connection.settings_dict

    def connect_to(self, full_name):
        """Let the next connection go to the database of this name."""
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = full_name
        self.settings["NAME"] = full_name


class SQLite(Server):
    folder = FOLDER / "sqlite"

    def full_name(self, name):
        return str(self.folder / f"{name}.sqlite3")

    def exists(self, name):
        return Path(self.full_name(name)).exists()

    def copy(self, template, name):
        shutil.copyfile(self.full_name(template), self.full_name(name))

    def rename(self, draft, template):
        os.replace(self.full_name(draft), self.full_name(template))

    def drop(self, name):
        for suffix in ("", "-wal", "-shm"):
            Path(self.full_name(name) + suffix).unlink(missing_ok=True)


class PostgreSQL(Server):
    @cached_property
    def folder(self):
        address = f"{self.settings['HOST'] or 'local'}-{self.settings['PORT'] or 5432}"
        return FOLDER / f"postgresql-{address.replace('/', '_')}"

    def full_name(self, name):
        return f"test_digipunt_{name}"

    def execute(self, statement, *names, params=()):
        quote = self.connection.ops.quote_name
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(
                statement.format(*(quote(self.full_name(name)) for name in names)), params
            )
            return cursor.fetchall() if cursor.description else None

    def exists(self, name):
        return self.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", params=[self.full_name(name)]
        )

    def copy(self, template, name):
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, template)

    def rename(self, draft, template):
        # Nobody connects to a template, not even autovacuum: a copy would have to wait.
        self.execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", draft)
        self.execute("ALTER DATABASE {} RENAME TO {}", draft, template)

    def drop(self, name):
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def server_of(alias):
    connection = connections[alias]
    server = {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor](connection)
    server.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return server


def fingerprint():
    """Return a digest of everything that ends up in a migrated database."""
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")  # with their versions
    for line in [*sorted(package.name for package in packages), *permissions_of_models()]:
        digest.update(line.encode())
    for path in sorted(source_files()):
        digest.update(str(path.resolve().relative_to(PROJECT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def permissions_of_models():
    """Return what models add by themselves: content types and permissions, but not tables."""
    with translation.override(None):
        return [
            f"{meta.label} {meta.verbose_name} {meta.default_permissions} "
            f"{[(codename, str(name)) for codename, name in meta.permissions]}"
            for meta in (model._meta for model in apps.get_models(include_auto_created=True))
        ]


def source_files():
    """Return the settings, the migrations, the triggers, and the receivers of migrate's signals."""
    yield from (PROJECT / "site" / "digipunt" / "settings").glob("*.py")
    for app in apps.get_app_configs():
        if is_ours(app.path):
            yield from Path(app.path, "migrations").glob("*.py")
            yield from Path(app.path).glob("*.toml")
    names, done = {receiver.__module__ for receiver in receivers()}, set()
    names |= {name for name in sys.modules if name.endswith(".triggers")}
    while names - done:
        name = min(names - done)
        done.add(name)
        path = getattr(sys.modules.get(name), "__file__", None)
        if path and is_ours(path):
            yield Path(path)
            names |= top_level_imports(Path(path))


def receivers():
    for signal in (pre_migrate, post_migrate):
        for _key, receiver, *_rest in signal.receivers:
            yield receiver() if isinstance(receiver, weakref.ReferenceType) else receiver


def is_ours(path):
    path = Path(path).resolve()
    return path.is_relative_to(PROJECT) and "site-packages" not in path.parts


def top_level_imports(path):
    """Return the names of the modules that may be meant by the imports at the top of a module."""
    names = set()
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
