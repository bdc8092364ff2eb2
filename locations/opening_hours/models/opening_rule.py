"""Recurring opening hours of a location."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from home.core.permissions import Scope, ScopedQuerySet
from locations.places.models.location import Location, Service


class Weekday(models.IntegerChoices):
    """Days of the week, numbered as in Python: Monday is 0."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


END_BEFORE_START = _("The end has to come after the start.")
SEASON_ENDS_FIRST = _("The season ends before it begins.")
FIRST_YEAR, LAST_YEAR = 2000, 2099


def century_errors(instance, *names):
    """Return an error for each of these fields with a date that must be a typing error."""
    days = {name: getattr(instance, name) for name in names}
    return {
        name: _("Choose a date in this century.")
        for name, day in days.items()
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR
    }


class OpeningRule(models.Model):
    """A block of hours of one service at a location, and the days on which it recurs."""

    class Recurrence(models.TextChoices):
        """How the days recur."""

        WEEKLY = "weekly", _("every week")
        EVERY_N_WEEKS = "weeks", _("every so many weeks, from a date")
        MONTHLY = "monthly", _("one week of the month")
        DATE = "date", _("one date")

    class Nth(models.IntegerChoices):
        """Which of the weekdays of a month."""

        FIRST = 1, _("the first")
        SECOND = 2, _("the second")
        THIRD = 3, _("the third")
        FOURTH = 4, _("the fourth")
        FIFTH = 5, _("the fifth")
        LAST = -1, _("the last")

    location = ParentalKey(Location, related_name="opening_rules")
    service = models.ForeignKey(
        Service, models.PROTECT, related_name="opening_rules", verbose_name=_("service")
    )
    recurrence = models.CharField(
        _("comes back"), max_length=7, choices=Recurrence, default=Recurrence.WEEKLY
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday, null=True, blank=True)
    interval = models.PositiveSmallIntegerField(
        _("every how many weeks"), null=True, blank=True, help_text=_("2 is every other week.")
    )
    anchor = models.DateField(_("from"), null=True, blank=True, help_text=_("The first time."))
    nth = models.SmallIntegerField(_("which of the month"), choices=Nth, null=True, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    opens = models.TimeField(_("opens at"))
    closes = models.TimeField(_("closes at"))
    by_appointment = models.BooleanField(_("by appointment"), default=False)
    valid_from = models.DateField(_("season from"), null=True, blank=True)
    valid_until = models.DateField(_("season until"), null=True, blank=True)

    scope = Scope(locations=("location",))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["service__order", "weekday", "day", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="opening_rule_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                name="opening_rule_season_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__range=(0, 6)),
                name="opening_rule_on_a_day_of_the_week",
            ),
            models.CheckConstraint(
                condition=Q(
                    recurrence="weekly",
                    weekday__isnull=False,
                    interval=None,
                    anchor=None,
                    nth=None,
                    day=None,
                )
                | Q(
                    recurrence="weeks",
                    weekday__isnull=False,
                    interval__isnull=False,
                    interval__range=(2, 52),
                    anchor__isnull=False,
                    nth=None,
                    day=None,
                )
                | Q(
                    recurrence="monthly",
                    weekday__isnull=False,
                    interval=None,
                    anchor=None,
                    nth__isnull=False,
                    nth__in=[1, 2, 3, 4, 5, -1],
                    day=None,
                )
                | Q(
                    recurrence="date",
                    weekday=None,
                    interval=None,
                    anchor=None,
                    nth=None,
                    day__isnull=False,
                    valid_from=None,
                    valid_until=None,
                ),
                name="opening_rule_has_what_its_recurrence_needs",
            ),
        ]

    def __str__(self):
        return f"{self.get_recurrence_display()}, {self.opens:%H:%M}–{self.closes:%H:%M}"

    REQUIRED_FIELDS = {
        Recurrence.WEEKLY: ("weekday",),
        Recurrence.EVERY_N_WEEKS: ("weekday", "interval", "anchor"),
        Recurrence.MONTHLY: ("weekday", "nth"),
        Recurrence.DATE: ("day",),
    }
    MISSING_ERRORS = {
        "weekday": _("Choose a day of the week."),
        "interval": _("Give the number of weeks: 2 or more."),
        "anchor": _("Give the date of the first time."),
        "nth": _("Choose which weekday of the month."),
        "day": _("Give the date."),
    }

    def clean(self):
        """Require what the recurrence needs, clear the rest, and check the times and dates."""
        required = self.REQUIRED_FIELDS.get(self.recurrence, ())
        errors = {}
        for name in self.MISSING_ERRORS:
            if name not in required:
                setattr(self, name, None)
            elif getattr(self, name) is None:
                errors[name] = self.MISSING_ERRORS[name]
        if self.recurrence == self.Recurrence.DATE:
            self.valid_from = self.valid_until = None
        if self.interval is not None and not 2 <= self.interval <= 52:
            errors["interval"] = self.MISSING_ERRORS["interval"]
        if self.anchor and self.weekday is not None and self.anchor.weekday() != self.weekday:
            errors["anchor"] = _(
                "%(date)s is a %(day)s. Choose a date on the weekday of this line."
            ) % {
                "date": self.anchor.strftime("%d/%m/%Y"),
                "day": Weekday(self.anchor.weekday()).label.lower(),
            }
        if self.opens and self.closes and self.closes <= self.opens:
            errors["closes"] = _(
                "The end must come after the start. Enter hours past midnight as two lines, on "
                "two days."
            )
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            errors["valid_until"] = SEASON_ENDS_FIRST
        errors = century_errors(self, "anchor", "day", "valid_from", "valid_until") | errors
        if errors:
            raise ValidationError(errors)
