"""The forms and the newsletter of the demo: there after once, and the same after twice."""

import pytest

from digipunt.demo import forms
from home.forms.models import FormPage, Submission
from home.newsletter.models import Newsletter, Subscriber
from home.pages.models import ContentPage
from tests.factories import home

pytestmark = pytest.mark.django_db


def test_the_demo_has_its_forms_and_a_newsletter_once(client):
    start = home.home_page()
    for _ in range(2):
        pages = forms.load(start)
        counts = [
            model.objects.count()
            for model in (FormPage, ContentPage, Submission, Newsletter, Subscriber)
        ]
        assert counts == [3, 1, sum(times for *_answer, times in forms.ANSWERS), 1, 12]
    assert set(pages) == {"nieuwsbrief", "feedback", "word-vrijwilliger", "start-een-digibank"}
    for page in pages.values():
        html = client.get(page.url).content.decode()
        assert "<form" in html
        assert page.introduction in html


def test_what_editors_changed_stays():
    start = home.home_page()
    feedback = forms.load(start)["feedback"]
    feedback.title = "Zeg het maar"
    feedback.save_revision().publish()
    Newsletter.objects.update(subject="Anders")
    assert forms.load(start)["feedback"].title == "Zeg het maar"
    assert Newsletter.objects.get().subject == "Anders"
