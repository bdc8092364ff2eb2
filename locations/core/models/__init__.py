"""Settings and lists that several subjects share."""

from locations.core.models.settings import Practice
from locations.core.models.topic import Audience, Topic

__all__ = ["Audience", "Practice", "Topic"]
