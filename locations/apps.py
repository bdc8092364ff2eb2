"""The app locations."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LocationsConfig(AppConfig):
    name = "locations"
    verbose_name = _("Places")

    def ready(self):
        from locations import promises

        post_migrate.connect(promises.after_migrate, sender=self)
