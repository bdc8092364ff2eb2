"""Subscribers: addresses whose owner confirmed the subscription."""

import re
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

CONFIRM_WITHIN = timedelta(days=7)
_KEY = re.compile(r"[0-9a-f]{32}")


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def never_confirmed(self, now=None):
        """Return the subscribers who did not confirm before their link expired."""
        now = now or timezone.now()
        return self.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN)


class Subscriber(models.Model):
    """An address; without `confirmed_at` it only gets the request to confirm."""

    email = models.EmailField(_("e-mail address"))
    # Derived from the address, so that the link in an old mail always finds its row.
    key = models.CharField(max_length=32, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10, default="nl")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    add_to_reference_index = False

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ("view", "delete")
        permissions = [("export_subscriber", "Can export the addresses of subscribers")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="subscriber_once"),
            models.CheckConstraint(condition=~Q(email=""), name="subscriber_has_an_address"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("asked_at")),
                name="subscriber_asked_before_confirming",
            ),
        ]
        indexes = [models.Index(fields=["confirmed_at"], name="subscriber_confirmed")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def save(self, *args, **kwargs):
        self.key = self.key or self.make_key(self.email)
        super().save(*args, **kwargs)

    @staticmethod
    def make_key(email):
        """Return a key that is the same for every spelling of an address, and unguessable."""
        address = email.strip().casefold()
        return salted_hmac("home.subscriber", address, algorithm="sha256").hexdigest()[:32]

    @staticmethod
    def is_valid_key(text):
        return bool(_KEY.fullmatch(text))

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    @property
    def about(self):
        """The value of `about` of its messages in the outbox."""
        return f"subscriber:{self.pk}"
