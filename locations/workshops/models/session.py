"""Sessions of a run."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from locations.core.time_zone import BRUSSELS

LOCAL_FIELDS = {"local_weekday", "local_hour"}


class SessionQuerySet(ScopedQuerySet):
    """Sessions by time, with their local weekday and hour kept up to date."""

    def bulk_create(self, objs, *args, **kwargs):
        """Set the local weekday and hour first, as `Session.save` does."""
        objs = list(objs)
        for session in objs:
            session.set_local_start()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, fields, *args, **kwargs):
        """Set the local weekday and hour as well when the start changes."""
        objs = list(objs)
        if "starts_at" in fields:
            for session in objs:
                session.set_local_start()
            fields = [*fields, *LOCAL_FIELDS]
        return super().bulk_update(objs, fields, *args, **kwargs)

    def update(self, **values):
        """Refuse a start without its local weekday and hour."""
        if "starts_at" in values and not values.keys() >= LOCAL_FIELDS:
            raise TypeError("Save a session to change its start: the local time changes too.")
        return super().update(**values)

    def between(self, start, end):
        """Filter sessions that overlap with a period."""
        return self.filter(ends_at__gt=start, starts_at__lt=end).order_by("starts_at", "pk")

    def matching(self, query):
        """Filter by the session conditions of a `RunQuery`."""
        sessions = self
        if query.weekdays:
            sessions = sessions.filter(local_weekday__in=query.weekdays)
        if query.hours:
            in_hours = Q()
            for first, end in query.hours:
                in_hours |= Q(local_hour__gte=first, local_hour__lt=end)
            sessions = sessions.filter(in_hours)
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
    # Copied from starts_at, so that every database can filter by the clock on the wall.
    local_weekday = models.PositiveSmallIntegerField(editable=False)
    local_hour = models.PositiveSmallIntegerField(editable=False)
    subject = FreeCharField(_("about"), max_length=80, blank=True)
    walk_ins = models.PositiveSmallIntegerField(
        _("came without registering"), default=0, editable=False
    )
    attendance_at = models.DateTimeField(_("attendance recorded"), null=True, editable=False)
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
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(local_weekday__range=(1, 7), local_hour__range=(0, 23)),
                name="session_local_start_in_range",
            ),
            models.UniqueConstraint(fields=["run", "starts_at"], name="session_unique_start"),
        ]

    def __str__(self):
        return f"{self.starts_at:%d/%m/%Y %H:%M}"

    def set_local_start(self):
        """Copy the ISO weekday and the hour of the start in local time."""
        local = self.starts_at.astimezone(BRUSSELS)
        self.local_weekday, self.local_hour = local.isoweekday(), local.hour

    def save(self, *args, **kwargs):
        """Keep the local weekday and hour equal to those of the start."""
        self.set_local_start()
        if "starts_at" in (fields := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*fields, *LOCAL_FIELDS}
        super().save(*args, **kwargs)

    def clean(self):
        """Require that the session ends after it starts."""
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end has to come after the start.")})
