"""Who wants the newsletter: an address, and that its owner said so twice."""

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

    def too_late(self, now=None):
        """Those whose link to confirm does not work any more."""
        now = now or timezone.now()
        return self.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN)


class Subscriber(models.Model):
    """An address; without `confirmed_at` nothing is sent to it but the question whether."""

    email = models.EmailField(_("e-mail address"))
    # Made from the address, so that the link to stop in an old mail always finds its row.
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
        self.key = self.key or self.key_of(self.email)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(email):
        """The same for every way to write this address; nobody can guess it."""
        address = email.strip().casefold()
        return salted_hmac("home.subscriber", address, algorithm="sha256").hexdigest()[:32]

    @staticmethod
    def is_key(text):
        return bool(_KEY.fullmatch(text))

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    @property
    def about(self):
        """How messages in the outbox say that they are about this row."""
        return f"subscriber:{self.pk}"
