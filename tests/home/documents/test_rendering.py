"""Documents on paper: accessible or not made, and whatever people typed stays text."""

import io
import json
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from home.documents.printable import MISSING, clean, printable
from home.documents.rendering import TEMPLATES, DocumentNotMade, qr_svg, render

SAMPLES = {path.stem: path for path in (Path(__file__).parent / "samples").glob("*.json")}
ISSUED = datetime(2026, 11, 25, tzinfo=UTC)
# Words that come out in this order, for the documents that a whole chain leans on.
ORDER = {
    "agreement-nl": ["Je leent een laptop", "DP-00071", "Wat spreken we af", "Akkoord"],
    "attest-batch": ["Attest datawissing", "Wij verklaren", "22 toestellen", "Bijlage"],
    "receipt": ["Dank je wel", "Op je lijst", "Toestel per toestel", "Klopt deze lijst"],
    "labels-one": ["DP-00071"],
    "letter": ["Lotte Demo", "9300 Aalst", "Je laptop ligt klaar", "Bel ons"],
}


def sample(name):
    return json.loads(SAMPLES[name].read_text())


def made(data, **options):
    return pypdf.PdfReader(io.BytesIO(render(data["template"], data, timestamp=ISSUED, **options)))


def flat(text):
    invisible = dict.fromkeys(map(ord, "\u200b\u00ad\u2060"))
    return "".join(unicodedata.normalize("NFKC", text).translate(invisible).split())


def text_of(reader):
    return flat("\n".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_document_is_accessible(name):
    reader = made(sample(name))
    root = reader.trailer["/Root"]
    assert reader.metadata.title
    assert root["/Lang"].startswith("nl")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            assert "/ToUnicode" in font.get_object()


@pytest.mark.parametrize("name", sorted(ORDER))
def test_the_text_reads_in_order(name):
    text, at = text_of(made(sample(name))), 0
    for words in ORDER[name]:
        at = text.find(flat(words), at)
        assert at >= 0, words


def test_every_template_has_a_sample():
    templates = {path.stem for path in TEMPLATES.glob("*.typ")} - {"house"}
    assert templates == {sample(name)["template"] for name in SAMPLES}


@pytest.mark.parametrize(
    "name",
    [
        "#pagebreak() $x^2$ *vet* _scheef_",
        '#import "/etc/passwd": *',
        "`code` \\ {name} [x] <y> @z",
        "Zoë Çelik Ђурић",
    ],
)
def test_what_people_typed_stays_text(name):
    data = sample("agreement-nl")
    data["borrower"]["name"] = name
    assert flat(name) in text_of(made(data))


@pytest.mark.parametrize(
    "name",
    [
        "Emoji 👩🏽‍💻 en 🇧🇪",
        "中文名字 かな",
        "\x00\x07control\x1b[31m",
        "\u202eomgekeerd\u2066 en \u200f",
        "e\u0301\u0316\u0489 merktekens",
        "\ud800 half",
        "x" * 5000,
        "\ufdfa\u0f3c\u1160",
        "محمد الطيب",
        "",
    ],
    ids=[
        "emoji", "chinese", "control", "direction", "marks", "half a pair", "one long word",
        "rare letters", "arabic", "empty",
    ],
)  # fmt: skip
@pytest.mark.parametrize("template", ["agreement-nl", "attest-device", "receipt"])
def test_no_name_stops_a_document(template, name):
    data = sample(template)
    person = data["borrower" if template == "agreement-nl" else "donor"]
    person["name"] = name
    assert made(data).pages


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_text_at_all_stops_a_document(text):
    data = sample("letter")
    data["subject"], data["paragraphs"] = f"Over {text}", [text]
    assert made(data).pages


@given(st.text())
@example("A\u031c\u0323")
@example("\u0323\U0001f600\u0301")
def test_what_can_be_printed_needs_no_more_cleaning(text):
    once = printable(text)
    assert printable(once) == once


def test_what_no_font_has_becomes_one_sign():
    assert printable("Lotte 👩🏽‍💻!") == f"Lotte {MISSING}!"


def test_addresses_and_pictures_pass_untouched():
    value = {"qr_url": "https://x.example/" + "a" * 40, "names": ("👍",), "n": 3}
    assert clean(value) == {"qr_url": value["qr_url"], "names": [MISSING], "n": 3}


def test_the_same_data_on_the_same_day_is_the_same_file():
    data = sample("attest-device")
    assert render("attest", data, timestamp=ISSUED) == render("attest", data, timestamp=ISSUED)


def test_a_title_of_our_own():
    reader = made(sample("attest-device"), title="Attest W-2026-0001 {voor} jou")
    assert reader.metadata.title == "Attest W-2026-0001 {voor} jou"


def test_a_medium_that_is_not_erased_stops_the_attest():
    data = sample("attest-device")
    data["media"][0]["result"] = "failed"
    with pytest.raises(DocumentNotMade, match="attest"):
        render("attest", data)


@pytest.mark.parametrize("name", ["../secrets", "house/../attest", "attest.typ", ""])
def test_only_our_own_templates_are_rendered(name):
    with pytest.raises(ValueError, match="no name of a template"):
        render(name, {})


def test_many_threads_share_the_compilers():
    names = ["labels-one", "letter", "attest-device", "agreement-nl"] * 6
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda name: len(made(sample(name)).pages), names))
    assert pages[:4] * 6 == pages


def test_a_qr_code_is_black_on_white_with_a_quiet_zone():
    svg = qr_svg("HTTPS://DIGIPUNT.EXAMPLE/D/DP-00071")
    assert svg.startswith("<svg")
    assert "#000" in svg
    assert "#fff" in svg
