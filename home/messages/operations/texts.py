"""Other words for a message, and back to those of the site."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from home.messages.default_texts import default_words
from home.messages.models import MessageText
from home.messages.placeholders import trouble
from home.messages.registry import DUTCH


class WrongWords(Exception):
    """Sentences for the person at the screen, by field."""

    def __init__(self, by_field):
        super().__init__(" ".join(text for texts in by_field.values() for text in texts))
        self.by_field = by_field


@transaction.atomic
def write(kind, language, words, *, user=None):
    """From now on the message says this; the same words as the site's own are no other words."""
    texts = {name: getattr(words, name) for name in ("subject", "body", "call")}
    if wrong := {name: found for name, text in texts.items() if (found := trouble(text, kind))}:
        raise WrongWords(wrong)
    if language == DUTCH and words == default_words(kind):
        restore(kind, language, user=user)
        return None
    text, _made = MessageText.objects.update_or_create(
        kind=kind.name, language=language, defaults={**texts, "changed_at": timezone.now()}
    )
    log(text, "home.write_text", user=user, data={"kind": kind.name, "language": language})
    return text


@transaction.atomic
def restore(kind, language, *, user=None):
    """Back to the words of the site; in another language than Dutch, to the Dutch ones."""
    for text in MessageText.objects.select_for_update().filter(kind=kind.name, language=language):
        log(text, "home.restore_text", user=user, data={"kind": kind.name, "language": language})
        text.delete()
