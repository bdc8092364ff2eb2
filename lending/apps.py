"""Configuration of the app lending."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LendingConfig(AppConfig):
    name = "lending"
    verbose_name = _("Lending")

    def ready(self):
        from home.core.autodiscover import autodiscover_subjects

        for module in ("barcodes", "transitions"):
            autodiscover_subjects(module)
