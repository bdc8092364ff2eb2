"""Tests of the synchronisation with Elasticsearch."""

import threading

import pytest
from django.core.management import call_command
from django.utils import timezone
from elasticsearch import NotFoundError

from search import jobs, service
from search.engines.elastic import sync as syncing
from search.engines.elastic.engine import index_alias
from search.engines.elastic.sync import get_live_index, rebuild_index, sync_index
from search.models import SearchClock, SearchEntry, SearchRemoval
from search.queries import parse_query
from tests.factories.search import content_page, rows


@pytest.fixture(autouse=True)
def no_grace(monkeypatch):
    monkeypatch.setattr(syncing, "GRACE", 0)


def in_index(server):
    """Return the version of every document by key."""
    server.indices.refresh(index=index_alias())
    response = server.search(
        index=index_alias(), size=1000, query={"match_all": {}}, source=["version"]
    )
    return {hit["_id"]: hit["_source"]["version"] for hit in response["hits"]["hits"]}


def in_table():
    return dict(SearchEntry.objects.values_list("key", "version"))


def change(row, **fields):
    SearchEntry.objects.filter(pk=row.pk).update(version=SearchClock.take(), **fields)


def remove(row):
    SearchEntry.objects.filter(pk=row.pk).delete()
    SearchRemoval.objects.create(key=row.key, version=SearchClock.take())


def test_index_follows_table(db, elasticsearch):
    first, second, third = rows(["een", "twee", "drie"])
    assert sync_index() == 3
    assert in_index(elasticsearch) == in_table()
    change(first, title="Een bis")
    remove(second)
    rows(["vier"])
    assert sync_index() == 3
    assert in_index(elasticsearch) == in_table()
    assert sync_index() == 0


def test_index_stores_synced_version(db, elasticsearch):
    rows(["een"])
    sync_index()
    assert get_live_index(elasticsearch)[1]["synced"] == SearchClock.read()


def test_change_during_sync_is_sent_by_next_sync(db, elasticsearch, monkeypatch):
    (row,) = rows(["een"])
    sync_index()
    put = syncing._make_index_action
    late = []

    def put_and_change(*args):
        if not late:
            late.extend(rows(["intussen"]))
        return put(*args)

    change(row, title="twee")
    monkeypatch.setattr(syncing, "_make_index_action", put_and_change)
    sync_index()
    assert in_index(elasticsearch) == in_table()


def test_failed_sync_is_repeated(db, elasticsearch, monkeypatch):
    rows(["een"])
    sync_index()
    rows(["twee"])
    with monkeypatch.context() as patch:
        patch.setattr(
            syncing, "_send", lambda *a, **k: (_ for _ in ()).throw(syncing.DocumentsRefused)
        )
        with pytest.raises(syncing.DocumentsRefused):
            sync_index()
    assert len(in_index(elasticsearch)) == 1
    sync_index()
    assert in_index(elasticsearch) == in_table()


def test_late_write_does_not_replace_newer_document(db, elasticsearch):
    (row,) = rows(["nieuw"])
    sync_index()
    old = SearchEntry(key=row.key, kind=row.kind, title="oud", version=row.version - 1)
    assert syncing._send(elasticsearch, [syncing._make_index_action(index_alias(), old)]) == 1
    assert in_index(elasticsearch) == in_table()


def test_missing_index_is_rebuilt(db, elasticsearch):
    rows(["een"])
    sync_index()
    elasticsearch.indices.delete(index=get_live_index(elasticsearch)[0])
    sync_index()
    assert in_index(elasticsearch) == in_table()


def test_index_is_rebuilt_when_database_was_restored(db, elasticsearch):
    first, _second = rows(["een", "twee"])
    sync_index()
    SearchEntry.objects.exclude(pk=first.pk).delete()
    SearchClock.objects.update(value=first.version)
    sync_index()
    assert in_index(elasticsearch) == in_table()


