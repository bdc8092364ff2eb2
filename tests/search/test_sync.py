"""Elasticsearch kept equal to the table: nothing missed, nothing left behind, never empty."""

import threading

import pytest
from django.core.management import call_command
from django.utils import timezone
from elasticsearch import NotFoundError

from search import jobs, service
from search.engines.elastic import sync as syncing
from search.engines.elastic.engine import alias
from search.engines.elastic.sync import live, rebuild, sync
from search.models import SearchClock, SearchEntry, SearchRemoval
from search.questions import question
from tests.factories.search import content_page, rows


@pytest.fixture(autouse=True)
def no_grace(monkeypatch):
    monkeypatch.setattr(syncing, "GRACE", 0)


def in_index(server):
    """Key and version of every document."""
    server.indices.refresh(index=alias())
    found = server.search(index=alias(), size=1000, query={"match_all": {}}, source=["version"])
    return {hit["_id"]: hit["_source"]["version"] for hit in found["hits"]["hits"]}


def in_table():
    return dict(SearchEntry.objects.values_list("key", "version"))


def change(row, **fields):
    SearchEntry.objects.filter(pk=row.pk).update(version=SearchClock.take(), **fields)


def remove(row):
    SearchEntry.objects.filter(pk=row.pk).delete()
    SearchRemoval.objects.create(key=row.key, version=SearchClock.take())


def test_the_index_follows_the_table(db, elasticsearch):
    first, second, third = rows(["een", "twee", "drie"])
    assert sync() == 3
    assert in_index(elasticsearch) == in_table()
    change(first, title="Een bis")
    remove(second)
    rows(["vier"])
    assert sync() == 3
    assert in_index(elasticsearch) == in_table()
    assert sync() == 0


def test_the_index_knows_how_far_it_is(db, elasticsearch):
    rows(["een"])
    sync()
    assert live(elasticsearch)[1]["synced"] == SearchClock.read()


def test_what_changes_while_it_is_being_sent_goes_along_next_time(db, elasticsearch, monkeypatch):
    (row,) = rows(["een"])
    sync()
    put = syncing._put
    late = []

    def put_and_change(*args):
        if not late:
            late.extend(rows(["intussen"]))
        return put(*args)

    change(row, title="twee")
    monkeypatch.setattr(syncing, "_put", put_and_change)
    sync()
    assert in_index(elasticsearch) == in_table()


def test_what_fails_halfway_is_sent_again(db, elasticsearch, monkeypatch):
    rows(["een"])
    sync()
    rows(["twee"])
    with monkeypatch.context() as patch:
        patch.setattr(syncing, "_send", lambda *a, **k: (_ for _ in ()).throw(syncing.NotAllTaken))
        with pytest.raises(syncing.NotAllTaken):
            sync()
    assert len(in_index(elasticsearch)) == 1
    sync()
    assert in_index(elasticsearch) == in_table()


def test_what_arrives_late_replaces_nothing_newer(db, elasticsearch):
    (row,) = rows(["nieuw"])
    sync()
    old = SearchEntry(key=row.key, kind=row.kind, title="oud", version=row.version - 1)
    assert syncing._send(elasticsearch, [syncing._put(alias(), old)]) == 1
    assert in_index(elasticsearch) == in_table()


def test_an_index_that_is_gone_is_built_again(db, elasticsearch):
    rows(["een"])
    sync()
    elasticsearch.indices.delete(index=live(elasticsearch)[0])
    sync()
    assert in_index(elasticsearch) == in_table()


def test_an_index_from_before_the_database_was_put_back_is_built_again(db, elasticsearch):
    first, _second = rows(["een", "twee"])
    sync()
    SearchEntry.objects.exclude(pk=first.pk).delete()
    SearchClock.objects.update(value=first.version)
    sync()
    assert in_index(elasticsearch) == in_table()


def test_documents_that_are_read_in_another_way_are_all_sent_again(db, elasticsearch, monkeypatch):
    rows(["een"])
    sync()
    before = live(elasticsearch)[0]
    monkeypatch.setattr("search.engines.elastic.documents.schema", lambda: "another")
    monkeypatch.setattr(syncing, "schema", lambda: "another")
    sync()
    assert live(elasticsearch)[0] != before
    assert sync() == 0


def test_a_rebuild_leaves_one_index_and_what_was_written_meanwhile(db, elasticsearch, monkeypatch):
    rows(["een", "twee"])
    sync()
    switch = syncing._switch
    late = []

    def write_then_switch(server, index):
        late.extend(rows(["net ervoor"]))
        return switch(server, index)

    monkeypatch.setattr(syncing, "_switch", write_then_switch)
    rebuild()
    sync()
    assert in_index(elasticsearch) == in_table()
    assert len(elasticsearch.indices.get(index=f"{alias()}-*")) == 1


def test_visitors_who_search_during_rebuilds_always_find_everything(db, elasticsearch, monkeypatch):
    monkeypatch.setattr(syncing, "GRACE", 2)
    rows(["fiets"] * 30)
    sync()
    counts, stop = [], threading.Event()

    def visit():
        while not stop.is_set():
            found = service.elastic.search(question("fiets"), timezone.now(), timeout=20)
            counts.append(sum(found.counts.values()))

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        for _ in range(3):
            rebuild()
    finally:
        stop.set()
        visitor.join()
    assert counts
    assert set(counts) == {30}


def test_each_environment_has_its_own_index(db, elasticsearch, settings):
    rows(["een"])
    sync()
    settings.SEARCH_INDEX_PREFIX += "other-"
    with pytest.raises(NotFoundError):
        elasticsearch.count(index=alias())
    rows(["twee"])
    sync()
    assert len(in_index(elasticsearch)) == 2


def test_a_page_that_was_hidden_is_not_shown_before_the_index_knows(
    home, committed, elasticsearch, monkeypatch
):
    monkeypatch.setattr(service, "BUDGET", 30)
    with committed():
        page = content_page(home, "Gratis wifi", introduction="Geheim: 1234")
    sync()
    assert service.ask(question("wifi")).hits
    with committed():
        page.introduction = "Overal"
        page.save_revision().publish()
    (hit,) = service.ask(question("geheim")).hits  # the index knows the old words still
    assert "1234" not in hit.text
    with committed():
        page.unpublish()
    answer = service.ask(question("wifi"))
    assert (answer.engine, answer.hits) == ("elasticsearch", ())
    sync()
    assert service.ask(question("wifi")).total == 0


def test_dutch_is_understood(db, elasticsearch, monkeypatch):
    monkeypatch.setattr(service, "BUDGET", 30)
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
        rebuild()
        assert service.ask(question(typed)).total == 1, (text, typed)


def test_the_worker_survives_a_server_that_is_away(db, settings, caplog):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    rows(["een"])
    jobs.sync()
    assert "could not be brought up to date" in caplog.text


def test_without_a_server_the_worker_has_nothing_to_send(db, settings):
    settings.ELASTICSEARCH_URL = ""
    jobs.sync()
    jobs.rebuild()


def test_one_command_repairs_the_table_and_the_index(home, elasticsearch, capsys):
    content_page(home, "Gratis wifi")
    call_command("rebuild_search")
    assert "1 pages compared, 1 rows repaired" in capsys.readouterr().out
    assert in_index(elasticsearch) == in_table() != {}
    call_command("rebuild_search", table_only=True)
    assert "0 rows repaired" in capsys.readouterr().out
