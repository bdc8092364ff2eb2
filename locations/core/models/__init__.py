"""Settings and lists that several subjects share."""

from locations.core.models.settings import Practice, ReachGoal
from locations.core.models.topic import Audience, Topic

__all__ = ["Audience", "Practice", "ReachGoal", "Topic"]
