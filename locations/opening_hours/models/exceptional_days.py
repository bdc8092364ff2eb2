"""Days on which the rules do not count: closed, or with other hours."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from locations.opening_hours.models.opening_rule import END_BEFORE_START, Weekday, not_in_our_time
from locations.places.models.location import Location, Service
from locations.places.models.partnership import Partnership

LONGEST = timedelta(days=731)
"""How long a range may be: what is longer is no exception any more."""


class ExceptionalDaysQuerySet(ScopedQuerySet):
    def of_place(self, location):
        """What holds for this place, also through its partnership."""
        return self.filter(
            Q(location=location) | Q(partnership__isnull=False, partnership=location.partnership_id)
        )

    def touching(self, first, last):
        """With at least one day in this range; both ends count."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class Days(models.Model):
    """A range of days at a place, for one service of it, or for a whole partnership."""

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
        errors = {}
        if (self.location_id is None) == (self.partnership_id is None):
            errors["location"] = _("Choose one: a place, or a whole partnership.")
        if self.service_id and not self.location_id:
            errors["service"] = _("Choose the place of this service as well.")
        if self.first_day and self.last_day and self.last_day < self.first_day:
            errors["last_day"] = _("The last day comes before the first.")
        elif self.first_day and self.last_day and self.last_day - self.first_day > LONGEST:
            errors["last_day"] = _(
                "That is more than two years. Still so by then? Then plan it again; a place that "
                "is gone has no page."
            )
        errors = not_in_our_time(self, "first_day", "last_day") | errors
        if errors:
            raise ValidationError(errors)

    @staticmethod
    def checks(prefix):
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


class ClosedDays(Days):
    """Days on which the door stays shut, whatever the rules say."""

    scope = Scope(locations=("location",), partnerships=("partnership",))

    class Meta(Days.Meta):
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        constraints = Days.checks("closed_days")


class AdjustedDays(Days, ClusterableModel):
    """Days on which only the hours of this range count."""

    scope = Scope(locations=("location",), partnerships=("partnership",))

    class Meta(Days.Meta):
        verbose_name = _("days with other hours")
        verbose_name_plural = _("days with other hours")
        constraints = Days.checks("adjusted_days")

    def clean(self):
        super().clean()
        if not (self.first_day and self.last_day):
            return
        other = (
            AdjustedDays.objects.touching(self.first_day, self.last_day)
            .filter(
                location=self.location_id, service=self.service_id, partnership=self.partnership_id
            )
            .exclude(pk=self.pk)
            .first()
        )
        if other:
            raise ValidationError(
                {
                    "first_day": _(
                        "These days overlap with other hours that are there already: %s."
                    )
                    % other
                }
            )


class AdjustedHours(models.Model):
    """One block of hours on one day of the week, within adjusted days."""

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
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": END_BEFORE_START})
