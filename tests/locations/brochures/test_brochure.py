"""What there is to do this season: live data on the page and on paper, and what that costs."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.http import Http404
from django.utils import translation
from wagtail.models import PageViewRestriction

from locations.brochures.content import content, days_of
from locations.brochures.documents import PAPERS, pdf, sides
from locations.brochures.models import BrochurePage
from locations.brochures.views import document
from locations.opening_hours.engine import BRUSSELS
from locations.opening_hours.models import ClosedDays
from locations.places.models import Location
from locations.workshops.models import Session
from tests.factories import brochures, locations
from tests.factories.partnerships import bus, digipunt, partnership_of

pytestmark = pytest.mark.django_db
PAGE = "/brochure/"
MOST = 15


def main(client):
    response = client.get(PAGE)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def paper(client, kind):
    response = client.get(f"{PAGE}brochure-{kind}.pdf")
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(BytesIO(response.content))


def words(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def given(page, place, day, **fields):
    return locations.run(page, place, day, **fields)


@pytest.fixture
def itsme(index):
    return locations.workshop(locations.workshop_index(index.get_parent()), "Itsme installeren")


@pytest.mark.parametrize(
    ("season", "first", "last"),
    [
        ("winter", date(2026, 12, 1), date(2027, 2, 28)),
        ("spring", date(2027, 3, 1), date(2027, 5, 31)),
        ("summer", date(2027, 6, 1), date(2027, 8, 31)),
        ("autumn", date(2027, 9, 1), date(2027, 11, 30)),
    ],
)
def test_a_season_is_three_months_and_winter_begins_in_the_year_before(season, first, last):
    days = days_of(season, 2027)
    assert (days.first, days.last) == (first, last)


def test_points_hours_services_and_telephone_stand_there_from_the_data(
    client, brochure, boom_met_pagina
):
    article = main(client).find(id="punten").article
    assert article.h3.a.text == "Digipunt Boom"
    assert article.h3.a["href"] == boom_met_pagina.get_absolute_url()
    assert "9" in article.dd.text
    assert "12" in article.dd.text
    assert article.find("a", href="tel:+3231111111")

    Location.objects.filter(pk=boom_met_pagina.pk).update(name="Digibank Boom")
    assert main(client).find(id="punten").article.h3.text == "Digibank Boom"


@pytest.mark.parametrize(
    ("day", "is_named"),
    [
        (date(2027, 2, 28), False),
        (date(2027, 3, 1), True),
        (date(2027, 5, 31), True),
        (date(2027, 6, 1), False),
    ],
)
def test_workshops_and_stops_of_the_season_and_no_others(
    client, index, brochure, langs_de_rupel, boom_met_pagina, itsme, day, is_named
):
    given(itsme, boom_met_pagina, day)
    bus(index, langs_de_rupel, day, place="Kerk van Schelle")
    text = main(client).text
    assert ("Itsme installeren" in text) is is_named
    assert ("Kerk van Schelle" in text) is is_named


def test_what_is_cancelled_a_draft_or_of_others_is_not_promised(
    client, index, brochure, boom_met_pagina, itsme
):
    day = date(2027, 4, 1)
    given(itsme, boom_met_pagina, day, status="cancelled", cancelled_reason="Ziek")
    given(itsme, locations.location(partnership=locations.partnership("Ander")), day)
    draft = locations.workshop(itsme.get_parent(), "Nog niet klaar", live=False)
    given(draft, boom_met_pagina, day)
    locations.location(name="Zonder pagina", partnership=brochure.partnership)
    locations.location(name="Atelier", partnership=brochure.partnership, kind="workshop")
    text = main(client).text
    for name in ("Itsme installeren", "Nog niet klaar", "Zonder pagina", "Atelier"):
        assert name not in text


def test_a_cancelled_stop_and_a_closed_day_stay_with_their_reason(
    client, index, brochure, langs_de_rupel, boom_met_pagina
):
    bus(index, langs_de_rupel, date(2027, 4, 7), cancelled_reason="Panne")
    easter = date(2027, 3, 29)
    ClosedDays.objects.create(
        location=boom_met_pagina, first_day=easter, last_day=easter, reason="Paasmaandag"
    )
    off = [line.text for line in main(client).find_all("li", class_="is-off")]
    assert any("Panne" in line for line in off)
    assert any("Paasmaandag" in line for line in off)


def test_every_lesson_of_a_series_is_named(client, brochure, boom_met_pagina, itsme):
    run = given(itsme, boom_met_pagina, date(2027, 4, 6))
    for week in (1, 2):
        start = datetime.combine(date(2027, 4, 6 + 7 * week), time(13), tzinfo=BRUSSELS)
        Session.objects.create(run=run, starts_at=start, ends_at=start + timedelta(hours=2))
    text = main(client).find(class_="session").text
    assert all(f"{day} april" in text for day in (6, 13, 20))


def test_a_municipality_without_a_digipunt_is_pointed_to_the_nearest(client, brochure):
    gaps = [one.h3.text for one in main(client).find(id="punten").find_all("article")]
    assert gaps == ["Digipunt Boom", "Niel", "Schelle"]


@pytest.mark.parametrize("kind", ["a4", "a5", "boekje"])
def test_the_paper_is_accessible(client, brochure, kind):
    reader = paper(client, kind)
    root = reader.trailer["/Root"]
    assert reader.metadata.title.startswith("Digitaal aanbod")
    assert root["/Lang"].startswith("nl")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("kind", ["a4", "a5"])
def test_the_paper_says_what_the_page_says(client, brochure, boom_met_pagina, itsme, kind):
    given(itsme, boom_met_pagina, date(2027, 4, 1))
    given(itsme, boom_met_pagina, date(2027, 2, 1))
    reader = paper(client, kind)
    said = words(reader)
    for text in ("Digipunt Boom", "03 111 11 11", "03 000 00 00", "Itsme installeren", "1 april"):
        assert text in said, text
    assert said.count("Itsme installeren") == 1


def size(page):
    return [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]]


def test_a4_and_a5_are_that_size_and_a5_folds(client, brochure, boom_met_pagina, itsme):
    for number in range(30):
        given(itsme, boom_met_pagina, date(2027, 3, 1) + timedelta(days=number))
    assert size(paper(client, "a4").pages[0]) == [210, 297]
    pages = paper(client, "a5").pages
    assert size(pages[0]) == [148, 210]
    assert len(pages) % 4 == 0
    sheets = paper(client, "boekje").pages
    assert size(sheets[0]) == [297, 210]
    assert len(sheets) == len(pages) / 2


def test_the_pages_of_a_booklet_follow_each_other_when_it_is_folded():
    assert sides(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    for pages in (4, 8, 12, 16):
        found = sides(pages)
        assert sorted(page for side in found for page in side) == list(range(1, pages + 1))
        fronts, backs = found[::2], found[1::2]
        for (last, first), (second, one_before) in zip(fronts, backs, strict=True):
            assert (second, one_before) == (first + 1, last - 1)
            assert first % 2 == 1
    with pytest.raises(ValueError, match="4 pages"):
        sides(6)


def drawn_on(reader):
    """What each picture says it is, in order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            if "/Alt" in node:
                found.append(node["/Alt"])
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_each_half_of_a_sheet_says_which_page_it_is(client, brochure):
    pages = len(paper(client, "a5").pages)
    said = [int(text.split(",")[0].split()[-1]) for text in drawn_on(paper(client, "boekje"))]
    assert said == [page for side in sides(pages) for page in side]


