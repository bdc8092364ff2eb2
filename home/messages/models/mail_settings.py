"""When the outbox may speak, and when the mail server was not there."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.messages.quiet_hours import QuietHours


@register_setting(icon="mail", order=210)
class MessageSettings(BaseGenericSetting):
    """At night nobody is called and no mail goes out, but for what somebody waits for."""

    quiet_from = models.TimeField(
        _("quiet from"),
        default=time(21),
        help_text=_("The same moment twice: there are no quiet hours."),
    )
    quiet_until = models.TimeField(_("quiet until"), default=time(8))

    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("quiet_from"), FieldPanel("quiet_until")])],
            heading=_("Quiet hours"),
            help_text=_(
                "In these hours nobody stands on the call list, and mail waits for the morning. "
                "What somebody waits for at the screen goes at once: the confirmation of a "
                "registration, for example."
            ),
        )
    ]

    class Meta:
        verbose_name = _("hours of messages")

    @classmethod
    def quiet_hours(cls):
        """The hours as they are set, or as they come with the site. One question."""
        hours = cls.objects.values_list("quiet_from", "quiet_until").first()
        return QuietHours(*(hours or settings.QUIET_HOURS))


class MailOutageQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_over=False)

    def begin(self, reason, now):
        """From now on the server is away; if it was already, nothing changes."""
        self.bulk_create([MailOutage(began_at=now, reason=reason)], ignore_conflicts=True)

    def end(self, now):
        return self.open().update(is_over=True, ended_at=now)


class MailOutage(models.Model):
    """The mail server was away, from the first trouble to the first mail that it took again."""

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
