"""Tests of the URLs of feeds: stable UIDs, one run or location, and privacy."""

from datetime import UTC, timedelta

import pytest
import time_machine

from locations.core.time_zone import BRUSSELS
from locations.workshops.models import WorkshopRun
from tests.factories import locations
from tests.factories import workshops as make
from tests.factories.workshops import local_datetime
from tests.locations.workshops.feeds.test_events import PAGE, STARTS, schema, uitdatabank, vevents

pytestmark = pytest.mark.django_db


def test_moved_session_keeps_its_uid_with_a_higher_sequence(client, workshop, halle):
    run = make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    (before,) = vevents(client, f"{PAGE}.ics")
    session = run.sessions.get()
    session.starts_at, session.ends_at = (
        local_datetime(2026, 12, 17, 13),
        local_datetime(2026, 12, 17, 15),
    )
    session.save()
    run = WorkshopRun.objects.get()
    run.status, run.moved_from = "moved", run.starts_at
    run.save()
    (moved,) = vevents(client, f"{PAGE}.ics")
    assert moved.uid.value == before.uid.value
    assert int(moved.sequence.value) > int(before.sequence.value)
    assert moved.dtstart.value == local_datetime(2026, 12, 17, 13)

    run.status, run.cancelled_reason = "cancelled", "De zaal lekt"
    run.save()
    (ended,) = vevents(client, f"{PAGE}.ics")
    assert (ended.uid.value, ended.status.value) == (before.uid.value, "CANCELLED")
    assert int(ended.sequence.value) > int(moved.sequence.value)


def test_each_logged_change_raises_the_sequence(client, workshop, halle):
    from wagtail.log_actions import log

    run = make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    other = make.run(workshop, halle, local_datetime(2026, 12, 11, 13))
    for _turn in range(3):
        log(run, "wagtail.edit")
    found = [int(event.sequence.value) for event in vevents(client, f"{PAGE}.ics")]
    assert (found, other.pk != run.pk) == ([3, 0], True)


def test_feed_is_identical_all_day(client, workshop, halle):
    make.run(workshop, halle, *STARTS["series"])
    first = client.get(f"{PAGE}.ics")
    with time_machine.travel(locations.MONDAY_MORNING + timedelta(hours=5), tick=False):
        second = client.get(f"{PAGE}.ics")
        again = client.get(f"{PAGE}.ics", headers={"if-none-match": first["ETag"]})
    assert first.content == second.content
    assert again.status_code == 304
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"


def test_feed_keeps_local_hours_when_the_clock_changes(client, workshop, halle):
    make.run(workshop, halle, *STARTS["series"])
    found = [event.dtstart.value for event in vevents(client, f"{PAGE}.ics")]
    assert [moment.astimezone(BRUSSELS).hour for moment in found] == [9, 9, 9, 9]
    assert [moment.astimezone(UTC).hour for moment in found] == [8, 8, 7, 7]


def test_feed_can_hold_a_single_run(client, workshop, halle):
    first = make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    make.run(workshop, halle, local_datetime(2026, 12, 11, 13))
    (event,) = vevents(client, f"{PAGE}.ics?datum={first.pk}")
    assert event.dtstart.value == local_datetime(2026, 12, 10, 13)
    for wrong in ("999999", "x", "9" * 40, "-1"):
        assert vevents(client, f"{PAGE}.ics?datum={wrong}") == []


def test_location_has_its_own_calendar(client, index, workshop, halle):
    other = locations.location("GOO", name="Digipunt Gooik", postcode="1755")
    locations.location_page(index, other)
    make.run(workshop, halle, local_datetime(2026, 12, 10, 9))
    make.run(workshop, other, local_datetime(2026, 12, 11, 13))
    for name in ("hal", "HAL"):
        (event,) = vevents(client, f"/workshops/op/{name}.ics")
        assert "Digiplek Halle" in event.location.value
    assert client.get("/workshops/op/zzz.ics").status_code == 404
    assert len(vevents(client, "/workshops.ics")) == 2
    (event,) = vevents(client, "/workshops.ics?deel=namiddag")
    assert "Gooik" in event.location.value
    assert len(schema(client, "/workshops.json?dag=do")) == 1
    assert uitdatabank(client, "/workshops.uitdatabank.json?niveau=advanced") == []


def test_feed_keeps_series_that_have_started(client, workshop, halle):
    make.run(workshop, halle, local_datetime(2026, 11, 16, 9), local_datetime(2026, 11, 30, 9))
    assert len(vevents(client, "/workshops.ics")) == 2
    assert len(vevents(client, f"{PAGE}.ics")) == 2


@pytest.mark.parametrize("kind", ["ics", "json", "uitdatabank.json"])
@pytest.mark.parametrize("how", ["draft", "hidden place", "other name"])
def test_feed_omits_runs_that_are_not_public(client, workshop, halle, kind, how):
    make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    if how == "draft":
        workshop.unpublish()
    elif how == "hidden place":
        type(halle).objects.filter(pk=halle.pk).update(kind="warehouse")
    address = "/workshops/anders" if how == "other name" else PAGE
    response = client.get(f"{address}.{kind}")
    assert response.status_code == (200 if how == "hidden place" else 404)
    assert b"Halle" not in response.content
    assert (b"Halle" in client.get(f"/workshops.{kind}").content) is (how == "other name")


@pytest.mark.parametrize("kind", ["ics", "json", "uitdatabank.json"])
def test_feed_names_nobody(client, workshop, halle, kind):
    make.run(workshop, halle, local_datetime(2026, 12, 10, 13), seated=8, waiting=3, teacher="Ria")
    text = client.get(f"/workshops.{kind}").content.decode()
    for secret in ("Jozef", "0470", "Ria"):
        assert secret not in text


@pytest.mark.parametrize("kind", ["ics", "json", "uitdatabank.json"])
def test_feeds_take_the_same_queries_with_twenty_more_runs(
    client, workshop, halle, kind, django_assert_max_num_queries
):
    def cost():
        client.get(f"/workshops.{kind}?vrij=1&deel=namiddag")
        with django_assert_max_num_queries(12) as counted:
            client.get(f"/workshops.{kind}?vrij=1&deel=namiddag")
        return len(counted)

    make.run(workshop, halle, local_datetime(2026, 12, 1, 13), seated=1)
    before = cost()
    for number in range(2, 22):
        make.run(
            workshop,
            locations.location(),
            local_datetime(2026, 12, number, 13),
            local_datetime(2027, 1, number, 13),
        )
    assert cost() == before
