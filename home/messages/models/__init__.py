"""Models of messages."""

from home.messages.models.mail_outage import MailOutage
from home.messages.models.message import Message
from home.messages.models.message_settings import MessageSettings
from home.messages.models.message_text import MessageText

__all__ = ["MailOutage", "Message", "MessageSettings", "MessageText"]
