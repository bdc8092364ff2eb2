"""The history of opening hours."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope
from locations.opening_hours.models.exceptional_days import ExceptionalDaysQuerySet
from locations.places.models.location import Location
from locations.places.models.partnership import Partnership


class HoursVersion(models.Model):
    """All hours of a location, or all exceptional days of a partnership, from a moment on.

    `data` holds plain values (see `version_data`), so that it does not depend on other rows. The
    last version before a moment was in force at that moment. Versions never change.
    """

    location = models.ForeignKey(
        Location,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="hours_versions",
        verbose_name=_("place"),
    )
    partnership = models.ForeignKey(
        Partnership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="hours_versions",
        verbose_name=_("partnership"),
    )
    recorded_at = models.DateTimeField(_("from"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    data = models.JSONField(_("hours"))

    scope = Scope(locations=("location",), partnerships=("partnership",))
    objects = ExceptionalDaysQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("version of the hours")
        verbose_name_plural = _("versions of the hours")
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["location", "recorded_at"], name="hours_version_of_place"),
            models.Index(fields=["partnership", "recorded_at"], name="hours_version_of_partners"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(location__isnull=False, partnership=None)
                | Q(location=None, partnership__isnull=False),
                name="hours_version_of_a_place_or_a_partnership",
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
