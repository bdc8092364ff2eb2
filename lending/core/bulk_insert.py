"""Bulk insert that prepares thousands of rows before it locks the database.

For 10,000 rows `bulk_create` keeps the write lock of SQLite seven times as long, and takes three
times as long in all (`bench/in_process/csv_import.py`).
"""

from django.db import connection


class PreparedRows:
    """Rows of one model, validated and converted to database values outside a transaction."""

    def __init__(self, model, rows):
        """Prepare `rows`: dicts of the fields that differ from the defaults of the model."""
        self.model = model
        self.fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self.index = {field.name: position for position, field in enumerate(self.fields)}
        instance = model()
        self.defaults = [
            _database_value(field, field.pre_save(instance, add=True), {}) for field in self.fields
        ]
        self.values = list(self._prepare(rows))

    def _prepare(self, rows):
        # The same few types, brands and ages return in many rows.
        caches = [{} for _field in self.fields]
        for row in rows:
            values = self.defaults.copy()
            for name, value in row.items():
                position = self.index[name]
                values[position] = _database_value(self.fields[position], value, caches[position])
            yield values

    def __len__(self):
        return len(self.values)

    def insert(self, **common):
        """Insert all rows, with these field values in common, in the caller's transaction."""
        for name, value in common.items():
            position = self.index[name]
            database_value = _database_value(self.fields[position], value, {})
            for values in self.values:
                values[position] = database_value
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in self.fields)
        placeholders = ", ".join("%s" for _field in self.fields)
        table = quote(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({placeholders})", self.values
            )


def _database_value(field, value, cache):
    """Return the value for the database, from the cache if it is there; the field validates it."""
    if field.is_relation and value is not None:
        value = getattr(value, "pk", value)
    if value not in cache:
        cache[value] = field.get_db_prep_save(value, connection)
    return cache[value]
