"""Models of loans: policies, borrowers, loans, agreements and reservations."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField, FreeTextField
from home.core.phone import PhoneNumberField


class LoanPolicyQuerySet(ScopedQuerySet):
    def active(self):
        return self.filter(active=True)


class LoanPolicy(models.Model):
    """Conditions of a lending point: duration, renewals and deposit."""

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        MONTHS = "months", _("months")

    location = models.ForeignKey(
        "locations.Location",
        models.PROTECT,
        related_name="loan_policies",
        verbose_name=_("lending point"),
    )
    name = FreeCharField(_("name"), max_length=60)
    duration = models.PositiveSmallIntegerField(_("how long"), default=183)
    duration_unit = models.CharField(_("in"), max_length=6, choices=Unit, default=Unit.DAYS)
    renewals = models.PositiveSmallIntegerField(_("how often can it be renewed"), default=2)
    deposit = models.DecimalField(_("deposit in euro"), max_digits=6, decimal_places=2, default=0)
    training_required = models.BooleanField(_("with a course"), default=False)
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), default=18)
    ok_card = models.BooleanField(
        _("OK card"),
        default=False,
        help_text=_("May the printed OK card tick the whole hand-over list?"),
    )
    terms_version = FreeCharField(_("version of the terms"), max_length=20, default="2026-1")
    active = models.BooleanField(_("in use"), default=True)

    scope = Scope(locations=("location",))
    objects = LoanPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan policy")
        verbose_name_plural = _("loan policies")
        ordering = ["location__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "name"], name="one_loan_policy_per_place_and_name"
            ),
            models.CheckConstraint(
                condition=Q(duration__gte=1, duration__lte=1200), name="loan_policy_has_a_duration"
            ),
            models.CheckConstraint(condition=Q(deposit__gte=0), name="deposit_is_not_negative"),
        ]

    def __str__(self):
        return self.name


class Borrower(models.Model):
    """A person who borrows, with no more data than it takes to reach them."""

    card = models.CharField(_("card"), max_length=12, unique=True, editable=False)
    name = FreeCharField(_("name"), max_length=80)
    phone = PhoneNumberField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    location = models.ForeignKey(
        "locations.Location",
        models.PROTECT,
        related_name="borrowers",
        verbose_name=_("lending point"),
    )
    notes = FreeTextField(_("notes"), blank=True)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    scope = Scope(locations=("location",))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("borrower")
        verbose_name_plural = _("borrowers")
        ordering = ["card"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""), name="borrower_can_be_reached"
            )
        ]
        indexes = [models.Index(fields=["location", "name"], name="borrowers_by_name")]

    def __str__(self):
        return self.card


class LoanQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(returned_at=None)

    def overdue(self, today=None):
        return self.open().filter(due_on__lt=today or timezone.localdate())

    def delete(self):
        raise models.ProtectedError("Loans are never deleted.", self)


class Loan(models.Model):
    """A loan of a device; once closed it never changes, except that the borrower can be erased."""

    class Outcome(models.TextChoices):
        RETURNED = "returned", _("Taken back")
        LOST = "lost", _("Lost")
        STOLEN = "stolen", _("Stolen")

    device = models.ForeignKey(
        "lending.Device", models.PROTECT, related_name="loans", verbose_name=_("device")
    )
    borrower = models.ForeignKey(
        Borrower, models.PROTECT, null=True, related_name="loans", verbose_name=_("borrower")
    )
    policy = models.ForeignKey(
        LoanPolicy, models.PROTECT, related_name="loans", verbose_name=_("loan policy")
    )
    lent_at = models.DateTimeField(_("lent"), default=timezone.now)
    due_on = models.DateField(_("due"))
    renewals = models.PositiveSmallIntegerField(_("renewals"), default=0)
    returned_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    request_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    scope = Scope(locations=("device__location",))
    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan")
        verbose_name_plural = _("loans")
        ordering = ["-lent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["device"],
                condition=Q(returned_at=None),
                name="one_open_loan_per_device",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, outcome="")
                | (Q(returned_at__isnull=False) & ~Q(outcome="")),
                name="loan_closed_exactly_if_it_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("lent_at")),
                name="loan_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=False) | Q(borrower__isnull=False),
                name="open_loan_has_a_borrower",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(returned_at=None), name="open_loans_due"),
            models.Index(fields=["borrower", "-lent_at"], name="loans_of_borrower"),
        ]

    def __str__(self):
        return f"loan {self.pk}"

    def delete(self, *args, **kwargs):
        raise models.ProtectedError("Loans are never deleted.", {self})

    @property
    def is_overdue(self):
        return self.returned_at is None and self.due_on < timezone.localdate()


class Agreement(models.Model):
    """What was signed at the desk: the data of that moment, which never change."""

    loan = models.OneToOneField(Loan, models.PROTECT, related_name="agreement")
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=5, default="nl")
    data = models.JSONField()
    signed_at = models.DateTimeField(default=timezone.now)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    scope = Scope(locations=("loan__device__location",))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self):
        return f"agreement {self.loan_id}"


class ReservationQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(ended_at=None)


class Reservation(models.Model):
    """A device that is set aside for a borrower, who can collect it until a date."""

    device = models.ForeignKey(
        "lending.Device", models.PROTECT, related_name="reservations", verbose_name=_("device")
    )
    borrower = models.ForeignKey(
        Borrower, models.PROTECT, related_name="reservations", verbose_name=_("borrower")
    )
    created_at = models.DateTimeField(default=timezone.now)
    until = models.DateField(_("kept until"))
    ended_at = models.DateTimeField(null=True, blank=True)

    scope = Scope(locations=("device__location",))
    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["device"],
                condition=Q(ended_at=None),
                name="one_open_reservation_per_device",
            )
        ]

    def __str__(self):
        return f"reservation {self.pk}"
