"""A Redis cache that fails fast, so that no page waits for it.

After a failure the server is not used for half a minute; in that time each process uses a cache of
its own. Cached values may be lost or out of date, so nothing that must be true is cached.
"""

import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

TIMEOUT = 0.14  # seconds, once to connect and once to answer
RETRY_AFTER = 30  # seconds
unavailable_until = {}  # server to moment; shared by the threads of a process


class FailFastRedisCache(RedisCache):
    """Redis cache backend with a local fallback."""

    def __init__(self, server, params):
        options = {
            "socket_connect_timeout": TIMEOUT,
            "socket_timeout": TIMEOUT,
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self.server = server
        self.fallback = LocMemCache(f"fallback for {server}", {**params, "OPTIONS": {}})

    def is_unavailable(self):
        return time.monotonic() < unavailable_until.get(self.server, 0)

    def mark_unavailable(self):
        unavailable_until[self.server] = time.monotonic() + RETRY_AFTER


def _with_fallback(name):
    def method(self, *args, **kwargs):
        if not self.is_unavailable():
            was_unavailable = unavailable_until.get(self.server)
            if was_unavailable:
                self.mark_unavailable()  # so that only one request tries whether it is back
            try:
                result = getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError):
                if not was_unavailable:
                    self.fallback.clear()
                self.mark_unavailable()
            else:
                unavailable_until.pop(self.server, None)
                return result
        return getattr(self.fallback, name)(*args, **kwargs)

    method.__name__ = name
    return method


_NAMES = [
    *("add", "get", "set", "touch", "delete", "has_key", "incr", "clear"),
    *("get_many", "set_many", "delete_many"),
]
for _name in _NAMES:
    setattr(FailFastRedisCache, _name, _with_fallback(_name))
