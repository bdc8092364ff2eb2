"""Sessions of a run."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from locations.core.local_time import LocalHour, LocalWeekday


class SessionQuerySet(ScopedQuerySet):
    """Sessions by time."""

    def between(self, start, end):
        """Filter sessions that overlap with a period."""
        return self.filter(ends_at__gt=start, starts_at__lt=end).order_by("starts_at", "pk")

    def matching(self, query):
        """Filter by the session conditions of a `RunQuery`."""
        sessions = self
        if query.weekdays:
            sessions = sessions.alias(weekday=LocalWeekday("starts_at"))
            sessions = sessions.filter(weekday__in=query.weekdays)
        if query.hours:
            in_hours = Q()
            for first, end in query.hours:
                in_hours |= Q(hour__gte=first, hour__lt=end)
            sessions = sessions.alias(hour=LocalHour("starts_at")).filter(in_hours)
        if query.starts_from:
            sessions = sessions.filter(starts_at__gte=query.starts_from)
        if query.starts_before:
            sessions = sessions.filter(starts_at__lt=query.starts_before)
        return sessions


class Session(models.Model):
    """A session of a run, with a start and an end."""

    run = ParentalKey("locations.WorkshopRun", related_name="sessions")
    starts_at = models.DateTimeField(_("starts at"), db_index=True)
    ends_at = models.DateTimeField(_("ends at"))
    subject = FreeCharField(_("about"), max_length=80, blank=True)
    walk_ins = models.PositiveSmallIntegerField(
        _("came without registering"), default=0, editable=False
    )
    attendance_at = models.DateTimeField(_("attendance noted"), null=True, editable=False)
    attendance_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    scope = Scope(locations=("run__location",))
    objects = SessionQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["run", "starts_at"], name="one_lesson_of_a_run_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%d/%m/%Y %H:%M}"

    def clean(self):
        """Require that the session ends after it starts."""
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end has to come after the start.")})
