"""Pages about locations: the list of digipunten, and a page for each location."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.pages.body import BodyField
from home.pages.drawings import DRAWINGS
from home.pages.models.content import IntroductionMixin
from home.pages.models.image import CustomImage
from locations.directory.finder_context import build_finder_context
from locations.directory.location_context import build_location_context
from locations.directory.navigation import partnership_sitemap_urls
from locations.places.models.location import Location


class LocationIndexPage(IntroductionMixin, Page):
    """The list of digipunten, with a search by place and filters."""

    template = "locations/directory/location_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["locations.LocationPage", "home.ContentPage"]
    max_count = 1

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("page with digipunten")
        verbose_name_plural = _("pages with digipunten")

    def route(self, request, path_components):
        """Route to a location page under this page with one query instead of three."""
        if len(path_components) == 1:
            pages = (
                LocationPage.objects.child_of(self)
                .live()
                .select_related("location__host", "location__partnership")
            )
            page = pages.filter(slug=path_components[0]).first()
            if page:
                page.trail = [(self.title, self.get_url(request))]
                return page.route(request, [])
        return super().route(request, path_components)

    def get_sitemap_urls(self, request=None):
        """Return the URLs of this page and of the partnerships, which are not pages."""
        urls = super().get_sitemap_urls(request)
        return [*urls, *partnership_sitemap_urls(self.get_full_url(request))]

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | build_finder_context(self, request)


class LocationPage(IntroductionMixin, Page):
    """A page about one location, whose hours and address come from the location itself."""

    location = models.OneToOneField(
        Location, models.PROTECT, related_name="page", verbose_name=_("place")
    )
    image = models.ForeignKey(
        CustomImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    drawing = models.CharField(_("drawing"), max_length=20, choices=DRAWINGS, default="straat")
    body = BodyField(blank=True, verbose_name=_("body"))

    parent_page_types = ["locations.LocationIndexPage", "home.HomePage"]
    subpage_types = []
    route_select_related = ("location__host", "location__partnership", "image")
    trail = None

    content_panels = [
        *Page.content_panels,
        FieldPanel("location"),
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("drawing")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("page of a digipunt")
        verbose_name_plural = _("pages of digipunten")

    def route(self, request, path_components):
        """Raise Http404 for a location that became a workshop or a warehouse."""
        if not self.location.is_public:
            raise Http404
        return super().route(request, path_components)

    def get_sitemap_urls(self, request=None):
        return super().get_sitemap_urls(request) if self.location.is_public else []

    def get_template(self, request, *args, **kwargs):
        if self.location.kind in Location.MOVING_KINDS:
            return "locations/directory/bus_page.html"
        return "locations/directory/location_page.html"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | build_location_context(self, request)

    def clean(self):
        super().clean()
        if self.location_id and not self.location.is_public:
            raise ValidationError(
                {
                    "location": _(
                        "A workshop or a warehouse cannot have a page: it is not open to visitors."
                    )
                }
            )
