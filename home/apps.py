"""Configuration of the app home."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from home.core import triggers
from home.core.autodiscover import autodiscover_subjects
from home.core.personal_data import FreeTextField

REGISTRIES = ("access", "letterheads", "message_types", "signals", "triggers")


class HomeConfig(AppConfig):
    """The website itself, and the registries of all subjects."""

    name = "home"
    verbose_name = _("Website")

    def ready(self):
        """Fill the registries and connect the receivers that need all models."""
        from wagtail.admin.forms.models import register_form_field_override  # noqa: PLC0415 - app ready
        from wagtail.admin.widgets import AdminAutoHeightTextInput  # noqa: PLC0415 - app ready

        from home.core.permissions import register_permission_policies  # noqa: PLC0415 - app ready

        register_form_field_override(FreeTextField, override={"widget": AdminAutoHeightTextInput})
        for module in REGISTRIES:
            autodiscover_subjects(module)
        register_permission_policies()
        pre_migrate.connect(triggers.remove_before_migrate, dispatch_uid="remove triggers")
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="install triggers")
