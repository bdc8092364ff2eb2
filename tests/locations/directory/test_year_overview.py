"""The year of every digipunt, on a page and on paper."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pypdf
import pytest
import time_machine
from bs4 import BeautifulSoup

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays, Stop
from tests.factories import home as homes
from tests.factories import locations

pytestmark = pytest.mark.django_db
PAGE, PAPER = "/digipunten/jaaroverzicht/", "/digipunten/jaaroverzicht.pdf"


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    return locations.location_index(homes.home_page())


@pytest.fixture
def pepingen(index):
    place = locations.location(
        "PEP", name="Digipunt Pepingen", street="Dorp", number="1", postcode="1670",
        city="Pepingen", phone="02 111 11 11", partnership=locations.partnership("Pajottenland"),
    )  # fmt: skip
    locations.location_page(index, place)
    locations.rule(
        place, 4, time(10), time(12), recurrence="weeks", interval=2, anchor=date(2026, 11, 27)
    )
    return place


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    return " ".join(main.get_text(" ").split())


def paper(client, query=""):
    response = client.get(PAPER + query)
    assert response["Content-Type"] == "application/pdf"
    document = pypdf.PdfReader(BytesIO(response.content))
    words = " ".join(" ".join(page.extract_text().split()) for page in document.pages)
    return document, words


def test_every_date_of_the_year_stands_under_its_month(client, pepingen):
    (one,) = client.get(PAGE + "?jaar=2027").context["places"]
    days = [date.day for month in one.months for date in month.dates]
    first = date(2027, 1, 8)
    assert days == [first + timedelta(weeks=2 * n) for n in range(26)]
    assert len(one.months) == 12
    read = text(client, PAGE + "?jaar=2027")
    for words in ("Digipunt Pepingen", "Dorp 1, 1670 Pepingen", "02 111 11 11", "vrijdag 8"):
        assert words in read


def test_the_paper_says_what_the_page_says(client, pepingen):
    ClosedDays.objects.create(
        location=pepingen,
        first_day=date(2026, 12, 24),
        last_day=date(2027, 1, 8),
        reason="Kerstvakantie",
    )
    summer = AdjustedDays.objects.create(
        location=pepingen,
        first_day=date(2027, 7, 1),
        last_day=date(2027, 8, 31),
        reason="Zomeruren",
    )
    AdjustedHours.objects.create(adjusted_days=summer, weekday=1, opens=time(9), closes=time(12))
    document, words = paper(client, "?jaar=2027")
    read = text(client, PAGE + "?jaar=2027")
    for said in (
        "Digipunt Pepingen",
        "24 december 2026 tot en met 8 januari 2027",
        "Kerstvakantie",
        "1 juli tot en met 31 augustus",
        "Zomeruren: Dinsdag, 9 tot 12",
        "vrijdag 22",
    ):
        assert said in words
        assert said in read
    assert document.trailer["/Root"]["/Lang"] == "nl-BE"
    assert document.metadata.title == "Alle digipunten in 2027"
    assert document.xmp_metadata is not None


def test_a_date_that_is_lost_says_why(client, pepingen):
    ClosedDays.objects.create(
        location=pepingen,
        first_day=date(2027, 1, 8),
        last_day=date(2027, 1, 8),
        reason="De bib is dicht",
    )
    (one,) = client.get(PAGE + "?jaar=2027").context["places"]
    first, second = one.months[0].dates[:2]
    assert "De bib is dicht" in first.cancellation
    assert second.cancellation == ""


def test_the_stops_of_a_bus_stand_under_their_month(client, index):
    bus = locations.location("BUS", kind="bus", name="Digibus")
    locations.location_page(index, bus)
    for day, off in ((2, ""), (9, "Panne")):
        Stop.objects.create(
            location=bus,
            place="Werchter",
            starts_at=datetime(2026, 12, day, 9, 30, tzinfo=BRUSSELS),
            ends_at=datetime(2026, 12, day, 11, 30, tzinfo=BRUSSELS),
            cancelled_reason=off,
        )
    (one,) = client.get(PAGE).context["places"]
    (month,) = one.months
    assert [(date.day.day, date.label, date.cancellation) for date in month.dates] == [
        (2, "Werchter", ""),
        (9, "Werchter", "Panne"),
    ]
    assert client.get(PAGE + "?jaar=2027").context["places"][0].months == ()


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2026, 12, 31), date(2026, 12, 31), False),
        (date(2026, 12, 31), date(2027, 1, 1), True),
        (date(2027, 12, 31), date(2028, 1, 1), True),
        (date(2028, 1, 1), date(2028, 1, 1), False),
    ],
    ids=["the year before", "its first day", "its last day", "the year after"],
)
def test_closed_days_stand_in_every_year_that_they_touch(client, pepingen, first, last, shown):
    ClosedDays.objects.create(location=pepingen, first_day=first, last_day=last)
    (one,) = client.get(PAGE + "?jaar=2027").context["places"]
    assert bool(one.exceptions) is shown


@pytest.mark.parametrize(
    ("until", "shown"),
    [(date(2026, 12, 31), False), (date(2027, 1, 4), True), (None, True)],
    ids=["over before", "in the year", "for ever"],
)
def test_usual_hours_are_those_of_seasons_in_the_year(client, index, until, shown):
    place = locations.location("HAL")
    locations.location_page(index, place)
    locations.rule(place, 0, valid_until=until)
    (one,) = client.get(PAGE + "?jaar=2027").context["places"]
    assert bool(one.regular_hours) is shown
    assert one.has_hours is shown


@pytest.mark.parametrize("year", ["2026", "2027", "2028"])
def test_this_year_and_the_next_two_are_there(client, pepingen, year):
    response = client.get(PAGE, {"jaar": year})
    assert response.context["asked"].year == int(year)
    assert response.context["asked"].makes_sense


@pytest.mark.parametrize(
    "year", ["abc", "1800", "2025", "2029", "9999", "-1", "٢٠٢٧", "%00", "<b>"]
)
def test_a_year_that_is_none_gets_a_kind_answer_and_this_year(client, pepingen, year):
    response = client.get(PAGE, {"jaar": year})
    assert response.status_code == 200
    assert response.context["asked"].year == 2026
    assert 'class="notice notice--sun"' in response.content.decode()
    assert "<b>”" not in response.content.decode()
    on_paper = client.get(PAPER, {"jaar": year})
    assert on_paper.status_code == 302
    assert client.get(on_paper["Location"]).context["asked"].unknown_year


def test_of_one_partnership_only_its_places(client, index, pepingen):
    other = locations.location("HAL", partnership=locations.partnership("Digiplek"))
    locations.location_page(index, other)
    names = [one.location.code for one in client.get(PAGE).context["places"]]
    assert sorted(names) == ["HAL", "PEP"]
    mine = client.get(PAGE + "?samenwerking=pajottenland")
    assert [one.location.code for one in mine.context["places"]] == ["PEP"]
    assert f"{PAPER}?jaar=2026&amp;samenwerking=pajottenland" in mine.content.decode()
    words = paper(client, "?samenwerking=pajottenland")[1]
    assert "Pajottenland" in words
    assert other.name not in words
    unknown = client.get(PAGE + "?samenwerking=niemand")
    assert len(unknown.context["places"]) == 2
    assert "niemand" in unknown.content.decode()


@pytest.mark.parametrize("hidden", ["workshop", "warehouse", "draft", "private"])
def test_what_is_not_public_is_not_in_the_overview(client, pepingen, hidden):
    from wagtail.models import PageViewRestriction

    if hidden == "draft":
        pepingen.page.unpublish()
    elif hidden == "private":
        PageViewRestriction.objects.create(page=pepingen.page, restriction_type="login")
    else:
        pepingen.kind = hidden
        pepingen.save()
    assert pepingen.name not in text(client, PAGE)
    assert pepingen.name not in paper(client)[1]


def test_what_people_typed_stays_text(client, pepingen):
    pepingen.name = "Digipunt #strong[x] <i> 🚌 \\ $"
    pepingen.save()
    assert "#strong[x] <i>" in paper(client)[1]
    assert "<i> 🚌" not in client.get(PAGE).content.decode()


def test_without_a_single_digipunt_page_and_paper_say_whom_to_call(client, index):
    assert text(client, PAGE)
    assert "Er is nog geen digipunt" in paper(client)[1]


def test_a_digipunt_and_the_list_lead_to_the_year(client, pepingen):
    assert f'href="{PAGE}#pep"' in client.get(pepingen.page.url).content.decode()
    assert f'href="{PAGE}"' in client.get("/digipunten/").content.decode()
    assert 'id="pep"' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("address", [PAGE, PAPER])
def test_the_overview_is_only_read(client, index, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [PAGE, PAPER])
def test_the_overview_costs_the_same_with_twenty_more(
    client, index, django_assert_max_num_queries, address
):
    def more():
        place = locations.location(partnership=locations.partnership(), kind="bus")
        locations.rule(place, 0)
        locations.rule(place, 2, recurrence="monthly", nth=2, code="repair")
        starts_at = datetime(2026, 12, 2, 9, tzinfo=BRUSSELS)
        Stop.objects.create(
            location=place,
            place="Baal",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
        )
        locations.location_page(index, place)

    def cost():
        client.get(address)
        with django_assert_max_num_queries(10) as counted:
            client.get(address)
        return len(counted)

    more()
    before = cost()
    for _ in range(20):
        more()
    assert cost() == before
