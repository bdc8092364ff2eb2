"""The times that a workshop is given: a place, a number of seats, and one or more lessons."""

import functools

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from home.pages.site_layout import get_site_layout
from locations.places.models.location import Location
from locations.workshops.models.session import Session
from locations.workshops.models.workshop import WorkshopPage

SHOWN_IN_LISTS = (
    *("starts_at", "ends_at", "capacity", "lessons", "status", "cancelled_reason", "moved_from"),
    *("entry", "registration_opens_at", "registration_closes_at", "room"),
    *(f"page__{name}" for name in ("title", "url_path", "price", "level", "language_note")),
    *("page__language", "page__limits", "location__name", "location__city", "location__code"),
)


class WorkshopRunQuerySet(ScopedQuerySet):
    def coming(self, now):
        """Not over yet, soonest first; cancelled ones too, for these have a reason to show."""
        return self.filter(ends_at__gt=now).in_order()

    def listed(self, now):
        """What everybody can still choose from: nobody joins what has begun, but who drops in."""
        dropping_in = Q(entry=WorkshopRun.Entry.DROP_IN, ends_at__gt=now)
        return self.published().filter(Q(starts_at__gt=now) | dropping_in).in_order()

    def to_begin(self, now):
        """Of these what begins later; apart from what follows, each has an index of its own."""
        return self.published().filter(starts_at__gt=now).in_order()

    def under_way(self, now):
        """Of these what has begun, and where one can still drop in."""
        dropping_in = Q(entry=WorkshopRun.Entry.DROP_IN, ends_at__gt=now)
        return self.published().filter(dropping_in, starts_at__lte=now).in_order()

    def in_order(self):
        return self.order_by("starts_at", "pk")

    def for_list(self):
        """With what a list shows of the workshop and its place; the rest stays in the database."""
        return self.select_related("page", "location").only(*SHOWN_IN_LISTS)

    def published(self):
        """Of a workshop that everybody may read about, at a place that is no secret."""
        found = self.filter(page__live=True).exclude(location__kind__in=Location.HIDDEN_KINDS)
        for path in get_site_layout().private_paths:
            found = found.exclude(page__path__startswith=path)
        return found

    def with_seats(self):
        """With how many seats are `taken`, and how many people are `waiting`."""
        return self.annotate(**_seats())

    def with_a_free_seat(self, now):
        """Where one can still register, or simply come."""
        open_now = Q(registration_opens_at=None) | Q(registration_opens_at__lte=now)
        not_closed = Q(registration_closes_at__gt=now) | (
            Q(registration_closes_at=None) & Q(starts_at__gt=now)
        )
        seats = Q(taken__lt=F("capacity"), waiting=0) & open_now & not_closed
        return (
            self.with_seats()
            .exclude(status=WorkshopRun.Status.CANCELLED)
            .filter(Q(entry=WorkshopRun.Entry.DROP_IN) | seats)
        )


@functools.cache
def _seats():
    """Two numbers of a run, put together once: the list of workshops asks them all day."""
    registrations = WorkshopRun.registrations.rel.related_model.objects.filter(run=OuterRef("pk"))

    def number(**which):
        counted = registrations.filter(**which).order_by().values("run")
        return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)

    return {"taken": number(seat__isnull=False), "waiting": number(position__isnull=False)}


