"""Repair the search table, and rebuild the Elasticsearch index if there is one."""

from django.conf import settings
from django.core.management.base import BaseCommand

from search.engines.elastic.sync import rebuild_index
from search.indexing import reconcile


class Command(BaseCommand):
    help = (
        "Compare every public page with its row in the search table and repair what differs; then"
        " fill a new Elasticsearch index behind the alias. Can be stopped and started again at any"
        " moment: what is right already is not written again, and visitors can search meanwhile."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--table-only", action="store_true", help="Leave Elasticsearch as it is."
        )

    def handle(self, *, table_only, verbosity, **options):
        def progress(compared, repaired):
            if verbosity > 0:
                self.stdout.write(f"{compared} pages compared, {repaired} rows repaired")

        reconcile(progress=progress)
        if settings.ELASTICSEARCH_URL and not table_only:
            sent = rebuild_index()
            if verbosity > 0:
                self.stdout.write(f"{sent} documents in a new Elasticsearch index")
