"""Registrations of pages in the admin."""

from wagtail.snippets.models import register_snippet

from home.pages.admin import SiteLayoutViewSetGroup

register_snippet(SiteLayoutViewSetGroup)
