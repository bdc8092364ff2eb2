"""Declared caches: each has a name, a lifetime, and the models whose changes invalidate it.

    @cached("workshops.filter_choices", seconds=60, models=["locations.Topic"])
    def filter_choices(): ...

    @cached_fragment("directory.location_row", size=2048)
    def location_row(row): ...

`declared` lists all of them; `clear_all()` empties them.
"""

import functools
import hashlib

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language

declared = {}


class CachedFunction:
    """A function whose results are stored in Django's default cache."""

    def __init__(self, function, name, seconds):
        functools.update_wrapper(self, function)
        self.function, self.name, self.seconds = function, name, seconds

    def __call__(self, *args):
        key = self.key(*args)
        value = cache.get(key)
        if value is None:
            value = self.function(*args)
            cache.set(key, value, self.seconds)
        return value

    def key(self, *args):
        """Return the cache key for these arguments, which need a stable `repr`."""
        if not args:
            return self.name
        return f"{self.name}:{hashlib.sha256(repr(args).encode()).hexdigest()[:32]}"

    def clear(self, *args):
        """Delete the result for these arguments now, and again after the commit."""
        key = self.key(*args)
        cache.delete(key)
        transaction.on_commit(lambda: cache.delete(key))

    def clear_on_change(self, sender, **kwargs):
        """Delete the result without arguments; a receiver of model signals."""
        self.clear()


def cached(name, *, seconds, models=()):
    """Cache the results of a function for `seconds`; None is not stored.

    Saving or deleting a row of one of `models` ("app.Model") deletes the result, which is only
    possible for a function without arguments. Other processes see the change at once with a
    shared cache, and within `seconds` otherwise.
    """

    def decorate(function):
        cached_function = CachedFunction(function, name, seconds)
        _declare(name, cached_function)
        for model in models:
            for signal in (post_save, post_delete):
                signal.connect(
                    cached_function.clear_on_change,
                    sender=model,
                    weak=False,
                    dispatch_uid=f"clear {name}",
                )
        return cached_function

    return decorate


class CachedFragment:
    """A function of hashable arguments whose HTML is kept in the memory of this process."""

    def __init__(self, function, name, size):
        functools.update_wrapper(self, function)
        self.name, self.size = name, size

        @functools.lru_cache(maxsize=size)
        def render(language, args, kwargs):
            return function(*args, **dict(kwargs))

        self._render = render

    def __call__(self, *args, **kwargs):
        return self._render(get_language(), args, tuple(kwargs.items()))

    def clear(self):
        """Forget all fragments."""
        self._render.cache_clear()


def cached_fragment(name, *, size):
    """Keep the last `size` results of a function that returns HTML, as long as the process runs.

    The HTML may depend on the arguments and the language only, so that nothing invalidates it.
    """

    def decorate(function):
        fragment = CachedFragment(function, name, size)
        _declare(name, fragment)
        return fragment

    return decorate


def _declare(name, entry):
    if name in declared:
        raise ValueError(f"There are two caches with the name {name!r}.")
    declared[name] = entry


def clear_all():
    """Clear every declared cache; results for arguments are left to expire."""
    for entry in declared.values():
        entry.clear()
