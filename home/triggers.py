"""Triggers by which the database itself refuses what may never be, on SQLite and PostgreSQL.

An app says its rules as {name: (table, when it fires, condition for a refusal, what the refusal
says)}. A fifth value is what PostgreSQL does first: a lock, so that of two who write at the same
moment the second sees what the first wrote. SQLite has one writer at a time and needs none.
"""

from django.db import connections


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
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
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


def remove_before_migrate(rules, using, plan):
    """For a receiver of pre_migrate: out of the way, until `install_after_migrate`.

    SQLite changes a table by making another one in its place, and then refuses as long as a
    trigger of any table speaks of the one that is gone.
    """
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in rules:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install_after_migrate(rules, using, last_table):
    """For a receiver of post_migrate: nothing yet, as long as the last of the tables is missing."""
    connection = connections[using]
    if last_table in connection.introspection.table_names():
        install(rules, connection)
