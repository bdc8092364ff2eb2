"""Rendered messages: default texts, and custom texts per language."""

import re

import pytest
from bs4 import BeautifulSoup

from home.messages import placeholders, rendering
from home.messages.default_texts import default_text
from home.messages.models import Message, MessageText
from home.messages.operations.queue import Recipient, queue_message
from home.messages.operations.texts import InvalidText, restore_default_text, save_text
from home.messages.registry import (
    DUTCH,
    MessageType,
    Placeholder,
    register_message_type,
    registered,
    supported_language,
    urgent_message_types,
)
from home.messages.rendering import TextTemplate
from tests.home.messages.test_queue import LOTTE

pytestmark = pytest.mark.django_db
CALLED = Recipient("Lotte Demo", phone="0470 00 00 00")


@pytest.fixture(autouse=True)
def empty_cache():
    rendering.custom_texts.clear()
    yield
    rendering.custom_texts.clear()


# Default texts.


@pytest.mark.parametrize("name", registered)
def test_default_text_of_every_message_type_is_valid(name):
    template = default_text(registered[name])
    for text in (template.subject, template.body, template.call):
        assert text
        assert not placeholders.placeholder_errors(text, registered[name])
        assert not re.search(r"{%|{{", text)
    assert "====" not in template.body


@pytest.mark.parametrize("name", registered)
def test_default_text_agrees_with_the_templates(name):
    """Most lines are equal; some lines of a template depend on a condition."""
    message_type = registered[name]
    text = default_text(message_type)
    default = rendering.render_default_text(name, LOTTE, message_type.sample)[1]
    custom = rendering.render_custom_text(message_type, text, LOTTE, message_type.sample, DUTCH)[1]
    missing = set(map(str.strip, default.splitlines())) - set(map(str.strip, custom.splitlines()))
    title = default.splitlines()[0]
    missing -= {title, "=" * 22, "--"}
    assert len(missing) <= len(default.splitlines()) * 0.25, missing


# Custom texts.


def own(language="nl", **fields):
    fields = {"subject": "Eigen {device}", "body": "Eigen tekst {place}", "call": ""} | fields
    MessageText.objects.create(kind="loan_returned", language=language, **fields)


def queue(to=LOTTE, key="x:1", **context):
    context = registered["loan_returned"].sample | context
    return queue_message(
        "loan_returned", to=to, context=context, key=key, about="loan:1", location_code="AAL"
    )


def test_custom_text_replaces_the_default():
    own()
    queued = queue()
    assert queued.subject == "Eigen ThinkPad T480"
    assert queued.text.startswith("Eigen tekst Digipunt Aalst\n")
    assert "Eigen tekst Digipunt Aalst" in queued.html
    assert "Digipunt (demo)" in queued.text  # the sender always follows
    assert "Digipunt (demo)" in queued.html


@pytest.mark.parametrize(
    ("speaks", "written", "reads"),
    [
        ("fr", ["nl", "fr"], "fr"),
        ("fr", ["nl"], "nl"),
        ("fr", ["fr"], "fr"),
        ("nl", ["fr"], "site"),
        ("", ["nl", "fr"], "nl"),
        ("nl-easy", ["nl", "fr"], "nl"),
        ("fr-BE", ["nl", "fr"], "fr"),
        ("so", ["nl", "fr"], "nl"),
        ("so", ["fr"], "site"),
    ],
)
def test_custom_text_is_chosen_by_language_or_else_dutch(speaks, written, reads):
    for language in written:
        own(language, body=f"In het {language}")
    queued = queue(Recipient("Lotte", email="lotte@example.org", language=speaks))
    assert queued.text.startswith(f"In het {reads}\n") is (reads != "site")
    assert queued.language == speaks


def test_arabic_mail_is_right_to_left():
    own("ar", subject="مرحبا", body="شكرا {device}")
    page = BeautifulSoup(
        queue(Recipient("F", email="f@example.org", language="ar")).html, "html.parser"
    )
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.find("td", dir="rtl")


