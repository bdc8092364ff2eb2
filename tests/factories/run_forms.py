"""What a browser sends when somebody plans a workshop on a date, and what the answer says."""

from django.contrib.messages import get_messages
from django.utils import timezone

from tests.factories.location_forms import inline_formset_data

THURSDAY = {"starts_at": "2026-12-10T13:00", "ends_at": "2026-12-10T15:00"}


def run_data(page, place, *lessons, **fields):
    """A new run, with these lessons; one on Thursday without any."""
    rows = [THURSDAY | lesson for lesson in lessons or [{}]]
    return {
        "page": page.pk,
        "location": place.pk,
        "room": "",
        "teacher": "",
        "capacity": 8,
        "entry": "register",
        "registration_opens_at": "",
        "registration_closes_at": "",
        **inline_formset_data("sessions", rows),
        **fields,
    }


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def as_stored(run, *more, **fields):
    """The form of a run as it is, with its lessons; `more` are lessons that are added."""
    stored = list(run.sessions.model.objects.filter(run=run))
    rows = [
        {
            "id": one.pk,
            "starts_at": local(one.starts_at),
            "ends_at": local(one.ends_at),
            "subject": one.subject,
        }
        for one in stored
    ]
    data = run_data(run.page, run.location, *rows, *(THURSDAY | lesson for lesson in more))
    kept = {"room": run.room, "teacher": run.teacher, "capacity": run.capacity, "entry": run.entry}
    return data | {"sessions-INITIAL_FORMS": len(rows)} | kept | fields


def edit(client, run, *more, **fields):
    address = f"/beheer/workshops-op-datum/edit/{run.pk}/"
    return client.post(address, as_stored(run, *more, **fields))


def errors(response):
    """What the form says at its own fields and at those of the lessons."""
    form = response.context["form"]
    found = dict(form.errors)
    for number, line in enumerate(form.formsets["sessions"].forms):
        found |= {f"{number}:{name}": said for name, said in line.errors.items()}
    lost = form.formsets["sessions"].non_form_errors()
    return found | ({"sessions": lost} if lost else {})


def said(response):
    return [str(one) for one in get_messages(response.wsgi_request)]
