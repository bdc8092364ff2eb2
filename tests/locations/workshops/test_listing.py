"""The list of workshops: what was asked, what comes out, and what each line says."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine

from locations.models import Location, WorkshopPage
from tests.factories import locations as places
from tests.factories import workshops as make
from tests.factories.workshops import at

pytestmark = pytest.mark.django_db
MOST = 12


def rows(client, query=""):
    return client.get(f"/workshops/?{query}").context["rows"]


def titles(client, query=""):
    return [row.title for row in rows(client, query)]


def words(response):
    text = response.content.decode()
    main = text.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.S).split())


@pytest.fixture
def one(index, antwerp):
    """A workshop on Thursday 10 December, 13 to 15 o'clock, for eight people."""

    def give(seated=0, waiting=0, **fields):
        page = WorkshopPage.objects.first() or places.workshop(index)
        start = fields.pop("starts_at", at(2026, 12, 10, 13))
        return make.run(page, antwerp, start, seated=seated, waiting=waiting, **fields)

    return give


@pytest.mark.parametrize(
    ("seated", "waiting", "sign", "free"),
    [
        (0, 0, "now", 8),
        (7, 0, "now", 1),
        (8, 0, "stop", 0),
        (7, 1, "stop", 0),
        (8, 3, "stop", 0),
    ],
    ids=["empty", "one left", "full", "one left for who waits", "full with a line"],
)
def test_a_line_says_how_many_places_are_left(client, one, seated, waiting, sign, free):
    one(seated, waiting)
    (row,) = rows(client)
    assert row.status.sign == sign
    assert bool(re.search(rf"\b{free}\b", row.status.headline)) is bool(free)


def test_nobody_reads_who_comes_or_how_many_wait(client, one):
    one(8, 5)
    for address in ("/workshops/", "/workshops/?toon=kalender&maand=2026-12", "/workshops.json"):
        text = client.get(address).content.decode()
        assert "Jozef" not in text
        assert "0470" not in text
    assert not re.search(r"\b5\b", rows(client)[0].status.detail)


HOUR = timedelta(hours=1)
NOW = places.MONDAY_MORNING


@pytest.mark.parametrize(
    ("fields", "sign"),
    [
        ({"registration_opens_at": NOW + timedelta(seconds=1)}, "later"),
        ({"registration_opens_at": NOW}, "now"),
        ({"registration_closes_at": NOW + timedelta(seconds=1)}, "now"),
        ({"registration_closes_at": NOW}, "not"),
        ({"entry": "drop_in"}, "now"),
        ({"status": "cancelled", "cancelled_reason": "De lesgever is ziek"}, "stop"),
    ],
    ids=["opens soon", "opens now", "closes soon", "closed", "drop in", "cancelled"],
)
def test_a_line_says_whether_one_can_register(client, one, fields, sign):
    one(**fields)
    (row,) = rows(client)
    assert row.status.sign == sign
    assert row.is_cancelled is (fields.get("status") == "cancelled")
    assert row.status.detail == fields.get("cancelled_reason", row.status.detail)


def test_what_was_moved_says_when_it_would_have_been(client, one):
    one(status="moved", moved_from=at(2026, 12, 3, 13))
    (row,) = rows(client)
    assert "3 december" in row.moved
    assert row.status.sign == "now"


@pytest.mark.parametrize(
    ("moment", "listed"),
    [
        (at(2026, 12, 7, 8, 59), {"One", "Series", "Walk in"}),
        (at(2026, 12, 7, 9), {"Walk in"}),
        (at(2026, 12, 14, 10, 59), {"Walk in"}),
        (at(2026, 12, 14, 11), set()),
    ],
    ids=["before", "begun", "the last lesson", "over"],
)
def test_nobody_joins_what_has_begun_but_who_may_drop_in(client, index, antwerp, moment, listed):
    first, second = at(2026, 12, 7, 9), at(2026, 12, 14, 9)
    make.run(places.workshop(index, "One"), antwerp, first)
    make.run(places.workshop(index, "Series"), antwerp, first, second)
    make.run(places.workshop(index, "Walk in"), antwerp, first, second, entry="drop_in")
    with time_machine.travel(moment, tick=False):
        assert set(titles(client)) == listed