def test_index_is_rebuilt_when_schema_changes(db, elasticsearch, monkeypatch):
    rows(["een"])
    sync_index()
    before = get_live_index(elasticsearch)[0]
    monkeypatch.setattr("search.engines.elastic.documents.schema_fingerprint", lambda: "another")
    monkeypatch.setattr(syncing, "schema_fingerprint", lambda: "another")
    sync_index()
    assert get_live_index(elasticsearch)[0] != before
    assert sync_index() == 0


def test_rebuild_leaves_one_complete_index(db, elasticsearch, monkeypatch):
    rows(["een", "twee"])
    sync_index()
    switch = syncing._switch_alias
    late = []

    def write_then_switch(server, index):
        late.extend(rows(["net ervoor"]))
        return switch(server, index)

    monkeypatch.setattr(syncing, "_switch_alias", write_then_switch)
    rebuild_index()
    sync_index()
    assert in_index(elasticsearch) == in_table()
    assert len(elasticsearch.indices.get(index=f"{index_alias()}-*")) == 1


def test_search_is_complete_during_rebuild(db, elasticsearch, monkeypatch):
    monkeypatch.setattr(syncing, "GRACE", 2)
    rows(["fiets"] * 30)
    sync_index()
    counts, stop = [], threading.Event()

    def visit():
        while not stop.is_set():
            response = service.elastic.search(parse_query("fiets"), timezone.now(), timeout=20)
            counts.append(sum(response.counts.values()))

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        for _ in range(3):
            rebuild_index()
    finally:
        stop.set()
        visitor.join()
    assert counts
    assert set(counts) == {30}


def test_environments_have_separate_indexes(db, elasticsearch, settings):
    rows(["een"])
    sync_index()
    settings.SEARCH_INDEX_PREFIX += "other-"
    with pytest.raises(NotFoundError):
        elasticsearch.count(index=index_alias())
    rows(["twee"])
    sync_index()
    assert len(in_index(elasticsearch)) == 2


def test_hidden_page_is_not_shown_before_next_sync(home, committed, elasticsearch, monkeypatch):
    monkeypatch.setattr(service, "TIMEOUT_SECONDS", 30)
    with committed():
        page = content_page(home, "Gratis wifi", introduction="Geheim: 1234")
    sync_index()
    assert service.execute_query(parse_query("wifi")).hits
    with committed():
        page.introduction = "Overal"
        page.save_revision().publish()
    (hit,) = service.execute_query(parse_query("geheim")).hits  # the index still has the old text
    assert "1234" not in hit.text
    with committed():
        page.unpublish()
    answer = service.execute_query(parse_query("wifi"))
    assert (answer.engine, answer.hits) == ("elasticsearch", ())
    sync_index()
    assert service.execute_query(parse_query("wifi")).total == 0


def test_dutch_forms_and_synonyms_match(db, elasticsearch, monkeypatch):
    monkeypatch.setattr(service, "TIMEOUT_SECONDS", 30)
    for text, typed in [
        ("toestellen", "toestel"),
        ("laptoptas", "laptop"),
        ("smartphone", "gsm"),
        ("lessen", "les"),
        ("tassen", "tas"),
        ("uitgeleende laptops", "laptop"),
        ("bibliotheek", "bib"),
        ("workshops", "workshop"),
    ]:
        SearchEntry.objects.all().delete()
        rows([text])
        rebuild_index()
        assert service.execute_query(parse_query(typed)).total == 1, (text, typed)


def test_sync_job_logs_unavailable_server(db, settings, caplog):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    rows(["een"])
    jobs.sync_elasticsearch()
    assert "could not be brought up to date" in caplog.text


def test_sync_jobs_do_nothing_without_server(db, settings):
    settings.ELASTICSEARCH_URL = ""
    jobs.sync_elasticsearch()
    jobs.rebuild_elasticsearch()


def test_rebuild_search_repairs_table_and_index(home, elasticsearch, capsys):
    content_page(home, "Gratis wifi")
    call_command("rebuild_search")
    assert "1 pages compared, 1 rows repaired" in capsys.readouterr().out
    assert in_index(elasticsearch) == in_table() != {}
    call_command("rebuild_search", table_only=True)
    assert "0 rows repaired" in capsys.readouterr().out
