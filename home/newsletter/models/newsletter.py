"""Newsletters: a text, its state, and how far sending is."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from home.core.personal_data import FreeCharField, NationalNumberFieldMixin


class FreeRichTextField(NationalNumberFieldMixin, RichTextField):
    """Rich text that refuses national register numbers."""


class Newsletter(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("newsletter", "Draft")
        SENDING = "sending", pgettext_lazy("newsletter", "Being sent")
        SENT = "sent", pgettext_lazy("newsletter", "Sent")

    subject = FreeCharField(
        _("subject"),
        max_length=120,
        help_text=_("What people read first. Keep it short and clear."),
    )
    body = FreeRichTextField(
        _("text"), features=["h2", "bold", "italic", "link", "document-link", "ul", "ol"]
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("sending began"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    recipients = models.PositiveIntegerField(_("subscribers"), default=0, editable=False)
    written = models.PositiveIntegerField(_("in the outbox"), default=0, editable=False)
    # All subscribers up to this primary key have a message in the outbox.
    last_subscriber = models.PositiveBigIntegerField(default=0, editable=False)

    transitions = {
        State.DRAFT: {State.SENDING},
        State.SENDING: {State.SENT},
        State.SENT: set(),
    }

    panels = [FieldPanel("subject"), FieldPanel("body")]

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["-created_at", "-pk"]
        permissions = [("send_newsletter", "Can send newsletters to all subscribers")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", started_at=None)
                | (~Q(state="draft") & Q(started_at__isnull=False)),
                name="newsletter_on_its_way_began",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="newsletter_sent_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(written__lte=F("recipients")), name="newsletter_to_no_more_than_all"
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(body=""), name="newsletter_says_something"
            ),
        ]

    def __str__(self):
        return self.subject

    def transition_to(self, state):
        """Set another state; raise ValueError if `transitions` does not allow it."""
        if state not in self.transitions[self.State(self.state)]:
            raise ValueError(f"A newsletter cannot go from {self.state} to {state}.")
        self.state = state

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def key(self):
        """The prefix of the keys of its messages in the outbox."""
        return f"newsletter:{self.pk}:"
