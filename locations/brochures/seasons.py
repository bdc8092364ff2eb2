"""Seasons of a brochure, and the days on which they start and end."""

from datetime import date, timedelta

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locations.reach.periods import whole_months


class Season(models.TextChoices):
    """A season of three whole months."""

    WINTER = "winter", gettext_lazy("winter")
    SPRING = "spring", gettext_lazy("spring")
    SUMMER = "summer", gettext_lazy("summer")
    AUTUMN = "autumn", gettext_lazy("autumn")


FIRST_MONTHS = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9}


def season_period(season, year):
    """Return the days of a season; a winter starts in December of the year before."""
    if season == Season.WINTER:
        first = date(year - 1, 12, 1)
    else:
        first = date(year, FIRST_MONTHS[season], 1)
    return whole_months(first, first + timedelta(days=62))


def format_period(period):
    """Return "March up to and including May 2027"; with both years if they differ."""
    form = "F" if period.first.year == period.last.year else "F Y"
    return _("%(first)s up to and including %(last)s") % {
        "first": date_format(period.first, form),
        "last": date_format(period.last, "F Y"),
    }