class WorkshopRun(ClusterableModel):
    """One edition of a workshop. Its first start and last end follow from its lessons."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("goes ahead")
        MOVED = "moved", _("moved")
        CANCELLED = "cancelled", _("cancelled")

    class Entry(models.TextChoices):
        REGISTER = "register", _("register first")
        DROP_IN = "drop_in", _("just drop in")

    page = models.ForeignKey(
        WorkshopPage, models.PROTECT, related_name="runs", verbose_name=_("workshop")
    )
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="workshop_runs", verbose_name=_("place")
    )
    room = FreeCharField(_("room"), max_length=60, blank=True)
    teacher = FreeCharField(
        _("teacher"), max_length=60, blank=True, help_text=_("Only staff read this.")
    )
    starts_at = models.DateTimeField(_("starts at"), db_index=True, editable=False)
    ends_at = models.DateTimeField(_("ends at"), db_index=True, editable=False)
    lessons = models.PositiveSmallIntegerField(_("number of lessons"), default=1, editable=False)
    capacity = models.PositiveSmallIntegerField(
        _("number of places"), default=8, validators=[MinValueValidator(1)]
    )
    entry = models.CharField(
        _("how to take part"), max_length=8, choices=Entry, default=Entry.REGISTER
    )
    registration_opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: at once.")
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Empty: when the first lesson starts."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    cancelled_reason = FreeCharField(_("does not take place, because"), max_length=120, blank=True)
    # Lessons that were over by then did take place.
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    moved_from = models.DateTimeField(
        _("would have started at"), null=True, blank=True, editable=False
    )

    scope = Scope(locations=("location",))
    objects = WorkshopRunQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("workshop on a date")
        verbose_name_plural = _("workshops on a date")
        ordering = ["starts_at", "pk"]
        permissions = [
            ("attend_workshoprun", _("Can note who was there")),
            ("register_workshoprun", _("Can register people")),
        ]
        indexes = [
            models.Index(fields=["location", "starts_at"], name="workshop_run_of_place"),
            models.Index(fields=["entry", "ends_at"], name="workshop_run_drop_in"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="workshop_run_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, lessons__gte=1), name="workshop_run_has_a_place"
            ),
            models.CheckConstraint(
                condition=(Q(status="cancelled") & ~Q(cancelled_reason=""))
                | (~Q(status="cancelled") & Q(cancelled_reason="")),
                name="workshop_run_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") | Q(cancelled_at=None),
                name="workshop_run_cancelled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="moved") | Q(moved_from__isnull=False),
                name="workshop_run_moved_from_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="workshop_run_registration_opens_first",
            ),
        ]

    def __str__(self):
        return f"{self.page}, {self.starts_at:%d/%m/%Y}"

    @property
    def is_cancelled(self):
        return self.status == self.Status.CANCELLED

    @property
    def is_moved(self):
        return self.status == self.Status.MOVED

    @property
    def is_drop_in(self):
        return self.entry == self.Entry.DROP_IN

    @property
    def free(self):
        """Seats that anybody may have now, of a run `with_seats`: those in line come first."""
        return 0 if self.waiting else max(self.capacity - self.taken, 0)

    def registers(self, now):
        """Whether one can register now, for a seat or for the waiting list."""
        opens, closes = self.registration_opens_at, self.registration_closes_at or self.starts_at
        return (
            not self.is_cancelled
            and not self.is_drop_in
            and (opens is None or opens <= now)
            and now < closes
        )

    @transaction.atomic
    def save(self, *args, **kwargs):
        """With the first start and the last end of its lessons; without any, it has just these."""
        lessons = list(self.sessions.all())
        if lessons:
            self.starts_at = min(one.starts_at for one in lessons)
            self.ends_at = max(one.ends_at for one in lessons)
            self.lessons = len(lessons)
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "starts_at", "ends_at", "lessons"}
        else:
            self.sessions = [Session(starts_at=self.starts_at, ends_at=self.ends_at)]
        super().save(*args, **kwargs)

    def clean(self):
        errors = {}
        if self.is_cancelled and not self.cancelled_reason.strip():
            errors["cancelled_reason"] = _("Say why it does not take place: visitors read this.")
        if not self.is_cancelled:
            self.cancelled_reason, self.cancelled_at = "", None
        if self.location_id and not self.location.is_public:
            errors["location"] = _("Visitors can not come to a workshop room or a warehouse.")
        opens, closes = self.registration_opens_at, self.registration_closes_at
        if opens and closes and closes <= opens:
            errors["registration_closes_at"] = _("Registration has to close after it opens.")
        if errors:
            raise ValidationError(errors)
