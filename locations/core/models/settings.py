"""How this digibank works with people: the settings that coordinators keep."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.core.personal_data import FreeCharField


def between(least, most):
    return [MinValueValidator(least), MaxValueValidator(most)]


@register_setting(icon="cog", order=600)
class Practice(ClusterableModel, BaseGenericSetting):
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer when a place comes free"), default=48, validators=between(1, 336)
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
        verbose_name = _("how we work")


class ReachGoal(models.Model):
    """A number of people that means something, to a subsidy for instance."""

    practice = ParentalKey(Practice, related_name="reach_goals")
    people = models.PositiveIntegerField(_("people"), validators=[MinValueValidator(1)])
    meaning = FreeCharField(_("what it means"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("number to reach")
        verbose_name_plural = _("numbers to reach")
        ordering = ["people"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "people"], name="one_goal_per_number")
        ]

    def __str__(self):
        return str(self.people)
