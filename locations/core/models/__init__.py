"""Settings and choice lists that several subjects share."""

from locations.core.models.settings import DigibankSettings
from locations.core.models.topic import Audience, Topic

__all__ = ["Audience", "DigibankSettings", "Topic"]
