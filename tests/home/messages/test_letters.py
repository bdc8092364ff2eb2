"""Letters to people without e-mail address and phone number: one PDF, then marked as posted."""

import io
import re
import unicodedata
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse

from home.messages.documents import parse_letter, render_letters
from home.messages.models import Message
from home.messages.operations import staff_actions
from home.messages.operations.queue import Recipient, queue_message
from locations.places.models import Location
from tests.factories.messages import DUE, message
from tests.home.messages.test_admin_messages import staff

pytestmark = pytest.mark.django_db
TEXT = """Je laptop is terug
==================

Dag Lotte,

Je bracht hem terug.
Dank je wel.

Wat nu?
- Wij wissen alles.
- Iemand anders leent hem.

--
Vragen? Bel 02 111 11 11.
"""


def letter(key="letter:1", **fields):
    fields = {
        "location_code": "AAL",
        "text": TEXT,
        "postal_address": "Kerkstraat 1\n9300 Aalst",
    } | fields
    return message(key, channel="letter", address="", html="", **fields)


@pytest.fixture
def aalst():
    return Location.objects.create(
        code="AAL", name="Digipunt Aalst", street="Stationsplein 1", postcode="9300", city="Aalst"
    )


@pytest.fixture
def desk(client, aalst):
    client.force_login(staff(aalst, "view_message", "change_message"))
    return client


def read(paper):
    return pypdf.PdfReader(io.BytesIO(paper))


def text_of(page):
    invisible = dict.fromkeys(map(ord, "\u200b\u00ad\u2060"))
    text = unicodedata.normalize("NFKC", page.extract_text()).translate(invisible)
    return " ".join(text.split())


# The PDF.


def test_letter_text_is_parsed_into_greeting_and_blocks():
    written = parse_letter(TEXT)
    assert written.greeting == "Dag Lotte,"
    assert written.blocks == (
        {"lines": ["Je bracht hem terug.", "Dank je wel."]},
        {"lines": ["Wat nu?"]},
        {"items": ["Wij wissen alles.", "Iemand anders leent hem."]},
    )


@pytest.mark.parametrize(
    ("text", "blocks"),
    [("", 0), ("Een", 1), ("- a\n- b", 1), ("- a\nb", 2), ("Dag,", 0), ("a\n\n\n\nb", 2)],
)
def test_any_text_can_be_parsed(text, blocks):
    assert len(parse_letter(text).blocks) == blocks


def test_each_letter_is_a_page_with_its_address_in_the_window(aalst):
    for number in range(3):
        letter(f"letter:{number}", recipient_name=f"Persoon {number}")
    reader = read(render_letters(list(Message.objects.to_print())))
    assert len(reader.pages) == 3
    for number, page in enumerate(reader.pages):
        page_text = text_of(page)
        assert f"Persoon {number} Kerkstraat 1 9300 Aalst" in page_text
        assert "Stationsplein 1" in page_text
        assert "Wij wissen alles." in page_text
        assert "02 111" not in page_text  # the letter has its own block for that
        assert "Blad 1 van 1" in page_text


