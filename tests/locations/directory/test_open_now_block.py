"""The block in a page says of a door what the page of the place says."""

from datetime import date, datetime, time

import pytest
import time_machine
from bs4 import BeautifulSoup
from wagtail.models import Site

from home.pages.body import BodyField, live_line, live_lines
from home.pages.models import ContentPage
from home.pages.site_layout import get_site_layout
from locations.core.time_zone import BRUSSELS
from locations.directory.open_now import open_now
from locations.opening_hours.models import ClosedDays
from locations.places.models import Location
from tests.factories import locations

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture
def index():
    return locations.location_index(Site.objects.get(is_default_site=True).root_page)


def place(index, code, weekday=0, opens=time(9), closes=time(12), **fields):
    of_rule = ("by_appointment", "recurrence", "day")
    rule = {key: fields.pop(key) for key in of_rule if key in fields}
    found = locations.location(code, city="Aalst", **fields)
    locations.rule(found, weekday, opens, closes, **rule)
    locations.location_page(index, found)
    return found


def named(doors):
    return [door.name for door in doors]


def test_open_doors_come_by_name_and_then_the_first_to_open(index):
    place(index, "CCC", weekday=2)
    place(index, "BBB", weekday=1)
    place(index, "AAA")

    found = open_now(MONDAY, most=6)

    assert named(found.open) == ["Digipunt AAA"]
    assert named(found.later) == ["Digipunt BBB", "Digipunt CCC"]
    assert found.open[0].status.headline == "Nu open"


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [(time(8, 59), False), (time(9), True), (time(11, 59), True), (time(12), False)],
)
def test_a_door_is_open_from_its_first_minute_until_just_before_its_last(index, moment, is_open):
    place(index, "AAA")

    found = open_now(datetime.combine(MONDAY.date(), moment, BRUSSELS), most=6)

    assert found.count == is_open
    assert bool(found.open) == is_open


def test_a_door_that_was_closed_today_leaves_the_list_at_once(index):
    shut = place(index, "AAA")
    ClosedDays.objects.create(
        location=shut, first_day=date(2026, 11, 23), last_day=date(2026, 11, 23), reason="Ziekte"
    )

    found = open_now(MONDAY, most=6)

    assert (found.open, found.count) == ((), 0)
    assert found.later[0].status.headline == "Gesloten: Ziekte"


def test_by_appointment_is_not_open_and_comes_after_where_one_can_walk_in(index):
    place(index, "AAA", by_appointment=True)
    place(index, "BBB", weekday=1, by_appointment=True)
    place(index, "CCC", weekday=6)

    found = open_now(MONDAY, most=6)

    assert found.open == ()
    assert named(found.later) == ["Digipunt CCC", "Digipunt BBB", "Digipunt AAA"]


def test_no_more_than_asked_and_the_count_says_how_many_there_are(index):
    for number in range(5):
        place(index, f"P{number}")

    assert [len(open_now(MONDAY, most=most).open) for most in (1, 4, 5, 6)] == [1, 4, 5, 5]
    assert open_now(MONDAY, most=1).count == 5
    assert open_now(MONDAY, most=4).later == ()


def test_only_of_the_partnership_and_only_for_the_service(index):
    north = locations.partnership("Noord")
    place(index, "AAA", partnership=north)
    other = place(index, "BBB")
    locations.rule(other, 1, code="lending")

    assert named(open_now(MONDAY, most=6, partnership="noord").open) == ["Digipunt AAA"]
    lending = open_now(MONDAY, most=6, service="lending")
    assert (lending.open, named(lending.later)) == ((), ["Digipunt BBB"])
    assert open_now(MONDAY, most=6, partnership="weg") == open_now(MONDAY, most=6, service="weg")


@pytest.mark.parametrize("kind", ["workshop", "warehouse", "collection"])
def test_only_digipunten_are_in_it(index, kind):
    found = place(index, "AAA")
    Location.objects.filter(pk=found.pk).update(kind=kind)

    assert open_now(MONDAY, most=6).count == 0


def test_a_place_whose_page_is_not_published_is_not_in_it(index):
    hidden = place(index, "AAA")
    hidden.page.unpublish()

    assert open_now(MONDAY, most=6).count == 0


def test_who_opens_in_a_month_is_named_when_nobody_opens_sooner(index):
    far = locations.location("FAR")
    locations.rule(far, recurrence="date", day=date(2026, 12, 23))
    locations.location_page(index, far)
    place(index, "SAT", weekday=5, by_appointment=True)

    assert named(open_now(MONDAY, most=6).later) == ["Digipunt FAR", "Digipunt SAT"]


@pytest.mark.parametrize(("weekday", "most"), [(0, 8), (1, 11), (6, 14)])
def test_the_number_of_queries_does_not_grow(
    index, weekday, most, django_assert_max_num_queries, django_assert_num_queries
):
    for number in range(3):
        place(index, f"P{number}", weekday)
    get_site_layout()
    with django_assert_max_num_queries(most) as few:
        open_now(MONDAY, most=20)
    for number in range(3, 12):
        place(index, f"P{number}", weekday)
    get_site_layout()
    with django_assert_num_queries(len(few)):
        open_now(MONDAY, most=20)


@time_machine.travel(MONDAY, tick=False)
def test_in_a_page_it_links_to_the_places_and_says_until_when(index, client):
    place(index, "AAA")
    shown = ContentPage(title="Nu", slug="nu", body=[("open_now", {"heading": "Nu open"})])
    html = BeautifulSoup(str(shown.body), "html.parser")

    link = html.select_one("li a")
    assert (link.text, link["href"]) == ("Digipunt AAA", "/digipunten/aaa/")
    assert "tot 12 uur" in html.select_one("li").text
    assert "open_now" in dict(BodyField().stream_block.child_blocks)


@time_machine.travel(MONDAY, tick=False)
def test_the_live_line_counts_them(index):
    assert live_line("open_now")[0] == "not"
    place(index, "AAA")
    assert live_line("open_now") == ("now", "1 digipunt is nu open")
    place(index, "BBB")
    assert live_line("open_now") == ("now", "2 digipunten zijn nu open")
    assert "open_now" in dict(live_lines())


def test_a_walk_in_after_an_appointment_counts_as_walking_in(index):
    both = place(index, "AAA", weekday=1, by_appointment=True)
    locations.rule(both, 6)
    place(index, "BBB", recurrence="date", day=date(2026, 12, 30), weekday=None)

    assert named(open_now(MONDAY, most=6).later) == ["Digipunt AAA", "Digipunt BBB"]
