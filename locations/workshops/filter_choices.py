"""What the list of workshops lets one choose; kept ready, as it changes a few times a year.

Saving or deleting any of it empties the cache after the commit; where each process has a cache of
its own, the others follow within `KEEP` seconds.
"""

from django.core.cache import cache
from django.db import transaction

from locations.core.models import Audience, Topic
from locations.places.models import Partnership

KEY = "locations.filter_choices"
KEEP = 60


def filter_choices():
    """{name of a filter: ((value, label), ...)}; three small queries, or none."""
    found = cache.get(KEY)
    if found is None:
        found = {
            "onderwerp": tuple(Topic.objects.offered().values_list("slug", "name")),
            "voor": tuple(Audience.objects.offered().values_list("slug", "name")),
            "digibank": tuple(Partnership.objects.order_by("name").values_list("slug", "name")),
        }
        cache.set(KEY, found, KEEP)
    return found


def forget(**kwargs):
    """Receiver for signals of all that can be chosen."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))
