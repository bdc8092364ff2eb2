"""The introduction under the title of a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from home.core.personal_data import FreeTextField
from home.pages.site_layout import get_site_layout


class CachedViewRestrictionsMixin:
    """Skip the query for view restrictions as long as no page of the site is private."""

    def get_view_restrictions(self):
        if not get_site_layout().private_paths:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()


class IntroductionMixin(CachedViewRestrictionsMixin, models.Model):
    """A page with an introduction under its title."""

    introduction = FreeTextField(
        _("introduction"),
        blank=True,
        max_length=400,
        help_text=_("One or two short sentences under the title. Search engines show them too."),
    )

    class Meta:
        abstract = True
