"""Closed days and days with other hours in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from locations.core.admin.viewsets import LocationsModelViewSet
from locations.opening_hours.admin.adjusted_days_preview import AdjustedDaysPreviewView
from locations.opening_hours.admin.formsets import AdjustedHoursFormSet
from locations.opening_hours.admin.hours_forms import ADJUSTED_HOURS_PANELS, HoursLineForm
from locations.opening_hours.admin.hours_panel import AdjustedHoursPanel
from locations.opening_hours.admin.hours_preview import preview_patterns
from locations.opening_hours.admin.recorded_views import (
    RecordedCreateView,
    RecordedDeleteView,
    RecordedEditView,
)
from locations.opening_hours.models import AdjustedDays, ClosedDays
from locations.places.admin.filters import LocationFilterSet

PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("location"), FieldPanel("service")]),
            FieldPanel("partnership"),
        ],
        heading=_("For which place?"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]), FieldPanel("reason")],
        heading=_("From when to when?"),
    ),
]
COLUMNS = [
    ("first_day", _("First day"), "first_day"),
    ("last_day", _("Last day"), "last_day"),
    ("location", _("Place"), "location__name"),
    ("service", _("Service")),
    ("partnership", _("Partnership")),
    ("reason", _("Reason")),
]
FIELDS = ["location", "service", "partnership", "first_day", "last_day", "reason"]


class ClosedDaysFilterSet(LocationFilterSet):
    """Filters of closed days."""

    class Meta:
        model = ClosedDays
        fields = ["location"]


class AdjustedDaysFilterSet(LocationFilterSet):
    """Filters of days with other hours."""

    class Meta:
        model = AdjustedDays
        fields = ["location"]


class ExceptionalDaysViewSet(LocationsModelViewSet):
    """Screens that closed days and days with other hours share."""

    add_view_class = RecordedCreateView
    edit_view_class = RecordedEditView
    delete_view_class = RecordedDeleteView
    listed = COLUMNS
    related = ("location", "service", "partnership")
    default_ordering = "first_day"
    search_fields = ["reason", "location__name"]
    list_export = ["first_day", "last_day", "location", "service", "partnership", "reason"]
    inspected = FIELDS


class ClosedDaysViewSet(ExceptionalDaysViewSet):
    """Screens of closed days."""

    model = ClosedDays
    icon = "cross"
    menu_label = _("Closed days")
    url_prefix = "gesloten-dagen"
    filterset_class = ClosedDaysFilterSet
    panels = PANELS
    export_filename = "gesloten-dagen"


class AdjustedDaysViewSet(ExceptionalDaysViewSet):
    """Screens of days with other hours."""

    model = AdjustedDays
    icon = "calendar-alt"
    menu_label = _("Other hours")
    url_prefix = "andere-uren"
    filterset_class = AdjustedDaysFilterSet
    panels = [
        *PANELS,
        AdjustedHoursPanel(
            "hours",
            ADJUSTED_HOURS_PANELS,
            formset=AdjustedHoursFormSet,
            line_form=HoursLineForm,
            heading=_("The hours on these days"),
            help_text=_("A day of the week without hours is closed."),
        ),
    ]
    export_filename = "andere-uren"

    def get_urlpatterns(self):
        """Add the preview; the listing stays first because the menu item links to it."""
        preview = self.construct_view(AdjustedDaysPreviewView, form_class=self.get_form_class())
        listing, *others = super().get_urlpatterns()
        return [listing, *preview_patterns(preview), *others]
