"""Tests of entries: which pages have one, and when it changes."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from locations.places.models import Location, LocationService, Service
from search.indexing import reconcile, refresh_entries
from search.models import SearchEntry, SearchRemoval
from tests.factories import forms
from tests.factories.search import (
    catalogue_page,
    content_page,
    location_page,
    story_page,
    workshop_page,
)


@pytest.fixture
def page(home, committed):
    with committed():
        return content_page(home, "Gratis wifi", introduction="Overal.", slug="wifi")


def private(page):
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def in_search():
    return sorted(SearchEntry.objects.values_list("title", flat=True))


def test_published_page_has_entry(page):
    row = SearchEntry.objects.get()
    assert (row.key, row.title, row.summary) == (f"page:{page.pk}", "Gratis wifi", "Overal.")
    assert row.url == "/wifi/"


def test_home_and_index_pages_have_no_entry(home, committed):
    with committed():
        story_page(home)
    assert in_search() == ["Het verhaal van Fatima"]


def test_draft_has_no_entry(home, committed):
    with committed():
        content_page(home, live=False)
    assert in_search() == []


def test_unpublished_change_does_not_update_entry(page, committed):
    with committed():
        page.title = "Geheim plan"
        page.save_revision()
    assert in_search() == ["Gratis wifi"]


def test_publishing_updates_entry(page, committed):
    with committed():
        page.title = "Gratis internet"
        page.save_revision().publish()
    assert in_search() == ["Gratis internet"]


def test_unpublishing_removes_entry(page, committed):
    with committed():
        page.unpublish()
    assert in_search() == []
    assert SearchRemoval.objects.get().key == f"page:{page.pk}"


def test_publishing_again_restores_entry_and_deletes_removal(page, committed):
    with committed():
        page.unpublish()
    with committed():
        page.save_revision().publish()
    assert in_search() == ["Gratis wifi"]
    assert not SearchRemoval.objects.exists()


def test_deleting_page_removes_entries_of_branch(home, page, committed):
    with committed():
        content_page(page, "Eronder")
    assert in_search() == ["Eronder", "Gratis wifi"]
    with committed():
        Page.objects.get(pk=page.pk).delete()
    assert in_search() == []


def test_entry_is_removed_while_page_is_private(page, committed):
    with committed():
        restriction = private(page)
    assert in_search() == []
    with committed():
        restriction.delete()
    assert in_search() == ["Gratis wifi"]


def test_pages_below_private_page_have_no_entry(home, page, committed):
    with committed():
        content_page(page, "Eronder")
    with committed():
        private(page)
    assert in_search() == []
    with committed():
        content_page(page, "Later eronder")
    assert in_search() == []


def test_moving_page_updates_entries_with_its_privacy(home, page, committed):
    with committed():
        hidden = content_page(home, "Intern")
        private(hidden)
        content_page(page, "Eronder")
    with committed():
        Page.objects.get(pk=page.pk).move(Page.objects.get(pk=hidden.pk), pos="last-child")
    assert in_search() == []
    with committed():
        Page.objects.get(pk=page.pk).move(Page.objects.get(pk=home.pk), pos="last-child")
    assert in_search() == ["Eronder", "Gratis wifi"]


def test_changing_slug_updates_urls_of_branch(page, committed):
    with committed():
        content_page(page, "Eronder", slug="eronder")
    with committed():
        page.refresh_from_db()
        page.slug = "internet"
        page.save_revision().publish()
    urls = set(SearchEntry.objects.values_list("url", flat=True))
    assert urls == {"/internet/", "/internet/eronder/"}


def test_expired_page_is_not_found_before_it_is_unpublished(home, committed, find):
    with committed():
        content_page(home, "Actie", expire_at=timezone.now() + timedelta(hours=1))
    assert find("actie").total == 1
    later = timezone.now() + timedelta(hours=2)
    assert find("actie", at=later).total == 0
    reconcile(now=later)
    assert in_search() == []


def test_page_is_not_found_when_hidden_by_bulk_update(page, find):
    Page.objects.filter(pk=page.pk).update(live=False)
    assert find("wifi").hits == ()


@pytest.mark.parametrize("kind", Location.HIDDEN_KINDS)
def test_location_of_hidden_kind_has_no_entry(home, committed, kind):
    with committed():
        page = location_page(home)
        Location.objects.update(kind=kind)  # as no form would
    assert in_search() == []
    refresh_entries([page.pk])
    assert in_search() == []


def test_entry_is_removed_when_location_becomes_hidden(home, committed):
    with committed():
        location = location_page(home).location
    with committed():
        location.kind = Location.Kind.WAREHOUSE
        location.save()
    assert in_search() == []


def test_location_changes_update_entry(home, committed):
    with committed():
        location = location_page(home).location
    with committed():
        location.city, location.postcode = "Halle", "1500"
        location.save()
        service = Service.objects.create(code="print", name="Printen")
        location_service = LocationService.objects.create(location=location, service=service)
    row = SearchEntry.objects.get()
    assert (row.city, row.postcode, row.facets["service"]) == ("Halle", "1500", ["print"])
    assert "Printen" in row.body
    with committed():
        service.name = "Afdrukken"
        service.save()
    assert "Afdrukken" in SearchEntry.objects.get().body
    with committed():
        location_service.delete()
    assert "Afdrukken" not in SearchEntry.objects.get().body


def test_body_contains_text_of_nested_blocks_without_settings(home, committed):
    body = [
        ("heading", {"text": "Voor beginners", "level": "3"}),
        ("text", "<p>Een <b>muis</b> vasthouden &amp; klikken</p>"),
    ]
    with committed():
        content_page(home, "Cursus", body=body)
    assert SearchEntry.objects.get().body == "Voor beginners Een muis vasthouden & klikken"


def test_refresh_writes_nothing_without_changes(page):
    version = SearchEntry.objects.get().version
    assert refresh_entries([page.pk]) == 0
    assert reconcile() == 0
    assert SearchEntry.objects.get().version == version


@pytest.mark.parametrize("damage", ["lost", "left over", "wrong"])
def test_reconcile_repairs_damaged_table(page, damage):
    rows = SearchEntry.objects.all()
    if damage == "lost":
        rows.delete()
    elif damage == "left over":
        Page.objects.filter(pk=page.pk).update(live=False)
    else:
        rows.update(title="Iets anders")
    assert reconcile() == 1
    assert in_search() == ([] if damage == "left over" else ["Gratis wifi"])


def test_reconcile_compares_in_chunks(home, monkeypatch):
    monkeypatch.setattr("search.indexing.CHUNK", 3)
    for number in range(8):
        content_page(home, f"Pagina {number}")
    seen = []
    reconcile(progress=lambda *done: seen.append(done))
    assert seen == [(3, 3), (6, 6), (8, 8), (8, 8)]
    assert len(in_search()) == 8


def test_refresh_query_count_is_independent_of_number_of_pages(home):
    def cost(pages):
        with CaptureQueriesContext(connection) as queries:
            refresh_entries(pages)
        return len(queries)

    makers = [content_page, story_page, catalogue_page, workshop_page]
    refresh_entries([make(home).pk for make in makers])  # warm caches
    few = [make(home).pk for make in makers]
    more = [make(home).pk for make in makers for _ in range(6)]
    assert cost(few) == cost(more)
    assert len(in_search()) == len(makers) + len(few) + len(more)


@pytest.mark.django_db(transaction=True)
def test_rollback_leaves_no_entry(home):
    with transaction.atomic():
        content_page(home)
        transaction.set_rollback(True)
    assert in_search() == []


@pytest.mark.django_db(transaction=True)
def test_page_is_saved_when_refresh_fails(home, monkeypatch, caplog):
    def broken(*args):
        raise RuntimeError("the table is gone")

    monkeypatch.setattr("search.indexing.build_entries", broken)
    page = content_page(home)
    assert Page.objects.get(pk=page.pk).live
    assert "the table is gone" in caplog.text


def test_form_page_has_entry_with_its_text(home, committed):
    notice = ("notice", {"kind": "", "title": "Verzekerd", "text": "<p>Ook onderweg.</p>"})
    with committed():
        forms.form_page(home, title="Word vrijwilliger", slug="vrijwilliger", aside=[notice])
    row = SearchEntry.objects.get()
    assert (row.title, row.summary) == ("Word vrijwilliger", "Elke opmerking telt.")
    assert "Verzekerd" in row.body
