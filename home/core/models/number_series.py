"""Consecutive numbers per prefix: DP-00071, S-2026-0001, L-00012."""

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number that was given out for a prefix."""

    prefix = models.CharField(_("prefix"), max_length=20, unique=True)
    last = models.PositiveBigIntegerField(_("last number taken"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")

    def __str__(self):
        return self.prefix

    @classmethod
    def take(cls, prefix, count=1):
        """Reserve `count` consecutive numbers and return the first.

        Runs in the caller's transaction: the row stays locked until that ends, so that two
        callers never get the same number, and a rollback releases the numbers.
        """
        if count < 1:
            raise ValueError("Take at least one number.")
        with transaction.atomic(savepoint=False):
            series = cls.objects.filter(prefix=prefix)
            if not series.update(last=F("last") + count):
                cls.objects.bulk_create([cls(prefix=prefix)], ignore_conflicts=True)
                series.update(last=F("last") + count)
            return series.values_list("last", flat=True).get() - count + 1
