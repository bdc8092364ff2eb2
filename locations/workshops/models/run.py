"""Runs of a workshop: a location, a number of seats, and one or more sessions."""

import functools

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from home.pages.site_layout import get_site_layout
from locations.places.models.location import Location
from locations.workshops.models.session import Session

LIST_FIELDS = (
    *("starts_at", "ends_at", "capacity", "session_count", "status", "cancelled_reason"),
    *("moved_from", "entry", "registration_opens_at", "registration_closes_at", "room"),
    *(f"page__{name}" for name in ("title", "url_path", "price", "level", "language_note")),
    *("page__language", "page__limits", "location__name", "location__city", "location__code"),
)


class WorkshopRunQuerySet(ScopedQuerySet):
    """Runs by time, by what visitors can see, and by what they look for."""

    def upcoming(self, now):
        """Filter runs that are not over, cancelled ones included, soonest first."""
        return self.filter(ends_at__gt=now).chronological()

    def listed(self, now):
        """Filter published runs that people can still join: not started yet, or drop-in."""
        return self.published().filter(Q(starts_at__gt=now) | _open_drop_in(now)).chronological()

    def listed_not_started(self, now):
        """Filter the part of `listed` that starts later; it has an index of its own."""
        return self.published().filter(starts_at__gt=now).chronological()

    def listed_in_progress(self, now):
        """Filter the part of `listed` that has started; it has an index of its own."""
        return self.published().filter(_open_drop_in(now), starts_at__lte=now).chronological()

    def chronological(self):
        """Order by first start."""
        return self.order_by("starts_at", "pk")

    def only_list_fields(self):
        """Load no more of the run, its workshop and its location than a list shows."""
        return self.select_related("page", "location").only(*LIST_FIELDS)

    def published(self):
        """Filter runs of a live, public workshop at a public location."""
        runs = self.filter(page__live=True).exclude(location__kind__in=Location.HIDDEN_KINDS)
        for path in get_site_layout().private_paths:
            runs = runs.exclude(page__path__startswith=path)
        return runs

    def with_seat_counts(self):
        """Annotate with the number of seats `taken` and the number of people `waiting`."""
        return self.annotate(**_seat_counts())

    def with_free_seats(self, now):
        """Filter runs where people can register for a seat, or simply drop in."""
        opened = Q(registration_opens_at=None) | Q(registration_opens_at__lte=now)
        not_closed = Q(registration_closes_at__gt=now) | (
            Q(registration_closes_at=None) & Q(starts_at__gt=now)
        )
        has_seats = Q(taken__lt=F("capacity"), waiting=0) & opened & not_closed
        return (
            self.with_seat_counts()
            .exclude(status=WorkshopRun.Status.CANCELLED)
            .filter(Q(entry=WorkshopRun.Entry.DROP_IN) | has_seats)
        )

    def matching(self, query):
        """Filter by a `RunQuery`.

        Conditions on the workshop and the location become subqueries of keys, so that the
        database reads one table in chronological order.
        """
        runs = self
        pages = self.model.page.field.related_model.objects
        for lookup, values in (
            ("topic__slug__in", query.topics),
            ("level__in", query.levels),
            ("language__in", query.languages),
            ("slug", query.workshop),
        ):
            if values:
                keys = pages.filter(**{lookup: values}).order_by().values("pk")
                runs = runs.filter(page__in=keys)
        if query.audience:
            runs = runs.filter(page__in=_pages_for_audience(pages, query.audience))
        if query.partnership:
            locations = Location.objects.filter(partnership__slug=query.partnership)
            runs = runs.filter(location__in=locations.values("pk"))
        if query.free_at:
            runs = runs.with_free_seats(query.free_at)
        if query.has_session_conditions:
            sessions = Session.objects.matching(query).filter(run=OuterRef("pk"))
            runs = runs.filter(Exists(sessions))
        if query.locations is not None:
            runs = runs.filter(location__in=query.locations)
        return runs


def _open_drop_in(now):
    return Q(entry=WorkshopRun.Entry.DROP_IN, ends_at__gt=now)


def _pages_for_audience(pages, slug):
    """Return the keys of workshops for this audience; without audiences it is for everybody."""
    audiences = pages.model.audiences.through.objects.filter(workshoppage=OuterRef("pk"))
    own = pages.filter(audiences__slug=slug).order_by().values("pk")
    return pages.filter(Q(pk__in=own) | ~Exists(audiences)).order_by().values("pk")


@functools.cache
def _seat_counts():
    """Return the annotations of `with_seat_counts`, built once."""
    registrations = WorkshopRun.registrations.rel.related_model.objects.filter(run=OuterRef("pk"))

    def count(**conditions):
        rows = registrations.filter(**conditions).order_by().values("run")
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

    return {"taken": count(seat__isnull=False), "waiting": count(position__isnull=False)}