def test_who_may_drop_in_at_any_lesson_reads_the_next(client, index, antwerp):
    days = [at(2026, 11, day, 9) for day in (16, 23, 30)]
    make.run(places.workshop(index, "Walk in"), antwerp, *days, entry="drop_in")
    make.run(places.workshop(index, "Once"), antwerp, at(2026, 11, 25, 9))
    with time_machine.travel(at(2026, 11, 23, 12), tick=False):
        found = rows(client)
    assert [(row.title, row.starts.day) for row in found] == [("Once", 25), ("Walk in", 30)]


def test_a_series_is_one_line_with_its_last_day(client, index, antwerp):
    days = [at(2027, 1, day, 9, 30) for day in (11, 18, 25)] + [at(2027, 2, 1, 9, 30)]
    make.run(places.workshop(index), antwerp, *days)
    (row,) = rows(client)
    assert (row.starts, row.hours[:3]) == (days[0], "9.3")
    assert "4" in row.series
    assert "1 februari" in row.series


@pytest.fixture
def many(index, antwerp, aalst, towns):
    """Three workshops: for starters on a Wednesday morning, and two others."""
    for title, where, start, facts in (
        ("Itsme", antwerp, at(2026, 12, 2, 9), {"topic": make.topic("itsme")}),
        ("Phishing", aalst, at(2026, 12, 3, 13), {
            "topic": make.topic("veilig"), "level": "basic", "language": "fr",
            "audiences": [make.audience("ouder")],
        }),
        ("Foto's", aalst, at(2026, 12, 12, 18), {
            "topic": make.topic("veilig"), "level": "advanced",
            "audiences": [make.audience("werkzoekend")],
        }),
    ):  # fmt: skip
        make.run(places.workshop(index, title, **facts), where, start)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Itsme", "Phishing", "Foto's"]),
        ("onderwerp=itsme", ["Itsme"]),
        ("onderwerp=itsme&onderwerp=veilig", ["Itsme", "Phishing", "Foto's"]),
        ("niveau=starter", ["Itsme"]),
        ("niveau=starter&niveau=basic", ["Itsme", "Phishing"]),
        ("taal=fr", ["Phishing"]),
        ("voor=ouder", ["Itsme", "Phishing"]),
        ("voor=werkzoekend", ["Itsme", "Foto's"]),
        ("dag=wo", ["Itsme"]),
        ("dag=do&dag=za", ["Phishing", "Foto's"]),
        ("dag=ma", []),
        ("deel=voormiddag", ["Itsme"]),
        ("deel=namiddag&deel=avond", ["Phishing", "Foto's"]),
        ("dag=wo&deel=namiddag", []),
        ("van=2026-12-03", ["Phishing", "Foto's"]),
        ("tot=2026-12-03", ["Itsme", "Phishing"]),
        ("van=2026-12-03&tot=2026-12-03", ["Phishing"]),
        ("van=2026-12-04&tot=2026-12-11", []),
        ("digibank=digipunt-aalst", ["Phishing", "Foto's"]),
        ("q=9300", ["Phishing", "Foto's"]),
        ("q=2060", ["Itsme"]),
        ("q=2060&km=50", ["Itsme", "Phishing", "Foto's"]),
        ("q=9300&km=alle", ["Itsme", "Phishing", "Foto's"]),
        ("q=9300&km=50&orde=afstand", ["Phishing", "Foto's", "Itsme"]),
        ("q=zzzz", ["Itsme", "Phishing", "Foto's"]),
        ("niveau=starter&deel=voormiddag&q=2060&vrij=1", ["Itsme"]),
    ],
)
def test_each_choice_counts_and_they_count_together(client, many, query, found):
    assert titles(client, query) == found


@pytest.mark.parametrize(
    ("hour", "minute", "part"),
    [(11, 59, "voormiddag"), (12, 0, "namiddag"), (16, 59, "namiddag"), (17, 0, "avond")],
)
@pytest.mark.parametrize("day", [date(2026, 12, 2), date(2027, 6, 2)], ids=["winter", "summer"])
def test_the_part_of_the_day_is_that_of_the_clock_on_the_wall(client, one, day, hour, minute, part):
    one(starts_at=at(day.year, day.month, day.day, hour, minute))
    for other in ("voormiddag", "namiddag", "avond"):
        assert bool(rows(client, f"deel={other}")) is (other == part)


