"""What every page that introduces itself has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.core.personal_data import FreeTextField
from home.pages.site_layout import OpenUnlessPrivate


class Introduced(OpenUnlessPrivate, models.Model):
    """A page with a sentence or two under its title."""

    introduction = FreeTextField(
        _("introduction"),
        blank=True,
        max_length=400,
        help_text=_("One or two short sentences under the title. Search engines show them too."),
    )

    class Meta:
        abstract = True
