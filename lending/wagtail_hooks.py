"""Import the hooks of every subject: Wagtail looks for this module."""

from home.core.autodiscover import autodiscover_subjects

autodiscover_subjects("wagtail_hooks", app="lending")
