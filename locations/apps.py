"""Configuration of the locations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LocationsConfig(AppConfig):
    """Imports the registrations of the subjects once all models are loaded."""

    name = "locations"
    verbose_name = _("Places")

    def ready(self):
        from home.core.autodiscover import autodiscover_subjects

        autodiscover_subjects("panels")
        autodiscover_subjects("reach_source")
