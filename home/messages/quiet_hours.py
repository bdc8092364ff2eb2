"""The hours in which nobody is called and no mail is sent, in local time."""

from dataclasses import dataclass
from datetime import time

from django.utils import timezone


@dataclass(frozen=True)
class QuietHours:
    """From `start` until `end`, also across midnight; equal times mean no quiet hours.

    `start` is quiet and `end` is not. When the clock changes, an hour that occurs twice is quiet
    twice, and nothing waits for an hour that is skipped.
    """

    start: time
    end: time

    def include(self, moment):
        """Whether `moment` lies within the quiet hours."""
        local = timezone.localtime(moment).time()
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end
