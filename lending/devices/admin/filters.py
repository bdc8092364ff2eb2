"""Filters of the listings of devices, models and erasures."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from lending.core.admin.filters import (
    CheckboxFilter,
    LocationFilter,
    ModelCheckboxFilter,
    QuickListFilter,
)
from lending.core.states import State
from lending.devices.models import Device, DeviceModel, DeviceType, Erasure

DEVICE_LISTS = {
    "overdue": (_("Overdue"), lambda devices: devices.overdue()),
    "to_collect": (_("To be collected"), lambda devices: devices.filter(state=State.SET_ASIDE)),
    "to_erase": (_("To be erased"), lambda devices: devices.to_erase()),
    "available": (_("Available"), lambda devices: devices.available()),
    "under_way": (_("In transit"), lambda devices: devices.filter(state=State.IN_TRANSIT)),
}

DEVICE_SEARCH_FIELDS = ["number", "serial", "model__brand", "model__name"]
"""Fields that the search box of the device list searches."""


class DeviceTypeFilter(ModelCheckboxFilter):
    """A choice of types of device."""

    def __init__(self, field_name):
        super().__init__(_("Type"), field_name, lambda request: DeviceType.objects.all())


class LocationAndTypeFilterSet(WagtailFilterSet):
    """Filters of the workbench."""

    type = DeviceTypeFilter("model__type")
    location = LocationFilter("location")

    class Meta:
        model = Device
        fields = ["type", "location"]


class DeviceFilterSet(LocationAndTypeFilterSet):
    """Filters of the listing of devices."""

    quick = QuickListFilter(DEVICE_LISTS)
    state = CheckboxFilter(_("State"), State, "state")
    grade = CheckboxFilter(_("Grade"), Device.Grade, "grade")
    source = CheckboxFilter(_("Source"), Device.Source, "source")

    class Meta:
        model = Device
        fields = ["quick", "state", "type", "location", "grade", "source"]


class ErasureFilterSet(WagtailFilterSet):
    """Filters of the listing of erasures."""

    result = CheckboxFilter(_("Result"), Erasure.Result, "result")
    method = CheckboxFilter(_("Method"), Erasure.Method, "method")
    location = LocationFilter("medium__device__location")

    class Meta:
        model = Erasure
        fields = ["result", "method", "location"]


class DeviceModelFilterSet(WagtailFilterSet):
    """Filters of the listing of models."""

    type = DeviceTypeFilter("type")

    class Meta:
        model = DeviceModel
        fields = ["type"]
