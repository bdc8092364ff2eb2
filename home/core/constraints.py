"""Find out by name which constraint, unique index or trigger refused a write."""

from django.apps import apps
from django.db.models import UniqueConstraint

from home.core import triggers


def violates(error, name):
    """Whether an IntegrityError was raised by the constraint or trigger called `name`.

    PostgreSQL reports the name. SQLite reports the name of a CHECK constraint, the columns of a
    unique constraint and the message of a trigger.
    """
    cause = error.__cause__ or error
    if diagnostics := getattr(cause, "diag", None):
        return diagnostics.constraint_name == name
    return str(cause) in _sqlite_messages(name)


def _sqlite_messages(name):
    yield f"CHECK constraint failed: {name}"
    yield f"UNIQUE constraint failed: index '{name}'"
    for rules in triggers.registered.values():
        if name in rules:
            _table, _event, _condition, message, *_lock = rules[name]
            yield message
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, UniqueConstraint):
                columns = [model._meta.get_field(field).column for field in constraint.fields]
                table = model._meta.db_table
                yield "UNIQUE constraint failed: " + ", ".join(
                    f"{table}.{column}" for column in columns
                )
