"""The app lending."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class LendingConfig(AppConfig):
    name = "lending"
    verbose_name = _("Lending")

    def ready(self):
        from lending import promises, reach  # noqa: F401

        pre_migrate.connect(promises.before_migrate, sender=self)
        post_migrate.connect(promises.after_migrate, sender=self)
