"""Whom the digipunten reach: visitors, and the different people among them. Exact numbers.

What leaves the house goes through `locations.reach_tables`. A person is a hash of
`locations.people`; who showed no card and gave no name is counted as a visitor, not as a person.
Whatever is asked here takes the same few queries for any number of places, people and months.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When

from locations.helpdesk.models import HelpRequest, Visit
from locations.places.models import Postcode
from locations.reach import sources
from locations.workshops.models import Attendance, Session


class Seen(NamedTuple):
    """Somebody was at a place in a quarter: how often, and who, if that is known."""

    place: int
    quarter: int
    person: str


VISITS, LESSONS, WALK_INS, LOANS = "visits", "lessons", "walk_ins", "loans"
VISITORS = (VISITS, LESSONS, WALK_INS)
"""What makes a visitor; who only fetches a device is reached, and counted apart."""


class Reach:
    """The answers about these places in these days; each is worked out when it is asked for."""

    def __init__(self, places, days):
        self.days = days
        self.places = {
            pk: (partnership, postcode)
            for pk, partnership, postcode in places.order_by().values_list(
                "pk", "partnership__name", "postcode"
            )
        }

    # What was written down

    def _within(self, moment, place):
        return {
            f"{moment}__gte": self.days.start,
            f"{moment}__lt": self.days.end,
            f"{place}__in": list(self.places),
        }

    def _quarter(self, moment):
        return Case(
            *(
                When(**{f"{moment}__lt": one.end}, then=Value(number))
                for number, one in enumerate(self.days.quarters)
            ),
            output_field=IntegerField(),
        )

    @cached_property
    def _visits(self):
        return Visit.objects.filter(**self._within("visited_at", "location")).order_by()

    @cached_property
    def _attendances(self):
        return Attendance.objects.filter(
            was_there=True, **self._within("session__starts_at", "session__run__location")
        ).order_by()

    @cached_property
    def _visit_rows(self):
        rows = self._visits.values_list("location_id", self._quarter("visited_at"), "audience_id")
        return list(rows.annotate(number=Count("pk"), nameless=Count("pk", filter=Q(person=""))))

    @cached_property
    def _lesson_rows(self):
        quarter = self._quarter("session__starts_at")
        rows = self._attendances.values_list(
            "session__run__location_id", quarter, "session__run__page__topic_id"
        )
        nameless = Count("pk", filter=Q(registration__person=""))
        return list(rows.annotate(number=Count("pk"), nameless=nameless))

    @cached_property
    def _walk_in_rows(self):
        sessions = Session.objects.filter(
            walk_ins__gt=0, **self._within("starts_at", "run__location")
        ).order_by()
        quarter = self._quarter("starts_at")
        rows = sessions.values_list("run__location_id", quarter, "run__page__topic_id")
        return [(*row, row[-1]) for row in rows.annotate(Sum("walk_ins"))]

    @cached_property
    def _loan_rows(self):
        found = sources.contacts(list(self.places), self.days.start, self.days.end)
        ends = [one.end for one in self.days.quarters]  # what comes at an end is after it
        return [(bisect_right(ends, one.at), one) for one in found if one.place in self.places]

    # How many came

    @cached_property
    def _counted(self):
        """{(what, quarter): {place: how many}}."""
        found = defaultdict(Counter)
        for what, rows in (
            (VISITS, self._visit_rows),
            (LESSONS, self._lesson_rows),
            (WALK_INS, self._walk_in_rows),
        ):
            for place, quarter, _about, number, _nameless in rows:
                found[what, quarter][place] += number
        for quarter, one in self._loan_rows:
            found[LOANS, quarter][one.place] += 1
        return found

    def count(self, *what, place=None, quarter=None):
        """How many of these, in these places and this quarter, or in all of them."""
        return sum(
            at.total() if place is None else sum(map(at.__getitem__, place))
            for (kind, when), at in self._counted.items()
            if kind in what and (quarter is None or when == quarter)
        )

    @cached_property
    def visitors(self):
        return self.count(*VISITORS)

    @cached_property
    def without_card(self):
        """Visits of which nobody knows whether the same person came before."""
        return sum(row[4] for row in self._visit_rows)

    @cached_property
    def nameless(self):
        """At lessons and of loans: who was not registered, or is forgotten by now."""
        lessons = sum(row[4] for row in (*self._lesson_rows, *self._walk_in_rows))
        return lessons + sum(not one.person for _quarter, one in self._loan_rows)

    # Who they were

    @cached_property
    def _seen(self):
        """Everybody who is known, once for each place and quarter."""
        visits = self._visits.exclude(person="").distinct()
        lessons = self._attendances.exclude(registration__person="").distinct()
        rows = [
            *visits.values_list("location_id", self._quarter("visited_at"), "person"),
            *lessons.values_list(
                *("session__run__location_id", self._quarter("session__starts_at")),
                "registration__person",
            ),
        ]
        loans = [(one.place, quarter, one) for quarter, one in self._loan_rows if one.person]
        same = {one.also: one.person for *_where, one in loans if one.also}
        return {
            *(Seen(place, quarter, same.get(who, who)) for place, quarter, who in rows),
            *(Seen(place, quarter, one.person) for place, quarter, one in loans),
        }

    def _people(self, key):
        found = defaultdict(set)
        for one in self._seen:
            found[key(one)].add(one.person)
        return Counter({group: len(who) for group, who in found.items()})

    @cached_property
    def people(self):
        """How many different people; each counts once, wherever and however often they came."""
        return len({one.person for one in self._seen})

    @cached_property
    def people_by_quarter(self):
        return self._people(lambda one: one.quarter)

    @cached_property
    def people_by_partnership(self):
        return self._people(lambda one: self.places[one.place][0] or "")

    @cached_property
    def people_by_municipality(self):
        return self._people(lambda one: self.municipalities[one.place])

    # In which groups

    @cached_property
    def municipalities(self):
        """The municipality of each place by its postcode; a bus is in none."""
        codes = {postcode for _partnership, postcode in self.places.values() if postcode}
        rows = Postcode.objects.filter(code__in=codes).values_list("code", "municipality__name")
        names = dict(rows)
        return {pk: names.get(code, "") for pk, (_partnership, code) in self.places.items()}

    def places_of(self, group):
        """The places for each group: by partnership, or by municipality."""
        found = defaultdict(set)
        for pk, (partnership, _postcode) in self.places.items():
            key = (partnership or "") if group == "partnership" else self.municipalities[pk]
            found[key].add(pk)
        return found

    @cached_property
    def visits_by_audience(self):
        """By key of the target group; those of which it was not asked under None."""
        found = Counter()
        for _place, _quarter, audience, number, _nameless in self._visit_rows:
            found[audience] += number
        return found

    @cached_property
    def visitors_by_topic(self):
        """By key of the topic. Who came for two things counts for both."""
        through = Visit.topics.through.objects.filter(
            **self._within("visit__visited_at", "visit__location")
        )
        found = Counter(dict(through.values_list("topic_id").annotate(Count("pk")).order_by()))
        for _place, _quarter, topic, number, _nameless in (*self._lesson_rows, *self._walk_in_rows):
            if topic:
                found[topic] += number
        return found

    @cached_property
    def questions(self):
        """Help requests: how many were asked in these days, and how many are open now."""
        mine = HelpRequest.objects.filter(location__in=list(self.places))
        asked = Q(created_at__gte=self.days.start, created_at__lt=self.days.end)
        return mine.aggregate(
            asked=Count("pk", filter=asked),
            open=Count("pk", filter=Q(state__in=HelpRequest.OPEN)),
        )
