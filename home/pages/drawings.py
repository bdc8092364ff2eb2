"""Drawings that editors can choose; each is an SVG file in static/digipunt/img."""

from django.utils.translation import gettext_lazy as _

DRAWINGS = [
    ("aan-tafel", _("two people at a table")),
    ("gesprek", _("two people in front of a window")),
    ("les", _("a lesson")),
    ("straat", _("a street with a digipunt")),
    ("atelier", _("the workshop where devices are repaired")),
    ("digibus", _("the digibus")),
    ("laptop", _("laptop")),
    ("tablet", _("tablet")),
    ("smartphone", _("smartphone")),
    ("doos", _("a box with a laptop")),
    ("set", _("a laptop with its bag and charger")),
]

PEOPLE = [
    ("persoon-1", _("person 1")),
    ("persoon-2", _("person 2")),
    ("persoon-3", _("person 3")),
    ("persoon-4", _("person 4")),
    ("persoon-5", _("person 5")),
    ("persoon-6", _("person 6")),
]
