"""Models of devices and the events on their timeline; neither is ever deleted."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField, FreeTextField
from lending.core.states import EXIT_STATES, TONES, WORKBENCH_STATES, State, transitions_from


def _loan_manager():
    """Return the manager of loans, through the reverse relation: loans depend on devices."""
    return Device._meta.get_field("loans").related_model.objects


class DeviceQuerySet(ScopedQuerySet):
    """Devices."""

    def available(self):
        return self.filter(state=State.AVAILABLE)

    def overdue(self, today=None):
        """Return the devices whose open loan is overdue."""
        return self.filter(Exists(_loan_manager().overdue(today).filter(device=OuterRef("pk"))))

    def with_open_loans(self):
        """Prefetch the open loan of each device."""
        open_loans = _loan_manager().open().select_related("borrower")
        return self.prefetch_related(Prefetch("loans", queryset=open_loans, to_attr="open_loans"))

    def with_model(self):
        """Fetch the model, type and location of each device."""
        return self.select_related("model__type", "location")

    def on_workbench(self):
        """Return the devices that wait for work, the longest waiting first."""
        return self.filter(state__in=WORKBENCH_STATES).order_by("since", "pk")

    def to_erase(self):
        """Return the devices that wait for an erasure."""
        return self.filter(state__in=[State.ERASING, State.RETURNED])

    def delete(self):
        raise models.ProtectedError("Devices are never deleted.", self)


class Device(models.Model):
    """A device in the stock, from reception to the state in which it leaves."""

    class Source(models.TextChoices):
        DONATION = "donation", _("Donated")
        PURCHASE = "purchase", _("Bought")

    State = State

    class Grade(models.TextChoices):
        A = "A", _("A: as new")
        B = "B", _("B: good, some traces of use")
        C = "C", _("C: works, clearly used")

    number = models.CharField(_("inventory number"), max_length=12, unique=True, editable=False)
    model = models.ForeignKey(
        "lending.DeviceModel", models.PROTECT, related_name="devices", verbose_name=_("model")
    )
    serial = FreeCharField(_("serial number"), max_length=60, blank=True)
    location = models.ForeignKey(
        "locations.Location", models.PROTECT, related_name="devices", verbose_name=_("place")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.RECEIVED, editable=False
    )
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    source = models.CharField(_("source"), max_length=10, choices=Source, editable=False)
    donation_line = models.OneToOneField(
        "lending.DonationLine",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="device",
        verbose_name=_("donated as"),
    )
    has_storage = models.BooleanField(_("holds data"), default=True, editable=False)
    last_outside_at = models.DateTimeField(
        _("last in someone else's hands"),
        default=timezone.now,
        editable=False,
        help_text=_("Every medium has to be erased after this moment."),
    )
    exited_at = models.DateTimeField(_("left the stock"), null=True, blank=True, editable=False)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade, blank=True, editable=False)
    accessories = FreeCharField(
        _("accessories"),
        max_length=120,
        blank=True,
        help_text=_("What goes with it, as listed in the agreement: charger, bag, mouse."),
    )
    notes = FreeTextField(
        _("notes"), blank=True, help_text=_("About the device. Never about a person.")
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    scope = Scope(locations=("location",))
    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["number"]
        permissions = [
            ("lend_device", _("Can lend and take back devices")),
            ("process_device", _("Can process devices in the workshop")),
            ("recycle_device", _("Can give away or recycle devices")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=EXIT_STATES, exited_at__isnull=False)
                | (~Q(state__in=EXIT_STATES) & Q(exited_at__isnull=True)),
                name="device_left_the_stock_exactly_if_its_state_says_so",
            ),
            models.CheckConstraint(
                condition=Q(source="purchase", donation_line__isnull=True)
                | Q(source="donation", donation_line__isnull=False),
                name="device_donated_exactly_if_it_has_a_donation",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "available", "set_aside", "on_loan"])
                | ~Q(grade=""),
                name="device_graded_before_it_is_ready",
            ),
        ]
        indexes = [
            # For the public count of available devices, whatever the size of the stock.
            models.Index(
                fields=["model", "location"],
                condition=Q(state="available"),
                name="available_devices",
            ),
            models.Index(
                fields=["location", "model"],
                condition=Q(state="available"),
                name="available_at_location",
            ),
            models.Index(fields=["state", "location", "number"], name="devices_by_state"),
            models.Index(fields=["location", "number"], name="devices_by_location"),
            models.Index(fields=["serial"], name="devices_by_serial"),
        ]

    def __str__(self):
        return self.number

    def delete(self, *args, **kwargs):
        raise models.ProtectedError("Devices are never deleted.", {self})

    @property
    def tone(self):
        """Return the tone of the badge of the state."""
        return TONES.get(self.state, "plain")

    @property
    def age(self):
        """Return how long the device has been in this state, in one unit: '4 weken'."""
        return timesince(self.since, depth=1)

    def transitions(self):
        """Return the transitions that the state allows."""
        return transitions_from(self.state)

    @cached_property
    def open_loan(self):
        """Return the open loan or None, without a query after `with_open_loans`."""
        if hasattr(self, "open_loans"):
            return next(iter(self.open_loans), None)
        return self.loans.open().select_related("borrower", "policy").first()

    @property
    def due_on(self):
        """Return the due date of the open loan; the export fails on a path through None."""
        return self.open_loan.due_on if self.open_loan else None

    @property
    def type_name(self):
        return self.model.type.name


class DeviceEvent(models.Model):
    """An event on the timeline of a device; it holds no names, because it is kept for ever."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        MOVED = "moved", _("New state")
        PLACED = "placed", _("New place")
        ERASED = "erased", _("Erasure recorded")
        INSPECTED = "inspected", _("Inspected")
        LENT = "lent", _("Lent")
        RENEWED = "renewed", _("Renewed")
        RETURNED = "returned", _("Taken back")
        RESERVED = "reserved", _("Set aside")
        MEDIUM = "medium", _("Storage medium changed")
        EDITED = "edited", _("Data changed")

    device = models.ForeignKey(Device, models.PROTECT, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=20, choices=State)
    reason = FreeCharField(_("reason"), max_length=200, blank=True)
    data = models.JSONField(default=dict, blank=True)

    scope = Scope(locations=("device__location",))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["device", "-at"], name="timeline"),
            models.Index(fields=["user", "-at"], name="events_by_user"),
        ]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
