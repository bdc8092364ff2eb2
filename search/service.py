"""Search: by Elasticsearch if it is configured and healthy, or else by the database."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import connection
from django.utils import timezone
from elastic_transport import TransportError
from elasticsearch import ApiError

from search.engines import postgres, sqlite
from search.engines.elastic import engine as elastic
from search.models import SearchEntry
from search.results import SearchResults, build_results

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 1.0  # for all requests to Elasticsearch for one page of results
RECOVERY_SECONDS = 30.0  # without requests to Elasticsearch after a failure

ENGINE_ERRORS = (
    TransportError,
    ApiError,
    elastic.UnexpectedResponse,
    TimeoutError,
    ValueError,
)


class CircuitBreaker:
    """Blocks requests for `recovery_seconds` after a failure, then allows one; thread-safe."""

    def __init__(self, recovery_seconds, clock=time.monotonic):
        self.recovery_seconds, self.clock = recovery_seconds, clock
        self._lock = threading.Lock()
        self._open_until = None

    def allow_request(self):
        """Return whether a request may be sent now."""
        with self._lock:
            if self._open_until is None:
                return True
            if self.clock() < self._open_until:
                return False
            # The others wait for the outcome of this request.
            self._open_until = self.clock() + self.recovery_seconds
            return True

    def record_failure(self):
        """Open the circuit; return whether it was closed, so that a failure is logged once."""
        with self._lock:
            was_closed = self._open_until is None
            self._open_until = self.clock() + self.recovery_seconds
            return was_closed

    def record_success(self):
        """Close the circuit; return whether it was open."""
        with self._lock:
            was_open = self._open_until is not None
            self._open_until = None
            return was_open


breaker = CircuitBreaker(RECOVERY_SECONDS)
_threads = ThreadPoolExecutor(max_workers=16, thread_name_prefix="search")


def execute_query(query, at=None):
    """Return the results of a query at a moment, now by default; only reads."""
    if query.is_blank:
        return SearchResults(query)
    at = at or timezone.now()
    if settings.ELASTICSEARCH_URL:
        results = _search_elasticsearch(query, at)
        if results:
            return results.from_engine(elastic.name, is_fallback=False)
    engine = get_database_engine()
    results = _search_all_then_any(query, at, lambda query: engine.search(query, at))
    return results.from_engine(engine.name, is_fallback=bool(settings.ELASTICSEARCH_URL))


def get_database_engine():
    """Return the engine of the database in use."""
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def _search_elasticsearch(query, at):
    """Return the results of Elasticsearch, or None if it is blocked or fails."""
    if not breaker.allow_request():
        return None
    deadline = time.monotonic() + TIMEOUT_SECONDS
    try:
        results = _search_all_then_any(query, at, lambda query: _search_before(deadline, query, at))
    except ENGINE_ERRORS as error:
        level = logging.WARNING if breaker.record_failure() else logging.INFO
        logger.log(
            level,
            "Elasticsearch does not answer (%s); searching in the database for %d seconds.",
            type(error).__name__,
            breaker.recovery_seconds,
        )
        return None
    if breaker.record_success():
        logger.warning("Elasticsearch answers again.")
    return results


def _search_before(deadline, query, at):
    """Search in a thread, because a client timeout covers neither DNS nor a slow response."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return _threads.submit(elastic.search, query, at, timeout=seconds).result(timeout=seconds)


def _search_all_then_any(query, at, search):
    """Search for all words; if nothing matches, for any of the words."""
    response = search(query)
    if not response.counts and len(query.words) > 1:
        query = query.matching_any()
        response = search(query)
    last_page = max(build_results(query, response, ()).pages, 1)
    if query.page > last_page:
        query = query.on_page(last_page)
        response = search(query)
    keys = [hit.key for hit in response.hits]
    entries = SearchEntry.objects.filter(key__in=keys).visible(at).defer("body") if keys else ()
    return build_results(query, response, entries)
