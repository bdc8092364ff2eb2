"""Help requests of the demo: new, overdue, with an appointment, and closed."""

from datetime import datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from locations.core.models import Topic
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import transitions, visits
from locations.helpdesk.operations.help_requests import create_help_request
from locations.opening_hours.loading import load_calendars

Kind, Outcome = HelpRequest.Kind, HelpRequest.Outcome

# days ago, location, kind, topic, question, name, telephone, e-mail, street
QUESTIONS = [
    (9, "AAL", Kind.HOME_VISIT, "toestel", "Mijn tablet gaat niet aan. Ik kan moeilijk buiten.",
     "Gerda Demo", "053 00 00 01", "", "Molenstraat (demo) 4"),
    (1, "AAL", Kind.QUESTION, "itsme", "Ik heb een nieuwe gsm. Hoe zet ik Itsme over?",
     "Lotte Demo", "", "lotte@digipunt.example", ""),
    (2, "AAL", Kind.QUESTION, "contact", "Ik vind de foto’s van mijn kleinkind niet terug.",
     "Rita Demo", "053 00 00 02", "", ""),
    (3, "BOO", Kind.OWN_DEVICE, "toestel", "Mijn laptop van 2018 is heel traag.",
     "Karel Demo", "", "karel@digipunt.example", ""),
    (12, "AAL", Kind.QUESTION, "veilig", "Ik kreeg een vreemd bericht van mijn bank.",
     "Yusuf Demo", "053 00 00 03", "", ""),
    (6, "HAL", Kind.QUESTION, "onderweg", "Hoe koop ik een ticket voor de trein?",
     "Mia Demo", "", "mia@digipunt.example", ""),
]  # fmt: skip
WISHES = {Kind.HOME_VISIT: "Past best: in de voormiddag.", Kind.OWN_DEVICE: "Toestel: Laptop."}


@transaction.atomic
def load(today, locations):
    """Create the help requests, once."""
    if HelpRequest.objects.exists():
        return
    tom = get_user_model().objects.filter(username="tom").first()
    asked = [_create_help_request(today, locations, *question) for question in QUESTIONS]
    _late, _new, busy, own, helped, withdrawn = asked
    at = _moment(today, 0, 8)
    transitions.take_help_request(busy, user=tom, now=at)
    note = "Gebeld, maar niemand nam op. Ik probeer morgen opnieuw."
    transitions.add_note(busy, note, user=tom, now=at)
    if opening := load_calendars([own.location])[own.location_id].next_opening(
        at + timedelta(days=1)
    ):
        transitions.make_appointment(
            own, at=opening.starts_at, minutes=30, user=tom, notify=False, now=at
        )
    done = "Samen bekeken: het was vals. De bank is gebeld."
    transitions.close_help_request(
        helped, outcome=Outcome.HELPED, note=done, user=tom, now=_moment(today, 8)
    )
    transitions.withdraw_help_request(withdrawn, now=_moment(today, 5))
    visits.record_visit(
        locations["AAL"],
        minutes=30,
        topics=list(Topic.objects.filter(slug="overheid")),
        outcome="open",
        question="Waar vraag je een parkeerkaart aan? We vonden het formulier niet.",
        name="Omar Demo",
        phone="053 00 00 04",
        user=tom,
        now=_moment(today, 1, 11),
    )


def _create_help_request(
    today, locations, ago, code, kind, topic, question, name, phone, email, street
):
    return create_help_request(
        location=locations[code],
        kind=kind,
        topic=Topic.objects.filter(slug=topic).first(),
        question=question,
        name=name,
        phone=phone,
        email=email,
        postcode=locations[code].postcode,
        address=street,
        wishes=WISHES.get(kind, ""),
        now=_moment(today, ago),
    )


def _moment(today, ago, hour=10):
    return datetime.combine(today - timedelta(days=ago), time(hour), tzinfo=BRUSSELS)
