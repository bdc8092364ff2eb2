"""The home page and content pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.core.personal_data import FreeCharField
from home.pages.body import AsideField, BodyField
from home.pages.drawings import DRAWINGS
from home.pages.models.image import CustomImage
from home.pages.models.introduction import IntroductionMixin


class HomePage(IntroductionMixin, Page):
    template = "home/pages/home_page.html"
    heading = FreeCharField(
        _("heading"), max_length=80, help_text=_("The large heading at the top of the home page.")
    )
    search_label = FreeCharField(_("question above the search field"), max_length=60, blank=True)
    search_hint = FreeCharField(_("hint under the search field"), max_length=120, blank=True)
    drawing = models.CharField(_("drawing"), max_length=20, choices=DRAWINGS, default="aan-tafel")
    body = BodyField(blank=True, verbose_name=_("body"))

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("heading"), FieldPanel("introduction"), FieldPanel("drawing")],
            heading=_("At the top"),
        ),
        MultiFieldPanel(
            [FieldPanel("search_label"), FieldPanel("search_hint")],
            heading=_("Find a digipunt"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")


class ContentPage(IntroductionMixin, Page):
    template = "home/pages/content_page.html"
    image = models.ForeignKey(
        CustomImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    caption = FreeCharField(_("caption"), max_length=200, blank=True)
    drawing = models.CharField(
        _("drawing"),
        max_length=20,
        choices=DRAWINGS,
        blank=True,
        help_text=_("Shown where there is no image."),
    )
    body = BodyField(blank=True, verbose_name=_("body"))
    aside = AsideField(
        blank=True,
        verbose_name=_("beside the text"),
        help_text=_("Keep it short: what nobody should miss."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("caption"), FieldPanel("drawing")],
            heading=_("Picture"),
        ),
        FieldPanel("body"),
        FieldPanel("aside"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("aside"),
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
