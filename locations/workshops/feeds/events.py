"""What every feed says of a workshop on its dates: its lessons, price, place, and what is free.

Nobody's name is in it, and nothing of who waits: a place that comes free for the first in line is
not free.
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
from locations.workshops.models import Session, WorkshopRun

MOST = 500
"""So many runs stand in a feed, the first that come: each can have a dozen lessons."""
_EURO = re.compile(r"(?:€|euro)?\s*(\d{1,4})(?:[.,](\d{1,2}))?\s*(?:€|euro)?", re.IGNORECASE)


@dataclass(frozen=True)
class Edition:
    """A run with its lessons, the address of its page, and how many times it was changed."""

    run: WorkshopRun
    lessons: tuple[Session, ...]
    url: str
    changes: int = 0

    @property
    def page(self):
        return self.run.page

    @property
    def register_url(self):
        return urljoin(self.url, reverse("locations:register", args=[self.run.pk]))

    @property
    def where(self):
        place = self.run.location
        return ", ".join(filter(None, (self.run.room, place.name, place.address)))

    @property
    def price(self):
        return price_of(self.page.price)


def price_of(words):
    """An amount in euro, if these words are one; None for what only a person understands."""
    words = words.strip()
    if words.casefold() in ("gratis", "free"):
        return Decimal(0)
    found = _EURO.fullmatch(words)
    return Decimal(f"{found[1]}.{(found[2] or '0').ljust(2, '0')}") if found else None


def local(moment):
    """A moment as the standards want it: the clock in Brussels, with its offset."""
    return moment.astimezone(BRUSSELS).isoformat()


def editions_of(runs, root):
    """These runs (a queryset, or a list of what was read `for_feed`), under this root address.

    At most four queries, whatever the number of runs.
    """
    runs = runs if isinstance(runs, list) else list(for_feed(runs))
    lessons, roots = {run.pk: [] for run in runs}, get_site_roots()
    for lesson in Session.objects.filter(run__in=lessons).order_by("starts_at", "pk"):
        lessons[lesson.run_id].append(lesson)
    changes = changes_of(lessons)
    return [
        Edition(
            run,
            tuple(lessons[run.pk]),
            urljoin(root, page_url(run.page.url_path, roots)),
            changes.get(run.pk, 0),
        )
        for run in runs
    ]


def for_feed(runs):
    return runs.with_seats().select_related("page__partner", "location__partnership")[:MOST]


def changes_of(runs):
    """How often staff wrote down that they changed each of these runs (keys): it only grows."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(WorkshopRun),
        object_id__in=[str(pk) for pk in runs],
    )
    counted = entries.order_by().values_list("object_id").annotate(n=Count("pk"))
    return {int(pk): number for pk, number in counted}
