"""Tests of documents: accessibility, user input, missing characters."""

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

from home.documents.printable import MISSING, printable_data, printable_text
from home.documents.rendering import TEMPLATES, DocumentError, qr_svg, render

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


def read_pdf(data, **options):
    return pypdf.PdfReader(io.BytesIO(render(data["template"], data, timestamp=ISSUED, **options)))


def flat(text):
    invisible = dict.fromkeys(map(ord, "\u200b\u00ad\u2060"))
    return "".join(unicodedata.normalize("NFKC", text).translate(invisible).split())


def text_of(reader):
    return flat("\n".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_document_is_tagged_pdf_ua(name):
    reader = read_pdf(sample(name))
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
def test_text_has_reading_order(name):
    text, at = text_of(read_pdf(sample(name))), 0
    for words in ORDER[name]:
        at = text.find(flat(words), at)
        assert at >= 0, words


def test_every_template_has_a_sample():
    templates = {path.stem for path in TEMPLATES.glob("*.typ")} - {"house_style"}
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
def test_user_input_is_not_evaluated(name):
    data = sample("agreement-nl")
    data["borrower"]["name"] = name
    assert flat(name) in text_of(read_pdf(data))


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
def test_document_is_rendered_with_any_name(template, name):
    data = sample(template)
    person = data["borrower" if template == "agreement-nl" else "donor"]
    person["name"] = name
    assert read_pdf(data).pages


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_document_is_rendered_with_any_text(text):
    data = sample("letter")
    data["subject"], data["paragraphs"] = f"Over {text}", [text]
    assert read_pdf(data).pages


@given(st.text())
@example("A\u031c\u0323")
@example("\u0323\U0001f600\u0301")
def test_printable_text_is_idempotent(text):
    once = printable_text(text)
    assert printable_text(once) == once


def test_printable_text_replaces_missing_character_once():
    assert printable_text("Lotte 👩🏽‍💻!") == f"Lotte {MISSING}!"


def test_printable_data_leaves_urls_unchanged():
    value = {"qr_url": "https://x.example/" + "a" * 40, "names": ("👍",), "n": 3}
    assert printable_data(value) == {"qr_url": value["qr_url"], "names": [MISSING], "n": 3}


def test_document_is_reproducible_with_timestamp():
    data = sample("attest-device")
    assert render("attest", data, timestamp=ISSUED) == render("attest", data, timestamp=ISSUED)


def test_title_can_be_replaced():
    reader = read_pdf(sample("attest-device"), title="Attest W-2026-0001 {voor} jou")
    assert reader.metadata.title == "Attest W-2026-0001 {voor} jou"


def test_attest_is_refused_when_a_medium_is_not_erased():
    data = sample("attest-device")
    data["media"][0]["result"] = "failed"
    with pytest.raises(DocumentError, match="attest"):
        render("attest", data)


@pytest.mark.parametrize("name", ["../secrets", "house/../attest", "attest.typ", ""])
def test_unknown_template_name_is_refused(name):
    with pytest.raises(ValueError, match="not the name of a template"):
        render(name, {})


def test_compilers_are_shared_between_threads():
    names = ["labels-one", "letter", "attest-device", "agreement-nl"] * 6
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda name: len(read_pdf(sample(name)).pages), names))
    assert pages[:4] * 6 == pages


def test_qr_code_is_black_on_white():
    svg = qr_svg("HTTPS://DIGIPUNT.EXAMPLE/D/DP-00071")
    assert svg.startswith("<svg")
    assert "#000" in svg
    assert "#fff" in svg
