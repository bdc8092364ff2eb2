"""Configuration of the app lending."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from home.core.autodiscover import autodiscover_subjects


class LendingConfig(AppConfig):
    name = "lending"
    verbose_name = _("Lending")

    def ready(self):
        for module in ("barcodes", "transitions"):
            autodiscover_subjects(module)
