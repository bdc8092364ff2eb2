"""Menu group of donations."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from lending.donations.admin.donations import DonationViewSet
from lending.donations.admin.reception import ReceptionViewSet


class DonationsGroup(ViewSetGroup):
    """Menu group of donations."""

    menu_label = _("Donations")
    menu_icon = "download"
    menu_order = 120
    items = (ReceptionViewSet, DonationViewSet)


hooks.register("register_admin_viewset", DonationsGroup)
