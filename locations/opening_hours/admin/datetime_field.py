"""A form field for a local date and time, also in the nights when the clock changes."""

from datetime import UTC

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from locations.core.formatting import format_time
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models.opening_rule import FIRST_YEAR, LAST_YEAR


class LocalDateTimeInput(forms.DateTimeInput):
    """The browser's own input, which needs no script in lines that are added later."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class LocalDateTimeField(forms.DateTimeField):
    """A date and time in Brussels; one that the clock skips or repeats is refused."""

    widget = LocalDateTimeInput

    def to_python(self, value):
        """Return an aware datetime; explain a time that is skipped or repeated."""
        try:
            moment = super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            typed = value if hasattr(value, "hour") else parse_datetime(value.strip())
            if typed is None:
                raise
            _refuse_other_centuries(typed)
            raise ValidationError(_clock_change_error(typed), code=error.code) from error
        if moment:
            _refuse_other_centuries(moment)
        return moment


def _refuse_other_centuries(moment):
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(_("Choose a date in this century."), code="century")


def _clock_change_error(typed):
    values = {"time": format_time(typed), "day": date_format(typed, "l j F Y").lower()}
    aware = typed.replace(tzinfo=BRUSSELS)
    if timezone.make_naive(aware.astimezone(UTC), BRUSSELS) != typed:
        return _("On %(day)s the clock jumps forward: %(time)s does not exist.") % values
    return _("On %(day)s the clock goes back: %(time)s comes twice. Choose another hour.") % values
