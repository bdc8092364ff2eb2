"""A cache that is away, or hangs, costs one short wait and nothing else."""

import os
import socket
import time

import pytest

from digipunt import caching
from digipunt.caching import PatientlessRedisCache


@pytest.fixture(autouse=True)
def _rested():
    caching.resting_until.clear()
    yield
    caching.resting_until.clear()


@pytest.fixture
def black_hole():
    """A server that takes a connection and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def nobody():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def real():
    if not os.environ.get("REDIS_URL"):
        pytest.skip("needs Redis")
    return PatientlessRedisCache(os.environ["REDIS_URL"], {"KEY_PREFIX": f"test-{os.getpid()}"})


def seconds(function, *args):
    began = time.perf_counter()
    function(*args)
    return time.perf_counter() - began


def test_a_cache_that_hangs_costs_a_moment_once(black_hole):
    cache = PatientlessRedisCache(black_hole, {})
    assert seconds(cache.get, "page") <= 0.3
    assert sum(seconds(cache.get, f"page-{number}") for number in range(100)) <= 0.05


def test_other_threads_and_later_requests_know_that_it_hangs(black_hole):
    PatientlessRedisCache(black_hole, {}).get("page")
    assert seconds(PatientlessRedisCache(black_hole, {}).get, "page") <= 0.05


def test_meanwhile_a_process_remembers_for_itself(nobody):
    cache = PatientlessRedisCache(nobody, {})
    cache.set("guesses", 1)
    assert cache.incr("guesses") == 2
    assert cache.get_many(["guesses", "other"]) == {"guesses": 2}
    assert cache.get_or_set("other", lambda: "made") == "made"
    assert cache.delete("guesses") is True
    assert cache.get("guesses", "nothing") == "nothing"


def test_after_half_a_minute_one_asks_whether_it_is_back(nobody, monkeypatch):
    cache = PatientlessRedisCache(nobody, {})
    cache.set("kept", "here")
    caching.resting_until[nobody] = time.monotonic() - 1
    assert not cache.is_resting()
    assert cache.get("kept") == "here"  # still away: asked once, and resting again
    assert cache.is_resting()


def test_a_key_that_is_not_there_is_an_error_of_the_caller_and_no_outage(real):
    with pytest.raises(ValueError, match="not found"):
        real.incr("never-set")
    assert not real.is_resting()


def test_a_server_that_is_back_is_used_again(real):
    caching.resting_until[real.server] = time.monotonic() + 60
    real.set("page", "kept here")
    caching.resting_until[real.server] = time.monotonic() - 1
    real.set("page", "on the server", 60)
    assert real.server not in caching.resting_until
    assert (
        PatientlessRedisCache(real.server, {"KEY_PREFIX": f"test-{os.getpid()}"}).get("page")
        == "on the server"
    )