@pytest.mark.parametrize(
    ("moment", "weekday"),
    [
        (at(2027, 3, 27, 23, 59), "za"),
        (at(2027, 3, 28, 0, 0), "zo"),
        (at(2027, 3, 28, 3, 0), "zo"),
        (at(2027, 10, 30, 23, 30), "za"),
        (at(2027, 10, 31, 0, 30), "zo"),
        (at(2027, 10, 31, 23, 30), "zo"),
        (at(2027, 11, 1, 0, 0), "ma"),
    ],
)
def test_the_day_of_the_week_holds_when_the_clock_moves(client, one, moment, weekday):
    one(starts_at=moment)
    for other in ("vr", "za", "zo", "ma"):
        assert bool(rows(client, f"dag={other}")) is (other == weekday)


def test_the_database_reads_every_hour_of_the_year_as_python_does(one):
    from locations.local_clock import LocalHour, LocalWeekday
    from locations.models import Session
    from locations.opening_hours import BRUSSELS

    run = one()
    run.sessions.all().delete()
    start = datetime.fromisoformat("2027-03-27T00:00:00+00:00")
    moments = [start + n * HOUR for n in range(72)] + [
        start + timedelta(days=217) + n * HOUR for n in range(72)
    ]
    moments += [start + timedelta(days=n, hours=5) for n in range(365)]
    Session.objects.bulk_create(
        [Session(run=run, starts_at=at, ends_at=at + HOUR) for at in moments],
        ignore_conflicts=True,
    )
    found = Session.objects.annotate(hour=LocalHour("starts_at"), day=LocalWeekday("starts_at"))
    for starts, hour, day in found.values_list("starts_at", "hour", "day"):
        local = starts.astimezone(BRUSSELS)
        assert (hour, day) == (local.hour, local.isoweekday())


@pytest.mark.parametrize(
    ("fields", "people", "found"),
    [
        ({}, (7, 0), True),
        ({}, (8, 0), False),
        ({}, (7, 1), False),
        ({"entry": "drop_in"}, (0, 0), True),
        ({"status": "cancelled", "cancelled_reason": "Ziek"}, (0, 0), False),
        ({"registration_opens_at": NOW + HOUR}, (0, 0), False),
        ({"registration_closes_at": NOW}, (0, 0), False),
    ],
)
def test_free_places_only(client, one, fields, people, found):
    one(*people, **fields)
    assert bool(rows(client, "vrij=1")) is found


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("van=morgen", "van"),
        ("tot=2026-02-30", "tot"),
        ("van=2026-12-10&tot=2026-12-09", "tot"),
        ("niveau=x", "niveau"),
        ("onderwerp=x", "onderwerp"),
        ("taal=x", "taal"),
        ("voor=x", "voor"),
        ("dag=x", "dag"),
        ("deel=x", "deel"),
        ("km=7", "km"),
        ("orde=x", "orde"),
        ("digibank=x", "digibank"),
    ],
)
def test_what_makes_no_sense_is_said_kept_and_left_out(client, many, query, name):
    response = client.get(f"/workshops/?{query}")
    (sentence,) = response.context["errors"][name]
    assert len(titles(client, query)) == (1 if query.startswith("van=2026") else 3)
    text = response.content.decode()
    assert 'class="field__error"' in text
    if name in ("van", "tot"):
        typed = query.split("=")[-1]
        assert f'value="{typed}" aria-invalid="true"' in text
        assert sentence[-1] == "."


@pytest.mark.parametrize("typed", ['"<script>', "\x00", "x" * 5000, "'", "%00", "  ", "-1", "٣"])
def test_whatever_is_typed_is_answered(client, many, typed):
    names = (
        "q km orde onderwerp niveau taal voor dag deel vrij van tot digibank workshop p toon maand"
    )
    for view in ("", "kalender"):
        asked = dict.fromkeys(names.split(), typed) | ({"toon": view} if view else {})
        response = client.get("/workshops/", asked)
        assert response.status_code == 200
        assert "<script>" not in response.content.decode().split("<main")[1]
    for feed in ("workshops.ics", "workshops.json", "workshops.uitdatabank.json"):
        assert client.get(f"/{feed}", dict.fromkeys(names.split(), typed)).status_code == 200


