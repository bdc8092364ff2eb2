"""The status of a location or a workshop, as text beside a sign."""

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """The sign that the style sheet draws; its value is a CSS class."""

    OPEN = "now"
    LATER = "later"
    CLOSED = "not"
    CANCELLED = "stop"


@dataclass(frozen=True)
class StatusLabel:
    """A sign, a headline in bold, and the text beside and below it."""

    sign: Sign
    headline: str
    detail: str = ""
    next: str = ""

    @property
    def is_open(self):
        return self.sign == Sign.OPEN
