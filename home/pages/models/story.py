"""Stories: people tell what a device, a workshop or a conversation did for them."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import Tag, TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.core.personal_data import FreeCharField, FreeTextField
from home.pages.body import AsideField, BodyField
from home.pages.drawings import DRAWINGS, PEOPLE
from home.pages.models.image import CustomImage, Rendition
from home.pages.models.introduction import IntroductionMixin
from home.pages.site_layout import live_and_public

CARD = "fill-640x320|format-webp"


class StoryTag(TaggedItemBase):
    content_object = ParentalKey("home.StoryPage", related_name="tagged_items")

    class Meta:
        verbose_name = _("subject of a story")
        verbose_name_plural = _("subjects of stories")


class StoryIndexPage(IntroductionMixin, Page):
    """The list of stories: the newest first and large, filtered by subject."""

    template = "home/pages/story_index_page.html"

    PER_PAGE = 12

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.StoryPage"]

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("page with stories")
        verbose_name_plural = _("pages with stories")

    def stories(self):
        return live_and_public(StoryPage.objects.child_of(self)).newest_first()

    def subjects(self):
        """Return the tags that at least one public story has."""
        story_tags = StoryTag.objects.filter(content_object__in=self.stories().order_by())
        return Tag.objects.filter(pk__in=story_tags.values("tag")).order_by("name")

    def get_context(self, request, *args, **kwargs):
        subjects = list(self.subjects())
        slugs = {subject.slug for subject in subjects}
        chosen = [slug for slug in request.GET.getlist("onderwerp") if slug in slugs]
        stories = self.stories().with_card()
        if chosen:
            stories = stories.about(chosen)
        pages = Paginator(stories, self.PER_PAGE).get_page(request.GET.get("p"))
        stories = list(pages)
        first = stories.pop(0) if stories and not chosen and pages.number == 1 else None
        return super().get_context(request, *args, **kwargs) | {
            "first": first,
            "stories": stories,
            "pages": pages,
            "subjects": subjects,
            "chosen": chosen,
            "query": "".join(f"onderwerp={slug}&" for slug in chosen),
        }


class StoryPageQuerySet(PageQuerySet):
    def newest_first(self):
        return self.order_by("-date", "-pk")

    def about(self, subjects):
        """Return the stories with at least one of these subjects (slugs)."""
        tagged = StoryTag.objects.filter(tag__slug__in=subjects)
        return self.filter(pk__in=tagged.values("content_object"))

    def with_card(self):
        """Prefetch the image of the card and leave out the body; one more query."""
        renditions = Rendition.objects.filter(filter_spec=CARD)
        return (
            self.defer_streamfields()
            .select_related("image")
            .prefetch_related(
                Prefetch("image__renditions", queryset=renditions, to_attr="prefetched_renditions")
            )
        )


class StoryPage(IntroductionMixin, Page):
    template = "home/pages/story_page.html"
    date = models.DateField(_("date"), default=timezone.localdate)
    quote = FreeTextField(
        _("quote"),
        max_length=200,
        help_text=_("The most telling words, without quotation marks."),
    )
    teller = FreeCharField(
        _("storyteller"),
        max_length=60,
        help_text=_("A first name is enough. Ask first whether it may be here."),
    )
    teller_is = FreeCharField(
        _("who they are"), max_length=120, blank=True, help_text=_("Borrowed a laptop in Aalst.")
    )
    person = models.CharField(
        _("drawing of the storyteller"), max_length=20, choices=PEOPLE, default="persoon-1"
    )
    image = models.ForeignKey(
        CustomImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
        help_text=_("Only of people who agreed to it."),
    )
    drawing = models.CharField(_("drawing"), max_length=20, choices=DRAWINGS, default="gesprek")
    body = BodyField(blank=True, verbose_name=_("body"))
    aside = AsideField(blank=True, verbose_name=_("beside the text"))
    tags = ClusterTaggableManager(through=StoryTag, blank=True, verbose_name=_("subjects"))

    objects = PageManager.from_queryset(StoryPageQuerySet)()

    open_graph_type = "article"
    parent_page_types = ["home.StoryIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("tags")]),
        MultiFieldPanel(
            [
                FieldPanel("quote"),
                FieldRowPanel([FieldPanel("teller"), FieldPanel("teller_is")]),
                FieldPanel("person"),
            ],
            heading=_("Quote"),
        ),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("drawing")], heading=_("Picture")),
        FieldPanel("body"),
        FieldPanel("aside"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("quote"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def more_stories(self):
        return list(self.siblings_newest_first()[:3])

    def siblings_newest_first(self):
        siblings = live_and_public(StoryPage.objects.sibling_of(self, inclusive=False))
        return siblings.newest_first().with_card()