def test_a_name_of_two_places_is_asked_back(client, many):
    response = client.get("/workshops/?q=halle&niveau=basic")
    addresses = [address for _name, address in response.context["choices"]]
    assert [name for name, _address in response.context["choices"]] == [
        "Halle (1500)",
        "Halle (2980)",
    ]
    assert addresses[0] == "q=Halle+%281500%29&niveau=basic"
    assert [row.title for row in response.context["rows"]] == ["Phishing"]


def test_the_nearness_of_each_place_stands_with_it(client, many):
    near = {row.title: row.nearness for row in rows(client, "q=2060&km=50")}
    assert near["Itsme"]
    assert "40" in near["Phishing"]
    assert not rows(client)[0].nearness


def test_what_was_asked_stands_in_the_sentence(client, many):
    said = client.get("/workshops/?q=2060&deel=voormiddag").context["result"]
    assert said.startswith("1 ")
    assert said.endswith("2060 Antwerpen")
    text = client.get("/workshops/?q=2060&deel=voormiddag").content.decode()
    assert f'<div id="gevonden" role="status"><h2 class="result-count">{said}' in text


def test_nothing_found_says_what_then(client, many):
    response = client.get("/workshops/?q=9300&niveau=starter")
    assert response.context["rows"] == []
    assert "km=alle" in response.content.decode()
    assert 'href="#hulp"' in response.content.decode()


@pytest.mark.parametrize("how", ["draft", "workshop", "warehouse"])
def test_what_is_not_public_is_not_listed(client, one, how):
    run = one()
    if how == "draft":
        run.page.unpublish()
    else:
        Location.objects.filter(pk=run.location_id).update(kind=how)
    assert rows(client) == []
    assert client.get("/workshops/?toon=kalender&maand=2026-12").context["found"] == 0
    assert b"VEVENT" not in client.get("/workshops.ics").content


def test_twenty_stand_on_a_page_and_the_next_asks_the_same(client, one):
    for number in range(25):
        one(starts_at=at(2026, 12, 1, 9) + timedelta(hours=number))
    response = client.get("/workshops/?niveau=starter&toon=lijst")
    assert len(response.context["rows"]) == 20
    assert response.context["query"] == "niveau=starter&toon=lijst&"
    assert len(rows(client, "niveau=starter&p=2")) == 5
    assert len(rows(client, "niveau=starter&p=99")) == 5


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=9300",
        "q=antwe&km=alle&orde=afstand&vrij=1&dag=do&deel=namiddag&onderwerp=itsme&voor=ouder",
        "toon=kalender&maand=2026-12&q=9300&deel=namiddag",
    ],
)
def test_it_costs_the_same_with_twenty_more_of_everything(
    client, index, antwerp, aalst, towns, query, django_assert_max_num_queries
):
    def more(number):
        page = places.workshop(
            index,
            f"Workshop {number}",
            topic=make.topic(),
            audiences=[make.audience(), make.audience(f"groep-{number}")],
        )
        here = places.location(postcode="9300", city="Aalst", lat=50.94, lon=4.04)
        for place in (antwerp, aalst, here):
            days = [at(2026, 12, 10, 13) + timedelta(weeks=week) for week in range(3)]
            make.run(page, place, *days, seated=2)
            make.run(page, place, *(day - timedelta(weeks=3) for day in days), entry="drop_in")

    def cost():
        client.get(f"/workshops/?{query}")
        with django_assert_max_num_queries(MOST) as counted:
            assert client.get(f"/workshops/?{query}").status_code == 200
        return len(counted)

    more(0)
    before = cost()
    for number in range(1, 21):
        more(number)
    assert cost() == before


def test_machines_and_search_engines_find_one_address(client, many):
    text = client.get("/workshops/?niveau=starter&p=2").content.decode()
    assert '<link rel="canonical" href="http://localhost/workshops/">' in text
    assert 'href="/workshops.ics?niveau=starter"' in text
