"""Snippets of the site layout in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.pages.models import FooterLink, HelpChannel, SponsorLogo


class HelpChannelViewSet(SnippetViewSet):
    model = HelpChannel
    icon = "help"
    menu_label = _("Help")
    list_display = ["title", "value", "hours", "position", BooleanColumn("is_shown")]
    list_filter = ["kind", "is_shown"]
    copy_view_enabled = False


class FooterLinkViewSet(SnippetViewSet):
    model = FooterLink
    icon = "link"
    menu_label = _("Footer")
    list_display = ["title", "column", "page", "address", "position"]
    list_filter = ["column"]
    copy_view_enabled = False

    def get_queryset(self, request):
        return FooterLink.objects.select_related("page")


class SponsorLogoViewSet(SnippetViewSet):
    model = SponsorLogo
    icon = "group"
    menu_label = _("Sponsors")
    list_display = ["name", "starts_on", "ends_on", BooleanColumn("in_footer")]
    search_fields = ["name"]
    copy_view_enabled = False


class SiteLayoutViewSetGroup(SnippetViewSetGroup):
    items = (HelpChannelViewSet, FooterLinkViewSet, SponsorLogoViewSet)
    menu_label = _("On every page")
    menu_name = "around"
    menu_icon = "site"
    menu_order = 250