class WorkshopRun(ClusterableModel):
    """A run of a workshop. Its first start and last end are those of its sessions."""

    class Status(models.TextChoices):
        """Whether the run takes place."""

        PLANNED = "planned", _("takes place")
        MOVED = "moved", _("moved")
        CANCELLED = "cancelled", _("cancelled")

    class Entry(models.TextChoices):
        """Whether people have to register."""

        REGISTER = "register", _("register first")
        DROP_IN = "drop_in", _("just drop in")

    page = models.ForeignKey(
        "locations.WorkshopPage",
        models.PROTECT,
        related_name="runs",
        verbose_name=_("workshop"),
    )
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="workshop_runs", verbose_name=_("place")
    )
    room = FreeCharField(_("room"), max_length=60, blank=True)
    teacher = FreeCharField(
        _("teacher"), max_length=60, blank=True, help_text=_("Only staff see this.")
    )
    starts_at = models.DateTimeField(_("starts at"), db_index=True, editable=False)
    ends_at = models.DateTimeField(_("ends at"), db_index=True, editable=False)
    session_count = models.PositiveSmallIntegerField(
        _("number of sessions"), default=1, editable=False
    )
    capacity = models.PositiveSmallIntegerField(
        _("number of seats"), default=8, validators=[MinValueValidator(1)]
    )
    entry = models.CharField(
        _("how to take part"), max_length=8, choices=Entry, default=Entry.REGISTER
    )
    registration_opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: immediately.")
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Empty: when the first session starts."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    cancelled_reason = FreeCharField(_("does not take place, because"), max_length=120, blank=True)
    # Sessions that were over by then did take place.
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    moved_from = models.DateTimeField(_("original start"), null=True, blank=True, editable=False)

    scope = Scope(locations=("location",))
    objects = WorkshopRunQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("workshop date")
        verbose_name_plural = _("workshop dates")
        ordering = ["starts_at", "pk"]
        permissions = [
            ("attend_workshoprun", _("Can record attendance")),
            ("register_workshoprun", _("Can register people")),
        ]
        indexes = [
            models.Index(fields=["location", "starts_at"], name="workshop_run_location_start"),
            models.Index(fields=["entry", "ends_at"], name="workshop_run_drop_in"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="workshop_run_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, session_count__gte=1),
                name="workshop_run_counts_positive",
            ),
            models.CheckConstraint(
                condition=(Q(status="cancelled") & ~Q(cancelled_reason=""))
                | (~Q(status="cancelled") & Q(cancelled_reason="")),
                name="workshop_run_reason_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") | Q(cancelled_at=None),
                name="workshop_run_cancelled_at_fits_status",
            ),
            models.CheckConstraint(
                condition=~Q(status="moved") | Q(moved_from__isnull=False),
                name="workshop_run_moved_from_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="workshop_run_opens_before_close",
            ),
        ]

    def __str__(self):
        return f"{self.page}, {self.starts_at:%d/%m/%Y}"

    @property
    def is_cancelled(self):
        """Return whether the run does not take place."""
        return self.status == self.Status.CANCELLED

    @property
    def is_moved(self):
        """Return whether the run was moved to another time or location."""
        return self.status == self.Status.MOVED

    @property
    def is_drop_in(self):
        """Return whether people come without registering."""
        return self.entry == self.Entry.DROP_IN

    @property
    def free_seats(self):
        """Return how many seats anybody can take; none while people wait. Needs seat counts."""
        return 0 if self.waiting else max(self.capacity - self.taken, 0)

    def is_open_for_registration(self, now):
        """Return whether people can register now, for a seat or for the waiting list."""
        opens, closes = self.registration_opens_at, self.registration_closes_at or self.starts_at
        return (
            not self.is_cancelled
            and not self.is_drop_in
            and (opens is None or opens <= now)
            and now < closes
        )

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Copy the first start and last end of the sessions; without any, create one."""
        sessions = list(self.sessions.all())
        if sessions:
            self.starts_at = min(session.starts_at for session in sessions)
            self.ends_at = max(session.ends_at for session in sessions)
            self.session_count = len(sessions)
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "starts_at", "ends_at", "session_count"}
        else:
            self.sessions = [Session(starts_at=self.starts_at, ends_at=self.ends_at)]
        super().save(*args, **kwargs)

    def clean(self):
        """Require a public location, a reason to cancel, and registration dates in order."""
        errors = {}
        if self.is_cancelled and not self.cancelled_reason.strip():
            errors["cancelled_reason"] = _(
                "Explain why it does not take place: visitors read this."
            )
        if not self.is_cancelled:
            self.cancelled_reason, self.cancelled_at = "", None
        if self.location_id and not self.location.is_public:
            errors["location"] = _("Visitors cannot come to a workshop room or a warehouse.")
        opens, closes = self.registration_opens_at, self.registration_closes_at
        if opens and closes and closes <= opens:
            errors["registration_closes_at"] = _("Registration must close after it opens.")
        if errors:
            raise ValidationError(errors)
