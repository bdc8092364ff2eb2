"""Database triggers for rules that a CHECK constraint cannot hold, on SQLite and PostgreSQL.

A subject registers its own in `triggers.py`, as {name: (table, event, condition, message)}: the
database refuses a row for which the condition is true, with the message as the error. An optional
fifth value is SQL that PostgreSQL runs first, to lock a row so that of two concurrent writers the
second sees what the first wrote. SQLite has one writer at a time and needs no lock.
"""

from django.db import connections

registered: dict[str, dict[str, tuple]] = {}


def register_triggers(app_label, rules):
    """Add triggers that `migrate` keeps installed; their names are unique in the database."""
    registered.setdefault(app_label, {}).update(rules)


def changed(*columns):
    """Return SQL that is true when one of these columns gets another value."""
    return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)


def sqlite(name, table, when, condition, message, lock=""):
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
    ]


def postgresql(name, table, when, condition, message, lock=""):
    row = "OLD" if when.endswith("DELETE") else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{lock} IF {condition} THEN RAISE EXCEPTION '{message}' "
        f"USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}'; END IF; "
        f"RETURN {row}; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def install(rules, connection):
    """Create the triggers, or renew them; the tables have to exist."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for name, rule in rules.items():
            for statement in dialect(name, *rule):
                cursor.execute(statement)


def remove_before_migrate(sender, using, plan=(), **kwargs):
    """Drop the triggers of an app before its tables change; a receiver of `pre_migrate`.

    SQLite changes a table by replacing it, and refuses that while a trigger of any table refers
    to the one that is gone.
    """
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in registered.get(sender.label, ()):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install_after_migrate(sender, using, **kwargs):
    """Install the triggers of an app once all their tables exist; a receiver of `post_migrate`."""
    rules = registered.get(sender.label, {})
    connection = connections[using]
    if rules and {rule[0] for rule in rules.values()} <= set(
        connection.introspection.table_names()
    ):
        install(rules, connection)
