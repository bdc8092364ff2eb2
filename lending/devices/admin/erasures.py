"""Listing of erasures, and the form that records one."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from home.core.admin.base import Button
from lending.core.admin.columns import WIDE, DateTimeColumn
from lending.core.admin.viewsets import QuickListView, StaffModelViewSet
from lending.devices.admin.action_forms import free_text_field
from lending.devices.admin.filters import ErasureFilterSet
from lending.devices.admin.media import MediumView
from lending.devices.models import Erasure, StorageMedium
from lending.devices.operations import erasures

SOLID_STATE = {
    StorageMedium.Kind.SSD,
    StorageMedium.Kind.NVME,
    StorageMedium.Kind.EMMC,
    StorageMedium.Kind.FLASH,
}


class ErasureForm(forms.Form):
    """The fields of an ErasureRecord."""

    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=Erasure.Result, widget=forms.RadioSelect
    )
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=Erasure.Method)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=Erasure.Level,
        help_text=gettext_lazy(
            "According to NIST SP 800-88, overwriting counts as Clear; block or "
            "cryptographic erase by the disk itself can count as Purge."
        ),
    )
    method_detail = free_text_field(gettext_lazy("Method in detail"), 80, required=False)
    tool = free_text_field(
        gettext_lazy("Tool and version"),
        60,
        help_text=gettext_lazy("For instance “hdparm 9.65”."),
    )
    verification = free_text_field(
        gettext_lazy("How was it verified?"),
        80,
        required=False,
        help_text=gettext_lazy(
            "For instance “read back in full”. Without verification an erasure does "
            "not count as passed."
        ),
    )
    finished_at = forms.DateTimeField(
        label=gettext_lazy("Finished"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        required=False,
        help_text=gettext_lazy("Leave this empty if it was just now."),
    )

    def __init__(self, *args, medium, **kwargs):
        super().__init__(*args, **kwargs)
        self.medium = medium

    def clean(self):
        data = super().clean()
        passed = data.get("result") == Erasure.Result.PASSED
        if passed and not data.get("verification") and "verification" not in self.errors:
            self.add_error("verification", _("Say how it was verified."))
        overwritten = data.get("method") == Erasure.Method.OVERWRITE
        if overwritten and data.get("level") == Erasure.Level.PURGE:
            self.add_error("level", self.clear_only_message())
        return data

    def clear_only_message(self):
        """Return why overwriting this medium is not Purge."""
        if self.medium.kind in SOLID_STATE:
            return _("Overwriting an SSD or flash memory never counts as more than Clear.")
        return _("Overwriting counts as Clear.")

    def clean_finished_at(self):
        finished = self.cleaned_data["finished_at"]
        if finished and finished > timezone.now():
            raise forms.ValidationError(_("This moment is in the future."))
        return finished


class RecordErasureView(MediumView):
    """Record an erasure of a medium."""

    page_title = gettext_lazy("Record an erasure")
    submit_label = gettext_lazy("Record")
    form_class = ErasureForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"medium": self.medium}

    def operate(self, data):
        erasure = erasures.record_erasure(
            self.medium, erasures.ErasureRecord(**data), user=self.request.user
        )
        self.device.refresh_from_db()
        return _("Recorded: %(result)s. %(device)s is now “%(state)s”.") % {
            "result": erasure.get_result_display(),
            "device": self.device.number,
            "state": self.device.get_state_display(),
        }


class ResultColumn(Column):
    """The result of an erasure as a badge."""

    cell_template_name = "lending/devices/admin/includes/result_cell.html"


class ErasureIndexView(QuickListView):
    """Listing of erasures."""

    default_ordering = "-finished_at"

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("medium__device", "operator")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "device",
                label=gettext_lazy("Device"),
                accessor=lambda erasure: erasure.medium.device.number,
                get_url=lambda erasure: reverse("device:inspect", args=[erasure.medium.device_id]),
                sort_key="medium__device__number",
            ),
            Column("medium", label=gettext_lazy("Medium"), sort_key="medium__serial"),
            ResultColumn("result", label=gettext_lazy("Result"), sort_key="result"),
            Column(
                "method",
                label=gettext_lazy("Method"),
                accessor=lambda erasure: erasure.get_method_display(),
                classname=WIDE,
            ),
            DateTimeColumn("finished_at", label=gettext_lazy("Finished"), sort_key="finished_at"),
        ]

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.request.user.has_perm("lending.process_device"):
            url = reverse("erasure_logs:index")
            buttons = [
                Button(_("Import erasure logs"), url=url, icon_name="upload", priority=5),
                *buttons,
            ]
        return buttons


class ErasureViewSet(StaffModelViewSet):
    """Screens of erasures."""

    model = Erasure
    icon = "rotate"
    menu_label = gettext_lazy("Erasures")
    url_prefix = "wissingen"
    enabled_views = ("index", "index_results", "inspect")
    index_view_class = ErasureIndexView
    filterset_class = ErasureFilterSet
    search_fields = ["medium__serial", "medium__device__number"]
    inspect_view_fields = [
        "medium",
        "result",
        "level",
        "method",
        "method_detail",
        "tool",
        "verification",
        "started_at",
        "finished_at",
        "operator",
    ]
    list_export = [
        "medium.device.number",
        "medium.serial",
        "medium.get_kind_display",
        "get_result_display",
        "get_level_display",
        "get_method_display",
        "method_detail",
        "tool",
        "verification",
        "finished_at",
    ]
    export_headings = {
        "medium.device.number": gettext_lazy("device"),
        "medium.serial": gettext_lazy("serial number of the medium"),
        "medium.get_kind_display": gettext_lazy("kind of medium"),
        "get_result_display": gettext_lazy("result"),
        "get_level_display": gettext_lazy("level"),
        "get_method_display": gettext_lazy("method"),
    }
    export_filename = "wissingen"
