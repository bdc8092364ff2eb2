"""Texts with placeholders: errors, plain text and parts of a mail."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from home.messages import placeholders, rendering
from home.messages.registry import Placeholder, register_message_type
from home.messages.rendering import TextTemplate
from tests.home.messages.test_queue import LOTTE

pytestmark = pytest.mark.django_db


MESSAGE_TYPE = register_message_type(
    "tried",
    "Tried",
    about="Tests",
    templates="tried",
    placeholders=[
        Placeholder("device", "what", sample="ThinkPad"),
        Placeholder("place", "where", sample="Aalst"),
        Placeholder("days", "which days", sample=["maandag", "dinsdag"]),
        Placeholder("url", "page", sample="https://digipunt.example/x/", is_address=True),
    ],
    registry={},
)


# Errors.


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Dag {recipient}, je {device} is klaar.", 0),
        ("Zonder iets", 0),
        ("{ device }", 0),
        ("{toestel}", 1),
        ("{toestel} en {toestel}", 1),
        ("{toestel} en {plaats}", 2),
        ("{}", 1),
        ("{device", 1),
        ("device}", 1),
        ("{{device}}", 1),
        ("{device.name}", 1),
        ("{device!r}", 1),
        ("{device:>100000000}", 1),
        ("{de\nvice}", 2),
        ("{% if device %}", 1),
    ],
)
def test_unknown_placeholders_and_stray_braces_are_errors(text, wrong):
    assert len(placeholders.placeholder_errors(text, MESSAGE_TYPE)) == wrong


def test_error_names_the_placeholder_and_the_alternatives():
    (sentence,) = placeholders.placeholder_errors("{toestel}", MESSAGE_TYPE)
    assert "{toestel}" in sentence
    assert "{device}, {place}, {days}, {url}" in sentence


@given(st.text())
def test_text_without_errors_can_be_filled_in(text):
    if not placeholders.placeholder_errors(text, MESSAGE_TYPE):
        assert placeholders.fill_in(text, MESSAGE_TYPE.sample).endswith("\n")
        assert all(part for part in placeholders.mail_parts(text, MESSAGE_TYPE.sample))


# Results.


@pytest.mark.parametrize(
    ("text", "values", "comes_out"),
    [
        ("Je {device}.", {"device": "X1"}, "Je X1."),
        ("Aantal: {device}", {"device": 0}, "Aantal: 0"),
        ("Een\nWaar: {place}\nTwee", {"place": ""}, "Een\nTwee"),
        ("Een\nWaar: {place}\nTwee", {}, "Een\nTwee"),
        ("{device}, {place}", {"device": "X1", "place": ""}, "X1,"),
        ("Een\n\n{place}\n\nTwee", {"place": None}, "Een\n\nTwee"),
        ("Dagen:\n{days}", {"days": ["ma", "di"]}, "Dagen:\n- ma\n- di"),
        ("Dagen:\n- {days}", {"days": ["ma", "di"]}, "Dagen:\n- ma\n- di"),
        ("Op {days}.", {"days": ["ma", "di"]}, "Op ma, di."),
        ("{days}", {"days": [{"a": "Acer", "b": "oud"}]}, "- Acer: oud"),
        ("{device}", {"device": "{place} {url}"}, "{place} {url}"),
        ("{device}\r\n{place}", {"device": "a", "place": "b"}, "a\nb"),
    ],
)
def test_text_is_filled_in(text, values, comes_out):
    assert placeholders.fill_in(text, values) == f"{comes_out}\n"


TEXT = """Dag {recipient},

Je leent {device}.
Veel plezier.

  Toestel: {device}
  Waar: {place}

Goed om te weten
- Breng de lader mee.
{days}

Bekijk het hier:
{url}

Meer: https://digipunt.example/meer/
"""


def parts(**values):
    values = {**MESSAGE_TYPE.sample, "recipient": "Lotte", **values}
    return list(placeholders.mail_parts(TEXT, values, addresses=MESSAGE_TYPE.addresses))


def test_each_line_becomes_a_part_of_the_mail():
    assert [part.look for part in parts()] == [
        *("paragraph", "paragraph", "facts", "heading", "step", "step", "step"),
        *("button", "paragraph"),
    ]
    button = parts()[7]
    assert (button.text, button.url) == ("Bekijk het hier", "https://digipunt.example/x/")
    assert parts()[2].facts == (("Toestel", "ThinkPad"), ("Waar", "Aalst"))
    assert str(parts()[1].text) == "Je leent ThinkPad.<br>Veel plezier."


def test_value_does_not_change_the_type_of_its_line():
    hostile = parts(device="  Waar: hier\n- punt\n\n{url}", place="<b>x</b>")
    assert [part.look for part in hostile] == [part.look for part in parts()]
    assert "&lt;b&gt;" in hostile[2].facts[1][1] or hostile[2].facts[1][1] == "<b>x</b>"


def html_of(text, **values):
    context = MESSAGE_TYPE.sample | values
    rendered = rendering.render_custom_text(
        MESSAGE_TYPE, TextTemplate("Onderwerp", text), LOTTE, context, "nl"
    )
    return rendered[2]


@pytest.mark.parametrize("name", ["device", "place", "days"])
def test_html_in_a_value_is_escaped(name):
    bad = '<script>alert(1)</script> <a href="javascript:x">x</a>'
    value = [bad] if name == "days" else bad
    page = BeautifulSoup(html_of(TEXT + "\n\n{place}", **{name: value}), "html.parser")
    assert not page.find("script")
    assert all(link["href"].startswith("https://digipunt.example/") for link in page.find_all("a"))
    assert "alert(1)" in page.text


def test_button_has_a_default_label():
    (button,) = placeholders.mail_parts(
        "{url}", MESSAGE_TYPE.sample, addresses={"url"}, language="fr"
    )
    assert button.text == "Continuer"


def test_empty_url_becomes_no_button():
    assert not list(placeholders.mail_parts("Bekijk:\n{url}", {"url": ""}, addresses={"url"}))[1:]
