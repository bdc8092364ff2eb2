"""Pages of workshops: the list, and what one workshop is about. A run has the time and place."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.core.personal_data import FreeCharField, FreeTextField
from home.pages.body import BodyField
from home.pages.drawings import DRAWINGS
from home.pages.models.content import IntroductionMixin
from home.pages.models.image import CustomImage
from locations.core.models.topic import Audience, Topic
from locations.places.models.partnership import Partner
from locations.workshops.listing.context import index_context, workshop_context
from locations.workshops.models.choices import Language, Level


class WorkshopIndexPage(IntroductionMixin, Page):
    """The page /workshops/ with every workshop that people can still join."""

    template = "locations/workshops/workshop_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["locations.WorkshopPage", "home.ContentPage"]
    max_count = 1

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("page with workshops")
        verbose_name_plural = _("pages with workshops")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | index_context(self, request)


class WorkshopPage(IntroductionMixin, Page):
    """A workshop: its subject, level, language and price."""

    Level, Language = Level, Language

    level = models.CharField(_("for whom"), max_length=8, choices=Level, default=Level.STARTER)

    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="workshops",
        verbose_name=_("topic"),
    )
    language = models.CharField(
        _("spoken language"), max_length=8, choices=Language, default=Language.DUTCH
    )
    audiences = ParentalManyToManyField(
        Audience,
        blank=True,
        related_name="workshops",
        verbose_name=_("target groups"),
        help_text=_("None: for everybody."),
    )
    partner = models.ForeignKey(
        Partner,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="workshops",
        verbose_name=_("given by"),
    )
    limits = FreeCharField(
        _("what we do not cover"),
        max_length=120,
        blank=True,
        help_text=_("We explain how it works, but we do not fill it in together."),
    )
    price = FreeCharField(_("price"), max_length=40, default="Gratis")
    language_note = FreeCharField(
        _("language"),
        max_length=60,
        blank=True,
        help_text=_("For example: Easy Dutch, explained in French."),
    )
    learn = FreeTextField(_("what you learn"), blank=True, help_text=_("One thing per line."))
    bring = FreeTextField(_("what to bring"), blank=True, help_text=_("One thing per line."))
    image = models.ForeignKey(
        CustomImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    drawing = models.CharField(_("drawing"), max_length=20, choices=DRAWINGS, default="les")
    body = BodyField(blank=True, verbose_name=_("body"))

    route_select_related = ("topic", "partner", "image")
    template = "locations/workshops/workshop_page.html"
    parent_page_types = ["locations.WorkshopIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("level")]),
        FieldRowPanel([FieldPanel("language"), FieldPanel("language_note")]),
        FieldRowPanel([FieldPanel("price"), FieldPanel("partner")]),
        FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
        FieldPanel("limits"),
        FieldPanel("learn"),
        FieldPanel("bring"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("drawing")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("learn"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | workshop_context(self, request)

    @property
    def things_to_learn(self):
        """Return the lines of `learn`."""
        return _lines(self.learn)

    @property
    def things_to_bring(self):
        """Return the lines of `bring`."""
        return _lines(self.bring)


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
