"""Workshops: what one learns there, and the times that it is given."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.body import BodyField
from home.drawings import DRAWINGS
from home.models.image import CustomImage
from home.models.pages import Introduced
from home.personal_data import FreeCharField, FreeTextField
from locations.models.location import Location
from locations.scope import Scope, ScopedQuerySet


class WorkshopIndexPage(Introduced, Page):
    """/workshops/: every workshop that is still to come."""

    template = "locations/workshop_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["locations.WorkshopPage", "home.ContentPage"]
    max_count = 1

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("page with workshops")
        verbose_name_plural = _("pages with workshops")

    def get_context(self, request, *args, **kwargs):
        from locations.views.workshops import index_context

        return super().get_context(request, *args, **kwargs) | index_context(self, request)


class WorkshopPage(Introduced, Page):
    """What a workshop is. When and where it is given, is a run."""

    class Level(models.TextChoices):
        STARTER = "starter", _("For starters")
        BASIC = "basic", _("For who can do a little")
        ADVANCED = "advanced", _("For who can do more already")

    level = models.CharField(_("for whom"), max_length=8, choices=Level, default=Level.STARTER)
    price = FreeCharField(_("price"), max_length=40, default="Gratis")
    language_note = FreeCharField(
        _("language"), max_length=60, blank=True, help_text=_("Easy Dutch, explained in French.")
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

    template = "locations/workshop_page.html"
    parent_page_types = ["locations.WorkshopIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("price"), FieldPanel("language_note")]),
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
        from locations.views.workshops import workshop_context

        return super().get_context(request, *args, **kwargs) | workshop_context(self, request)

    @property
    def things_to_learn(self):
        return _lines(self.learn)

    @property
    def things_to_bring(self):
        return _lines(self.bring)


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


SHOWN_IN_LISTS = (
    *("starts_at", "ends_at", "capacity", "lessons", "status", "cancelled_reason"),
    *(f"page__{name}" for name in ("title", "url_path", "price", "level", "language_note")),
    "location__name",
)


class WorkshopRunQuerySet(ScopedQuerySet):
    def coming(self, now):
        """Not over yet, soonest first; cancelled ones too, for these have a reason to show."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def for_list(self):
        """With what a list shows of the workshop and its place; the rest stays in the database."""
        return self.select_related("page", "location").only(*SHOWN_IN_LISTS)

    def published(self):
        """Of a workshop that everybody may read about, at a place that is no secret."""
        return self.filter(page__live=True).exclude(location__kind__in=Location.HIDDEN_KINDS)


class WorkshopRun(models.Model):
    """One time that a workshop is given."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("goes ahead")
        CANCELLED = "cancelled", _("cancelled")

    page = models.ForeignKey(
        WorkshopPage, models.PROTECT, related_name="runs", verbose_name=_("workshop")
    )
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="workshop_runs", verbose_name=_("place")
    )
    starts_at = models.DateTimeField(_("starts at"), db_index=True)
    ends_at = models.DateTimeField(_("ends at"))
    capacity = models.PositiveSmallIntegerField(
        _("number of places"), default=8, validators=[MinValueValidator(1)]
    )
    lessons = models.PositiveSmallIntegerField(
        _("number of lessons"), default=1, validators=[MinValueValidator(1)]
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    cancelled_reason = FreeCharField(_("does not take place, because"), max_length=120, blank=True)

    scope = Scope(places=("location",))
    objects = WorkshopRunQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("workshop on a date")
        verbose_name_plural = _("workshops on a date")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="workshop_run_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, lessons__gte=1), name="workshop_run_has_a_place"
            ),
            models.CheckConstraint(
                condition=(Q(status="cancelled") & ~Q(cancelled_reason=""))
                | (~Q(status="cancelled") & Q(cancelled_reason="")),
                name="workshop_run_cancelled_for_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.page}, {self.starts_at:%d/%m/%Y}"

    @property
    def is_cancelled(self):
        return self.status == self.Status.CANCELLED

    def clean(self):
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("The end has to come after the start.")
        if self.is_cancelled and not self.cancelled_reason.strip():
            errors["cancelled_reason"] = _("Say why it does not take place: visitors read this.")
        if not self.is_cancelled:
            self.cancelled_reason = ""
        if self.location_id and not self.location.is_public:
            errors["location"] = _("Visitors can not come to a workshop room or a warehouse.")
        if errors:
            raise ValidationError(errors)
