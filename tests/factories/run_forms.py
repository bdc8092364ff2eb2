"""The admin form of a run as a browser sends it, and what the response contains."""

from django.contrib.messages import get_messages
from django.utils import timezone

from tests.factories.location_forms import inline_formset_data

THURSDAY = {"starts_at": "2026-12-10T13:00", "ends_at": "2026-12-10T15:00"}


def run_data(page, location, *sessions, **fields):
    """Return the data of a new run with these sessions, by default one on Thursday."""
    rows = [THURSDAY | session for session in sessions or [{}]]
    return {
        "page": page.pk,
        "location": location.pk,
        "room": "",
        "teacher": "",
        "capacity": 8,
        "entry": "register",
        "registration_opens_at": "",
        "registration_closes_at": "",
        **inline_formset_data("sessions", rows),
        **fields,
    }


def datetime_input(moment):
    """Return a moment as the browser sends it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def stored_data(run, *more, **fields):
    """Return the data of a stored run; `more` are sessions to add."""
    stored = list(run.sessions.model.objects.filter(run=run))
    rows = [
        {
            "id": session.pk,
            "starts_at": datetime_input(session.starts_at),
            "ends_at": datetime_input(session.ends_at),
            "subject": session.subject,
        }
        for session in stored
    ]
    data = run_data(run.page, run.location, *rows, *(THURSDAY | session for session in more))
    values = {
        "room": run.room,
        "teacher": run.teacher,
        "capacity": run.capacity,
        "entry": run.entry,
    }
    return data | {"sessions-INITIAL_FORMS": len(rows)} | values | fields


def post_edit(client, run, *more, **fields):
    """Save the form of a run with other values."""
    url = f"/beheer/workshops-op-datum/edit/{run.pk}/"
    return client.post(url, stored_data(run, *more, **fields))


def form_errors(response):
    """Return the errors of the run and of its sessions, by field."""
    form = response.context["form"]
    errors = dict(form.errors)
    for number, line in enumerate(form.formsets["sessions"].forms):
        errors |= {f"{number}:{name}": texts for name, texts in line.errors.items()}
    non_form_errors = form.formsets["sessions"].non_form_errors()
    return errors | ({"sessions": non_form_errors} if non_form_errors else {})


def message_texts(response):
    """Return the messages that the response adds for the user."""
    return [str(message) for message in get_messages(response.wsgi_request)]
