"""What the address of the list of workshops asks, as filters of runs.

What is asked of the workshop and of the place becomes a set of keys, so that the database walks
along one table, in the order of the dates.
"""

from datetime import time, timedelta
from typing import NamedTuple

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from locations.core.local_time import LocalHour, LocalWeekday
from locations.directory.finder_query import parse_day
from locations.opening_hours.engine.rules import local_moment
from locations.places.geocoding import NearbyLocation, geocode
from locations.places.models import Location
from locations.workshops.filter_choices import filter_choices
from locations.workshops.models import Session, WorkshopPage, WorkshopRun

WEEKDAYS = [
    ("ma", _("Monday")),
    ("di", _("Tuesday")),
    ("wo", _("Wednesday")),
    ("do", _("Thursday")),
    ("vr", _("Friday")),
    ("za", _("Saturday")),
    ("zo", _("Sunday")),
]
PARTS = {  # of the day: from this hour to before that one, by the clock on the wall
    "voormiddag": (pgettext_lazy("part of the day", "Morning"), 0, 12),
    "namiddag": (pgettext_lazy("part of the day", "Afternoon"), 12, 17),
    "avond": (pgettext_lazy("part of the day", "Evening"), 17, 24),
}
DISTANCES = [("10", 10), ("25", 25), ("50", 50), ("alle", None)]
NEAR = "25"
ORDERS = [("datum", _("The first date first")), ("afstand", _("The nearest first"))]


class Place(NamedTuple):
    """Of a place what its distance needs; there can be a thousand."""

    pk: int
    lat: float | None
    lon: float | None
    postcode: str


class DayField(forms.Field):
    widget = forms.TextInput

    def to_python(self, typed):
        typed = (typed or "").strip()
        if not typed:
            return None
        if day := parse_day(typed):
            return day
        raise ValidationError(
            _("“%(typed)s” is no day. Choose one, or write it like %(example)s."),
            params={"typed": typed[:20], "example": timezone.localdate().isoformat()},
        )


class DayFilter(filters.Filter):
    field_class = DayField


class OfWorkshop(filters.MultipleChoiceFilter):
    """About the workshop itself: its dates are those of the pages that fit."""

    def filter(self, runs, chosen):
        if not chosen:
            return runs
        fitting = WorkshopPage.objects.filter(**{f"{self.field_name}__in": chosen})
        return runs.filter(page__in=fitting.order_by().values("pk"))


class RunForm(forms.Form):
    def clean(self):
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("This is before the first day. Choose a later day."))
        return self.cleaned_data


def _unknown(text):
    return {"error_messages": {"invalid_choice": text}}


