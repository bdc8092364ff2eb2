"""Tests of the year overview as a page and as a PDF."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pypdf
import pytest
import time_machine
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays, Stop
from tests.factories import home as homes
from tests.factories import locations

pytestmark = pytest.mark.django_db
PAGE, PDF = "/digipunten/jaaroverzicht/", "/digipunten/jaaroverzicht.pdf"


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    return locations.location_index(homes.home_page())


@pytest.fixture
def pepingen(index):
    location = locations.location(
        "PEP", name="Digipunt Pepingen", street="Dorp", number="1", postcode="1670",
        city="Pepingen", phone="02 111 11 11", partnership=locations.partnership("Pajottenland"),
    )  # fmt: skip
    locations.location_page(index, location)
    locations.rule(
        location, 4, time(10), time(12), recurrence="weeks", interval=2, anchor=date(2026, 11, 27)
    )
    return location


def read_page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    return " ".join(main.get_text(" ").split())


def download_pdf(client, query=""):
    response = client.get(PDF + query)
    assert response["Content-Type"] == "application/pdf"
    document = pypdf.PdfReader(BytesIO(response.content))
    pdf_text = " ".join(" ".join(page.extract_text().split()) for page in document.pages)
    return document, pdf_text


def test_dates_are_grouped_by_month(client, pepingen):
    (overview,) = client.get(PAGE + "?jaar=2027").context["overviews"]
    days = [date.day for month in overview.months for date in month.dates]
    first = date(2027, 1, 8)
    assert days == [first + timedelta(weeks=2 * n) for n in range(26)]
    assert len(overview.months) == 12
    read = read_page(client, PAGE + "?jaar=2027")
    for words in ("Digipunt Pepingen", "Dorp 1, 1670 Pepingen", "02 111 11 11", "vrijdag 8"):
        assert words in read


def test_pdf_contains_the_text_of_the_page(client, pepingen):
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
    document, words = download_pdf(client, "?jaar=2027")
    read = read_page(client, PAGE + "?jaar=2027")
    for phrase in (
        "Digipunt Pepingen",
        "24 december 2026 tot en met 8 januari 2027",
        "Kerstvakantie",
        "1 juli tot en met 31 augustus",
        "Zomeruren: Dinsdag, 9 tot 12",
        "vrijdag 22",
    ):
        assert phrase in words
        assert phrase in read
    assert document.trailer["/Root"]["/Lang"] == "nl-BE"
    assert document.metadata.title == "Alle digipunten in 2027"
    assert document.xmp_metadata is not None


def test_cancelled_date_shows_its_reason(client, pepingen):
    ClosedDays.objects.create(
        location=pepingen,
        first_day=date(2027, 1, 8),
        last_day=date(2027, 1, 8),
        reason="De bib is dicht",
    )
    (overview,) = client.get(PAGE + "?jaar=2027").context["overviews"]
    first, second = overview.months[0].dates[:2]
    assert "De bib is dicht" in first.cancellation
    assert second.cancellation == ""


def test_stops_are_grouped_by_month(client, index):
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
    (overview,) = client.get(PAGE).context["overviews"]
    (month,) = overview.months
    assert [(date.day.day, date.label, date.cancellation) for date in month.dates] == [
        (2, "Werchter", ""),
        (9, "Werchter", "Panne"),
    ]
    assert client.get(PAGE + "?jaar=2027").context["overviews"][0].months == ()


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
def test_closed_days_are_listed_in_every_year_they_touch(client, pepingen, first, last, shown):
    ClosedDays.objects.create(location=pepingen, first_day=first, last_day=last)
    (overview,) = client.get(PAGE + "?jaar=2027").context["overviews"]
    assert bool(overview.exceptions) is shown


@pytest.mark.parametrize(
    ("until", "shown"),
    [(date(2026, 12, 31), False), (date(2027, 1, 4), True), (None, True)],
    ids=["ended before", "in the year", "no end"],
)
def test_regular_hours_are_those_valid_in_the_year(client, index, until, shown):
    location = locations.location("HAL")
    locations.location_page(index, location)
    locations.rule(location, 0, valid_until=until)
    (overview,) = client.get(PAGE + "?jaar=2027").context["overviews"]
    assert bool(overview.regular_hours) is shown
    assert overview.has_hours is shown


@pytest.mark.parametrize("year", ["2026", "2027", "2028"])
def test_this_year_and_the_next_two_are_available(client, pepingen, year):
    response = client.get(PAGE, {"jaar": year})
    assert response.context["filters"].year == int(year)
    assert response.context["filters"].is_valid


@pytest.mark.parametrize(
    "year", ["abc", "1800", "2025", "2029", "9999", "-1", "٢٠٢٧", "%00", "<b>"]
)
def test_invalid_year_shows_a_notice_and_this_year(client, pepingen, year):
    response = client.get(PAGE, {"jaar": year})
    assert response.status_code == 200
    assert response.context["filters"].year == 2026
    assert 'class="notice notice--sun"' in response.content.decode()
    assert "<b>”" not in response.content.decode()
    response = client.get(PDF, {"jaar": year})
    assert response.status_code == 302
    assert client.get(response["Location"]).context["filters"].unknown_year


def test_partnership_filters_the_locations(client, index, pepingen):
    other = locations.location("HAL", partnership=locations.partnership("Digiplek"))
    locations.location_page(index, other)
    names = [overview.location.code for overview in client.get(PAGE).context["overviews"]]
    assert sorted(names) == ["HAL", "PEP"]
    response = client.get(PAGE + "?samenwerking=pajottenland")
    assert [overview.location.code for overview in response.context["overviews"]] == ["PEP"]
    assert f"{PDF}?jaar=2026&amp;samenwerking=pajottenland" in response.content.decode()
    words = download_pdf(client, "?samenwerking=pajottenland")[1]
    assert "Pajottenland" in words
    assert other.name not in words
    unknown = client.get(PAGE + "?samenwerking=niemand")
    assert len(unknown.context["overviews"]) == 2
    assert "niemand" in unknown.content.decode()


@pytest.mark.parametrize("hidden", ["workshop", "warehouse", "draft", "private"])
def test_hidden_location_is_not_in_the_overview(client, pepingen, hidden):
    if hidden == "draft":
        pepingen.page.unpublish()
    elif hidden == "private":
        PageViewRestriction.objects.create(page=pepingen.page, restriction_type="login")
    else:
        pepingen.kind = hidden
        pepingen.save()
    assert pepingen.name not in read_page(client, PAGE)
    assert pepingen.name not in download_pdf(client)[1]


def test_names_are_escaped(client, pepingen):
    pepingen.name = "Digipunt #strong[x] <i> 🚌 \\ $"
    pepingen.save()
    assert "#strong[x] <i>" in download_pdf(client)[1]
    assert "<i> 🚌" not in client.get(PAGE).content.decode()


def test_overview_works_without_locations(client, index):
    assert read_page(client, PAGE)
    assert "Er is nog geen digipunt" in download_pdf(client)[1]


def test_location_page_and_finder_link_to_the_overview(client, pepingen):
    assert f'href="{PAGE}#pep"' in client.get(pepingen.page.url).content.decode()
    assert f'href="{PAGE}"' in client.get("/digipunten/").content.decode()
    assert 'id="pep"' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_overview_refuses_post(client, index, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_overview_queries_do_not_grow_with_locations(
    client, index, django_assert_max_num_queries, address
):
    def more():
        location = locations.location(partnership=locations.partnership(), kind="bus")
        locations.rule(location, 0)
        locations.rule(location, 2, recurrence="monthly", nth=2, code="repair")
        starts_at = datetime(2026, 12, 2, 9, tzinfo=BRUSSELS)
        Stop.objects.create(
            location=location,
            place="Baal",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
        )
        locations.location_page(index, location)

    def cost():
        client.get(address)
        with django_assert_max_num_queries(10) as queries:
            client.get(address)
        return len(queries)

    more()
    before = cost()
    for _ in range(20):
        more()
    assert cost() == before
