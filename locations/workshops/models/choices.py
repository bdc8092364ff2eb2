"""Choices that the pages of workshops share with the list of runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The skill that a workshop expects."""

    STARTER = "starter", _("For beginners")
    BASIC = "basic", _("For people with some experience")
    ADVANCED = "advanced", _("For people with more experience")


class Language(models.TextChoices):
    """The language that is spoken in a workshop."""

    DUTCH = "nl", _("Dutch")
    EASY_DUTCH = "nl-easy", _("Easy Dutch")
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    TURKISH = "tr", _("Turkish")
