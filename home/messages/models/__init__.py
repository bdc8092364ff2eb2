"""Models of messages."""

from home.messages.models.mail_settings import MailOutage, MessageSettings
from home.messages.models.message import Message
from home.messages.models.message_text import MessageText

__all__ = ["MailOutage", "Message", "MessageSettings", "MessageText"]
