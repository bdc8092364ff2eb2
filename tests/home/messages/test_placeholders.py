"""The words of coordinators: what they may hold, and how they come out."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from home.messages import placeholders as words
from home.messages import rendering as texts
from home.messages.registry import Placeholder, register_message_type
from home.messages.rendering import TextTemplate
from tests.home.messages.test_queue import LOTTE

pytestmark = pytest.mark.django_db


TRIED = register_message_type(
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


# What may be written.


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
def test_a_placeholder_is_a_known_name_between_braces(text, wrong):
    assert len(words.placeholder_errors(text, TRIED)) == wrong


def test_a_refusal_names_what_is_wrong_and_what_one_may_use():
    (sentence,) = words.placeholder_errors("{toestel}", TRIED)
    assert "{toestel}" in sentence
    assert "{device}, {place}, {days}, {url}" in sentence


@given(st.text())
def test_what_is_not_refused_can_be_filled_in(text):
    if not words.placeholder_errors(text, TRIED):
        assert words.fill_in(text, TRIED.sample).endswith("\n")
        assert all(part for part in words.mail_parts(text, TRIED.sample))


# How it comes out.


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
def test_a_text_is_filled_in(text, values, comes_out):
    assert words.fill_in(text, values) == f"{comes_out}\n"


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
    values = {**TRIED.sample, "recipient": "Lotte", **values}
    return list(words.mail_parts(TEXT, values, addresses=TRIED.addresses))


def test_a_line_gets_the_look_of_what_it_is():
    assert [part.look for part in parts()] == [
        *("paragraph", "paragraph", "facts", "heading", "step", "step", "step"),
        *("button", "paragraph"),
    ]
    button = parts()[7]
    assert (button.text, button.url) == ("Bekijk het hier", "https://digipunt.example/x/")
    assert parts()[2].facts == (("Toestel", "ThinkPad"), ("Waar", "Aalst"))
    assert str(parts()[1].text) == "Je leent ThinkPad.<br>Veel plezier."


def test_what_a_value_holds_never_becomes_a_look():
    told = parts(device="  Waar: hier\n- punt\n\n{url}", place="<b>x</b>")
    assert [part.look for part in told] == [part.look for part in parts()]
    assert "&lt;b&gt;" in told[2].facts[1][1] or told[2].facts[1][1] == "<b>x</b>"


def html_of(text, **values):
    context = TRIED.sample | values
    found = texts.render_custom_text(TRIED, TextTemplate("Onderwerp", text), LOTTE, context, "nl")
    return found[2]


@pytest.mark.parametrize("name", ["device", "place", "days"])
def test_what_people_typed_stays_text_in_a_mail(name):
    bad = '<script>alert(1)</script> <a href="javascript:x">x</a>'
    value = [bad] if name == "days" else bad
    page = BeautifulSoup(html_of(TEXT + "\n\n{place}", **{name: value}), "html.parser")
    assert not page.find("script")
    assert all(link["href"].startswith("https://digipunt.example/") for link in page.find_all("a"))
    assert "alert(1)" in page.text


def test_a_button_with_nothing_above_it_still_says_something():
    (button,) = words.mail_parts("{url}", TRIED.sample, addresses={"url"}, language="fr")
    assert button.text == "Continuer"


def test_an_empty_address_is_no_button():
    assert not list(words.mail_parts("Bekijk:\n{url}", {"url": ""}, addresses={"url"}))[1:]
