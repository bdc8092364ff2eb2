"""Texts of messages that replace those of the template files."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.core.personal_data import FreeCharField, FreeTextField


class MessageText(models.Model):
    """A coordinator's own text for one message type and language."""

    kind = models.CharField(_("kind"), max_length=60, editable=False)
    language = models.CharField(_("language"), max_length=8, editable=False)
    subject = FreeCharField(_("subject"), max_length=200)
    body = FreeTextField(_("text"))
    call = FreeTextField(_("what you say on the phone"), blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    add_to_reference_index = False

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"], name="one_text_per_kind_and_language"
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(body=""), name="message_text_says_something"
            ),
        ]

    def __str__(self):
        return f"{self.kind} ({self.language})"
