"""Data that every feed uses: runs with their sessions, prices and URLs.

Feeds name nobody and reveal nothing about the waiting list: a seat that is offered to the first
person waiting is not free.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urljoin

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.pages.site_layout import get_site_roots, page_url
from locations.core.time_zone import BRUSSELS
from locations.workshops.models.run import WorkshopRun
from locations.workshops.models.session import Session

MAX_RUNS = 500
"""How many runs a feed holds, soonest first; each can have a dozen sessions."""
_EURO = re.compile(r"(?:€|euro)?\s*(\d{1,4})(?:[.,](\d{1,2}))?\s*(?:€|euro)?", re.IGNORECASE)


@dataclass(frozen=True)
class WorkshopEvent:
    """A run with its sessions, the URL of its page, and the number of logged changes."""

    run: WorkshopRun
    sessions: tuple[Session, ...]
    url: str
    changes: int = 0

    @property
    def page(self):
        """Return the page of the workshop."""
        return self.run.page

    @property
    def register_url(self):
        """Return the absolute URL of the registration form."""
        return urljoin(self.url, reverse("locations:register", args=[self.run.pk]))

    @property
    def venue(self):
        """Return the room, name and address of the location as one line."""
        location = self.run.location
        return ", ".join(filter(None, (self.run.room, location.name, location.address)))

    @property
    def price(self):
        """Return the price in euro, or None."""
        return parse_price(self.page.price)


def parse_price(text):
    """Return the amount in euro that a text holds; None if only people understand it."""
    text = text.strip()
    if text.casefold() in ("gratis", "free"):
        return Decimal(0)
    match = _EURO.fullmatch(text)
    return Decimal(f"{match[1]}.{(match[2] or '0').ljust(2, '0')}") if match else None


def local_isoformat(moment):
    """Return a moment in ISO 8601, in local time with its offset."""
    return moment.astimezone(BRUSSELS).isoformat()


def load_events(runs, root):
    """Return the events of these runs, with URLs below `root`, with at most four queries.

    `runs` is a queryset, or a list that was loaded `with_feed_relations`.
    """
    runs = runs if isinstance(runs, list) else list(with_feed_relations(runs))
    sessions, roots = {run.pk: [] for run in runs}, get_site_roots()
    for session in Session.objects.filter(run__in=sessions).order_by("starts_at", "pk"):
        sessions[session.run_id].append(session)
    changes = count_changes(sessions)
    return [
        WorkshopEvent(
            run,
            tuple(sessions[run.pk]),
            urljoin(root, page_url(run.page.url_path, roots)),
            changes.get(run.pk, 0),
        )
        for run in runs
    ]


def with_feed_relations(runs):
    """Load the first runs of a queryset with everything that feeds use."""
    runs = runs.with_seat_counts().select_related("page__partner", "location__partnership")
    return runs[:MAX_RUNS]


def count_changes(keys):
    """Return {key of a run: number of logged changes by staff}; the number only grows."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(WorkshopRun),
        object_id__in=[str(key) for key in keys],
    )
    counts = entries.order_by().values_list("object_id").annotate(n=Count("pk"))
    return {int(key): count for key, count in counts}
