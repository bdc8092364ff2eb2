"""The outbox: every message to a person, stored before it is sent."""

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField, FreeTextField
from home.core.phone import PhoneNumberField
from home.messages.models.message_settings import MessageSettings
from home.messages.registry import urgent_message_types

_KEYS = uuid.UUID("6b0c2f55-6a53-5d0b-9d63-6f1a2c3b7e10")


class MessageQuerySet(ScopedQuerySet):
    """Queries on the outbox; `now` is an argument."""

    def due(self, now=None):
        """Return the waiting messages whose next attempt is due, for every channel."""
        now = now or timezone.now()
        return self.filter(state=Message.State.WAITING, next_attempt_at__lte=now)

    def to_deliver(self, now=None):
        """Return the mail to send now, oldest first; only urgent mail in quiet hours."""
        now = now or timezone.now()
        mail = self.due(now).filter(channel=Message.Channel.MAIL)
        if MessageSettings.quiet_hours().include(now):
            mail = mail.filter(kind__in=urgent_message_types())
        return mail.order_by("next_attempt_at", "created_at")

    def waiting_calls(self, now=None):
        """Return the due calls, also in quiet hours."""
        return self.due(now).filter(channel__in=Message.CALLS)

    def to_call(self, now=None):
        """Return the calls to make now, oldest first; none in quiet hours."""
        now = now or timezone.now()
        if MessageSettings.quiet_hours().include(now):
            return self.none()
        return self.waiting_calls(now).order_by("next_attempt_at", "created_at")

    def to_print(self, now=None):
        """Return the letters that are due, oldest first."""
        letters = self.due(now).filter(channel=Message.Channel.LETTER)
        return letters.order_by("next_attempt_at", "created_at")

    def failed_first(self):
        """Order by state, failed messages first, then newest first."""
        failed = models.Case(
            models.When(state=Message.State.FAILED, then=0),
            default=1,
            output_field=models.IntegerField(),
        )
        return self.order_by(failed, "-created_at")


class Message(models.Model):
    """A message to one person; its unique key prevents sending it twice."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")
        PHONE = "phone", _("Phone call")
        LETTER = "letter", _("Letter")
        TEXT = "text", _("Text message")

    CALLS = (Channel.PHONE, Channel.TEXT)

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", pgettext_lazy("message", "Sent")
        FAILED = "failed", pgettext_lazy("message", "Failed")
        DONE = "done", pgettext_lazy("message", "Done")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        NO_ANSWER = "no_answer", _("No answer")
        CALL_BACK = "call_back", _("Call back")

    # Derived from the key, so that queueing a message again needs no query to find its row.
    id = models.UUIDField(primary_key=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    kind = models.CharField(_("kind"), max_length=60)
    recipient_name = FreeCharField(_("recipient"), max_length=200, blank=True)
    address = models.CharField(_("e-mail address"), max_length=254, blank=True)
    phone = PhoneNumberField(_("phone"), max_length=40, blank=True)
    postal_address = FreeTextField(_("postal address"), blank=True)
    language = models.CharField(_("language of the recipient"), max_length=8, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML text"), blank=True)
    # The values of the placeholders, to preview a changed text with real data.
    context = models.JSONField(
        _("what it is about"), default=dict, blank=True, encoder=DjangoJSONEncoder
    )
    # For one-click unsubscription by mail programs (RFC 8058).
    unsubscribe_url = models.CharField(_("address to unsubscribe"), max_length=500, blank=True)
    location_code = models.CharField(_("code of the location"), max_length=20, blank=True)
    about = models.CharField(_("about"), max_length=60, blank=True)
    key = models.CharField(_("key"), max_length=150, unique=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Also the lease: a worker moves this ahead, so that no other worker sends the message.
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    outcome_note = FreeTextField(_("note"), blank=True)

    scope = Scope(location_codes=("location_code",))
    objects = MessageQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", next_attempt_at__isnull=False)
                | (~Q(state="waiting") & Q(next_attempt_at__isnull=True)),
                name="message_waits_for_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "done")) | Q(sent_at__isnull=False),
                name="message_sent_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(last_error=""),
                name="message_failed_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(channel="mail") | ~Q(address=""), name="message_mail_has_an_address"
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_attempt_at"],
                condition=Q(state="waiting"),
                name="message_waiting",
            ),
            models.Index(fields=["location_code", "state", "channel"], name="message_location"),
            models.Index(fields=["about"], name="message_about"),
            models.Index(fields=["created_at"], name="message_created"),
        ]

    def __str__(self):
        return self.key

    def save(self, *args, **kwargs):
        self.pk = self.pk or self.id_for(self.key)
        super().save(*args, **kwargs)

    @staticmethod
    def id_for(key):
        """Return the primary key of the message with this key."""
        return uuid.uuid5(_KEYS, key)

    @property
    def is_failed(self):
        """Whether the last attempt failed."""
        return self.state == self.State.FAILED

    @property
    def can_be_retried(self):
        """Whether it failed, or is a posted letter, which the printer may have damaged."""
        posted = self.channel == self.Channel.LETTER and self.state == self.State.SENT
        return self.is_failed or posted

    def is_held_by_quiet_hours(self, now=None):
        """Whether only the quiet hours hold this message back. One query at most."""
        now = now or timezone.now()
        if self.state != self.State.WAITING or self.next_attempt_at > now:
            return False
        is_call = self.channel in self.CALLS
        is_ordinary_mail = (
            self.channel == self.Channel.MAIL and self.kind not in urgent_message_types()
        )
        return (is_call or is_ordinary_mail) and MessageSettings.quiet_hours().include(now)
