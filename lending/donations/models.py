"""Models of donors, donations, offered devices and attests."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField, FreeTextField
from home.core.phone import PhoneNumberField


def new_donation_secret():
    """Return 256 random bits for a secret link."""
    return secrets.token_urlsafe(32)


class Donor(models.Model):
    """A person, company or organisation that gives devices away."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        COMPANY = "company", _("Company")
        ORGANISATION = "organisation", _("Organisation")

    kind = models.CharField(_("I give as"), max_length=12, choices=Kind, default=Kind.PERSON)
    name = FreeCharField(_("name"), max_length=100)
    organisation = FreeCharField(_("company or organisation"), max_length=100, blank=True)
    enterprise_number = models.CharField(_("enterprise number"), max_length=12, blank=True)
    phone = PhoneNumberField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("donor")
        verbose_name_plural = _("donors")
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""), name="donor_can_be_reached"
            ),
            models.CheckConstraint(
                condition=Q(kind="person") | ~Q(organisation=""),
                name="donor_company_has_a_name",
            ),
        ]

    def __str__(self):
        return f"donor {self.pk}"

    @property
    def display_name(self):
        """Return the name for a receipt or an attest."""
        return self.organisation or self.name


class DonationQuerySet(ScopedQuerySet):
    """Donations."""

    def open(self):
        """Return the donations with undecided lines."""
        return self.filter(state__in=[Donation.State.REGISTERED, Donation.State.IN_PROGRESS])

    def with_counts(self):
        """Annotate how many devices were offered, accepted and refused."""
        return self.annotate(
            offered=Count("lines"),
            accepted=Count("lines", filter=Q(lines__state="accepted")),
            refused=Count("lines", filter=Q(lines__state="refused")),
        )


class Donation(models.Model):
    """An offer of devices, from its registration by the donor to the attest."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        IN_PROGRESS = "in_progress", _("Being received")
        RECEIVED = "received", pgettext_lazy("donation", "Received")
        REFUSED = "refused", _("Not accepted")
        PROCESSED = "processed", _("Processed")

    number = models.CharField(_("number"), max_length=14, unique=True, editable=False)
    donor = models.ForeignKey(
        Donor, models.PROTECT, related_name="donations", verbose_name=_("donor")
    )
    collection_point = models.ForeignKey(
        "locations.Location",
        models.PROTECT,
        related_name="donations",
        verbose_name=_("collection point"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.REGISTERED, editable=False
    )
    is_owner = models.BooleanField(_("the devices are the donor's own"), default=False)
    gives_up_ownership = models.BooleanField(_("gives the devices away for good"), default=False)
    privacy_read = models.BooleanField(_("has read the privacy notice"), default=False)
    wants_attest = models.BooleanField(_("wants an attest"), default=False)
    message = FreeTextField(_("message"), blank=True, max_length=1000)
    secret = models.CharField(
        max_length=64, unique=True, default=new_donation_secret, editable=False
    )
    request_key = models.UUIDField(null=True, blank=True, editable=False)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    received_at = models.DateTimeField(_("received"), null=True, blank=True, editable=False)

    scope = Scope(locations=("collection_point",))
    objects = DonationQuerySet.as_manager()

    class Meta:
        verbose_name = _("donation")
        verbose_name_plural = _("donations")
        ordering = ["-registered_at", "-pk"]
        permissions = [("receive_donation", _("Can receive donations"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_owner=True, gives_up_ownership=True, privacy_read=True),
                name="donation_has_its_declarations",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "processed"]) | Q(received_at__isnull=False),
                name="donation_received_has_a_moment",
            ),
            models.UniqueConstraint(fields=["request_key"], name="one_donation_per_request_key"),
        ]
        indexes = [
            models.Index(
                fields=["collection_point", "-registered_at"], name="donations_by_location"
            ),
        ]

    def __str__(self):
        return self.number


class DonationLine(models.Model):
    """An offered device, and the decision on it."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    class Age(models.TextChoices):
        UP_TO_3 = "0-3", _("at most 3 years")
        UP_TO_5 = "3-5", _("3 to 5 years")
        UP_TO_7 = "5-7", _("5 to 7 years")
        OLDER = "7+", _("more than 7 years")
        UNKNOWN = "", _("I do not know")

    class Works(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("I do not know")

    donation = models.ForeignKey(Donation, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    type = models.ForeignKey("lending.DeviceType", models.PROTECT, verbose_name=_("type"))
    brand = FreeCharField(_("brand"), max_length=40, blank=True)
    model_name = FreeCharField(_("model"), max_length=60, blank=True)
    serial = FreeCharField(_("serial number"), max_length=60, blank=True)
    age = models.CharField(_("age"), max_length=4, choices=Age, blank=True)
    works = models.CharField(_("does it work?"), max_length=8, choices=Works, default="unknown")
    charger = models.BooleanField(_("charger"), default=False)
    state = models.CharField(max_length=8, choices=State, default=State.OFFERED, editable=False)
    reason = FreeCharField(_("reason"), max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    scope = Scope(locations=("donation__collection_point",))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("offered device")
        verbose_name_plural = _("offered devices")
        ordering = ["donation", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["donation", "position"], name="one_donation_line_per_position"
            ),
            models.UniqueConstraint(
                fields=["donation", "serial"],
                condition=~Q(serial=""),
                name="one_donation_line_per_serial",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="refused_donation_line_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", decided_at=None)
                | (~Q(state="offered") & Q(decided_at__isnull=False)),
                name="donation_line_decided_at_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.donation_id}/{self.position}"

    @property
    def description(self):
        """Return what the donor filled in, such as 'Laptop Dell Latitude 5490'."""
        return " ".join(part for part in (self.type.name, self.brand, self.model_name) if part)


class Attest(models.Model):
    """A certificate of erasure, with its data at the moment of issue; it never changes."""

    number = models.CharField(_("number"), max_length=14, unique=True)
    code = models.CharField(_("code"), max_length=14)
    donation = models.OneToOneField(Donation, models.PROTECT, related_name="attest")
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    data = models.JSONField()

    scope = Scope(locations=("donation__collection_point",))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("attest")
        verbose_name_plural = _("attests")
        ordering = ["-issued_at"]

    def __str__(self):
        return self.number
