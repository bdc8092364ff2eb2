"""What the worker does for search: repair the table, and keep Elasticsearch equal to it."""

import logging

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError

from home.core.jobs import job
from search import indexing

from .engines.elastic import sync as elastic

logger = logging.getLogger(__name__)


@job("search.reconcile", every=900)
def reconcile():
    """For what no signal tells: bulk changes, pages that expire, editions of workshops that end."""
    if repaired := indexing.reconcile():
        logger.info("Search: %s rows were not what they had to be.", repaired)


@job("search.sync", every=5)
def sync():
    _elastic(elastic.sync)


@job("search.rebuild", every=24 * 3600)
def rebuild():
    """Heals what no comparison of versions can see, such as a database that was put back."""
    _elastic(elastic.rebuild)


def _elastic(work):
    """A server that is away is no failure of ours: the next run catches up."""
    if not settings.ELASTICSEARCH_URL:
        return
    try:
        work()
    except (TransportError, ApiError) as trouble:
        logger.warning("Elasticsearch could not be brought up to date: %s", type(trouble).__name__)
