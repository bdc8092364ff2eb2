"""Seasonal brochures of a partnership, and their printed editions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeTextField
from home.pages.models.introduction import IntroductionMixin
from locations.brochures.context import brochure_context
from locations.brochures.seasons import Season
from locations.places.models.partnership import Partnership


class BrochurePage(IntroductionMixin, Page):
    """Locations, hours and workshops of a partnership in one season, from live data."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="brochures", verbose_name=_("partnership")
    )
    season = models.CharField(_("season"), max_length=6, choices=Season)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2020), MaxValueValidator(2099)]
    )
    closing = FreeTextField(
        _("last words"), blank=True, max_length=400, help_text=_("On the back of the booklet.")
    )

    template = "locations/brochures/brochure_page.html"
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("partnership"), FieldPanel("season"), FieldPanel("year")]),
        FieldPanel("introduction"),
        FieldPanel("closing"),
    ]

    class Meta:
        verbose_name = _("brochure")
        verbose_name_plural = _("brochures")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | brochure_context(self, request)


class BrochureEdition(models.Model):
    """The content of a brochure when it was printed, to print the same edition again."""

    page = models.ForeignKey(
        BrochurePage, models.CASCADE, related_name="editions", verbose_name=_("brochure")
    )
    number = models.PositiveSmallIntegerField(_("edition"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    data = models.JSONField(_("content"))

    scope = Scope(locations=("page__partnership__locations",))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("edition of a brochure")
        verbose_name_plural = _("editions of a brochure")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_edition_per_number")
        ]

    def __str__(self):
        return f"{self.page}, {self.number}"
