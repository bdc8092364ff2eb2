"""Locations and their opening hours in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)

from home.core.admin.base import ScopedCreateView, ScopedEditView
from locations.core.admin.viewsets import LocationsModelViewSet
from locations.opening_hours.admin.formsets import RuleFormSet
from locations.opening_hours.admin.history import LocationInspectView
from locations.opening_hours.admin.hours_forms import HOURS_PANELS, HoursLineForm
from locations.opening_hours.admin.hours_panel import OpeningHoursPanel
from locations.opening_hours.admin.hours_preview import LocationPreviewView, preview_patterns
from locations.opening_hours.admin.recorded_views import (
    RecordHoursOnCreateMixin,
    RecordHoursOnEditMixin,
)
from locations.places.admin.location_form import LocationForm, partnership_choices
from locations.places.models import Location, Partner

SERVICES = [
    FieldRowPanel([FieldPanel("service"), FieldPanel("note"), FieldPanel("price_note")]),
    FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
]
TEAM = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("task")]),
    FieldRowPanel([FieldPanel("image"), FieldPanel("consent_on")]),
]
PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("partnership")]),
            FieldPanel("host"),
            FieldRowPanel([FieldPanel("is_lending_point"), FieldPanel("is_collection_point")]),
        ],
        heading=_("Basic information"),
    ),
    OpeningHoursPanel(
        "opening_rules",
        HOURS_PANELS,
        formset=RuleFormSet,
        line_form=HoursLineForm,
        heading=_("Opening hours"),
    ),
    InlinePanel("location_services", SERVICES, heading=_("Services"), label=_("Service")),
    HelpPanel(template="locations/opening_hours/admin/stops/own_planning.html", heading=_("Stops")),
    InlinePanel("team", TEAM, heading=_("Team"), label=_("Team member")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("street"), FieldPanel("number")]),
            FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
            FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        ],
        heading=_("Address and contact"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("wheelchair"),
            FieldPanel("entrance"),
            FieldRowPanel([FieldPanel("accessible_toilet"), FieldPanel("hearing_loop")]),
            FieldPanel("by_train"),
            FieldPanel("by_bus"),
            FieldPanel("by_car"),
        ],
        heading=_("Access and transport"),
    ),
]


class OwnPartnershipMixin:
    """Limits the partnership and host to the current ones and those that the user manages."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        if "partnership" in form.fields:
            form.fields["partnership"].queryset = partnership_choices(
                self.request.user, form.instance
            )
        if "host" in form.fields:
            visible = Partner.objects.visible_to(self.request.user)
            current = Partner.objects.filter(pk=getattr(form.instance, "host_id", None))
            form.fields["host"].queryset = visible | current
        return form


class LocationCreateView(RecordHoursOnCreateMixin, OwnPartnershipMixin, ScopedCreateView):
    """The form of a new location."""


class LocationEditView(RecordHoursOnEditMixin, OwnPartnershipMixin, ScopedEditView):
    """The form of a location."""


class LocationViewSet(LocationsModelViewSet):
    """Locations in the admin, with a preview of their opening hours."""

    model = Location
    icon = "site"
    menu_label = _("Places")
    url_prefix = "plaatsen"
    deletable = False
    add_view_class = LocationCreateView
    edit_view_class = LocationEditView
    inspect_view_class = LocationInspectView
    edit_handler = ObjectList(PANELS, base_form_class=LocationForm)

    def get_urlpatterns(self):
        preview = self.construct_view(LocationPreviewView, form_class=self.get_form_class())
        index, *others = super().get_urlpatterns()  # the menu item links to the first
        return [index, *preview_patterns(preview), *others]

    listed = [
        ("name", _("Name"), "name"),
        ("code", _("Code"), "code"),
        ("kind", _("Kind"), "kind"),
        ("city", _("Town"), "city"),
        ("partnership", _("Partnership"), "partnership__name"),
    ]
    related = ("partnership",)
    default_ordering = "name"
    list_filter = ["kind", "is_lending_point", "is_collection_point", "wheelchair"]
    search_fields = ["name", "code", "city", "postcode"]
    list_export = ["code", "name", "get_kind_display", "address", "phone", "email"]
    export_headings = {"get_kind_display": _("Kind"), "address": _("Address")}
    export_filename = "plaatsen"
    inspected = [
        "code",
        "name",
        "kind",
        "partnership",
        "is_lending_point",
        "is_collection_point",
        "street",
        "number",
        "postcode",
        "city",
        "phone",
        "email",
        "wheelchair",
        "entrance",
        "accessible_toilet",
        "hearing_loop",
        "by_train",
        "by_bus",
        "by_car",
    ]
