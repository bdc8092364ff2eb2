"""Stops of the bus and of other mobile locations."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from locations.places.models.location import Location


class StopQuerySet(ScopedQuerySet):
    """Stops, cancelled ones included."""

    def upcoming(self, now):
        """Return the stops that are not over yet, soonest first, cancelled ones included."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def going_ahead(self):
        """Return the stops that are not cancelled."""
        return self.filter(cancelled_reason="")


class Stop(models.Model):
    """A visit of a mobile location to one place; a cancelled stop is kept, with its reason."""

    location = ParentalKey(Location, related_name="stops")
    place = FreeCharField(_("place"), max_length=80)
    address = FreeCharField(_("address"), max_length=120, blank=True)
    host = FreeCharField(_("host"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("starts at"), db_index=True)
    ends_at = models.DateTimeField(_("ends at"))
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    note = FreeCharField(_("remark"), max_length=160, blank=True)
    cancelled_reason = FreeCharField(_("does not take place, because"), max_length=120, blank=True)

    scope = Scope(locations=("location",))
    objects = StopQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="stop_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False),
                name="stop_has_both_coordinates_or_none",
            ),
        ]

    def __str__(self):
        return f"{self.place}, {self.starts_at:%d/%m/%Y}"

    @property
    def is_cancelled(self):
        """Whether the stop has a reason for not going ahead."""
        return bool(self.cancelled_reason)

    def clean(self):
        """Require the end after the start, and both coordinates or neither."""
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("The end has to come after the start.")
        if (self.lat is None) != (self.lon is None):
            errors["lon"] = _("Give both coordinates, or neither.")
        if errors:
            raise ValidationError(errors)
