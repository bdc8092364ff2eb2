"""People who log in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "digipunt.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
