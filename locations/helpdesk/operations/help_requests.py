"""Operations that create and erase help requests."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from home.core.models import NumberSeries
from locations.core import person_hashes
from locations.core.models import DigibankSettings
from locations.helpdesk.models import HelpRequest, HelpRequestEvent
from locations.helpdesk.operations.notifications import notify_received
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.working_days import add_working_days

CREATE, ERASE = "locations.ask_help", "locations.erase_help"
PERSONAL_FIELDS = ("question", "name", "phone", "email", "address", "outcome_note")


def create_help_request(*, request_key=None, **fields):
    """Create a help request, confirm it by e-mail and return it.

    `fields` are fields of HelpRequest, and `wishes` (a note for the timeline), `user` and `now`.
    A form that is sent twice has the same `request_key` (a UUID) and creates one request.
    """
    try:
        with transaction.atomic():
            return _with_key(request_key) or _create(request_key=request_key, **fields)
    except IntegrityError:
        if help_request := _with_key(request_key):
            return help_request
        raise


def _with_key(request_key):
    if request_key is None:
        return None
    return HelpRequest.objects.filter(request_key=request_key).first()


def _create(*, location, wishes="", user=None, now=None, **fields):
    now = now or timezone.now()
    year = timezone.localdate(now).year
    if fields.get("kind") != HelpRequest.Kind.HOME_VISIT:
        fields["address"] = ""
    help_request = HelpRequest.objects.create(
        number=f"H-{year}-{NumberSeries.take(f'H-{year}'):04d}",
        location=location,
        person=person_hashes.hash_person(
            fields.get("name", ""), phone=fields.get("phone", ""), email=fields.get("email", "")
        ),
        due_on=answer_due_on(location, now),
        created_by=user,
        created_at=now,
        **fields,
    )
    help_request.events.create(kind=HelpRequestEvent.Kind.ASKED, user=user, note=wishes, at=now)
    log(help_request, CREATE, user=user)
    notify_received(help_request)
    return help_request


def answer_due_on(location, now):
    """Return the day by which a help request is answered, in working days of the location."""
    calendar = load_calendars([location])[location.pk]
    return add_working_days(timezone.localdate(now), DigibankSettings.load().answer_days, calendar)


@transaction.atomic
def erase_help_requests(queryset, *, now=None):
    """Erase the personal data of the closed requests in a queryset and return their number.

    Topic, location and outcome stay for the figures.
    """
    now = now or timezone.now()
    help_requests = list(
        queryset.filter(state__in=HelpRequest.CLOSED, erased_at=None).select_for_update()
    )
    keys = [help_request.pk for help_request in help_requests]
    HelpRequest.objects.filter(pk__in=keys).update(
        erased_at=now, person="", **dict.fromkeys(PERSONAL_FIELDS, "")
    )
    HelpRequestEvent.objects.filter(request__in=keys).update(note="")
    for help_request in help_requests:
        log(help_request, ERASE)
    return len(help_requests)
