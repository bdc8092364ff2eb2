"""A search for runs as a value that querysets apply."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RunQuery:
    """Conditions on runs; an empty one matches every run.

    `weekdays` are ISO numbers, `hours` ranges (first, end) of local hours; a session matches one
    of each. `free_at` keeps the runs that have a free seat at that moment.
    """

    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    audience: str = ""
    partnership: str = ""
    workshop: str = ""
    locations: tuple[int, ...] | None = None
    weekdays: tuple[int, ...] = ()
    hours: tuple[tuple[int, int], ...] = ()
    starts_from: datetime | None = None
    starts_before: datetime | None = None
    free_at: datetime | None = None

    @property
    def has_session_conditions(self):
        """Whether the query restricts the sessions of a run."""
        return any((self.weekdays, self.hours, self.starts_from, self.starts_before))
