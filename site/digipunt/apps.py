"""Configuration of the project package: its commands, and the table of the shared cache."""

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def create_cache_table(using, **kwargs):
    call_command("createcachetable", database=using, verbosity=0)


class SiteConfig(AppConfig):
    name = "digipunt"

    def ready(self):
        post_migrate.connect(
            create_cache_table,
            sender=self.apps.get_app_config("accounts"),
            dispatch_uid="create the cache table",
        )
