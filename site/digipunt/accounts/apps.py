"""Configuration of the app accounts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "digipunt.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from digipunt.accounts.roles import apply_after_migrate  # noqa: PLC0415 - app ready

        post_migrate.connect(apply_after_migrate, sender=self, dispatch_uid="apply the roles")
