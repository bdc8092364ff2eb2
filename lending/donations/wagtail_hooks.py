"""Menu group and permission policy of donations."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from lending.donations.admin.donations import DonationViewSet
from lending.donations.admin.reception import ReceptionViewSet
from lending.donations.models import Donation

register_permission_policy(Donation)


class DonationsGroup(ViewSetGroup):
    menu_label = _("Donations")
    menu_icon = "download"
    menu_order = 120
    items = (ReceptionViewSet, DonationViewSet)


hooks.register("register_admin_viewset", DonationsGroup)