@pytest.mark.parametrize("paper", [*PAPERS, "a3", "A4", ""])
def test_a_draft_or_a_private_brochure_is_not_public(client, brochure, paper):
    address = f"{PAGE}brochure-{paper}.pdf"
    assert client.get(address).status_code == (200 if paper in PAPERS else 404)
    restriction = PageViewRestriction.objects.create(page=brochure, restriction_type="login")
    assert client.get(address).status_code == 404
    restriction.delete()
    brochure.live = False
    brochure.save()
    assert client.get(address).status_code == 404
    assert client.get(PAGE).status_code == 404


def test_before_it_is_published_it_can_be_looked_at_and_has_no_papers_yet(index, rupel_page):
    for page in rupel_page:
        html = page.make_preview_request().content.decode()
        assert "Digipunt Boom" in html
        assert ".pdf" not in html


@pytest.fixture
def rupel_page(index, langs_de_rupel, boom_met_pagina):
    """A draft, and one that was never saved."""
    draft = brochures.brochure(index.get_parent(), langs_de_rupel, live=False)
    new = BrochurePage(
        title="Nieuw", slug="nieuw", partnership=langs_de_rupel, season="spring", year=2027
    )
    return draft, new


@pytest.mark.parametrize("where", ["/", "/digipunten/", "/nergens/", "/brochure/brochure/"])
def test_no_other_page_is_a_brochure(client, brochure, where):
    assert client.get(f"{where}brochure-a4.pdf").status_code == 404


@pytest.mark.parametrize("kind", PAPERS)
def test_a_partnership_without_anything_still_has_a_brochure(client, index, kind):
    page = brochures.brochure(index.get_parent(), partnership_of("Leeg"), closing="Tot dan.")
    with translation.override("nl"):
        data = content(page, brochures.ADDRESS)
    assert pdf(data, kind).startswith(b"%PDF")
    assert main(client).h1.text == "Digitaal aanbod"


def test_what_people_typed_stays_text(client, brochure, boom_met_pagina):
    name = '<script>alert(1)</script> #panic("x") 中文'
    Location.objects.filter(pk=boom_met_pagina.pk).update(name=name)
    assert not main(client).find("script")
    assert "panic" in words(paper(client, "a5"))


def test_it_costs_the_same_for_a_partnership_of_any_size(
    client, index, brochure, langs_de_rupel, itsme, django_assert_max_num_queries
):
    counts = []
    for turn in range(2):
        for number in range(2 + 6 * turn):
            place = digipunt(index, langs_de_rupel, "2850", 51.08, 4.36)
            given(itsme, place, date(2027, 3, 1) + timedelta(days=10 * turn + number))
            bus(index, langs_de_rupel, date(2027, 4, 1) + timedelta(days=number))
        client.get(PAGE)
        with django_assert_max_num_queries(MOST) as counted:
            main(client)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_an_address_that_no_database_can_read_is_no_brochure(rf, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(Http404):
        document(rf.get("/"), "\0", "a4")
