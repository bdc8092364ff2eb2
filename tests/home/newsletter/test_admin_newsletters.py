"""Tests of newsletters and subscribers in the admin."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from home.core.roles import Role
from home.messages.models import Message
from home.newsletter.models import Newsletter, Subscriber
from home.newsletter.operations import newsletters
from tests.factories import forms as make
from tests.factories import staff

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
State = Newsletter.State


def sending(number):
    make.readers(number)
    return newsletters.send(make.newsletter(), now=NOW)


@pytest.fixture
def editor(client):
    user = staff.someone("nele", Role.EDITOR)
    user.email = "nele@example.org"
    user.save()
    client.force_login(user)
    return user


def test_editor_writes_previews_tests_and_sends(client, editor):
    data = {"subject": "Lente", "body": '{"blocks": [], "entityMap": {}}'}
    data["body"] = (
        '{"blocks": [{"key": "a", "type": "unstyled", "text": "Dag", "depth": 0,'
        ' "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
    )
    response = client.post(reverse("newsletter:add"), data)
    newsletter = Newsletter.objects.get()
    assert response.url == reverse("newsletter:inspect", args=[newsletter.pk])
    assert "Lente" in client.get(response.url).content.decode()
    preview = client.get(reverse("newsletter:preview", args=[newsletter.pk]))
    assert "Dag" in preview.content.decode()
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    client.post(reverse("newsletter:test", args=[newsletter.pk]))
    test = Message.objects.get()
    assert test.address == "nele@example.org"
    assert "Lente" in test.subject
    make.readers(2)
    send = reverse("newsletter:send", args=[newsletter.pk])
    assert "2" in client.get(send).content.decode()
    newsletter.refresh_from_db()
    assert newsletter.is_draft
    client.post(send)
    newsletter.refresh_from_db()
    assert newsletter.state == State.SENDING


def test_newsletter_is_read_only_when_sending_began(client, editor):
    newsletter = sending(1)
    screen = reverse("newsletter:inspect", args=[newsletter.pk])
    for door in ("edit", "delete"):
        url = reverse(f"newsletter:{door}", args=[newsletter.pk])
        for response in (client.get(url), client.post(url, {"subject": "Anders"})):
            assert response.url == screen
    assert Newsletter.objects.get().subject == "Winter"


def test_inspect_view_shows_progress(client, editor):
    newsletter = sending(3)
    newsletters.continue_sending(NOW)
    first, second, _third = Message.objects.all()
    Message.objects.filter(pk=first.pk).update(state="sent", sent_at=NOW, next_attempt_at=None)
    Message.objects.filter(pk=second.pk).update(
        state="failed", last_error="x", next_attempt_at=None
    )
    url = reverse("newsletter:inspect", args=[newsletter.pk])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    numbers = [item.text for item in page.select("dl.facts dd")][:4]
    assert numbers == ["3", "3", "1", "1"]


def test_test_mail_is_refused_without_address(client, editor):
    editor.email = ""
    editor.save()
    url = reverse("newsletter:test", args=[make.newsletter().pk])
    assert client.post(url, follow=True).status_code == 200
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("role", "may_see", "may_export"),
    [
        (Role.EDITOR, False, False),
        (Role.DESK, False, False),
        (Role.COORDINATOR, True, False),
        (Role.ADMINISTRATOR, True, True),
    ],
)
def test_subscribers_need_view_and_export_permission(client, role, may_see, may_export):
    client.force_login(staff.someone("iemand", role))
    make.readers(1)
    url = reverse("subscribers:index")
    assert ("lezer1@" in client.get(url).content.decode()) == may_see
    response = client.get(url, {"export": "csv"})
    assert (response.status_code == 200) == may_export
    if may_export:
        assert b"lezer1@" in b"".join(response.streaming_content)


def test_coordinator_removes_subscriber(client):
    client.force_login(staff.someone("els", Role.COORDINATOR))
    (reader,) = make.readers(1)
    url = reverse("subscribers:remove", args=[reader.pk])
    assert client.get(url).status_code == 200
    assert Subscriber.objects.exists()
    client.post(url)
    assert not Subscriber.objects.exists()


def test_subscriber_list_query_count_is_constant(client, django_assert_max_num_queries):
    client.force_login(staff.someone("els", Role.COORDINATOR))
    make.readers(2)
    client.get(reverse("subscribers:index"))
    with django_assert_max_num_queries(20) as few:
        client.get(reverse("subscribers:index"))
    make.readers(40, first=10)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("subscribers:index"))
