"""Configuration of the app search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from search.signals import connect_signals  # noqa: PLC0415 - app ready

        connect_signals()
