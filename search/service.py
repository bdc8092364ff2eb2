"""Whom to ask: Elasticsearch when it is set and well, else the database; always in time."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import connection
from django.utils import timezone
from elastic_transport import TransportError
from elasticsearch import ApiError

from search.answers import Answer, answer
from search.engines import postgres, sqlite
from search.engines.elastic import engine as elastic
from search.models import SearchEntry

logger = logging.getLogger(__name__)

BUDGET = 1.0  # seconds for all that Elasticsearch may take of one page
REST = 30.0  # seconds without asking it after it failed

TROUBLE = (TransportError, ApiError, elastic.UnreadableAnswer, TimeoutError, ValueError)


class Breaker:
    """Stops asking whoever failed for `rest` seconds, then lets one try; shared by a process."""

    def __init__(self, rest, clock=time.monotonic):
        self.rest, self.clock = rest, clock
        self._lock = threading.Lock()
        self._open_until = None

    def lets_through(self):
        with self._lock:
            if self._open_until is None:
                return True
            if self.clock() < self._open_until:
                return False
            self._open_until = self.clock() + self.rest  # the others wait for this one's outcome
            return True

    def failed(self):
        """Returns True the first time, so that the log says it once."""
        with self._lock:
            first = self._open_until is None
            self._open_until = self.clock() + self.rest
            return first

    def went_well(self):
        """Returns True if it had failed before."""
        with self._lock:
            recovered = self._open_until is not None
            self._open_until = None
            return recovered


breaker = Breaker(REST)
_threads = ThreadPoolExecutor(max_workers=16, thread_name_prefix="search")


def ask(question, at=None):
    """The answer to a question at a moment (now); reads only."""
    if question.is_blank:
        return Answer(question)
    at = at or timezone.now()
    if settings.ELASTICSEARCH_URL:
        found = _from_elastic(question, at)
        if found:
            return found.labelled(elastic.name, fallback=False)
    engine = embedded()
    found = _all_or_any(question, at, lambda asked: engine.search(asked, at))
    return found.labelled(engine.name, fallback=bool(settings.ELASTICSEARCH_URL))


def embedded():
    """The engine in the database that we run on."""
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def _from_elastic(question, at):
    """Elasticsearch's answer, or None when it should be left alone or can not be relied on."""
    if not breaker.lets_through():
        return None
    deadline = time.monotonic() + BUDGET
    try:
        found = _all_or_any(question, at, lambda asked: _within(deadline, asked, at))
    except TROUBLE as trouble:
        level = logging.WARNING if breaker.failed() else logging.INFO
        logger.log(
            level,
            "Elasticsearch does not answer (%s); searching in the database for %d seconds.",
            type(trouble).__name__,
            breaker.rest,
        )
        return None
    if breaker.went_well():
        logger.warning("Elasticsearch answers again.")
    return found


def _within(deadline, question, at):
    """Ask in a thread: a name that does not resolve or an answer that drips in ends in time too."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return _threads.submit(elastic.search, question, at, timeout=left).result(timeout=left)


def _all_or_any(question, at, search):
    """What has all the words; if nothing has, what has any of them."""
    found = search(question)
    if not found.counts and len(question.words) > 1:
        question = question.looser()
        found = search(question)
    last = _last_page(question, found)
    if question.page > last:
        question = question.on_page(last)
        found = search(question)
    keys = [match.key for match in found.matches]
    rows = SearchEntry.objects.filter(key__in=keys).visible(at).defer("body") if keys else ()
    return answer(question, found, rows)


def _last_page(question, found):
    return max(answer(question, found, ()).pages, 1)
