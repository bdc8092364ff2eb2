"""Registrations for a run: a numbered seat, or a position on the waiting list."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField, FreeTextField
from home.core.phone import PhoneNumberField
from locations.places.models.partnership import Partner
from locations.workshops.models.run import WorkshopRun
from locations.workshops.models.session import Session


def new_secret():
    """Return a random URL-safe secret of 128 bits."""
    return secrets.token_urlsafe(16)


class RegistrationQuerySet(ScopedQuerySet):
    """Registrations by what they hold."""

    def seated(self):
        """Filter registrations with a seat, by seat: registered, or offered and unanswered."""
        return self.filter(seat__isnull=False).order_by("seat")

    def waiting(self):
        """Filter the waiting list, in order."""
        return self.filter(position__isnull=False).order_by("position")

    def active(self):
        """Filter registrations with a seat or a waiting-list position."""
        return self.filter(state__in=Registration.ACTIVE)


class Registration(models.Model):
    """One person in one run. Seats and positions are unique; no seat exceeds the capacity."""

    class State(models.TextChoices):
        """Where the registration is in its life."""

        REGISTERED = "registered", pgettext_lazy("workshop", "registered")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("has been offered a seat")
        EXPIRED = "expired", _("did not answer in time")
        CANCELLED = "cancelled", _("cancelled")

    class Source(models.TextChoices):
        """How the registration came in."""

        WEB = "web", _("on the site")
        STAFF = "staff", _("through staff")
        REFERRER = "referrer", _("by an organisation")

    SEATED = (State.REGISTERED, State.OFFERED)
    ACTIVE = (State.REGISTERED, State.OFFERED, State.WAITING)
    ENDED = (State.EXPIRED, State.CANCELLED)

    run = models.ForeignKey(
        WorkshopRun, models.PROTECT, related_name="registrations", verbose_name=_("workshop")
    )
    name = FreeCharField(_("name"), max_length=80, blank=True)
    phone = PhoneNumberField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    remark = FreeTextField(
        _("what we should know"), blank=True, max_length=300, help_text=_("Nothing medical.")
    )
    # A keyed hash that recognises a person without a name: see locations.core.person_hashes.
    person = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    secret = models.CharField(max_length=32, unique=True, default=new_secret, editable=False)
    request_key = models.UUIDField(null=True, unique=True, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=State)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    position = models.PositiveIntegerField(_("waiting-list position"), null=True, blank=True)
    offered_until = models.DateTimeField(_("answer before"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_reason = FreeCharField(_("because"), max_length=120, blank=True)

    source = models.CharField(_("came in"), max_length=8, choices=Source, default=Source.WEB)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    partner = models.ForeignKey(
        Partner,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("referred by"),
    )
    consent_at = models.DateTimeField(_("agreed to be referred"), null=True, blank=True)
    created_at = models.DateTimeField(_("registered at"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("name removed"), null=True, blank=True, editable=False)

    scope = Scope(locations=("run__location",), owner="registered_by")
    objects = RegistrationQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["run", "seat", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "seat"], name="registration_unique_seat"),
            models.UniqueConstraint(
                fields=["run", "position"], name="registration_unique_position"
            ),
            models.UniqueConstraint(
                fields=["run", "person"],
                condition=Q(state__in=("registered", "offered", "waiting")) & ~Q(person=""),
                name="registration_unique_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("registered", "offered"), seat__isnull=False)
                | (~Q(state__in=("registered", "offered")) & Q(seat=None)),
                name="registration_seat_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(seat=None) | Q(seat__gte=1), name="registration_seat_positive"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", position__isnull=False)
                | (~Q(state="waiting") & Q(position=None)),
                name="registration_position_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | (~Q(state="offered") & Q(offered_until=None)),
                name="registration_offered_until_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("expired", "cancelled"), ended_at__isnull=False)
                | (~Q(state__in=("expired", "cancelled")) & Q(ended_at=None)),
                name="registration_ended_at_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email="") | Q(erased_at__isnull=False),
                name="registration_has_contact",
            ),
            models.CheckConstraint(
                condition=~Q(source="referrer") | Q(consent_at__isnull=False),
                name="registration_referrer_has_consent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["offered_until"], condition=Q(state="offered"), name="registration_offered"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_active(self):
        """Return whether the registration has a seat or a waiting-list position."""
        return self.state in self.ACTIVE


class Attendance(models.Model):
    """Whether a registered person attended a session."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="attendances")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    attended = models.BooleanField(_("was there"))

    scope = Scope(locations=("session__run__location",))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="attendance_unique")
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
