"""Periodic jobs of search."""

import logging

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError

from home.core.jobs import job
from search import indexing
from search.engines.elastic import sync

logger = logging.getLogger(__name__)


@job("search.reconcile", every=900)
def reconcile_entries():
    """Repair what no signal reports: bulk updates, pages that expire, workshop runs that end."""
    if repaired := indexing.reconcile():
        logger.info("Search: %s rows were not what they had to be.", repaired)


@job("search.sync", every=5)
def sync_elasticsearch():
    """Send the changed entries to Elasticsearch."""
    _run(sync.sync_index)


@job("search.rebuild", every=24 * 3600)
def rebuild_elasticsearch():
    """Repair what versions cannot reveal, such as a restored database."""
    _run(sync.rebuild_index)


def _run(task):
    """Run the task; if the server is unavailable, the next run catches up."""
    if not settings.ELASTICSEARCH_URL:
        return
    try:
        task()
    except (TransportError, ApiError) as error:
        logger.warning("Elasticsearch could not be brought up to date: %s", type(error).__name__)
