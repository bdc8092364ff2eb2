"""Listing of devices, and the page, form and label of a device."""

from django.contrib.admin.utils import quote
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn

from home.core.admin.base import Button, ScopedEditView, ScopedInspectView, StaffViewMixin
from lending.core.admin.columns import WIDE, DeviceStateColumn
from lending.core.admin.printing import pdf_response
from lending.core.admin.viewsets import QuickListView, StaffModelViewSet, has_model_permission
from lending.core.states import SANITIZED_STATES
from lending.devices.admin.action_forms import TRANSITION_FORMS
from lending.devices.admin.actions import DeviceTransitionView, MakeAvailableView, SendDeviceView
from lending.devices.admin.erasures import RecordErasureView
from lending.devices.admin.filters import DEVICE_LISTS, DEVICE_SEARCH_FIELDS, DeviceFilterSet
from lending.devices.admin.inspections import InspectionView
from lending.devices.admin.media import AddMediumView, ReplaceMediumView
from lending.devices.admin.purchases import PurchaseView
from lending.devices.documents.label import label_pdf
from lending.devices.errors import NotGraded
from lending.devices.models import Device, DeviceEvent
from lending.devices.operations.devices import log_event, unmet_requirement
from lending.devices.operations.erasures import ERASABLE_STATES


class DueColumn(Column):
    """The due date of the open loan."""

    cell_template_name = "lending/devices/admin/includes/due_cell.html"


class DeviceIndexView(QuickListView):
    """Listing of devices, with bulk actions for users who process them."""

    default_ordering = "number"
    quick_lists = DEVICE_LISTS
    all_label = gettext_lazy("All devices")

    def get_base_queryset(self):
        return super().get_base_queryset().with_model().with_open_loans()

    @cached_property
    def columns(self):
        columns = [
            TitleColumn(
                "number",
                label=gettext_lazy("Number"),
                get_url=lambda device: reverse("device:inspect", args=[quote(device.pk)]),
                get_title_id=lambda device: f"device_{device.pk}_title",
                sort_key="number",
            ),
            DeviceStateColumn("state", label=gettext_lazy("State"), sort_key="state"),
            Column("model", label=gettext_lazy("Model"), sort_key="model", classname=WIDE),
            Column("location", label=gettext_lazy("Place"), sort_key="location__name"),
            DueColumn("due_on", label=gettext_lazy("Back before")),
        ]
        if self.user_has_permission("process"):
            columns.insert(0, BulkActionsCheckboxColumn("bulk_actions", obj_type="device"))
        return columns

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, **kwargs) | {
            "with_bulk_actions": self.user_has_permission("process")
        }


class DeviceEditView(ScopedEditView):
    """Corrections by hand; state and location change only through transitions."""

    def save_instance(self):
        fields = self.form.changed_data
        with transaction.atomic():
            device = super().save_instance()
            if fields:
                log_event(device, DeviceEvent.Kind.EDITED, user=self.request.user, fields=fields)
        return device

    def get_success_url(self):
        return reverse("device:inspect", args=[quote(self.object.pk)])


class DeviceInspectView(ScopedInspectView):
    """Page of a device: transitions, details, media and timeline."""

    page_title = gettext_lazy("Device")

    def get_object(self, queryset=None):
        devices = Device.objects.visible_to(self.request.user).with_model()
        devices = devices.select_related("donation_line__donation")
        return get_object_or_404(devices, pk=self.pk)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Devices")},
            {"url": "", "label": self.object.number},
        ]

    def get_page_title(self):
        return _("Device %(number)s") % {"number": self.object.number}

    def get_page_subtitle(self):
        return self.object.get_state_display()

    @cached_property
    def header_more_buttons(self):
        url = reverse("device:label", args=[self.object.pk])
        label = Button(_("Print label"), url=url, icon_name="barcode", priority=5)
        return [label, *super().header_more_buttons]

    def get_fields_context(self):
        return []

    def requirement_of(self, transition):
        """Return the unmet requirement of a transition, or None.

        A missing grade is none for the inspection, which gives one.
        """
        error = unmet_requirement(self.object, transition.target)
        is_met = transition.form == "inspection" and isinstance(error, NotGraded)
        return None if is_met else error

    def get_context_data(self, **kwargs):
        device = self.object
        transitions = [
            (transition, self.requirement_of(transition))
            for transition in device.transitions()
            if self.user_has_permission(transition.permission)
        ]
        may_process = self.user_has_permission("process")
        loan = device.open_loan
        donation = device.donation_line and device.donation_line.donation
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "device": device,
            "actions": [
                {"transition": transition, "form_url": self.form_url(transition)}
                for transition, requirement in transitions
                if not requirement
            ],
            "waiting": [pair for pair in transitions if pair[1]],
            "loan": loan,
            "may_see_borrower": loan and has_model_permission(user, "view", type(loan.borrower)),
            "donation": donation,
            "may_see_donation": donation and has_model_permission(user, "view", type(donation)),
            "media": list(device.media.with_erasures()),
            "may_process": may_process,
            "may_change_media": may_process and device.state not in SANITIZED_STATES,
            "may_erase": may_process and device.state in ERASABLE_STATES,
            "inspection": device.inspections.select_related("user").first(),
            "timeline": device.events.select_related("user")[:200],
        }

    def form_url(self, transition):
        """Return the URL of the form about this device, or an empty string."""
        if not transition.form or transition.form == "desk":
            return ""
        return reverse(TRANSITION_FORMS[transition.target], args=[self.object.pk])


class DeviceLabelView(StaffViewMixin, View):
    """The label of a device, as PDF."""

    model = Device
    any_permission_required = ["view", "lend", "process"]

    def get(self, request, pk):
        devices = Device.objects.visible_to(request.user).with_model()
        return pdf_response(label_pdf([get_object_or_404(devices, pk=pk)]), f"label-{pk}")


class DeviceViewSet(StaffModelViewSet):
    """Screens of devices."""

    model = Device
    icon = "desktop"
    menu_label = gettext_lazy("Devices")
    url_prefix = "toestellen"
    enabled_views = ("index", "index_results", "inspect", "edit", "history", "history_results")
    form_fields = ["model", "serial", "accessories", "notes"]
    index_view_class = DeviceIndexView
    edit_view_class = DeviceEditView
    inspect_view_class = DeviceInspectView
    index_template_name = "lending/devices/admin/device_index.html"
    inspect_template_name = "lending/devices/admin/device_inspect.html"
    filterset_class = DeviceFilterSet
    search_fields = DEVICE_SEARCH_FIELDS
    list_export = [
        "number",
        "type_name",
        "model",
        "serial",
        "get_state_display",
        "location",
        "grade",
        "accessories",
        "due_on",
        "since",
    ]
    export_headings = {
        "type_name": gettext_lazy("type"),
        "get_state_display": gettext_lazy("state"),
        "due_on": gettext_lazy("due"),
    }
    export_filename = "toestellen"

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(**kwargs) | {"add_url_name": "device:add"}

    def get_urlpatterns(self):
        views = {
            "move": DeviceTransitionView,
            "available": MakeAvailableView,
            "send": SendDeviceView,
            "inspection": InspectionView,
            "label": DeviceLabelView,
            "add_medium": AddMediumView,
        }
        media_views = {"erase": RecordErasureView, "replace_medium": ReplaceMediumView}
        return [
            *super().get_urlpatterns(),
            path("new/", self.construct_view(PurchaseView), name="add"),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in (views | media_views).items()
            ),
        ]
