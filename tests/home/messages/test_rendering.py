"""The words of coordinators: where they start from, and for whom they count."""

import re

import pytest
from bs4 import BeautifulSoup

from home.messages import placeholders as words
from home.messages import rendering as texts
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
def no_old_words():
    texts.custom_texts.clear()
    yield
    texts.custom_texts.clear()


# Where one starts from.


@pytest.mark.parametrize("name", registered)
def test_every_kind_gives_words_to_start_from_that_may_be_kept(name):
    start = default_text(registered[name])
    for text in (start.subject, start.body, start.call):
        assert text
        assert not words.placeholder_errors(text, registered[name])
        assert not re.search(r"{%|{{|\0|987654", text)
    assert "====" not in start.body


@pytest.mark.parametrize("name", registered)
def test_words_to_start_from_say_what_the_site_says(name):
    """But for what it says only sometimes, each line of the site comes out the same."""
    known = registered[name]
    start = default_text(known)
    ours = texts.render_default_text(name, LOTTE, known.sample)[1]
    theirs = texts.render_custom_text(known, start, LOTTE, known.sample, DUTCH)[1]
    missing = set(map(str.strip, ours.splitlines())) - set(map(str.strip, theirs.splitlines()))
    title = ours.splitlines()[0]
    missing -= {title, "=" * 22, "--"}
    assert len(missing) <= len(ours.splitlines()) * 0.25, missing


# For whom they count.


def own(language="nl", **fields):
    fields = {"subject": "Eigen {device}", "body": "Eigen tekst {place}", "call": ""} | fields
    MessageText.objects.create(kind="loan_returned", language=language, **fields)


def told(to=LOTTE, key="x:1", **context):
    context = registered["loan_returned"].sample | context
    return queue_message(
        "loan_returned", to=to, context=context, key=key, about="loan:1", location_code="AAL"
    )


def test_own_words_go_before_those_of_the_site():
    own()
    said = told()
    assert said.subject == "Eigen ThinkPad T480"
    assert said.text.startswith("Eigen tekst Digipunt Aalst\n")
    assert "Eigen tekst Digipunt Aalst" in said.html
    assert "Digipunt (demo)" in said.text  # who sends it always follows
    assert "Digipunt (demo)" in said.html


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
def test_the_language_of_the_person_chooses_and_dutch_comes_after(speaks, written, reads):
    for language in written:
        own(language, body=f"In het {language}")
    said = told(Recipient("Lotte", email="lotte@example.org", language=speaks))
    assert said.text.startswith(f"In het {reads}\n") is (reads != "site")
    assert said.language == speaks


def test_arabic_reads_from_right_to_left():
    own("ar", subject="مرحبا", body="شكرا {device}")
    page = BeautifulSoup(
        told(Recipient("F", email="f@example.org", language="ar")).html, "html.parser"
    )
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.find("td", dir="rtl")


def test_a_number_keeps_its_order_from_right_to_left(settings):
    """Groups with a space between them would else change places."""
    settings.HELP_PHONE = "02 345 67 89"
    own("ar", body="اتصل {help_phone}\n{place}", call="{help_phone}")
    for to in (
        Recipient("F", email="f@example.org", language="ar"),
        Recipient("F", phone="0470", language="ar"),
    ):
        text = told(to, key=to.channel, place="").text
        assert "\u206802\u00a0345\u00a067\u00a089\u2069" in text
        assert "\u2068\u2069" not in text


@pytest.mark.parametrize(
    ("own_call", "dutch_call", "said"),
    [("Dites", "Zeg", "Dites"), ("", "Zeg", "Zeg"), ("", "", "BELLEN")],
    ids=["own", "else in Dutch", "else of the site"],
)
def test_what_one_says_on_the_phone_may_be_left_to_the_site(own_call, dutch_call, said):
    own("fr", call=own_call)
    own("nl", call=dutch_call)
    text = told(Recipient("Lotte", phone="0470 00 00 00", language="fr")).text
    assert said in text or (said == "BELLEN" and "Lotte" in text)


def test_a_letter_says_the_own_words_too():
    own()
    said = told(Recipient("Lotte", postal_address="Kerkstraat 1\n9300 Aalst"))
    assert (said.channel, said.html) == ("letter", "")
    assert said.postal_address == "Kerkstraat 1\n9300 Aalst"
    assert said.text.startswith("Eigen tekst")


def test_words_that_do_not_fit_any_more_give_way_to_those_of_the_site(caplog):
    own(body="{gone}")
    said = told()
    assert "{gone}" not in said.text
    assert "unknown placeholders" in caplog.text


def test_a_subject_of_ones_own_stays_one_line():
    own(subject="Dag {device}")
    said = told(device="X\r\nBcc: all@example.org")
    assert said.subject == "Dag X Bcc: all@example.org"


def test_what_it_was_made_of_is_kept_with_the_message():
    said = told()
    said.refresh_from_db()
    assert said.context == registered["loan_returned"].sample
    assert not Message.objects.exclude(pk=said.pk).exists()


@pytest.mark.parametrize(
    ("code", "language"),
    [("fr", "fr"), ("FR", "fr"), ("fr_BE", "fr"), ("nl-easy", "nl"), ("", "nl"), ("xx", "nl")],
)
def test_a_code_of_a_language_is_read_kindly(code, language):
    assert supported_language(code) == language


# Writing them.


def test_other_words_count_from_the_next_message_on(django_capture_on_commit_callbacks):
    told(key="x:1")
    with django_capture_on_commit_callbacks(execute=True):
        save_text(registered["loan_returned"], "nl", TextTemplate("Anders", "Anders {device}"))
    assert told(key="x:2").subject == "Anders"
    with django_capture_on_commit_callbacks(execute=True):
        restore_default_text(registered["loan_returned"], "nl")
    assert told(key="x:3").subject != "Anders"


def test_wrong_words_are_kept_nowhere():
    with pytest.raises(InvalidText) as caught:
        save_text(registered["loan_returned"], "nl", TextTemplate("{x}", "Tekst", "{y"))
    assert set(caught.value.by_field) == {"subject", "call"}
    assert not MessageText.objects.exists()


def test_the_words_of_the_site_are_no_other_words():
    known = registered["loan_returned"]
    save_text(known, "nl", TextTemplate("Anders", "Anders"))
    save_text(known, "nl", default_text(known))
    assert not MessageText.objects.exists()


def test_a_kind_and_a_placeholder_have_a_name_of_their_own():
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


def test_some_kinds_are_waited_for():
    assert "donation_registered" in urgent_message_types()
    assert "loan_returned" not in urgent_message_types()
