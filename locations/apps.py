"""Configuration of the locations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from home.core.autodiscover import autodiscover_subjects


class LocationsConfig(AppConfig):
    """Imports the registrations of the subjects once all models are loaded."""

    name = "locations"
    verbose_name = _("Places")

    def ready(self):
        autodiscover_subjects("panels")
        autodiscover_subjects("reach_source")
