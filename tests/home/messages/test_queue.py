"""What is said to a person: one row, in the transaction of the deed, once."""

import re

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from home.messages import rendering as texts
from home.messages.models import Message
from home.messages.operations.queue import Recipient, queue_message
from home.messages.registry import registered
from tests.factories.messages import DUE, message

LOTTE = Recipient("Lotte Demo", email="lotte@example.org", phone="0470 00 00 00")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words_in_the_cache():
    """As in a process that said something a moment ago."""
    texts.custom_texts.clear()
    texts.custom_texts()
    yield
    texts.custom_texts.clear()


def tell(kind="loan_returned", to=LOTTE, key="loan_returned:1", context=None, **extra):
    context = registered[kind].sample if context is None else context
    return queue_message(
        kind, to=to, context=context, key=key, about="loan:1", location_code="AAL", **extra
    )


def test_saying_something_is_one_insert(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        tell()
    assert Message.objects.get().state == Message.State.WAITING


def test_the_same_key_says_it_once_and_gives_the_first_row(django_assert_num_queries):
    first = tell()
    Message.objects.update(state="sent", next_attempt_at=None, sent_at=DUE)
    with django_assert_num_queries(1):
        again = tell("loan_started")
    assert again == first
    again.refresh_from_db()
    assert (again.kind, again.state) == ("loan_returned", "sent")
    assert Message.objects.count() == 1


def test_the_words_of_coordinators_take_one_question_when_the_cache_is_cold(
    django_assert_num_queries,
):
    texts.custom_texts.clear()
    with django_assert_num_queries(2):
        tell()
    with django_assert_num_queries(1):
        tell(key="loan_returned:2")


def test_what_was_undone_was_never_said():
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("to", "channel"),
    [
        (LOTTE, "mail"),
        (Recipient("Lotte", phone="0470 00 00 00"), "phone"),
        (Recipient("Lotte"), "letter"),
    ],
    ids=["e-mail first", "else the phone", "else a letter"],
)
def test_the_channel_is_what_the_person_has(to, channel):
    assert tell(to=to).channel == channel


@pytest.mark.parametrize("kind", registered)
@pytest.mark.parametrize(
    "to",
    [
        LOTTE,
        Recipient("Lotte Demo", phone="0470 00 00 00"),
        Recipient("Lotte Demo"),
        Recipient(email="lotte@example.org"),
    ],
    ids=["mail", "call", "letter", "nameless"],
)
def test_every_kind_has_its_texts_for_every_channel(kind, to):
    said = tell(kind, to, key=f"{kind}:1")
    for text in (said.subject, said.text, said.html):
        assert not re.search(r"{[{%]|\bNone\b|\n\n\n\n", text)
    assert settings.HELP_PHONE in said.text
    assert "\n" not in said.subject
    assert bool(said.html) == (said.channel == "mail")


def test_every_kind_on_disk_is_registered_and_so_tried_here():
    templates = settings.PROJECT_DIR / "templates"
    folders = {
        str(path.parent.relative_to(templates))
        for path in templates.glob("*/*/messages/*/body.txt")
    }
    assert folders == {message_type.templates for message_type in registered.values()}


def test_plain_text_is_not_escaped_and_html_is():
    refused = [{"device": "Acer <b>One</b>", "reason": "Te oud & te traag."}]
    context = registered["donation_decided"].sample | {"refused": refused}
    said = tell("donation_decided", context=context)
    assert "Acer <b>One</b>: Te oud & te traag." in said.text
    assert "Acer &lt;b&gt;One&lt;/b&gt;" in said.html
    assert "Te oud &amp; te traag." in said.html


def test_a_call_never_tells_a_machine_what_it_is_about():
    said = tell("loan_started", Recipient("Lotte Demo", phone="0470 00 00 00"))
    machine = said.text.strip().splitlines()[-1]
    assert "ThinkPad" in said.text
    assert "ThinkPad" not in machine


def test_a_name_can_not_add_a_header_to_a_subject():
    context = {"device": "ThinkPad\r\nBcc: all@example.org", "place": ""}
    said = queue_message("loan_returned", to=LOTTE, context=context, key="x", about="loan:1")
    assert "\n" not in said.subject
    assert "\r" not in said.subject


def test_a_message_is_due_from_its_moment_on():
    mail = message()
    before, after = DUE.replace(hour=8), DUE.replace(hour=10)
    assert not Message.objects.due(before).exists()
    assert list(Message.objects.due(DUE)) == [mail]
    assert list(Message.objects.to_deliver(after)) == [mail]
    assert not Message.objects.to_call(after).exists()


def test_calls_that_are_due_are_not_mail():
    call = message(phone="0470 00 00 00")
    assert list(Message.objects.to_call(DUE)) == [call]
    assert not Message.objects.to_deliver(DUE).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "sent", "next_attempt_at": DUE, "sent_at": DUE},
        {"state": "waiting", "next_attempt_at": None},
        {"state": "sent", "sent_at": None},
        {"state": "failed", "last_error": ""},
        {"address": ""},
    ],
    ids=[
        "sent yet waiting",
        "waits for nothing",
        "sent never",
        "failed for no reason",
        "no address",
    ],
)
def test_state_and_companions_agree(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        message(**fields)