def test_letters_are_tagged_as_pdf_ua(aalst):
    letter()
    root = read(render_letters(list(Message.objects.to_print()))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize(
    "fields",
    [
        {"postal_address": ""},
        {"recipient_name": "", "postal_address": ""},
        {"location_code": ""},
        {"language": "ar", "text": "مرحبا،\n\nشكرا\n\n- نعم", "subject": "مرحبا"},
        {"text": "#panic() $x$ *vet* <b>x</b> 🎉", "subject": "= Titel 🎉"},
        {"text": "lang " * 3000},
        {"text": "x" * 3000},
        {"postal_address": "Zeer lange straatnaam nummer honderd\n" * 12},
    ],
    ids=["no address", "nobody", "no place", "arabic", "hostile", "pages", "one word", "address"],
)
def test_letter_is_rendered_from_any_data(aalst, fields):
    rows = [letter(**fields), letter("letter:2", recipient_name="Na Demo")]
    reader = read(render_letters(rows))
    assert "Na Demo" in text_of(reader.pages[-1])
    assert "Blad 1 van 1" in text_of(reader.pages[-1])


def test_each_letter_numbers_its_own_pages(aalst):
    rows = [letter(text="Regel van een brief. " * 150), letter("letter:2")]
    pages = [text_of(page) for page in read(render_letters(rows)).pages]
    counts = [re.search(r"Blad (\d) van (\d)", page)[0] for page in pages]
    assert counts == ["Blad 1 van 2", "Blad 2 van 2", "Blad 1 van 1"]


def test_queued_message_stores_the_postal_address(aalst):
    to = Recipient("Lotte Demo", postal_address="Molenstraat 12\n9300 Aalst")
    context = {"device": "ThinkPad", "place": "Aalst"}
    queued = queue_message(
        "loan_returned", to=to, context=context, key="x", about="loan:1", location_code="AAL"
    )
    assert "Lotte Demo Molenstraat 12 9300 Aalst" in text_of(
        read(render_letters([queued])).pages[0]
    )


# Posting.


def test_posted_letter_is_sent_and_no_longer_listed():
    row = letter()
    assert staff_actions.mark_posted([row], now=DUE) == 1
    row.refresh_from_db()
    assert (row.state, row.sent_at) == ("sent", DUE)
    assert not Message.objects.to_print().exists()


def test_letter_is_posted_once_when_it_is_marked_twice():
    row = letter()
    assert [staff_actions.mark_posted([row]) for _ in range(2)] == [1, 0]


def test_other_channels_cannot_be_posted():
    mail = message("mail:1")
    assert staff_actions.mark_posted([mail]) == 0
    mail.refresh_from_db()
    assert mail.state == "waiting"


def test_posted_letter_can_be_printed_again():
    row = letter()
    staff_actions.mark_posted([row], now=DUE)
    again = staff_actions.retry(row, now=DUE + timedelta(hours=1))
    assert (again.state, again.sent_at) == ("waiting", None)
    assert list(Message.objects.to_print()) == [again]


# The screen.


def test_screen_lists_letters_and_prints_the_selected_ones(desk):
    first, second = letter(recipient_name="Eerste Demo"), letter("letter:2")
    page = desk.get(reverse("letters:index")).content.decode()
    assert "Eerste Demo" in page
    assert "Kerkstraat 1" in page
    for query, pages in [({}, 2), ({"letter": str(first.pk)}, 1), ({"letter": "x"}, 0)]:
        response = desk.get(reverse("letters:paper"), query)
        assert response.status_code == (200 if pages else 302)
        if pages:
            assert response["Content-Type"] == "application/pdf"
            assert len(read(response.content).pages) == pages
    second.refresh_from_db()
    assert second.state == "waiting"  # printing does not post a letter


def test_only_selected_letters_are_posted(desk):
    first = letter()
    desk.get(reverse("letters:paper"))
    later = letter("letter:2")
    desk.post(reverse("letters:posted"), {"letter": [str(first.pk)]})
    first.refresh_from_db()
    later.refresh_from_db()
    assert (first.state, later.state) == ("sent", "waiting")


@pytest.mark.parametrize("ticked", [{}, {"letter": "x"}, {"letter": ""}])
def test_nothing_is_posted_without_a_selection(desk, ticked):
    row = letter()
    desk.post(reverse("letters:posted"), ticked)
    row.refresh_from_db()
    assert row.state == "waiting"


def test_screen_lists_a_posted_letter_again_after_a_retry(desk):
    row = letter()
    desk.post(reverse("letters:posted"), {"letter": str(row.pk)})
    page = desk.get(reverse("letters:index")).content.decode()
    assert reverse("messages:retry", args=[row.pk]) in page
    response = desk.post(reverse("messages:retry", args=[row.pk]), {"back": "letters"})
    assert response.url == reverse("letters:index")
    row.refresh_from_db()
    assert row.state == "waiting"


def test_letters_of_other_locations_are_not_listed(desk):
    Location.objects.create(code="GEN", name="Digipunt Gent")
    other = letter(location_code="GEN", recipient_name="Geheim Demo")
    assert "Geheim" not in desk.get(reverse("letters:index")).content.decode()
    assert desk.get(reverse("letters:paper"), {"letter": str(other.pk)}).status_code == 302
    desk.post(reverse("letters:posted"), {"letter": str(other.pk)})
    other.refresh_from_db()
    assert other.state == "waiting"


def test_letter_is_not_posted_without_permission(client, aalst):
    client.force_login(staff(aalst, "view_message"))
    row = letter()
    assert reverse("letters:posted") in client.get(reverse("letters:index")).content.decode()
    client.post(reverse("letters:posted"), {"letter": str(row.pk)})
    row.refresh_from_db()
    assert row.state == "waiting"


def test_letters_take_the_same_queries_with_more_rows(desk, django_assert_max_num_queries):
    for number in range(12):
        letter(f"letter:{number}")
    desk.get(reverse("letters:index"))
    with django_assert_max_num_queries(16) as few:
        desk.get(reverse("letters:index"))
    for number in range(12, 48):
        letter(f"letter:{number}")
    with django_assert_max_num_queries(len(few)):
        desk.get(reverse("letters:index"))
