"""The choices of the workshop list that editors manage; they change a few times a year."""

from home.core.caching import cached
from locations.core.models import Audience, Topic
from locations.places.models import Partnership


@cached(
    "workshops.filter_choices",
    seconds=60,
    models=["locations.Topic", "locations.Audience", "locations.Partnership"],
)
def filter_choices():
    """Return {parameter: ((value, label), ...)}, with three small queries or none."""
    return {
        "onderwerp": tuple(Topic.objects.offered().values_list("slug", "name")),
        "voor": tuple(Audience.objects.offered().values_list("slug", "name")),
        "digibank": tuple(Partnership.objects.order_by("name").values_list("slug", "name")),
    }
