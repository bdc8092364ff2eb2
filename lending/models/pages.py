"""The catalogue as citizens see it: one page per kind of device that can be borrowed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.body import BodyField
from home.personal_data import FreeCharField


class CatalogueIndexPage(Page):
    """/lenen/: every kind of device, and how many are free now."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "lending/catalogue_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["lending.CataloguePage", "home.ContentPage"]
    max_count = 1

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def get_context(self, request, *args, **kwargs):
        from lending.availability import availability_of

        kinds = list(CataloguePage.objects.child_of(self).live().public().order_by("path"))
        answers = availability_of(kinds)
        return super().get_context(request, *args, **kwargs) | {
            "kinds": [(kind, answers[kind.pk]) for kind in kinds]
        }


class CataloguePage(Page):
    """What one can borrow: the words are an editor's, the numbers come from the devices."""

    introduction = models.TextField(_("introduction"), blank=True)
    price = FreeCharField(_("price"), max_length=60, default="Gratis")
    loan_period = FreeCharField(_("how long"), max_length=60, blank=True)
    conditions = FreeCharField(_("what we ask"), max_length=120, blank=True)
    drawing = models.CharField(
        _("drawing"),
        max_length=12,
        choices=[
            ("laptop", _("laptop")),
            ("tablet", _("tablet")),
            ("smartphone", _("smartphone")),
            ("doos", _("box")),
        ],
        default="laptop",
    )
    body = BodyField(blank=True, verbose_name=_("body"))

    template = "lending/catalogue_page.html"
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

    def get_context(self, request, *args, **kwargs):
        from lending.availability import availability_of

        return super().get_context(request, *args, **kwargs) | {
            "availability": availability_of([self])[self.pk]
        }
