"""Models of erasures, erasure logs and inspections."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField


class ErasureQuerySet(ScopedQuerySet):
    """Erasures."""

    def passed(self):
        """Return the erasures that succeeded and were verified."""
        return self.filter(result=Erasure.Result.PASSED)

    def delete(self):
        raise models.ProtectedError("Erasures are never deleted.", self)


class Erasure(models.Model):
    """One attempt to erase one medium; it never changes, a second attempt is a second row."""

    class Result(models.TextChoices):
        PASSED = "passed", _("Erased and verified")
        FAILED = "failed", _("Erasure failed")
        ABORTED = "aborted", _("Erasure interrupted")

    class Level(models.TextChoices):
        """The sanitization levels of NIST SP 800-88 that an erasure can reach."""

        CLEAR = "clear", pgettext_lazy("erasure", "Clear")
        PURGE = "purge", pgettext_lazy("erasure", "Purge")

    class Method(models.TextChoices):
        OVERWRITE = "overwrite", _("Overwriting")
        SECURE_ERASE = "secure_erase", _("ATA secure erase")
        BLOCK_ERASE = "block_erase", _("Sanitize, block erase")
        CRYPTO_ERASE = "crypto_erase", _("Cryptographic erase")
        FACTORY_RESET = "factory_reset", _("Factory reset of an encrypted device")

    medium = models.ForeignKey(
        "lending.StorageMedium", models.PROTECT, related_name="erasures", verbose_name=_("medium")
    )
    result = models.CharField(_("result"), max_length=8, choices=Result)
    level = models.CharField(_("level"), max_length=6, choices=Level)
    method = models.CharField(_("method"), max_length=14, choices=Method)
    method_detail = FreeCharField(_("method in detail"), max_length=80, blank=True)
    tool = FreeCharField(_("tool and version"), max_length=60)
    verification = FreeCharField(_("how it was verified"), max_length=80, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), default=timezone.now)
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("operator"),
    )
    log = models.ForeignKey(
        "lending.ErasureLog", models.PROTECT, null=True, blank=True, related_name="erasures"
    )

    scope = Scope(locations=("medium__device__location",))
    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-finished_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="passed") | ~Q(verification=""),
                name="erasure_passed_only_when_verified",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(started_at__lte=models.F("finished_at")),
                name="erasure_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["medium", "finished_at"], name="one_erasure_per_medium_and_moment"
            ),
        ]
        indexes = [models.Index(fields=["medium", "-finished_at"], name="last_erasure")]

    def __str__(self):
        return f"{self.result} {self.finished_at:%Y-%m-%d %H:%M}"

    @property
    def passed(self):
        return self.result == self.Result.PASSED

    def delete(self, *args, **kwargs):
        raise models.ProtectedError("Erasures are never deleted.", {self})


class ErasureLog(models.Model):
    """An uploaded nwipe log; its erasures are recorded once its batch is confirmed."""

    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(max_length=64, db_index=True)
    disks = models.JSONField(default=list)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasure_logs"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    scope = Scope(owner="uploaded_by")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure log")
        verbose_name_plural = _("erasure logs")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.digest[:12]


class Inspection(models.Model):
    """The tests that a device passed or failed, and its grade."""

    device = models.ForeignKey("lending.Device", models.PROTECT, related_name="inspections")
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    grade = models.CharField(_("grade"), max_length=1)
    tests = models.JSONField(_("tests"), default=dict)
    notes = FreeCharField(_("notes"), max_length=200, blank=True)

    scope = Scope(locations=("device__location",))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.grade} {self.at:%Y-%m-%d}"
