"""The last and next run of each periodic job."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """The runs of one job, and its lease."""

    name = models.CharField(_("job"), max_length=100, unique=True)
    # Also the lease: the worker that runs the job moves this ahead, so that no other runs it.
    next_run_at = models.DateTimeField(_("next run"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    runs = models.PositiveBigIntegerField(_("runs"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")

    def __str__(self):
        return self.name
