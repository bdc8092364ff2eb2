"""The site as a whole: its commands, and the table that the shared cache needs."""

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(using, **kwargs):
    call_command("createcachetable", database=using, verbosity=0)


class SiteConfig(AppConfig):
    name = "digipunt"

    def ready(self):
        post_migrate.connect(
            make_cache_table,
            sender=self.apps.get_app_config("accounts"),
            dispatch_uid="make the cache table",
        )
