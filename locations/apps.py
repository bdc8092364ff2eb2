"""Configuration of the app locations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from home.core.autodiscover import autodiscover_subjects


class LocationsConfig(AppConfig):
    name = "locations"
    verbose_name = _("Places")

    def ready(self):
        autodiscover_subjects("panels")
        autodiscover_subjects("reach_source")
