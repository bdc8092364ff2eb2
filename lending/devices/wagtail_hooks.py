"""Menu group and bulk actions of devices."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from lending.devices.admin.bulk_actions import MakeAvailableBulkAction, SendDevicesBulkAction
from lending.devices.admin.device_models import DeviceModelViewSet, DeviceTypeViewSet
from lending.devices.admin.devices import DeviceViewSet
from lending.devices.admin.erasure_logs import ErasureLogViewSet
from lending.devices.admin.erasures import ErasureViewSet
from lending.devices.admin.workbench import WorkbenchViewSet


class DevicesGroup(ViewSetGroup):
    """Menu group of devices."""

    menu_label = _("Devices")
    menu_icon = "desktop"
    menu_order = 110
    items = (
        WorkbenchViewSet,
        DeviceViewSet,
        ErasureViewSet,
        ErasureLogViewSet,
        DeviceModelViewSet,
        DeviceTypeViewSet,
    )


hooks.register("register_admin_viewset", DevicesGroup)
hooks.register("register_bulk_action", SendDevicesBulkAction)
hooks.register("register_bulk_action", MakeAvailableBulkAction)
