"""How the pages of one class become search entries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from search.models import Kind


@dataclass(frozen=True)
class EntryType:
    """The search entries of one page class.

    `describe(page, now)` returns fields of SearchEntry, or None for a page that is not public;
    `body` may be any list of field values. `prefetches(now)` returns the relations that it reads.
    """

    model: Any
    kind: Kind
    describe: Callable[..., dict | None]
    prefetches: Callable[..., list] = lambda now: []
