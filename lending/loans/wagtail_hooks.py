"""Menu group and dashboard panels of loans."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

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


hooks.register("register_admin_viewset", LendingGroup)
hooks.register("construct_homepage_panels", add_panels)
