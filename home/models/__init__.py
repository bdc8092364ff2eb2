"""The nouns of the site itself."""

from home.models.job_run import JobRun as JobRun
from home.models.message import Message as Message
from home.models.number import NumberSeries as NumberSeries
