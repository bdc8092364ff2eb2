"""The app locations."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
from django.utils.translation import gettext_lazy as _


class LocationsConfig(AppConfig):
    name = "locations"
    verbose_name = _("Places")

    def ready(self):
        from locations import filter_choices, promises

        pre_migrate.connect(promises.before_migrate, sender=self)
        post_migrate.connect(promises.after_migrate, sender=self)
        for signal in (post_save, post_delete):
            for name in ("Topic", "Audience", "Partnership"):
                signal.connect(
                    filter_choices.forget, sender=f"locations.{name}", dispatch_uid="choices"
                )
