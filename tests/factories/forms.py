"""Factories of form pages, submissions, newsletters and subscribers."""

import uuid
from datetime import UTC, datetime

from home.forms.models import FormField, FormPage, Submission
from home.newsletter.models import Newsletter, Subscriber

ASKED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
QUESTIONS = [
    ("Waarover", "radio", True, "Een fout\nEen idee\nEen klacht"),
    ("Pagina", "page", False, ""),
    ("Verhaal", "multiline", True, ""),
    ("Naam", "singleline", False, ""),
    ("Mail", "email", False, ""),
    ("Telefoon", "phone", False, ""),
    ("Aantal", "number", False, ""),
    ("Dag", "date", False, ""),
    ("Gemeente", "dropdown", False, "Aalst\nHalle"),
    ("Wensen", "checkboxes", False, "Meer uren\nDichterbij\nThuis"),
    ("Akkoord", "checkbox", False, ""),
]


def form_page(parent, *, title="Zeg het ons", slug="feedback", questions=QUESTIONS, **fields):
    page = FormPage(title=title, slug=slug, introduction="Elke opmerking telt.", **fields)
    page.form_fields = [
        FormField(label=label, field_type=kind, required=required, choices=choices, sort_order=n)
        for n, (label, kind, required, choices) in enumerate(questions)
    ]
    return parent.add_child(instance=page)


def sent(page, submit_time=None, **answers):
    submission = Submission.objects.create(page=page, form_data=answers, request_key=uuid.uuid4())
    if submit_time:
        Submission.objects.filter(pk=submission.pk).update(submit_time=submit_time)
    return submission


def newsletter(subject="Winter", body="<p>Het is warm in het digipunt.</p>", **fields):
    return Newsletter.objects.create(subject=subject, body=body, **fields)


def readers(number, *, confirmed_at=ASKED, first=1):
    return [
        Subscriber.objects.create(
            email=f"lezer{n}@example.org", asked_at=ASKED, confirmed_at=confirmed_at
        )
        for n in range(first, first + number)
    ]
