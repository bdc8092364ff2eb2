"""When each periodic job ran last, and who has it in hand."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    name = models.CharField(_("job"), max_length=100, unique=True)
    # Also the lease: whoever takes the job moves this ahead, and no other worker runs it till then.
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