def test_phone_number_keeps_its_order_in_right_to_left_text(settings):
    """Without isolation the groups of digits would appear in reverse order."""
    settings.HELP_PHONE = "02 345 67 89"
    own("ar", body="اتصل {help_phone}\n{place}", call="{help_phone}")
    for to in (
        Recipient("F", email="f@example.org", language="ar"),
        Recipient("F", phone="0470", language="ar"),
    ):
        text = queue(to, key=to.channel, place="").text
        assert "\u206802\u00a0345\u00a067\u00a089\u2069" in text
        assert "\u2068\u2069" not in text


@pytest.mark.parametrize(
    ("own_call", "dutch_call", "expected"),
    [("Dites", "Zeg", "Dites"), ("", "Zeg", "Zeg"), ("", "", "BELLEN")],
    ids=["own", "else in Dutch", "else of the site"],
)
def test_default_call_text_is_used_when_there_is_no_custom_one(own_call, dutch_call, expected):
    own("fr", call=own_call)
    own("nl", call=dutch_call)
    text = queue(Recipient("Lotte", phone="0470 00 00 00", language="fr")).text
    assert expected in text or (expected == "BELLEN" and "Lotte" in text)


def test_letter_has_the_custom_text():
    own()
    queued = queue(Recipient("Lotte", postal_address="Kerkstraat 1\n9300 Aalst"))
    assert (queued.channel, queued.html) == ("letter", "")
    assert queued.postal_address == "Kerkstraat 1\n9300 Aalst"
    assert queued.text.startswith("Eigen tekst")


def test_default_text_is_used_when_a_custom_text_has_unknown_placeholders(caplog):
    own(body="{gone}")
    queued = queue()
    assert "{gone}" not in queued.text
    assert "unknown placeholders" in caplog.text


def test_custom_subject_stays_on_one_line():
    own(subject="Dag {device}")
    queued = queue(device="X\r\nBcc: all@example.org")
    assert queued.subject == "Dag X Bcc: all@example.org"


def test_message_stores_its_context():
    queued = queue()
    queued.refresh_from_db()
    assert queued.context == registered["loan_returned"].sample
    assert not Message.objects.exclude(pk=queued.pk).exists()


@pytest.mark.parametrize(
    ("code", "language"),
    [("fr", "fr"), ("FR", "fr"), ("fr_BE", "fr"), ("nl-easy", "nl"), ("", "nl"), ("xx", "nl")],
)
def test_supported_language_accepts_variants_of_a_code(code, language):
    assert supported_language(code) == language


# Storing custom texts.


def test_changed_text_applies_to_the_next_message(django_capture_on_commit_callbacks):
    queue(key="x:1")
    with django_capture_on_commit_callbacks(execute=True):
        save_text(registered["loan_returned"], "nl", TextTemplate("Anders", "Anders {device}"))
    assert queue(key="x:2").subject == "Anders"
    with django_capture_on_commit_callbacks(execute=True):
        restore_default_text(registered["loan_returned"], "nl")
    assert queue(key="x:3").subject != "Anders"


def test_invalid_text_is_not_stored():
    with pytest.raises(InvalidText) as caught:
        save_text(registered["loan_returned"], "nl", TextTemplate("{x}", "Tekst", "{y"))
    assert set(caught.value.by_field) == {"subject", "call"}
    assert not MessageText.objects.exists()


def test_text_equal_to_the_default_is_not_stored():
    message_type = registered["loan_returned"]
    save_text(message_type, "nl", TextTemplate("Anders", "Anders"))
    save_text(message_type, "nl", default_text(message_type))
    assert not MessageText.objects.exists()


def test_message_types_and_placeholders_have_unique_names():
    registry = {}
    register_message_type("x", "X", about="", templates="x", registry=registry)
    with pytest.raises(ValueError, match="two message types"):
        register_message_type("x", "X", about="", templates="x", registry=registry)
    with pytest.raises(ValueError, match="same name"):
        register_message_type(
            "y",
            "Y",
            about="",
            templates="y",
            placeholders=[Placeholder("sender", "")],
            registry=registry,
        )
    assert isinstance(registry["x"], MessageType)


def test_urgent_message_types_are_known():
    assert "donation_registered" in urgent_message_types()
    assert "loan_returned" not in urgent_message_types()
