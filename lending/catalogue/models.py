"""Catalogue pages: one page per kind of device that can be borrowed."""

from dataclasses import dataclass, fields

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from home.core.personal_data import FreeCharField
from home.pages.body import BodyField
from home.pages.drawings import DRAWINGS
from home.pages.models.introduction import IntroductionMixin
from home.pages.site_layout import get_site_roots, live_and_public, page_url
from lending.catalogue.availability import availability_of


@dataclass(frozen=True, slots=True)
class CatalogueCard:
    """The fields of a catalogue page that a list shows."""

    pk: int
    url: str
    title: str
    introduction: str
    price: str
    loan_period: str
    conditions: str
    drawing: str


class CatalogueIndexPage(IntroductionMixin, Page):
    """The catalogue at /lenen/: every kind of device, and how many are free now."""

    body = BodyField(blank=True, verbose_name=_("body"))

    template = "lending/catalogue/catalogue_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["lending.CataloguePage", "home.ContentPage"]
    max_count = 1

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def get_context(self, request, *args, **kwargs):
        cards = CataloguePage.objects.child_of(self).visible().cards()
        availability = availability_of(cards)
        return super().get_context(request, *args, **kwargs) | {
            "kinds": [(card, availability[card.pk]) for card in cards],
            "counted_at": timezone.now(),
        }


class CataloguePageQuerySet(PageQuerySet):
    def visible(self):
        """Pages that every visitor may see, in the order of the tree."""
        return live_and_public(self).order_by("path")

    def cards(self):
        """Return CatalogueCards, because loading whole pages makes lists slow."""
        names = [field.name for field in fields(CatalogueCard)[2:]]
        roots = get_site_roots()
        return [
            CatalogueCard(pk, page_url(path, roots), *rest)
            for pk, path, *rest in self.values_list("pk", "url_path", *names)
        ]


class CataloguePage(IntroductionMixin, Page):
    """A kind of device; editors write the text, the numbers come from the devices."""

    price = FreeCharField(_("price"), max_length=60, default="Gratis")
    loan_period = FreeCharField(_("how long"), max_length=60, blank=True)
    conditions = FreeCharField(_("what we ask"), max_length=120, blank=True)
    drawing = models.CharField(_("drawing"), max_length=20, choices=DRAWINGS, default="laptop")
    body = BodyField(blank=True, verbose_name=_("body"))

    objects = PageManager.from_queryset(CataloguePageQuerySet)()

    template = "lending/catalogue/catalogue_page.html"
    parent_page_types = ["lending.CatalogueIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("price"),
        FieldPanel("loan_period"),
        FieldPanel("conditions"),
        FieldPanel("drawing"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("catalogue page")
        verbose_name_plural = _("catalogue pages")

    @property
    def address(self):
        return page_url(self.url_path)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "availability": availability_of([self])[self.pk]
        }
