"""Tests of the brochure page and its PDF files: content, accessibility and query counts."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.http import Http404
from django.utils import translation
from wagtail.models import PageViewRestriction

from locations.brochures.content import brochure_content
from locations.brochures.documents import FORMATS, booklet_sides, brochure_pdf
from locations.brochures.models import BrochurePage
from locations.brochures.seasons import season_period
from locations.brochures.views import brochure_document
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import ClosedDays
from locations.places.models import Location
from locations.workshops.models import Session
from tests.factories import brochures, locations
from tests.factories.partnerships import bus, digipunt, partnership_of

pytestmark = pytest.mark.django_db
PAGE = "/brochure/"
MAX_QUERIES = 15


def main(client):
    response = client.get(PAGE)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def pdf(client, kind):
    response = client.get(f"{PAGE}brochure-{kind}.pdf")
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(BytesIO(response.content))


def pdf_text(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


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
def test_season_is_three_months_and_winter_starts_the_year_before(season, first, last):
    period = season_period(season, 2027)
    assert (period.first, period.last) == (first, last)


def test_page_shows_live_name_hours_and_phone_of_location(client, brochure, boom):
    article = main(client).find(id="punten").article
    assert article.h3.a.text == "Digipunt Boom"
    assert article.h3.a["href"] == boom.get_absolute_url()
    assert "9" in article.dd.text
    assert "12" in article.dd.text
    assert article.find("a", href="tel:+3231111111")

    Location.objects.filter(pk=boom.pk).update(name="Digibank Boom")
    assert main(client).find(id="punten").article.h3.text.strip() == "Digibank Boom"


@pytest.mark.parametrize(
    ("day", "is_listed"),
    [
        (date(2027, 2, 28), False),
        (date(2027, 3, 1), True),
        (date(2027, 5, 31), True),
        (date(2027, 6, 1), False),
    ],
)
def test_page_lists_workshops_and_stops_only_of_its_season(
    client, index, brochure, rupel, boom, itsme, day, is_listed
):
    locations.run(itsme, boom, day)
    bus(index, rupel, day, place="Kerk van Schelle")
    text = main(client).text
    assert ("Itsme installeren" in text) is is_listed
    assert ("Kerk van Schelle" in text) is is_listed


def test_page_omits_cancelled_draft_and_foreign_workshops(client, index, brochure, boom, itsme):
    day = date(2027, 4, 1)
    locations.run(itsme, boom, day, status="cancelled", cancelled_reason="Ziek")
    locations.run(itsme, locations.location(partnership=locations.partnership("Ander")), day)
    draft = locations.workshop(itsme.get_parent(), "Nog niet klaar", live=False)
    locations.run(draft, boom, day)
    locations.location(name="Zonder pagina", partnership=brochure.partnership)
    locations.location(name="Atelier", partnership=brochure.partnership, kind="workshop")
    text = main(client).text
    for name in ("Itsme installeren", "Nog niet klaar", "Zonder pagina", "Atelier"):
        assert name not in text


def test_page_shows_reason_of_cancelled_stop_and_closed_day(client, index, brochure, rupel, boom):
    bus(index, rupel, date(2027, 4, 7), cancelled_reason="Panne")
    easter = date(2027, 3, 29)
    ClosedDays.objects.create(
        location=boom, first_day=easter, last_day=easter, reason="Paasmaandag"
    )
    off = [line.text for line in main(client).find_all("li", class_="is-off")]
    assert any("Panne" in line for line in off)
    assert any("Paasmaandag" in line for line in off)


def test_page_lists_every_session_of_a_series(client, brochure, boom, itsme):
    run = locations.run(itsme, boom, date(2027, 4, 6))
    for week in (1, 2):
        start = datetime.combine(date(2027, 4, 6 + 7 * week), time(13), tzinfo=BRUSSELS)
        Session.objects.create(run=run, starts_at=start, ends_at=start + timedelta(hours=2))
    text = main(client).find(class_="session").text
    assert all(f"{day} april" in text for day in (6, 13, 20))


def test_page_lists_municipalities_without_location(client, brochure):
    articles = main(client).find(id="punten").find_all("article")
    assert [article.h3.text.strip() for article in articles] == ["Digipunt Boom", "Niel", "Schelle"]


@pytest.mark.parametrize("kind", ["a4", "a5", "boekje"])
def test_pdf_is_accessible(client, brochure, kind):
    reader = pdf(client, kind)
    root = reader.trailer["/Root"]
    assert reader.metadata.title.startswith("Digitaal aanbod")
    assert root["/Lang"].startswith("nl")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("kind", ["a4", "a5"])
def test_pdf_has_the_content_of_the_page(client, brochure, boom, itsme, kind):
    locations.run(itsme, boom, date(2027, 4, 1))
    locations.run(itsme, boom, date(2027, 2, 1))
    reader = pdf(client, kind)
    content = pdf_text(reader)
    for text in ("Digipunt Boom", "03 111 11 11", "03 000 00 00", "Itsme installeren", "1 april"):
        assert text in content, text
    assert content.count("Itsme installeren") == 1


def size_in_mm(page):
    return [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]]


def test_pdf_has_the_size_of_its_format_and_a5_fills_sheets(client, brochure, boom, itsme):
    for number in range(30):
        locations.run(itsme, boom, date(2027, 3, 1) + timedelta(days=number))
    assert size_in_mm(pdf(client, "a4").pages[0]) == [210, 297]
    pages = pdf(client, "a5").pages
    assert size_in_mm(pages[0]) == [148, 210]
    assert len(pages) % 4 == 0
    sheets = pdf(client, "boekje").pages
    assert size_in_mm(sheets[0]) == [297, 210]
    assert len(sheets) == len(pages) / 2


def test_booklet_pages_are_in_order_when_folded():
    assert booklet_sides(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    for pages in (4, 8, 12, 16):
        sides = booklet_sides(pages)
        assert sorted(page for side in sides for page in side) == list(range(1, pages + 1))
        fronts, backs = sides[::2], sides[1::2]
        for (last, first), (second, second_last) in zip(fronts, backs, strict=True):
            assert (second, second_last) == (first + 1, last - 1)
            assert first % 2 == 1
    with pytest.raises(ValueError, match="4 pages"):
        booklet_sides(6)


def alternative_texts(reader):
    """Return the alternative text of each picture, in reading order."""
    texts = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            if "/Alt" in node:
                texts.append(node["/Alt"])
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return texts


def test_booklet_names_the_page_on_each_half_of_a_sheet(client, brochure):
    pages = len(pdf(client, "a5").pages)
    texts = alternative_texts(pdf(client, "boekje"))
    numbers = [int(text.split(",")[0].split()[-1]) for text in texts]
    assert numbers == [page for side in booklet_sides(pages) for page in side]


@pytest.mark.parametrize("name", [*FORMATS, "a3", "A4", ""])
def test_pdf_is_not_found_when_brochure_is_private_or_draft(client, brochure, name):
    url = f"{PAGE}brochure-{name}.pdf"
    assert client.get(url).status_code == (200 if name in FORMATS else 404)
    restriction = PageViewRestriction.objects.create(page=brochure, restriction_type="login")
    assert client.get(url).status_code == 404
    restriction.delete()
    brochure.live = False
    brochure.save()
    assert client.get(url).status_code == 404
    assert client.get(PAGE).status_code == 404


def test_preview_of_draft_has_no_links_to_pdf_files(index, drafts):
    for page in drafts:
        html = page.make_preview_request().content.decode()
        assert "Digipunt Boom" in html
        assert ".pdf" not in html


@pytest.fixture
def drafts(index, rupel, boom):
    """A saved draft, and a page that was never saved."""
    draft = brochures.brochure(index.get_parent(), rupel, live=False)
    new = BrochurePage(title="Nieuw", slug="nieuw", partnership=rupel, season="spring", year=2027)
    return draft, new


@pytest.mark.parametrize("where", ["/", "/digipunten/", "/nergens/", "/brochure/brochure/"])
def test_pdf_is_not_found_below_other_pages(client, brochure, where):
    assert client.get(f"{where}brochure-a4.pdf").status_code == 404


@pytest.mark.parametrize("kind", FORMATS)
def test_brochure_of_empty_partnership_is_rendered(client, index, kind):
    page = brochures.brochure(index.get_parent(), partnership_of("Leeg"), closing="Tot dan.")
    with translation.override("nl"):
        content = brochure_content(page, brochures.URL)
    assert brochure_pdf(content, kind).startswith(b"%PDF")
    assert main(client).h1.text == "Digitaal aanbod"


def test_markup_in_names_is_escaped(client, brochure, boom):
    name = '<script>alert(1)</script> #panic("x") 中文'
    Location.objects.filter(pk=boom.pk).update(name=name)
    assert not main(client).find("script")
    assert "panic" in pdf_text(pdf(client, "a5"))


def test_query_count_is_constant_for_a_partnership_of_any_size(
    client, index, brochure, rupel, itsme, django_assert_max_num_queries
):
    counts = []
    for round_ in range(2):
        for number in range(2 + 6 * round_):
            location = digipunt(index, rupel, "2850", 51.08, 4.36)
            locations.run(itsme, location, date(2027, 3, 1) + timedelta(days=10 * round_ + number))
            bus(index, rupel, date(2027, 4, 1) + timedelta(days=number))
        client.get(PAGE)
        with django_assert_max_num_queries(MAX_QUERIES) as counted:
            main(client)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_null_character_in_path_is_not_found_without_a_query(rf, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(Http404):
        brochure_document(rf.get("/"), "\0", "a4")
