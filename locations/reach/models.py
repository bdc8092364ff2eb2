"""Numbers of people that a digibank wants to reach in a year."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from home.core.personal_data import FreeCharField
from locations.core.models import DigibankSettings


class ReachGoal(models.Model):
    """A number of people to reach in a year, for instance the threshold of a subsidy."""

    settings = ParentalKey(DigibankSettings, related_name="reach_goals")
    people = models.PositiveIntegerField(_("people"), validators=[MinValueValidator(1)])
    meaning = FreeCharField(_("what it means"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("number to reach")
        verbose_name_plural = _("numbers to reach")
        ordering = ["people"]
        constraints = [
            models.UniqueConstraint(fields=["settings", "people"], name="one_goal_per_number")
        ]

    def __str__(self):
        return str(self.people)
