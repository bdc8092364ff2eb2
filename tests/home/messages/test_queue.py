"""Queued messages: one row, in the transaction of the operation, once per key."""

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
    """Fill the cache of custom texts."""
    texts.custom_texts.clear()
    texts.custom_texts()
    yield
    texts.custom_texts.clear()


def queue(kind="loan_returned", to=LOTTE, key="loan_returned:1", context=None, **extra):
    context = registered[kind].sample if context is None else context
    return queue_message(
        kind, to=to, context=context, key=key, about="loan:1", location_code="AAL", **extra
    )


def test_queueing_takes_one_insert(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        queue()
    assert Message.objects.get().state == Message.State.WAITING


def test_same_key_is_stored_once_and_returns_the_same_primary_key(django_assert_num_queries):
    first = queue()
    Message.objects.update(state="sent", next_attempt_at=None, sent_at=DUE)
    with django_assert_num_queries(1):
        again = queue("loan_started")
    assert again == first
    again.refresh_from_db()
    assert (again.kind, again.state) == ("loan_returned", "sent")
    assert Message.objects.count() == 1


def test_custom_texts_take_one_query_when_the_cache_is_empty(
    django_assert_num_queries,
):
    texts.custom_texts.clear()
    with django_assert_num_queries(2):
        queue()
    with django_assert_num_queries(1):
        queue(key="loan_returned:2")


def test_message_is_not_stored_after_a_rollback():
    with transaction.atomic():
        queue()
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
def test_channel_depends_on_the_contact_details(to, channel):
    assert queue(to=to).channel == channel


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
def test_every_message_type_has_a_text_for_every_channel(kind, to):
    queued = queue(kind, to, key=f"{kind}:1")
    for text in (queued.subject, queued.text, queued.html):
        assert not re.search(r"{[{%]|\bNone\b|\n\n\n\n", text)
    assert settings.HELP_PHONE in queued.text
    assert "\n" not in queued.subject
    assert bool(queued.html) == (queued.channel == "mail")


def test_every_template_folder_belongs_to_a_message_type():
    templates = settings.PROJECT_DIR / "templates"
    folders = {
        str(path.parent.relative_to(templates))
        for path in templates.glob("*/*/messages/*/body.txt")
    }
    assert folders == {message_type.templates for message_type in registered.values()}


def test_html_is_escaped_and_plain_text_is_not():
    refused = [{"device": "Acer <b>One</b>", "reason": "Te oud & te traag."}]
    context = registered["donation_decided"].sample | {"refused": refused}
    queued = queue("donation_decided", context=context)
    assert "Acer <b>One</b>: Te oud & te traag." in queued.text
    assert "Acer &lt;b&gt;One&lt;/b&gt;" in queued.html
    assert "Te oud &amp; te traag." in queued.html


def test_call_text_asks_not_to_leave_details_on_voicemail():
    queued = queue("loan_started", Recipient("Lotte Demo", phone="0470 00 00 00"))
    machine = queued.text.strip().splitlines()[-1]
    assert "ThinkPad" in queued.text
    assert "ThinkPad" not in machine


def test_value_cannot_add_a_header_to_the_subject():
    context = {"device": "ThinkPad\r\nBcc: all@example.org", "place": ""}
    queued = queue_message("loan_returned", to=LOTTE, context=context, key="x", about="loan:1")
    assert "\n" not in queued.subject
    assert "\r" not in queued.subject


def test_message_is_due_from_its_moment():
    mail = message()
    before, after = DUE.replace(hour=8), DUE.replace(hour=10)
    assert not Message.objects.due(before).exists()
    assert list(Message.objects.due(DUE)) == [mail]
    assert list(Message.objects.to_deliver(after)) == [mail]
    assert not Message.objects.to_call(after).exists()


def test_due_calls_are_not_mail():
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
def test_state_requires_its_companion_fields(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        message(**fields)
