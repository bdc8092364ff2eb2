"""Search of the workshop list: URL parameters, checked by a form, as conditions on runs."""

from datetime import time, timedelta
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from locations.directory.finder_query import parse_day
from locations.opening_hours.engine.rules import local_moment
from locations.places.geocoding import NearbyLocation, geocode
from locations.places.models import Location
from locations.workshops.filter_choices import filter_choices
from locations.workshops.models.choices import Language, Level
from locations.workshops.models.run import WorkshopRun
from locations.workshops.run_query import RunQuery

WEEKDAYS = [
    ("ma", _("Monday")),
    ("di", _("Tuesday")),
    ("wo", _("Wednesday")),
    ("do", _("Thursday")),
    ("vr", _("Friday")),
    ("za", _("Saturday")),
    ("zo", _("Sunday")),
]
WEEKDAY_NUMBERS = {name: number for number, (name, _label) in enumerate(WEEKDAYS, 1)}
DAY_PARTS = {
    "voormiddag": (pgettext_lazy("part of the day", "Morning"), 0, 12),
    "namiddag": (pgettext_lazy("part of the day", "Afternoon"), 12, 17),
    "avond": (pgettext_lazy("part of the day", "Evening"), 17, 24),
}
"""Label, first hour and end hour in local time."""
DISTANCES = {"10": 10, "25": 25, "50": 50, "alle": None}
DEFAULT_DISTANCE = "25"
ORDERS = [("datum", _("The first date first")), ("afstand", _("The nearest first"))]


class LocationPoint(NamedTuple):
    """The columns of a location that its distance needs; there can be a thousand rows."""

    pk: int
    lat: float | None
    lon: float | None
    postcode: str


class DayField(forms.Field):
    """A day as people type it."""

    widget = forms.TextInput

    def to_python(self, value):
        """Return a date, or None when nothing was typed."""
        typed = (value or "").strip()
        if not typed:
            return None
        if day := parse_day(typed):
            return day
        raise ValidationError(
            _("“%(typed)s” is not a day. Choose one, or write it like %(example)s."),
            params={"typed": typed[:20], "example": timezone.localdate().isoformat()},
        )


def _choice(field_class, invalid, choices=()):
    return field_class(required=False, choices=choices, error_messages={"invalid_choice": invalid})


class RunFilterForm(forms.Form):
    """The URL parameters of the workshop list; a wrong one gives an error and is left out."""

    q = forms.CharField(required=False)
    km = _choice(
        forms.ChoiceField,
        _("We do not know the distance “%(value)s”."),
        [(name, name) for name in DISTANCES],
    )
    orde = _choice(forms.ChoiceField, _("We cannot sort workshops by “%(value)s”."), ORDERS)
    onderwerp = _choice(forms.MultipleChoiceField, _("We do not know the topic “%(value)s”."))
    niveau = _choice(
        forms.MultipleChoiceField, _("We do not know the level “%(value)s”."), Level.choices
    )
    taal = _choice(
        forms.MultipleChoiceField,
        _("We do not know the language “%(value)s”."),
        Language.choices,
    )
    voor = _choice(forms.ChoiceField, _("We do not know the group “%(value)s”."))
    digibank = _choice(forms.ChoiceField, _("We do not know the digibank “%(value)s”."))
    workshop = forms.CharField(required=False)
    dag = _choice(forms.MultipleChoiceField, _("“%(value)s” is not a day of the week."), WEEKDAYS)
    deel = _choice(
        forms.MultipleChoiceField,
        _("“%(value)s” is not a part of the day."),
        [(name, label) for name, (label, _first, _end) in DAY_PARTS.items()],
    )
    vrij = forms.BooleanField(required=False)
    van = DayField(required=False)
    tot = DayField(required=False)

    def __init__(self, params, choices):
        super().__init__(params)
        for name, values in choices.items():
            self.fields[name].choices = values

    def clean(self):
        """Refuse a last day before the first."""
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("This is before the first day. Choose a later day."))
        return self.cleaned_data


class RunSearch:
    """The search of one request: its form, its query, and the runs that match."""

    def __init__(self, params, now):
        self.params, self.now = params, now
        self.choices = filter_choices()

    @cached_property
    def is_used(self):
        """Whether any filter has a value; most visitors set none, and need no form."""
        return any(any(self.params.getlist(name)) for name in RunFilterForm.base_fields)

    @cached_property
    def form(self):
        """The bound form."""
        return RunFilterForm(self.params, self.choices)

    @property
    def errors(self):
        """Return {parameter: error list}."""
        return self.form.errors if self.is_used else {}

    @cached_property
    def values(self):
        """The valid values by parameter."""
        if not self.is_used:
            return {}
        self.form.is_valid()
        return self.form.cleaned_data

    @cached_property
    def query(self):
        """The search as a `RunQuery`."""
        values = self.values
        first, last = values.get("van"), values.get("tot")
        return RunQuery(
            topics=tuple(values.get("onderwerp") or ()),
            levels=tuple(values.get("niveau") or ()),
            languages=tuple(values.get("taal") or ()),
            audience=values.get("voor") or "",
            partnership=values.get("digibank") or "",
            workshop=values.get("workshop") or "",
            locations=tuple(self.near) if self.is_used and self.here else None,
            weekdays=tuple(WEEKDAY_NUMBERS[day] for day in values.get("dag") or ()),
            hours=tuple(DAY_PARTS[part][1:] for part in values.get("deel") or ()),
            starts_from=local_moment(first, time()) if first else None,
            starts_before=local_moment(last + timedelta(days=1), time()) if last else None,
            free_at=self.now if values.get("vrij") else None,
        )

    def listed_runs(self):
        """Return the matching runs that people can still join."""
        return WorkshopRun.objects.listed(self.now).matching(self.query)

    def listed_parts(self):
        """Return the same in two parts, of which the database reads each along its own index.

        The first are drop-in runs in progress, the second runs that start later.
        """
        runs = WorkshopRun.objects
        return [
            part.matching(self.query)
            for part in (runs.listed_in_progress(self.now), runs.listed_not_started(self.now))
        ]

    @cached_property
    def geocoded(self):
        """The postcode or municipality that was typed, as far as it is known."""
        return geocode(self.params.get("q", ""))

    @property
    def here(self):
        """Return the point to search from, or None."""
        return self.geocoded.origin

    @property
    def max_distance(self):
        """Return the largest distance in kilometres, or None for any."""
        return DISTANCES[self.values.get("km") or DEFAULT_DISTANCE]

    @property
    def is_nearest_first(self):
        """Return whether runs are ordered by distance."""
        return bool(self.here) and self.values.get("orde") == "afstand"

    @cached_property
    def near(self):
        """{key of a location: `NearbyLocation`} within the distance, nearest first."""
        columns = Location.objects.public().order_by().values_list(*LocationPoint._fields)
        locations = []
        for location in map(LocationPoint._make, columns):
            distance = None
            if location.lat is not None:
                distance = self.here.distance_to(location.lat, location.lon)
            inside = location.postcode in self.here.postcodes
            limit = self.max_distance
            if inside or limit is None or (distance is not None and distance <= limit):
                locations.append(NearbyLocation(location, distance, inside))
        locations.sort(key=_nearness_key)
        return {found.location.pk: found for found in locations}


def _nearness_key(found):
    distance = float("inf") if found.kilometres is None else found.kilometres
    return not found.in_municipality, distance
