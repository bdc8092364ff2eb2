"""Models of newsletter."""

from home.newsletter.models.newsletter import Newsletter
from home.newsletter.models.subscriber import Subscriber

__all__ = ["Newsletter", "Subscriber"]
