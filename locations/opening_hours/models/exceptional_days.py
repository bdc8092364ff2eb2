"""Days on which the opening rules do not apply: closed, or with other hours."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from locations.opening_hours.models.opening_rule import END_BEFORE_START, Weekday, century_errors
from locations.places.models.location import Location, Service
from locations.places.models.partnership import Partnership

MAX_LENGTH = timedelta(days=731)
"""A longer range is no exception: change the rules instead."""


class ExceptionalDaysQuerySet(ScopedQuerySet):
    """Closed days or days with other hours."""

    def for_location(self, location):
        """Return the days of a location and of its partnership."""
        return self.filter(
            Q(location=location) | Q(partnership__isnull=False, partnership=location.partnership_id)
        )

    def overlapping(self, first_day, last_day):
        """Return the ranges that share a day with this one; both ends are included."""
        return self.filter(first_day__lte=last_day, last_day__gte=first_day)


class ExceptionalDays(models.Model):
    """A range of days of a location, one of its services, or a whole partnership."""

    location = models.ForeignKey(
        Location,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)s",
        verbose_name=_("place"),
    )
    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s",
        verbose_name=_("only this service"),
    )
    partnership = models.ForeignKey(
        Partnership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)s",
        verbose_name=_("or a whole partnership"),
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = FreeCharField(_("reason"), max_length=120, blank=True)

    objects = ExceptionalDaysQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        abstract = True
        ordering = ["first_day", "pk"]

    def __str__(self):
        if self.first_day == self.last_day:
            return f"{self.first_day:%d/%m/%Y} {self.reason}".strip()
        return f"{self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y} {self.reason}".strip()

    def clean(self):
        """Require one owner and a plausible range of days."""
        errors = {}
        if (self.location_id is None) == (self.partnership_id is None):
            errors["location"] = _("Choose one: a place, or a whole partnership.")
        if self.service_id and not self.location_id:
            errors["service"] = _("Choose the place of this service as well.")
        if self.first_day and self.last_day and self.last_day < self.first_day:
            errors["last_day"] = _("The last day comes before the first.")
        elif self.first_day and self.last_day and self.last_day - self.first_day > MAX_LENGTH:
            errors["last_day"] = _(
                "That is more than two years. If it still applies by then, plan it again; a place "
                "that has closed for good has no page."
            )
        errors = century_errors(self, "first_day", "last_day") | errors
        if errors:
            raise ValidationError(errors)

    @staticmethod
    def checks(prefix):
        """Return the check constraints, with names that start with `prefix`."""
        return [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name=f"{prefix}_end_after_they_begin"
            ),
            models.CheckConstraint(
                condition=Q(location__isnull=False, partnership=None)
                | Q(location=None, partnership__isnull=False, service=None),
                name=f"{prefix}_of_one_place_or_partnership",
            ),
        ]


class ClosedDays(ExceptionalDays):
    """Days without any opening, whatever the rules are."""

    scope = Scope(locations=("location",), partnerships=("partnership",))

    class Meta(ExceptionalDays.Meta):
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        constraints = ExceptionalDays.checks("closed_days")


class AdjustedDays(ExceptionalDays, ClusterableModel):
    """Days with hours of their own, which replace the rules."""

    scope = Scope(locations=("location",), partnerships=("partnership",))

    class Meta(ExceptionalDays.Meta):
        verbose_name = _("days with other hours")
        verbose_name_plural = _("days with other hours")
        constraints = ExceptionalDays.checks("adjusted_days")

    def clean(self):
        """Refuse a range that overlaps with another of the same owner and service."""
        super().clean()
        if not (self.first_day and self.last_day):
            return
        other = (
            AdjustedDays.objects.overlapping(self.first_day, self.last_day)
            .filter(
                location=self.location_id, service=self.service_id, partnership=self.partnership_id
            )
            .exclude(pk=self.pk)
            .first()
        )
        if other:
            raise ValidationError(
                {"first_day": _("These days overlap with existing other hours: %s.") % other}
            )


class AdjustedHours(models.Model):
    """A block of hours on one weekday, within adjusted days."""

    adjusted_days = ParentalKey(AdjustedDays, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("opens at"))
    closes = models.TimeField(_("closes at"))
    by_appointment = models.BooleanField(_("by appointment"), default=False)

    scope = Scope(locations=("adjusted_days__location", "adjusted_days__partnership__locations"))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("other hours")
        verbose_name_plural = _("other hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="adjusted_hours_close_after_they_open"
            ),
            models.CheckConstraint(
                condition=Q(weekday__range=(0, 6)), name="adjusted_hours_on_a_day_of_the_week"
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self):
        """Require the end after the start."""
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": END_BEFORE_START})
