"""What an address with filters asks for: the places, in the order of the list."""

from dataclasses import dataclass

from locations.finding import in_order
from locations.models import Location, Service
from locations.opening_hours import Calendar
from locations.views.question import Question


@dataclass(frozen=True)
class Asked:
    """The places that answer a question; their calendars if these were needed to find them."""

    places: list[Location]
    hours: dict[int, Calendar] | None


def asked_for(asked, places, now):
    """Of these places (a queryset) those that the list of digipunten shows for this question."""
    known = set(Service.objects.filter(is_filter=True).values_list("code", flat=True))
    question = Question.of(asked, known)
    found = question.open_among(list(question.among(places.order_by("name"))), now)
    return Asked([one.location for one in in_order(found, question.here)], None)
