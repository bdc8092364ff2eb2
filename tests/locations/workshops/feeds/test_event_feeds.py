"""Feeds of workshops: names that stay, one date or one place, and what they never say."""

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


def test_a_lesson_that_moves_keeps_its_name_and_counts_up(client, workshop, halle):
    run = make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    (before,) = vevents(client, f"{PAGE}.ics")
    lesson = run.sessions.get()
    lesson.starts_at, lesson.ends_at = (
        local_datetime(2026, 12, 17, 13),
        local_datetime(2026, 12, 17, 15),
    )
    lesson.save()
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


def test_every_change_that_staff_write_down_counts_up(client, workshop, halle):
    from wagtail.log_actions import log

    run = make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    other = make.run(workshop, halle, local_datetime(2026, 12, 11, 13))
    for _turn in range(3):
        log(run, "wagtail.edit")
    found = [int(event.sequence.value) for event in vevents(client, f"{PAGE}.ics")]
    assert (found, other.pk != run.pk) == ([3, 0], True)


def test_two_answers_on_a_day_are_the_same(client, workshop, halle):
    make.run(workshop, halle, *STARTS["series"])
    first = client.get(f"{PAGE}.ics")
    with time_machine.travel(locations.MONDAY_MORNING + timedelta(hours=5), tick=False):
        second = client.get(f"{PAGE}.ics")
        again = client.get(f"{PAGE}.ics", headers={"if-none-match": first["ETag"]})
    assert first.content == second.content
    assert again.status_code == 304
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"


def test_hours_keep_to_the_clock_on_the_wall_when_it_moves(client, workshop, halle):
    make.run(workshop, halle, *STARTS["series"])
    found = [event.dtstart.value for event in vevents(client, f"{PAGE}.ics")]
    assert [moment.astimezone(BRUSSELS).hour for moment in found] == [9, 9, 9, 9]
    assert [moment.astimezone(UTC).hour for moment in found] == [8, 8, 7, 7]


def test_one_date_alone_can_be_taken(client, workshop, halle):
    first = make.run(workshop, halle, local_datetime(2026, 12, 10, 13))
    make.run(workshop, halle, local_datetime(2026, 12, 11, 13))
    (event,) = vevents(client, f"{PAGE}.ics?datum={first.pk}")
    assert event.dtstart.value == local_datetime(2026, 12, 10, 13)
    for wrong in ("999999", "x", "9" * 40, "-1"):
        assert vevents(client, f"{PAGE}.ics?datum={wrong}") == []


def test_a_place_has_its_own_calendar_and_a_filter_too(client, index, workshop, halle):
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


def test_who_is_in_a_series_keeps_its_dates_when_it_has_begun(client, workshop, halle):
    make.run(workshop, halle, local_datetime(2026, 11, 16, 9), local_datetime(2026, 11, 30, 9))
    assert len(vevents(client, "/workshops.ics")) == 2
    assert len(vevents(client, f"{PAGE}.ics")) == 2


@pytest.mark.parametrize("kind", ["ics", "json", "uitdatabank.json"])
@pytest.mark.parametrize("how", ["draft", "hidden place", "other name"])
def test_what_is_not_public_is_in_no_feed(client, workshop, halle, kind, how):
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
def test_nobody_is_in_a_feed(client, workshop, halle, kind):
    make.run(workshop, halle, local_datetime(2026, 12, 10, 13), seated=8, waiting=3, teacher="Ria")
    text = client.get(f"/workshops.{kind}").content.decode()
    for secret in ("Jozef", "0470", "Ria"):
        assert secret not in text


@pytest.mark.parametrize("kind", ["ics", "json", "uitdatabank.json"])
def test_feeds_cost_the_same_with_twenty_more(
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
