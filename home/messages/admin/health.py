"""The health of the outbox: failed messages, late mail, and an outage of the mail server."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone
from wagtail.admin.ui.components import Component

from home.messages.models import MailOutage, Message, MessageSettings

LATE = timedelta(minutes=15)  # a running worker is never this late
WAITING, FAILED = Message.State.WAITING, Message.State.FAILED


@dataclass(frozen=True)
class Health:
    """Failed and late messages, and since when the mail server is away."""

    failed: int = 0
    away_since: datetime | None = None
    why: str = ""
    late: int = 0  # overdue mail while the server is available
    late_since: datetime | None = None

    @property
    def is_well(self):
        """Whether there is nothing to report."""
        return not (self.failed or self.away_since or self.late)


def health_for(user, now=None):
    """Return the health of the messages that `user` sees. Three queries."""
    now = now or timezone.now()
    is_late = Q(channel=Message.Channel.MAIL, state=WAITING, next_attempt_at__lte=now - LATE)
    counts = Message.objects.visible_to(user).aggregate(
        failed=Count("pk", filter=Q(state=FAILED)),
        late=Count("pk", filter=is_late),
        since=Min("next_attempt_at", filter=is_late),
    )
    outage = MailOutage.objects.open().first()
    if outage:
        return Health(counts["failed"], outage.began_at, outage.reason)
    quiet_hours = MessageSettings.quiet_hours()
    # Just after the quiet hours all held mail would count as late.
    if quiet_hours.include(now) or quiet_hours.include(now - LATE):
        return Health(counts["failed"])
    return Health(counts["failed"], late=counts["late"], late_since=counts["since"])


class OutboxPanel(Component):
    """A panel on the dashboard, shown only if there is a problem."""

    order = 11
    template_name = "home/messages/admin/panel.html"

    def __init__(self, health):
        self.health = health

    def get_context_data(self, parent_context):
        return {"health": self.health}


def add_outbox_panel(request, panels):
    """Add the panel if something is wrong; a `construct_homepage_panels` hook."""
    if request.user.has_perm("home.view_message"):
        health = health_for(request.user)
        if not health.is_well:
            panels.append(OutboxPanel(health))
