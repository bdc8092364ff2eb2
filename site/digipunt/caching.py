"""A cache in Redis that no page ever waits for.

Whatever does not answer within a moment is left alone for half a minute; meanwhile each process
remembers for itself. What is kept here may be lost or old, so nothing that must be true lives here.
"""

import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

PATIENCE = 0.14  # seconds, once to connect and once to answer
REST = 30  # seconds
resting_until = {}  # server to moment; shared by the threads of a process


class PatientlessRedisCache(RedisCache):
    def __init__(self, server, params):
        options = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self.server = server
        self.spare = LocMemCache(f"instead of {server}", {**params, "OPTIONS": {}})

    def is_resting(self):
        return time.monotonic() < resting_until.get(self.server, 0)

    def let_rest(self):
        resting_until[self.server] = time.monotonic() + REST


def _or_spare(name):
    def method(self, *args, **kwargs):
        if not self.is_resting():
            was_resting = resting_until.get(self.server)
            if was_resting:
                self.let_rest()  # so that only one asks whether it is back
            try:
                answer = getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError):
                if not was_resting:
                    self.spare.clear()
                self.let_rest()
            else:
                resting_until.pop(self.server, None)
                return answer
        return getattr(self.spare, name)(*args, **kwargs)

    method.__name__ = name
    return method


_NAMES = [
    *("add", "get", "set", "touch", "delete", "has_key", "incr", "clear"),
    *("get_many", "set_many", "delete_many"),
]
for _name in _NAMES:
    setattr(PatientlessRedisCache, _name, _or_spare(_name))
