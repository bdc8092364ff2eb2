"""Outages of the mail server."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailOutageQuerySet(models.QuerySet):
    """Queries on outages; at most one is open."""

    def open(self):
        """Return the outage that is not over, if any."""
        return self.filter(is_over=False)

    def begin(self, reason, now):
        """Start an outage, unless one is open."""
        self.bulk_create([MailOutage(began_at=now, reason=reason)], ignore_conflicts=True)

    def end(self, now):
        """End the open outage."""
        return self.open().update(is_over=True, ended_at=now)


class MailOutage(models.Model):
    """A period without mail server, from the first error to the first mail it accepted again."""

    began_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    is_over = models.BooleanField(_("over"), default=False)
    reason = models.TextField(_("reason"))

    objects = MailOutageQuerySet.as_manager()

    add_to_reference_index = False

    class Meta:
        verbose_name = _("outage of the mail server")
        verbose_name_plural = _("outages of the mail server")
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_over"],
                condition=Q(is_over=False),
                name="one_mail_outage_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(is_over=False, ended_at__isnull=True)
                | Q(is_over=True, ended_at__isnull=False),
                name="mail_outage_ends_when_it_is_over",
            ),
        ]

    def __str__(self):
        return f"{self.began_at:%Y-%m-%d %H:%M}"
