"""How the outbox fares, for staff: whose messages one sees, what failed, is the server there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone
from wagtail.admin.ui.components import Component

from home.messages.models import MailOutage, Message, MessageSettings

LATE = timedelta(minutes=15)  # a worker that is there is never so far behind
WAITING, FAILED = Message.State.WAITING, Message.State.FAILED


@dataclass(frozen=True)
class Health:
    failed: int = 0
    away_since: datetime | None = None
    why: str = ""
    late: int = 0  # mail that should have gone, while the server is there
    late_since: datetime | None = None

    @property
    def is_well(self):
        return not (self.failed or self.away_since or self.late)


def health_for(user, now=None):
    """What failed and what hangs, of the messages of this person. Three questions."""
    now = now or timezone.now()
    hangs = Q(channel=Message.Channel.MAIL, state=WAITING, next_attempt_at__lte=now - LATE)
    found = Message.objects.visible_to(user).aggregate(
        failed=Count("pk", filter=Q(state=FAILED)),
        late=Count("pk", filter=hangs),
        since=Min("next_attempt_at", filter=hangs),
    )
    outage = MailOutage.objects.open().first()
    if outage:
        return Health(found["failed"], outage.began_at, outage.reason)
    night = MessageSettings.quiet_hours()
    if night.hold(now) or night.hold(now - LATE):  # in the morning all of it is late
        return Health(found["failed"])
    return Health(found["failed"], late=found["late"], late_since=found["since"])


class OutboxPanel(Component):
    """On the dashboard, and only when something is wrong."""

    order = 11
    template_name = "home/messages/admin/panel.html"

    def __init__(self, health):
        self.health = health

    def get_context_data(self, parent_context):
        return {"health": self.health}


def add_panel(request, panels):
    if request.user.has_perm("home.view_message"):
        health = health_for(request.user)
        if not health.is_well:
            panels.append(OutboxPanel(health))
