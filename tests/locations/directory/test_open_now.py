"""Tests of the block and the live line with digipunten that are open now."""

from datetime import date, datetime, time

import pytest
import time_machine
from bs4 import BeautifulSoup
from wagtail.models import Site

from home.pages.body import BodyField, get_live_status, live_status_choices
from home.pages.models import ContentPage
from home.pages.site_layout import get_site_layout
from locations.core.time_zone import BRUSSELS
from locations.directory.open_now import find_open_now
from locations.opening_hours.models import ClosedDays
from locations.places.models import Location
from tests.factories import locations

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture
def index():
    return locations.location_index(Site.objects.get(is_default_site=True).root_page)


def add_location(index, code, weekday=0, opens=time(9), closes=time(12), **fields):
    rule_fields = ("by_appointment", "recurrence", "day")
    rule = {key: fields.pop(key) for key in rule_fields if key in fields}
    location = locations.location(code, city="Aalst", **fields)
    locations.rule(location, weekday, opens, closes, **rule)
    locations.location_page(index, location)
    return location


def names_of(links):
    return [link.name for link in links]


def test_open_locations_come_first_then_the_next_to_open(index):
    add_location(index, "CCC", weekday=2)
    add_location(index, "BBB", weekday=1)
    add_location(index, "AAA")

    open_now = find_open_now(MONDAY, limit=6)

    assert names_of(open_now.open) == ["Digipunt AAA"]
    assert names_of(open_now.later) == ["Digipunt BBB", "Digipunt CCC"]
    assert open_now.open[0].status.headline == "Nu open"


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [(time(8, 59), False), (time(9), True), (time(11, 59), True), (time(12), False)],
)
def test_location_is_open_from_first_minute_until_before_last(index, moment, is_open):
    add_location(index, "AAA")

    open_now = find_open_now(datetime.combine(MONDAY.date(), moment, BRUSSELS), limit=6)

    assert open_now.count == is_open
    assert bool(open_now.open) == is_open


def test_location_closed_today_is_not_open(index):
    closed = add_location(index, "AAA")
    ClosedDays.objects.create(
        location=closed, first_day=date(2026, 11, 23), last_day=date(2026, 11, 23), reason="Ziekte"
    )

    open_now = find_open_now(MONDAY, limit=6)

    assert (open_now.open, open_now.count) == ((), 0)
    assert open_now.later[0].status.headline == "Gesloten: Ziekte"


def test_appointment_only_is_not_open_and_comes_last(index):
    add_location(index, "AAA", by_appointment=True)
    add_location(index, "BBB", weekday=1, by_appointment=True)
    add_location(index, "CCC", weekday=6)

    open_now = find_open_now(MONDAY, limit=6)

    assert open_now.open == ()
    assert names_of(open_now.later) == ["Digipunt CCC", "Digipunt BBB", "Digipunt AAA"]


def test_limit_restricts_the_list_but_not_the_count(index):
    for number in range(5):
        add_location(index, f"P{number}")

    assert [len(find_open_now(MONDAY, limit=most).open) for most in (1, 4, 5, 6)] == [1, 4, 5, 5]
    assert find_open_now(MONDAY, limit=1).count == 5
    assert find_open_now(MONDAY, limit=4).later == ()


def test_partnership_and_service_filter_the_list(index):
    north = locations.partnership("Noord")
    add_location(index, "AAA", partnership=north)
    other = add_location(index, "BBB")
    locations.rule(other, 1, code="lending")

    assert names_of(find_open_now(MONDAY, limit=6, partnership="noord").open) == ["Digipunt AAA"]
    lending = find_open_now(MONDAY, limit=6, service="lending")
    assert (lending.open, names_of(lending.later)) == ((), ["Digipunt BBB"])
    assert find_open_now(MONDAY, limit=6, partnership="weg") == find_open_now(
        MONDAY, limit=6, service="weg"
    )


@pytest.mark.parametrize("kind", ["workshop", "warehouse", "collection"])
def test_other_kinds_than_digipunten_are_excluded(index, kind):
    location = add_location(index, "AAA")
    Location.objects.filter(pk=location.pk).update(kind=kind)

    assert find_open_now(MONDAY, limit=6).count == 0


def test_unpublished_location_is_excluded(index):
    hidden = add_location(index, "AAA")
    hidden.page.unpublish()

    assert find_open_now(MONDAY, limit=6).count == 0


def test_distant_opening_is_listed_when_nothing_opens_sooner(index):
    far = locations.location("FAR")
    locations.rule(far, recurrence="date", day=date(2026, 12, 23))
    locations.location_page(index, far)
    add_location(index, "SAT", weekday=5, by_appointment=True)

    assert names_of(find_open_now(MONDAY, limit=6).later) == ["Digipunt FAR", "Digipunt SAT"]


@pytest.mark.parametrize(("weekday", "most"), [(0, 8), (1, 11), (6, 14)])
def test_queries_do_not_grow_with_locations(
    index, weekday, most, django_assert_max_num_queries, django_assert_num_queries
):
    for number in range(3):
        add_location(index, f"P{number}", weekday)
    get_site_layout()
    with django_assert_max_num_queries(most) as few:
        find_open_now(MONDAY, limit=20)
    for number in range(3, 12):
        add_location(index, f"P{number}", weekday)
    get_site_layout()
    with django_assert_num_queries(len(few)):
        find_open_now(MONDAY, limit=20)


@time_machine.travel(MONDAY, tick=False)
def test_block_links_to_locations_with_their_status(index, client):
    add_location(index, "AAA")
    shown = ContentPage(title="Nu", slug="nu", body=[("open_now", {"heading": "Nu open"})])
    html = BeautifulSoup(str(shown.body), "html.parser")

    link = html.select_one("li a")
    assert (link.text, link["href"]) == ("Digipunt AAA", "/digipunten/aaa/")
    assert "tot 12 uur" in html.select_one("li").text
    assert "open_now" in dict(BodyField().stream_block.child_blocks)


@time_machine.travel(MONDAY, tick=False)
def test_live_status_counts_open_locations(index):
    assert get_live_status("open_now")[0] == "not"
    add_location(index, "AAA")
    assert get_live_status("open_now") == ("now", "1 digipunt is nu open")
    add_location(index, "BBB")
    assert get_live_status("open_now") == ("now", "2 digipunten zijn nu open")
    assert "open_now" in dict(live_status_choices())


def test_walk_in_after_appointment_counts_as_walk_in(index):
    both = add_location(index, "AAA", weekday=1, by_appointment=True)
    locations.rule(both, 6)
    add_location(index, "BBB", recurrence="date", day=date(2026, 12, 30), weekday=None)

    assert names_of(find_open_now(MONDAY, limit=6).later) == ["Digipunt AAA", "Digipunt BBB"]
