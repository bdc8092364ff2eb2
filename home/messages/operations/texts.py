"""Change the text of a message type, or restore the default."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from home.messages.default_texts import default_text
from home.messages.models import MessageText
from home.messages.placeholders import placeholder_errors
from home.messages.registry import DUTCH


class InvalidText(Exception):
    """Errors in a text: a dict of field to sentences."""

    def __init__(self, by_field):
        super().__init__(" ".join(text for texts in by_field.values() for text in texts))
        self.by_field = by_field


@transaction.atomic
def save_text(message_type, language, text, *, user=None):
    """Store a TextTemplate and return its row, or None if it equals the default text."""
    fields = asdict(text)
    errors = {name: placeholder_errors(part, message_type) for name, part in fields.items()}
    if any(errors.values()):
        raise InvalidText({name: sentences for name, sentences in errors.items() if sentences})
    if language == DUTCH and text == default_text(message_type):
        restore_default_text(message_type, language, user=user)
        return None
    row, _created = MessageText.objects.update_or_create(
        kind=message_type.name,
        language=language,
        defaults={**fields, "changed_at": timezone.now()},
    )
    data = {"kind": message_type.name, "language": language}
    log(row, "home.write_text", user=user, data=data)
    return row


@transaction.atomic
def restore_default_text(message_type, language, *, user=None):
    """Delete the own text: the default text applies, or the Dutch one for other languages."""
    data = {"kind": message_type.name, "language": language}
    for row in MessageText.objects.select_for_update().filter(**data):
        log(row, "home.restore_text", user=user, data=data)
        row.delete()
