"""Tests of the Redis cache that fails fast."""

import os
import socket
import time

import pytest

from digipunt import redis_cache
from digipunt.redis_cache import FailFastRedisCache

KEY_PREFIX = f"test-{os.getpid()}"


@pytest.fixture(autouse=True)
def _all_servers_available():
    redis_cache.unavailable_until.clear()
    yield
    redis_cache.unavailable_until.clear()


@pytest.fixture
def silent_server():
    """A server that accepts connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        listener.setblocking(False)
        yield listener


@pytest.fixture
def closed_server():
    """The URL of a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def real_cache():
    if not os.environ.get("REDIS_URL"):
        pytest.skip("needs Redis")
    return FailFastRedisCache(os.environ["REDIS_URL"], {"KEY_PREFIX": KEY_PREFIX})


def url_of(listener):
    return f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


def connections(listener):
    """Count the connections that clients have opened."""
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def test_timeouts_are_short():
    options = FailFastRedisCache("redis://127.0.0.1:1/0", {})._options

    assert options["socket_timeout"] == options["socket_connect_timeout"] == redis_cache.TIMEOUT
    assert redis_cache.TIMEOUT < 0.2


def test_silent_server_is_tried_once(silent_server):
    cache = FailFastRedisCache(url_of(silent_server), {})

    for number in range(20):
        cache.get(f"page-{number}")

    assert connections(silent_server) == 1


def test_other_instances_know_that_a_server_is_unavailable(silent_server):
    FailFastRedisCache(url_of(silent_server), {}).get("page")
    FailFastRedisCache(url_of(silent_server), {}).get("page")

    assert connections(silent_server) == 1


def test_process_uses_its_own_cache_while_the_server_is_unavailable(closed_server):
    cache = FailFastRedisCache(closed_server, {})
    cache.set("count", 1)

    assert cache.incr("count") == 2
    assert cache.get_many(["count", "other"]) == {"count": 2}
    assert cache.get_or_set("other", lambda: "default") == "default"
    assert cache.delete("count") is True
    assert cache.get("count", "nothing") == "nothing"


def test_one_request_retries_after_half_a_minute(closed_server):
    cache = FailFastRedisCache(closed_server, {})
    cache.set("key", "value")
    redis_cache.unavailable_until[closed_server] = time.monotonic() - 1
    assert not cache.is_unavailable()

    assert cache.get("key") == "value"

    assert cache.is_unavailable()


def test_missing_key_does_not_mark_the_server_unavailable(real_cache):
    with pytest.raises(ValueError, match="not found"):
        real_cache.incr("never-set")

    assert not real_cache.is_unavailable()


def test_server_is_used_again_once_it_answers(real_cache):
    redis_cache.unavailable_until[real_cache.server] = time.monotonic() + 60
    real_cache.set("page", "stored locally")
    redis_cache.unavailable_until[real_cache.server] = time.monotonic() - 1

    real_cache.set("page", "stored on the server", 60)

    assert real_cache.server not in redis_cache.unavailable_until
    other = FailFastRedisCache(real_cache.server, {"KEY_PREFIX": KEY_PREFIX})
    assert other.get("page") == "stored on the server"
