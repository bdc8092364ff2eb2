"""Models that several subjects share."""

from home.core.models.job_run import JobRun
from home.core.models.number_series import NumberSeries

__all__ = ["JobRun", "NumberSeries"]