class RunFilters(filters.FilterSet):
    """The names are those in the address. What makes no sense is said, and then left out.

    `qs` are those of `runs`; without these, of what one can still join, which `parts` gives faster.
    """

    q = filters.CharFilter(method="as_it_is")
    km = filters.ChoiceFilter(
        choices=[(name, name) for name, _km in DISTANCES],
        method="as_it_is",
        **_unknown(_("We do not know the distance “%(value)s”.")),
    )
    orde = filters.ChoiceFilter(
        choices=ORDERS,
        method="as_it_is",
        **_unknown(_("We can not put workshops in the order “%(value)s”.")),
    )
    onderwerp = OfWorkshop(
        field_name="topic__slug", **_unknown(_("We do not know the topic “%(value)s”."))
    )
    niveau = OfWorkshop(
        field_name="level",
        choices=WorkshopPage.Level.choices,
        **_unknown(_("We do not know the level “%(value)s”.")),
    )
    taal = OfWorkshop(
        field_name="language",
        choices=WorkshopPage.Language.choices,
        **_unknown(_("We do not know the language “%(value)s”.")),
    )
    voor = filters.ChoiceFilter(
        method="for_whom", **_unknown(_("We do not know the group “%(value)s”."))
    )
    digibank = filters.ChoiceFilter(
        method="of_partnership", **_unknown(_("We do not know the digibank “%(value)s”."))
    )
    workshop = filters.CharFilter(method="of_page")
    dag = filters.MultipleChoiceFilter(
        choices=WEEKDAYS,
        method="as_it_is",
        **_unknown(_("“%(value)s” is no day of the week.")),
    )
    deel = filters.MultipleChoiceFilter(
        choices=[(name, label) for name, (label, _from, _to) in PARTS.items()],
        method="as_it_is",
        **_unknown(_("“%(value)s” is no part of the day.")),
    )
    vrij = filters.BooleanFilter(method="free_only", widget=forms.CheckboxInput)
    van = DayFilter(method="as_it_is")
    tot = DayFilter(method="as_it_is")

    class Meta:
        model = WorkshopRun
        fields = []
        form = RunForm

    def __init__(self, asked, now, runs=None):
        super().__init__(asked, WorkshopRun.objects.all() if runs is None else runs)
        self.now, self.is_of_all = now, runs is None
        self.choices = filter_choices()
        for name, choices in self.choices.items():
            self.filters[name].extra["choices"] = choices

    @cached_property
    def is_asked(self):
        """Whether anything is; most visitors just look, and for them no form is made."""
        return any(value for name in self.filters for value in self.data.getlist(name))

    @property
    def errors(self):
        """{name in the address: sentences}, of what makes no sense."""
        return self.form.errors if self.is_asked else {}

    def as_it_is(self, runs, name, value):
        """What counts together with something else: see `filter_queryset`."""
        return runs

    def for_whom(self, runs, name, slug):
        everybody = ~Exists(
            WorkshopPage.audiences.through.objects.filter(workshoppage=OuterRef("pk"))
        )
        fitting = WorkshopPage.objects.filter(
            Q(pk__in=WorkshopPage.objects.filter(audiences__slug=slug).order_by().values("pk"))
            | everybody
        )
        return runs.filter(page__in=fitting.order_by().values("pk"))

    def of_partnership(self, runs, name, slug):
        return runs.filter(
            location__in=Location.objects.filter(partnership__slug=slug).values("pk")
        )

    def of_page(self, runs, name, slug):
        return runs.filter(page__in=WorkshopPage.objects.filter(slug=slug).order_by().values("pk"))

    def free_only(self, runs, name, is_asked):
        return runs.with_a_free_seat(self.now) if is_asked else runs

    @property
    def qs(self):
        if self.is_of_all:
            return self.filter_queryset(WorkshopRun.objects.listed(self.now))
        return super().qs

    def filter_queryset(self, runs):
        """Of any runs those that were asked for."""
        if not self.is_asked:
            return runs
        self.errors  # noqa: B018  reading them is what cleans the form
        runs = super().filter_queryset(runs)
        if self.asks_lessons:
            runs = runs.filter(Exists(self.lessons().filter(run=OuterRef("pk"))))
        if self.here:
            runs = runs.filter(location__in=list(self.near))
        return runs

    def parts(self):
        """What was asked for, in two: where one can drop in now, and what begins later.

        Together they are `qs`; apart the database finds each along its own index.
        """
        runs = WorkshopRun.objects
        return [
            self.filter_queryset(part)
            for part in (runs.under_way(self.now), runs.to_begin(self.now))
        ]

    @property
    def asked(self):
        """What makes sense of what was asked, by name."""
        if not self.is_asked:
            return {}
        self.errors  # noqa: B018  reading them is what cleans the form
        return self.form.cleaned_data

    @property
    def typed(self):
        return self.data.get("q", "")

    @cached_property
    def spot(self):
        return geocode(self.typed)

    @property
    def here(self):
        return self.spot.origin

    @property
    def reach(self):
        """How far one wants to go; None for any distance."""
        return dict(DISTANCES)[self.asked.get("km") or NEAR]

    @property
    def nearest_first(self):
        return bool(self.here) and self.asked.get("orde") == "afstand"

    @cached_property
    def near(self):
        """{key of a place: how near it is}, the nearest first and none that is too far."""
        places = Location.objects.public().order_by().values_list(*Place._fields)
        found = []
        for place in map(Place._make, places):
            at = None if place.lat is None else self.here.distance_to(place.lat, place.lon)
            inside = place.postcode in self.here.postcodes
            if inside or self.reach is None or (at is not None and at <= self.reach):
                found.append(NearbyLocation(place, at, inside))
        far = float("inf")
        found.sort(
            key=lambda one: (
                not one.in_municipality,
                far if one.kilometres is None else one.kilometres,
            )
        )
        return {one.location.pk: one for one in found}

    @property
    def asks_lessons(self):
        return any(self.asked.get(name) for name in ("dag", "deel", "van", "tot"))

    def lessons(self):
        """The lessons on the days and at the hours that were asked for."""
        asked, lessons = self.asked, Session.objects.all()
        if days := asked.get("dag"):
            numbers = [name for name, _label in WEEKDAYS]
            lessons = lessons.alias(weekday=LocalWeekday("starts_at")).filter(
                weekday__in=[numbers.index(day) + 1 for day in days]
            )
        if parts := asked.get("deel"):
            hours = Q()
            for _label, first, end in map(PARTS.get, parts):
                hours |= Q(hour__gte=first, hour__lt=end)
            lessons = lessons.alias(hour=LocalHour("starts_at")).filter(hours)
        if first := asked.get("van"):
            lessons = lessons.filter(starts_at__gte=local_moment(first, time()))
        if last := asked.get("tot"):
            lessons = lessons.filter(starts_at__lt=local_moment(last + timedelta(days=1), time()))
        return lessons
