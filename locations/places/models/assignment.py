"""Assignments of staff to locations and partnerships, from which every scope derives."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope, ScopedQuerySet
from locations.places.models.location import Location
from locations.places.models.partnership import Partnership


class Assignment(models.Model):
    """An assignment of a person to one location, or to all locations of a partnership."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="assignments",
        verbose_name=_("account"),
    )
    location = models.ForeignKey(
        Location,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("place"),
    )
    partnership = models.ForeignKey(
        Partnership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("or a whole partnership"),
    )

    scope = Scope(locations=("location",), partnerships=("partnership",))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("staff assignment")
        verbose_name_plural = _("staff assignments")
        ordering = ["user__last_name", "user__username", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(location__isnull=False, partnership=None)
                | Q(location=None, partnership__isnull=False),
                name="assignment_to_a_place_or_a_partnership",
            ),
            models.UniqueConstraint(
                fields=["user", "location"],
                condition=Q(location__isnull=False),
                name="one_assignment_per_person_and_place",
            ),
            models.UniqueConstraint(
                fields=["user", "partnership"],
                condition=Q(partnership__isnull=False),
                name="one_assignment_per_person_and_partnership",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def clean(self):
        if (self.location_id is None) == (self.partnership_id is None):
            raise ValidationError({"location": _("Choose one: a place, or a whole partnership.")})
