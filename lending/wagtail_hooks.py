"""What the lending service adds to the admin: registrations, nothing else."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from lending.devices.admin.bulk_actions import MakeAvailableBulkAction, SendDevicesBulkAction
from lending.devices.admin.device_models import DeviceModelViewSet, DeviceTypeViewSet
from lending.devices.admin.devices import DeviceViewSet
from lending.devices.admin.erasure_logs import ErasureLogViewSet
from lending.devices.admin.erasures import ErasureViewSet
from lending.devices.admin.workbench import WorkbenchViewSet
from lending.donations.admin.donations import DonationViewSet
from lending.donations.admin.reception import ReceptionViewSet
from lending.loans.admin.borrowers import BorrowerViewSet
from lending.loans.admin.dashboard import add_panels
from lending.loans.admin.desk import DeskViewSet
from lending.loans.admin.loans import LoanViewSet
from lending.loans.admin.policies import LoanPolicyViewSet


class LendingGroup(ViewSetGroup):
    menu_label = _("Lending service")
    menu_icon = "desk"
    menu_order = 100
    items = (DeskViewSet, LoanViewSet, BorrowerViewSet, LoanPolicyViewSet)


class DevicesGroup(ViewSetGroup):
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


class DonationsGroup(ViewSetGroup):
    menu_label = _("Donations")
    menu_icon = "download"
    menu_order = 120
    items = (ReceptionViewSet, DonationViewSet)


hooks.register("register_admin_viewset", LendingGroup)
hooks.register("register_admin_viewset", DevicesGroup)
hooks.register("register_admin_viewset", DonationsGroup)
hooks.register("construct_homepage_panels", add_panels)
hooks.register("register_bulk_action", SendDevicesBulkAction)
hooks.register("register_bulk_action", MakeAvailableBulkAction)


@hooks.register("register_icons")
def register_icons(icons):
    return [
        *icons,
        *(f"lending/core/icons/{name}.svg" for name in ("barcode", "desk", "phone", "undo")),
    ]


@hooks.register("insert_global_admin_css")
def staff_css():
    address = static("digipunt/staff/css/staff.css")
    return format_html('<link rel="stylesheet" href="{}">', address)
