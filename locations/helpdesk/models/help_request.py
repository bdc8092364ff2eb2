"""Help requests that staff follow up, and the events on their timeline."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField, FreeTextField
from home.core.phone import PhoneNumberField
from locations.core.models.topic import Topic
from locations.helpdesk.models.visit import Visit
from locations.places.models.location import Location
from locations.workshops.models.registration import Registration, new_secret


class HelpRequestQuerySet(ScopedQuerySet):
    """Help requests by state and due day."""

    def open(self):
        """Return the open requests, the earliest due day first."""
        return self.filter(state__in=HelpRequest.OPEN).order_by("due_on", "pk")

    def late(self, today):
        """Return the open requests that are past their due day."""
        return self.open().filter(due_on__lt=today)

    def closed_before(self, moment):
        """Return the requests closed before a moment whose personal data are not erased."""
        return self.filter(state__in=HelpRequest.CLOSED, closed_at__lt=moment, erased_at=None)


class HelpRequest(models.Model):
    """A question, a request for help at home, or a device of the person to refresh or repair."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("a question")
        HOME_VISIT = "home_visit", _("help at home")
        OWN_DEVICE = "own_device", _("own device to refresh or repair")

    class State(models.TextChoices):
        NEW = "new", _("new")
        IN_PROGRESS = "in_progress", _("being followed up")
        APPOINTMENT = "appointment", _("appointment made")
        DONE = "done", _("finished")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Outcome(models.TextChoices):
        HELPED = "helped", _("helped")
        REFERRED = "referred", _("referred to a workshop")
        ELSEWHERE = "elsewhere", _("referred elsewhere")
        NOT_REACHED = "not_reached", _("could not be reached")
        NOT_HELPED = "not_helped", _("could not be helped")

    class Source(models.TextChoices):
        WEB = "web", _("on the site")
        STAFF = "staff", _("through staff")
        VISIT = "visit", _("left open by a visit")

    OPEN = (State.NEW, State.IN_PROGRESS, State.APPOINTMENT)
    CLOSED = (State.DONE, State.WITHDRAWN)

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUESTION)
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="help_requests",
        verbose_name=_("topic"),
    )
    question = FreeTextField(_("question"), max_length=1000)
    name = FreeCharField(_("name"), max_length=80, blank=True)
    phone = PhoneNumberField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    address = FreeCharField(
        _("street and number"), max_length=120, blank=True, help_text=_("Only for help at home.")
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    person = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    secret = models.CharField(max_length=32, unique=True, default=new_secret, editable=False)
    request_key = models.UUIDField(null=True, unique=True, editable=False)

    location = models.ForeignKey(
        Location, models.PROTECT, related_name="help_requests", verbose_name=_("place")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="help_requests",
        verbose_name=_("who follows it up"),
    )
    due_on = models.DateField(_("to be answered by"))
    appointment_at = models.DateTimeField(_("appointment"), null=True, blank=True)
    appointment_minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    outcome_note = FreeTextField(_("what was done"), blank=True, max_length=600)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    referred_to = models.ForeignKey(
        Registration,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="help_requests",
        verbose_name=_("referred to"),
    )
    consent_at = models.DateTimeField(_("agreed to be referred"), null=True, blank=True)
    source = models.CharField(_("came in"), max_length=8, choices=Source, default=Source.WEB)
    visit = models.OneToOneField(
        Visit,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="help_request",
        verbose_name=_("visit"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("name removed"), null=True, blank=True, editable=False)

    scope = Scope(locations=("location",))
    objects = HelpRequestQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("help request")
        verbose_name_plural = _("help requests")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["location", "state", "due_on"], name="help_request_of_place")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="appointment") | Q(appointment_at__isnull=False),
                name="help_request_appointment_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "withdrawn"), closed_at__isnull=False)
                | (~Q(state__in=("done", "withdrawn")) & Q(closed_at=None)),
                name="help_request_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=(Q(state="done") & ~Q(outcome="")) | (~Q(state="done") & Q(outcome="")),
                name="help_request_done_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(phone="")
                | ~Q(email="")
                | Q(source="visit")
                | Q(erased_at__isnull=False),
                name="help_request_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(referred_to=None) | Q(consent_at__isnull=False),
                name="help_request_referred_with_consent",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self):
        """Whether the request still needs an answer."""
        return self.state in self.OPEN

    def is_late(self, today):
        """Return whether the request is open and past its due day."""
        return self.is_open and self.due_on < today


class HelpRequestEvent(models.Model):
    """An entry on the timeline of a help request; it never changes."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("asked")
        TAKEN = "taken", _("taken up")
        NOTE = "note", _("note")
        APPOINTMENT = "appointment", _("appointment made")
        MOVED = "moved", _("given to another place")
        REFERRED = "referred", _("referred")
        CLOSED = "closed", _("finished")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REOPENED = "reopened", _("opened again")

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = FreeTextField(_("note"), blank=True, max_length=600)

    scope = Scope(locations=("request__location",))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("event of a help request")
        verbose_name_plural = _("events of help requests")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
