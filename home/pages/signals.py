"""Receivers that clear the cached site layout when something in it changes."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from home.pages.models import FooterLink, HelpChannel, SponsorLogo
from home.pages.site_layout import get_site_layout

LAYOUT_MODELS = (Page, PageViewRestriction, Site, FooterLink, HelpChannel, SponsorLogo)


def clear_site_layout(sender, **kwargs):
    """Clear the cached layout when a page or another part of it has changed."""
    if issubclass(sender, LAYOUT_MODELS):
        get_site_layout.clear()


for signal in (post_save, post_delete, post_page_move):
    signal.connect(clear_site_layout, dispatch_uid="site layout")
