"""Tests of the entries of workshops and brochures."""

from datetime import timedelta

from django.utils import timezone

from locations.places.models import Partner
from locations.workshops.models import WorkshopRun
from search.indexing import reconcile
from search.models import SearchEntry
from tests.factories import brochures, locations, workshops
from tests.factories.search import location, workshop_page


def test_workshop_entry_has_next_date_and_location(home, committed):
    now = timezone.now().replace(microsecond=0)
    with committed():
        page = workshop_page(home)
        venues = [location("Aalst"), location("Halle", city="Halle"), location("X", city="Gent")]
        for days, venue, status in [
            (-7, venues[0], "planned"),
            (7, venues[1], "planned"),
            (3, venues[2], "cancelled"),
        ]:
            WorkshopRun.objects.create(
                page=page,
                location=venue,
                starts_at=now + timedelta(days=days),
                ends_at=now + timedelta(days=days, hours=2),
                status=status,
                cancelled_reason="Ziek" if status == "cancelled" else "",
            )
    row = SearchEntry.objects.get()
    assert (row.city, row.starts_at) == ("Halle", now + timedelta(days=7))
    reconcile(now=now + timedelta(days=8))
    row = SearchEntry.objects.get()
    assert (row.city, row.starts_at) == ("", None)


def test_workshop_entry_contains_topic_and_audience(home, committed):
    topic, audience = workshops.topic("betalen"), workshops.audience("ouder")
    partner = Partner.objects.create(name="Centrum voor basiseducatie")
    with committed():
        workshop_page(
            home, topic=topic, audiences=[audience], partner=partner, language="fr", level="basic"
        )
    row = SearchEntry.objects.get()
    assert row.facets == {
        "topic": ["betalen"],
        "audience": ["ouder"],
        "language": ["fr"],
        "level": ["basic"],
    }
    for related in (topic, audience, partner):
        assert related.name in row.body
        with committed():
            related.name = f"Anders {related.pk}"
            related.save()
        assert related.name in SearchEntry.objects.get().body


def test_workshop_entry_has_new_date_when_run_moves(home, committed):
    start = timezone.now().replace(microsecond=0) + timedelta(days=7)
    with committed():
        page = workshop_page(home)
        run = workshops.run(page, location(), start, status="moved", moved_from=start)
    assert SearchEntry.objects.get().starts_at == start
    with committed():
        lesson = run.sessions.get()
        lesson.starts_at, lesson.ends_at = start + timedelta(days=1), start + timedelta(days=2)
        run.sessions = [lesson]
        run.save()
    assert SearchEntry.objects.get().starts_at == start + timedelta(days=1)


def test_registrations_do_not_update_entry(home, committed):
    with committed():
        page = workshop_page(home)
        run = workshops.run(page, location(), timezone.now() + timedelta(days=7))
    version = SearchEntry.objects.get().version
    with committed():
        workshops.fill(run, seated=8, waiting=1)
        run.save()
    assert SearchEntry.objects.get().version == version


def test_brochure_entry_contains_partnership_and_season(home, committed):
    rupel = locations.partnership("Digibanken Rupel")
    with committed():
        brochures.brochure(home, rupel, introduction="Wat je hier kunt leren")
    row = SearchEntry.objects.get()
    assert row.summary == "Wat je hier kunt leren"
    for words in ("Digibanken Rupel", "2027"):
        assert words in row.body
    with committed():
        rupel.name = "Digibanken Rupel en Schelde"
        rupel.save()
    assert "Rupel en Schelde" in SearchEntry.objects.get().body
