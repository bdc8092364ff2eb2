"""Tests of form pages: submissions, errors, privacy."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.urls import reverse

from home.core.personal_data import NationalNumberRefused
from home.core.public_forms import timestamp
from home.core.roles import Role
from home.forms import operations
from home.forms.models import FormField, FormPage, Submission
from home.messages.models import Message
from tests.factories import forms as make
from tests.factories import home, staff

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NUMBER = "85.07.30-033.28"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def start():
    caches["shared"].clear()
    return home.home_page()


@pytest.fixture
def page(start):
    return make.form_page(start)


def filled_in(clock, **answers):
    opened = timestamp()
    clock.shift(3)
    typed = {"waarover": "Een idee", "verhaal": "Meer licht.", "request_key": uuid.uuid4()}
    return typed | {"opened": opened, "website": ""} | answers


def shown(client, page, **kwargs):
    return BeautifulSoup(client.get(page.url, **kwargs).content, "html.parser")


def test_submission_is_stored_and_thanked_for(client, clock, page):
    answers = {"naam": "Lotte", "aantal": "3,5", "dag": "2026-12-01", "akkoord": "on"}
    answers |= {"wensen": ["Meer uren", "Thuis"], "telefoon": "0470/12.34.56"}
    response = client.post(page.url, filled_in(clock, **answers))
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert Submission.objects.get().form_data == {
        "waarover": "Een idee",
        "verhaal": "Meer licht.",
        "naam": "Lotte",
        "telefoon": "0470 12 34 56",
        "aantal": "3.5",
        "dag": "2026-12-01",
        "wensen": ["Meer uren", "Thuis"],
        "akkoord": True,
    }


def test_submission_sent_twice_is_stored_once(client, clock, page):
    sent = filled_in(clock)
    page.warn = "els@example.org"
    page.save()
    for _ in range(2):
        assert client.post(page.url, sent).status_code == 302
    assert Submission.objects.count() == 1
    assert Message.objects.count() == 1


def test_submission_key_is_unique_in_database(page):
    first = make.sent(page, waarover="Een idee")
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(page=page, form_data={}, request_key=first.request_key)


@pytest.mark.parametrize("field", ["verhaal", "naam", "pagina", "mail", "wensen", "waarover"])
def test_form_refuses_national_register_number_in_any_field(client, clock, page, field):
    html = client.post(page.url, filled_in(clock, **{field: f"Ik ben {NUMBER}"})).content.decode()
    assert 'class="error-summary"' in html
    assert NUMBER not in html
    assert not Submission.objects.exists()


@pytest.mark.parametrize("answer", [NUMBER, ["goed", NUMBER]])
def test_submission_refuses_national_register_number_on_save(page, answer):
    with pytest.raises(NationalNumberRefused):
        make.sent(page, verhaal=answer)


def test_form_shows_errors_and_keeps_input(client, clock, page):
    typed = filled_in(clock, verhaal="", naam="Lotte", mail="lotte@", telefoon="12", aantal="veel")
    html = BeautifulSoup(client.post(page.url, typed).content, "html.parser")
    assert len(html.select(".error-summary li")) == 4
    for link in html.select(".error-summary a"):
        assert html.select(link["href"])
    assert html.find("input", {"name": "naam"})["value"] == "Lotte"
    assert html.find("input", {"value": "Een idee"}).has_attr("checked")
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "robot", [{"website": "http://spam"}, {"opened": ""}, {"opened": "x"}], ids=str
)
def test_spam_is_not_stored(client, clock, page, robot):
    assert client.post(page.url, filled_in(clock) | robot).status_code == 200
    assert not Submission.objects.exists()


def test_expired_form_keeps_input(client, clock, page):
    typed = filled_in(clock, naam="Lotte")
    clock.shift(timedelta(days=8))
    html = BeautifulSoup(client.post(page.url, typed).content, "html.parser")
    assert html.find("input", {"name": "naam"})["value"] == "Lotte"
    fresh = html.find("input", {"name": "opened"})["value"]
    clock.shift(3)
    client.post(page.url, typed | {"opened": fresh})
    assert Submission.objects.count() == 1


def test_submissions_are_throttled_per_network(client, clock, page):
    statuses = [client.post(page.url, filled_in(clock)).status_code for _ in range(31)]
    assert statuses == [302] * 30 + [429]


def test_page_field_is_filled_with_referring_page(client, page):
    came = "http://testserver/digipunten/aalst/?x=1"
    assert (
        shown(client, page, headers={"referer": came}).find("input", {"name": "pagina"})["value"]
        == "/digipunten/aalst/"
    )


@pytest.mark.parametrize(
    "other",
    [
        "https://elders.example/digipunten/",
        "",
        "http://testserver/feedback/",
        "http://[",
        "http://testserver/workshops/plaats/een-geheim-van-iemand/",
        "http://testserver/hulp-vragen/volgen/een-geheim-van-iemand/",
        "http://testserver/nieuwsbrief/uitschrijven/een-geheim-van-iemand/",
    ],
)
def test_page_field_ignores_other_referrers(client, page, other):
    field = shown(client, page, headers={"referer": other}).find("input", {"name": "pagina"})
    assert not field.get("value")


def test_footer_links_to_error_report_form(client, start, page):
    assert not shown(client, start).select(f'.site-footer__base a[href="{page.url}"]')
    page.receives_error_reports = True
    page.save()
    assert shown(client, start).select(f'.site-footer__base a[href="{page.url}"]')
    page.unpublish()
    assert not shown(client, start).select(f'.site-footer__base a[href="{page.url}"]')


def test_responsible_person_is_notified_without_answers(client, clock, start):
    page = make.form_page(start, warn="els@example.org")
    client.post(page.url, filled_in(clock, naam="Lotte"))
    message = Message.objects.get()
    assert message.address == "els@example.org"
    assert reverse("form_results:results", args=[page.pk]) in message.text
    assert "Lotte" not in message.text + message.html + message.subject


@pytest.mark.parametrize("label", ["Website", "Opened", "Request key", "Submit time"])
def test_question_may_have_a_reserved_name(start, client, clock, label):
    page = make.form_page(start, questions=[(label, "singleline", True, "")])
    name = page.form_fields.get().clean_name
    data = {
        "opened": timestamp(),
        "website": "",
        "request_key": uuid.uuid4(),
        name: "mijn antwoord",
    }
    clock.shift(3)
    client.post(page.url, data)
    assert Submission.objects.get().form_data == {name: "mijn antwoord"}


def test_choice_question_needs_choices():
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        FormField(label="Kies", field_type="radio", choices=" ").clean()
    with pytest.raises(NationalNumberRefused):
        FormField(label=f"Ben jij {NUMBER}?", field_type="singleline").clean()


@pytest.mark.parametrize(
    ("sent_at", "left"),
    [
        (datetime(2026, 5, 23, 9, 0, tzinfo=UTC), 1),
        (datetime(2026, 5, 23, 7, 59, tzinfo=UTC), 0),
    ],
    ids=["six months", "a little longer"],
)
def test_submissions_are_deleted_after_months_of_their_page(start, sent_at, left):
    page = make.form_page(start, keep_months=6)
    make.sent(page, sent_at, verhaal="oud")
    longer = make.form_page(start, slug="langer", keep_months=60)
    make.sent(longer, sent_at, verhaal="oud")
    operations.delete_expired(NOW)
    assert Submission.objects.filter(page=page).count() == left
    assert Submission.objects.filter(page=longer).count() == 1


@pytest.mark.parametrize("months", [0, 61])
def test_form_page_limits_months_of_storage(page, months):
    with pytest.raises(IntegrityError), transaction.atomic():
        FormPage.objects.filter(pk=page.pk).update(keep_months=months)


def test_form_page_has_previews_of_form_and_thanks(client, page):
    client.force_login(staff.someone("els", Role.COORDINATOR))
    for mode in ("form", "landing"):
        assert page.make_preview_request(preview_mode=mode).status_code == 200


def test_form_page_needs_few_queries(client, page, django_assert_max_num_queries):
    client.get(page.url)
    with django_assert_max_num_queries(6):
        client.get(page.url)


def test_thanks_page_is_not_indexed(client, page):
    html = client.get(f"{page.url}?verstuurd").content.decode()
    assert '<meta name="robots" content="noindex">' in html
