"""Tests of the full-text index in the database."""

import random
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from search.engines import postgres
from search.models import Kind, SearchEntry
from search.queries import parse_query
from search.service import get_database_engine
from tests.factories.search import rows

CHANCE = random.Random(3)
WORDS = ["".join(CHANCE.choices("bcdfghjklmnpqrstvwxz", k=7)) for _ in range(2_000)]


@pytest.fixture
def many(db):
    """Enough rows for the planner to use an index; half of them contain "fiets"."""
    texts = (" ".join(CHANCE.choices(WORDS, k=30)) for _ in range(6_000))
    rows(f"{text} fiets" if at % 2 else text for at, text in enumerate(texts))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchentry")


def plan(sql, params):
    with connection.cursor() as cursor:
        how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{how} {sql}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize(
    "typed", [WORDS[0], f"{WORDS[1]} {WORDS[2]}", WORDS[3][:4], f"fiets {WORDS[4]}"]
)
@pytest.mark.parametrize("kinds", [[], ["lenen"]], ids=["all", "one kind"])
def test_query_plan_uses_full_text_index(many, typed, kinds):
    query = parse_query(typed, kinds)
    for statement in get_database_engine().statements(query, timezone.now()):
        how = plan(*statement)
        if connection.vendor == "sqlite":
            assert re.search(r"SCAN search_fts VIRTUAL TABLE INDEX \d+:\S*M", how), how
            assert "SEARCH entry USING INTEGER PRIMARY KEY" in how, how
            assert "SCAN entry" not in how, how
        else:
            assert "search_vector" in how, how
            assert "Seq Scan" not in how, how


def test_query_plan_does_not_sort_all_matches(many):
    if connection.vendor == "sqlite":
        how = plan(*get_database_engine().hits_statement(parse_query("fiets"), timezone.now()))
        assert "TEMP B-TREE FOR ORDER BY" not in how


def test_full_text_index_follows_every_write(db, titles):
    first, second, third = rows(["appel", "peer", "kers"])
    SearchEntry.objects.filter(pk=first.pk).update(title="banaan", body="banaan")
    second.title = second.body = "druif"
    second.save()
    third.delete()
    SearchEntry.objects.bulk_create(
        [SearchEntry(key=first.key, kind=Kind.STORY, version=10**6, title="citroen", url="/")],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["title", "body", "kind", "version"],
    )
    results = {typed: titles(typed) for typed in ("appel", "banaan", "citroen", "peer", "kers")}
    assert results == {"appel": [], "banaan": [], "citroen": ["citroen"], "peer": [], "kers": []}
    assert titles("druif") == ["druif"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # raises where index and table differ
            cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES('integrity-check', 1)")


@pytest.mark.django_db(transaction=True)
def test_full_text_migration_is_reversible():
    rows(["fiets"])
    call_command("migrate", "search", "0001", verbosity=0)
    try:
        rows(["een andere fiets"])
    finally:
        call_command("migrate", "search", verbosity=0)
    response = get_database_engine().search(parse_query("fiets"), timezone.now())
    assert len(response.hits) == 2


def test_postgresql_engine_has_same_separators_as_migration():
    from importlib import import_module

    assert import_module("search.migrations.0002_full_text").SEPARATORS == postgres.SEPARATORS


@pytest.mark.parametrize(
    "text", ["tablet/laptop", "pc-les", "a.b@fiets.example", "-fiets", "foto’s"]
)
def test_punctuation_separates_words(db, titles, text):
    rows([text])
    for word in re.findall(r"\w+", text):
        assert titles(word) == [text], word
