"""The settings of messages."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.messages.quiet_hours import QuietHours


@register_setting(icon="mail", order=210)
class MessageSettings(BaseGenericSetting):
    """The quiet hours, in which only urgent messages are sent."""

    quiet_from = models.TimeField(
        _("quiet from"),
        default=time(21),
        help_text=_("Enter the same time twice to have no quiet hours."),
    )
    quiet_until = models.TimeField(_("quiet until"), default=time(8))

    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("quiet_from"), FieldPanel("quiet_until")])],
            heading=_("Quiet hours"),
            help_text=_(
                "In these hours the call list is empty, and mail waits until the morning. Mail "
                "that somebody is waiting for, such as the confirmation of a registration, is sent"
                " at once."
            ),
        )
    ]

    class Meta:
        verbose_name = _("message settings")

    @classmethod
    def quiet_hours(cls):
        """Return the quiet hours that are set, or the default ones. One query."""
        hours = cls.objects.values_list("quiet_from", "quiet_until").first()
        return QuietHours(*(hours or settings.QUIET_HOURS))
