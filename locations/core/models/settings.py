"""Settings of the digibank that coordinators maintain: deadlines and retention."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def between(minimum, maximum):
    """Return validators for a number between these two, both included."""
    return [MinValueValidator(minimum), MaxValueValidator(maximum)]


@register_setting(icon="cog", order=600)
class DigibankSettings(ClusterableModel, BaseGenericSetting):
    """Deadlines for offers, reminders and answers, and how long names are kept."""

    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered seat"), default=48, validators=between(1, 336)
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("days before a workshop to remind people"), default=2, validators=between(1, 14)
    )
    answer_days = models.PositiveSmallIntegerField(
        _("working days to answer a question"), default=2, validators=between(1, 30)
    )
    keep_names_months = models.PositiveSmallIntegerField(
        _("months to keep names after a workshop or a question"),
        default=12,
        validators=between(1, 36),
    )

    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("offer_hours"), FieldPanel("reminder_days")])],
            heading=_("Workshops"),
        ),
        FieldPanel("answer_days"),
        FieldPanel("keep_names_months"),
        InlinePanel("reach_goals", heading=_("Numbers of people to reach in a year")),
    ]

    class Meta:
        verbose_name = _("digibank settings")
