"""A day and an hour as somebody types them, also in the nights in which the clock is changed."""

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
    """The browser's own: no script to start again for each line that is added."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class LocalDateTimeField(forms.DateTimeField):
    """A moment by the clock in Brussels; one that never comes, or comes twice, is refused."""

    widget = LocalDateTimeInput

    def to_python(self, value):
        try:
            moment = super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            typed = value if hasattr(value, "hour") else parse_datetime(value.strip())
            if typed is None:
                raise
            _refuse_other_centuries(typed)
            raise ValidationError(_on_a_change(typed), code=error.code) from error
        if moment:
            _refuse_other_centuries(moment)
        return moment


def _refuse_other_centuries(moment):
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(_("Choose a day of this century."), code="century")


def _on_a_change(typed):
    said = {"time": format_time(typed), "day": date_format(typed, "l j F Y").lower()}
    here = typed.replace(tzinfo=BRUSSELS)
    back = timezone.make_naive(here.astimezone(UTC), BRUSSELS)
    if back != typed:
        return _("On %(day)s the clock jumps forward: %(time)s does not exist.") % said
    return _("On %(day)s the clock goes back: %(time)s comes twice. Choose another hour.") % said
