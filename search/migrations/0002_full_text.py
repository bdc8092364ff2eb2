"""The full-text index of the table: FTS5 on SQLite, a stored tsvector on PostgreSQL.

A later migration that makes SQLite rebuild the table `search_searchentry` (almost any AlterField)
drops its triggers: such a migration must call `drop_index` before and `create_index` after.
"""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

COLUMNS = ("title", "city", "postcode", "summary", "body")
OLD = ", ".join(f"old.{column}" for column in COLUMNS)
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
NAMES = ", ".join(COLUMNS)

SQLITE = [
    f"""CREATE VIRTUAL TABLE search_fts USING fts5(
        {NAMES}, content='search_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    "INSERT INTO search_fts(search_fts, rank) VALUES ('rank', 'bm25(8.0, 5.0, 5.0, 3.0, 1.0)')",
    f"""CREATE TRIGGER search_fts_insert AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_fts(rowid, {NAMES}) VALUES (new.id, {NEW});
    END""",
    f"""CREATE TRIGGER search_fts_delete AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});
    END""",
    f"""CREATE TRIGGER search_fts_update AFTER UPDATE ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});
        INSERT INTO search_fts(rowid, {NAMES}) VALUES (new.id, {NEW});
    END""",
    "INSERT INTO search_fts(search_fts) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS search_fts_insert",
    "DROP TRIGGER IF EXISTS search_fts_delete",
    "DROP TRIGGER IF EXISTS search_fts_update",
    "DROP TABLE IF EXISTS search_fts",
]

# Only letters and digits form words, as in every engine; the parser of PostgreSQL would recognise
# URLs, paths and signed numbers instead.
SEPARATORS = "-_/.,:;@+*&=%#~?!()[]{}<>|\\\"'`´‘’“”«»•…–—"


def _words(column):
    signs = SEPARATORS.replace("'", "''")
    return f"translate({column}, '{signs}', '{' ' * len(SEPARATORS)}')"


def _part(column, weight):
    return " || ".join(
        f"setweight(to_tsvector('{config}'::regconfig, {_words(column)}), '{weight}')"
        for config in ("search_dutch", "search_exact")
    )


def _configuration(name, copy, stemmer):
    return [
        f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {copy})",
        f"""ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR
            asciiword, asciihword, hword_asciipart, word, hword, hword_part
            WITH unaccent, {stemmer}""",
        f"ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR numword WITH unaccent, simple",
    ]


VECTOR = " || ".join(
    _part(column, weight)
    for column, weight in zip(COLUMNS, ("A", "B", "B", "C", "D"), strict=True)
)
POSTGRESQL = [
    *_configuration("search_dutch", "dutch", "dutch_stem"),
    *_configuration("search_exact", "simple", "simple"),
    f"""ALTER TABLE search_searchentry
        ADD COLUMN vector tsvector GENERATED ALWAYS AS ({VECTOR}) STORED""",
    # Without fastupdate, because a search would have to read the list of pending rows.
    """CREATE INDEX search_vector ON search_searchentry
        USING gin (vector) WITH (fastupdate = off)""",
]
POSTGRESQL_BACK = [
    "ALTER TABLE search_searchentry DROP COLUMN IF EXISTS vector",
    "DROP TEXT SEARCH CONFIGURATION IF EXISTS search_exact",
    "DROP TEXT SEARCH CONFIGURATION IF EXISTS search_dutch",
]


def _run(schema_editor, *, sqlite, postgresql):
    statements = {"sqlite": sqlite, "postgresql": postgresql}
    for statement in statements.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement, params=None)


def create_index(apps, schema_editor):
    _run(schema_editor, sqlite=SQLITE, postgresql=POSTGRESQL)


def drop_index(apps, schema_editor):
    _run(schema_editor, sqlite=SQLITE_BACK, postgresql=POSTGRESQL_BACK)


class Unaccent(UnaccentExtension):
    """Keep the extension when migrating backwards, because the search of the admin may use it."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [Unaccent(), migrations.RunPython(create_index, drop_index)]
