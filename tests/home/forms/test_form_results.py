"""Tests of the results of forms: counts, privacy, permissions."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from home.core.roles import Role
from home.forms.models import FormPage, Submission
from home.forms.results import get_results
from tests.factories import forms as make
from tests.factories import home, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return make.form_page(home.home_page())


def of(page, label, **kwargs):
    results = get_results(FormPage.objects.get(pk=page.pk), **kwargs).questions
    return next((question for question in results if question.label == label), None)


def test_choices_are_counted_in_order_of_form(page):
    for answer in ["Een idee"] * 3 + ["Een fout"] + ["Vroeger te kiezen"]:
        make.sent(page, waarover=answer)
    bars = [(bar.text, bar.count, bar.share) for bar in of(page, "Waarover").bars]
    assert bars == [
        ("Een fout", 1, 20),
        ("Een idee", 3, 60),
        ("Een klacht", 0, 0),
        ("Vroeger te kiezen", 1, 20),
    ]


def test_each_of_several_choices_is_counted(page):
    make.sent(page, wensen=["Meer uren", "Thuis"])
    make.sent(page, wensen=["Thuis"])
    make.sent(page, waarover="Een idee")
    question = of(page, "Wensen")
    assert question.answered == 2
    assert [(bar.count, bar.share) for bar in question.bars] == [(1, 50), (0, 0), (2, 100)]


def test_results_list_texts_without_contact_details(page):
    make.sent(page, verhaal="Meer licht.", mail="lotte@example.org", telefoon="0470 12 34 56")
    assert of(page, "Verhaal").texts == ("Meer licht.",)
    assert of(page, "Mail") is None
    assert of(page, "Telefoon") is None


@pytest.mark.parametrize(
    ("counts", "labels"),
    [
        ((0, 5, 7), ["0", "5", "7"]),
        ((4, 5, 7), ["<5", "…", "7"]),
        ((1, 4, 9), ["<5", "<5", "9"]),
        ((0, 0, 1), ["0", "0", "<5"]),
    ],
)
def test_shared_results_hide_small_counts(page, counts, labels):
    for answer, times in zip(("Een fout", "Een idee", "Een klacht"), counts, strict=True):
        for _ in range(times):
            make.sent(page, waarover=answer, verhaal="geheim")
    question = of(page, "Waarover", to_share=True)
    assert [bar.shown for bar in question.bars] == labels
    assert of(page, "Verhaal", to_share=True) is None
    if question.hides:
        assert question.answered == 0


def test_results_query_count_is_independent_of_submissions(page, django_assert_num_queries):
    for count in (2, 60):
        for _ in range(count):
            make.sent(page, waarover="Een idee", verhaal="x")
        form_page = FormPage.objects.get(pk=page.pk)
        with django_assert_num_queries(2):
            assert get_results(form_page).total >= count


READERS = [
    (Role.EDITOR, False),
    (Role.DESK, False),
    (Role.COORDINATOR, True),
    (Role.ADMINISTRATOR, True),
]


@pytest.mark.parametrize(("role", "may_read"), READERS)
def test_submissions_need_view_permission(client, page, role, may_read):
    submission = make.sent(page, verhaal="Vertrouwelijk", naam="Lotte")
    client.force_login(staff.someone("iemand", role))
    addresses = [
        reverse("form_results:results", args=[page.pk]),
        reverse("wagtailforms:list_submissions", args=[page.pk]),
        reverse("wagtailforms:list_submissions_results", args=[page.pk]),
    ]
    for url in addresses:
        assert (b"Vertrouwelijk" in client.get(url).content) == may_read, url
    remove = reverse("wagtailforms:delete_submissions", args=[page.pk])
    client.post(f"{remove}?selected-submissions={submission.pk}")
    assert Submission.objects.exists() != may_read


def test_export_escapes_formulas(client, page):
    make.sent(page, verhaal='=HYPERLINK("http://x")', naam="+32", wensen=["@a", "b"])
    client.force_login(staff.someone("els", Role.COORDINATOR))
    url = reverse("wagtailforms:list_submissions", args=[page.pk])
    response = client.get(url, {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text)))[1]
    assert '\'=HYPERLINK("http://x")' in row
    assert "'+32" in row
    assert "'@a, b" in row
    assert client.get(url, {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize("share", [False, True])
def test_results_page_shows_bars(client, page, share):
    for _ in range(6):
        make.sent(page, waarover="Een idee", verhaal="Vertrouwelijk")
    client.force_login(staff.someone("els", Role.COORDINATOR))
    url = reverse("form_results:results", args=[page.pk])
    html = client.get(url, {"delen": ""} if share else {}).content.decode()
    assert ("Vertrouwelijk" in html) != share
    assert len(BeautifulSoup(html, "html.parser").select("table.bars tbody tr")) >= 3
