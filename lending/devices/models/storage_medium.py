"""Model of storage media, which are never deleted."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from lending.devices.models.device import Device


class StorageMediumQuerySet(ScopedQuerySet):
    """Storage media."""

    def fitted(self):
        """Return the media that are in a device."""
        return self.filter(removed_at=None)

    def with_erasures(self):
        return self.prefetch_related("erasures")

    def delete(self):
        raise models.ProtectedError("Storage media are never deleted.", self)


class StorageMedium(models.Model):
    """A disk or other memory that holds data; a replaced one is kept as removed."""

    class Kind(models.TextChoices):
        SSD = "ssd", _("SSD")
        NVME = "nvme", _("NVMe SSD")
        HDD = "hdd", _("Hard disk")
        EMMC = "emmc", _("eMMC (built-in)")
        FLASH = "flash", _("Flash memory (phone, tablet)")

    device = models.ForeignKey(
        Device, models.PROTECT, related_name="media", verbose_name=_("device")
    )
    kind = models.CharField(_("kind of medium"), max_length=8, choices=Kind)
    serial = FreeCharField(_("serial number of the medium"), max_length=60)
    size_gb = models.PositiveIntegerField(_("size in GB"), null=True, blank=True)
    fitted_at = models.DateTimeField(_("fitted"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)
    unused_reason = FreeCharField(
        _("new and unused because"), max_length=120, blank=True, editable=False
    )
    destroyed_at = models.DateTimeField(_("destroyed"), null=True, blank=True, editable=False)
    destroyed_by = FreeCharField(_("destroyed by"), max_length=120, blank=True, editable=False)

    scope = Scope(locations=("device__location",))
    objects = StorageMediumQuerySet.as_manager()

    class Meta:
        verbose_name = _("storage medium")
        verbose_name_plural = _("storage media")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["serial"],
                condition=Q(removed_at=None),
                name="one_fitted_medium_per_serial",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at=None, destroyed_by="")
                | (Q(destroyed_at__isnull=False, removed_at__isnull=False) & ~Q(destroyed_by="")),
                name="medium_destroyed_only_after_it_was_taken_out",
            ),
        ]
        indexes = [models.Index(fields=["serial"], name="media_by_serial")]

    def __str__(self):
        return self.serial

    @property
    def last_erasure(self):
        """Return the last erasure or None, without a query after `with_erasures`."""
        return next(iter(self.erasures.all()), None)

    def is_sanitized(self, since):
        """Return whether no data from before `since` can be on it.

        `since` is the last moment at which the device was in other hands.
        """
        if self.unused_reason and self.fitted_at >= since:
            return True
        last = self.last_erasure
        return bool(last and last.passed and last.finished_at >= since)
