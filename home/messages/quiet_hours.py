"""The hours in which nobody is called and no mail goes out, by the clock on the wall."""

from dataclasses import dataclass
from datetime import time

from django.utils import timezone


@dataclass(frozen=True)
class QuietHours:
    """From one time of the day until another, also over midnight; the same twice is never.

    The first moment is quiet, the last is not. The clock on the wall decides, also in the nights
    in which it is moved: an hour that it shows twice is quiet twice, and one that it skips is not
    waited for.
    """

    start: time
    end: time

    def hold(self, now):
        shown = timezone.localtime(now).time()
        if self.start <= self.end:
            return self.start <= shown < self.end
        return shown >= self.start or shown < self.end
