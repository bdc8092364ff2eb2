"""Exact counts of the visitors and the different people that locations reach.

What is published goes through `locations.reach.suppression`. A person is a hash of
`locations.core.person_hashes`; somebody without a card or a name counts as a visitor only. The
number of queries does not depend on the number of locations, people and months.
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

VISITS, ATTENDANCES, WALK_INS, LOANS = "visits", "attendances", "walk_ins", "loans"
VISITORS = (VISITS, ATTENDANCES, WALK_INS)
"""Counts that together are the visitors; somebody who borrows is reached, and counted apart."""


class Presence(NamedTuple):
    """A known person at a location in a quarter."""

    location: int
    quarter: int
    person: str


class ReachCount:
    """Counts for a queryset of locations in a period; each is computed on first use."""

    def __init__(self, locations, period):
        self.period = period
        self.locations = {
            pk: (partnership, postcode)
            for pk, partnership, postcode in locations.order_by().values_list(
                "pk", "partnership__name", "postcode"
            )
        }

    # Rows: (location, quarter, group, number, number without a known person)

    def _within(self, moment, location):
        return {
            f"{moment}__gte": self.period.start,
            f"{moment}__lt": self.period.end,
            f"{location}__in": list(self.locations),
        }

    def _quarter(self, moment):
        return Case(
            *(
                When(**{f"{moment}__lt": quarter.end}, then=Value(index))
                for index, quarter in enumerate(self.period.quarters)
            ),
            output_field=IntegerField(),
        )

    @cached_property
    def _visits(self):
        return Visit.objects.filter(**self._within("visited_at", "location")).order_by()

    @cached_property
    def _attendances(self):
        return Attendance.objects.filter(
            attended=True, **self._within("session__starts_at", "session__run__location")
        ).order_by()

    @cached_property
    def _visit_rows(self):
        rows = self._visits.values_list("location_id", self._quarter("visited_at"), "audience_id")
        return list(rows.annotate(number=Count("pk"), unknown=Count("pk", filter=Q(person=""))))

    @cached_property
    def _attendance_rows(self):
        quarter = self._quarter("session__starts_at")
        rows = self._attendances.values_list(
            "session__run__location_id", quarter, "session__run__page__topic_id"
        )
        unknown = Count("pk", filter=Q(registration__person=""))
        return list(rows.annotate(number=Count("pk"), unknown=unknown))

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
        """Pairs of a quarter and a contact."""
        contacts = sources.contacts(list(self.locations), self.period.start, self.period.end)
        ends = [quarter.end for quarter in self.period.quarters]
        return [
            (bisect_right(ends, contact.at), contact)
            for contact in contacts
            if contact.location in self.locations
        ]

    # Visitors

    @cached_property
    def _counts(self):
        """Counts as {(kind, quarter): {location: number}}."""
        counts = defaultdict(Counter)
        for kind, rows in (
            (VISITS, self._visit_rows),
            (ATTENDANCES, self._attendance_rows),
            (WALK_INS, self._walk_in_rows),
        ):
            for location, quarter, _group, number, _unknown in rows:
                counts[kind, quarter][location] += number
        for quarter, contact in self._loan_rows:
            counts[LOANS, quarter][contact.location] += 1
        return counts

    def count(self, *kinds, locations=None, quarter=None):
        """Return the total of these kinds, for some locations and one quarter or for all."""
        return sum(
            counts.total() if locations is None else sum(map(counts.__getitem__, locations))
            for (kind, kind_quarter), counts in self._counts.items()
            if kind in kinds and quarter in (None, kind_quarter)
        )

    @cached_property
    def visitors(self):
        """The number of visits, attendances and walk-ins."""
        return self.count(*VISITORS)

    @cached_property
    def without_card(self):
        """The number of visits without a card."""
        return sum(row[4] for row in self._visit_rows)

    @cached_property
    def nameless(self):
        """The number of attendances, walk-ins and loans of people who are unknown or erased."""
        rows = (*self._attendance_rows, *self._walk_in_rows)
        loans = sum(not contact.person for _quarter, contact in self._loan_rows)
        return sum(row[4] for row in rows) + loans

    # People

    @cached_property
    def _presences(self):
        """Every known person, once for each location and quarter."""
        visits = self._visits.exclude(person="").distinct()
        attendances = self._attendances.exclude(registration__person="").distinct()
        rows = [
            *visits.values_list("location_id", self._quarter("visited_at"), "person"),
            *attendances.values_list(
                *("session__run__location_id", self._quarter("session__starts_at")),
                "registration__person",
            ),
        ]
        loans = [(quarter, contact) for quarter, contact in self._loan_rows if contact.person]
        same_person = {contact.also: contact.person for _quarter, contact in loans if contact.also}
        return {
            *(
                Presence(location, quarter, same_person.get(person, person))
                for location, quarter, person in rows
            ),
            *(Presence(contact.location, quarter, contact.person) for quarter, contact in loans),
        }

    def _people_by(self, key):
        people = defaultdict(set)
        for presence in self._presences:
            people[key(presence)].add(presence.person)
        return Counter({group: len(persons) for group, persons in people.items()})

    @cached_property
    def people(self):
        """The number of different people; each counts once, wherever and however often."""
        return len({presence.person for presence in self._presences})

    @cached_property
    def people_by_quarter(self):
        """The number of different people by the index of the quarter."""
        return self._people_by(lambda presence: presence.quarter)

    @cached_property
    def people_by_partnership(self):
        """The number of different people by the name of the partnership, "" without one."""
        return self._people_by(lambda presence: self.locations[presence.location][0] or "")

    @cached_property
    def people_by_municipality(self):
        """The number of different people by the municipality of the location."""
        return self._people_by(lambda presence: self.municipalities[presence.location])

    # Groups

    @cached_property
    def municipalities(self):
        """The municipality of each location by its postcode; "" for a bus."""
        codes = {postcode for _partnership, postcode in self.locations.values() if postcode}
        rows = Postcode.objects.filter(code__in=codes).values_list("code", "municipality__name")
        names = dict(rows)
        return {pk: names.get(code, "") for pk, (_partnership, code) in self.locations.items()}

    def locations_by(self, group):
        """Return the keys of the locations by "partnership" or by "municipality"."""
        locations = defaultdict(set)
        for pk, (partnership, _postcode) in self.locations.items():
            name = (partnership or "") if group == "partnership" else self.municipalities[pk]
            locations[name].add(pk)
        return locations

    @cached_property
    def visits_by_audience(self):
        """The number of visits by the key of the target group, or None."""
        counts = Counter()
        for _location, _quarter, audience, number, _unknown in self._visit_rows:
            counts[audience] += number
        return counts

    @cached_property
    def visitors_by_topic(self):
        """The number of visitors by the key of the topic; a visit may have several topics."""
        through = Visit.topics.through.objects.filter(
            **self._within("visit__visited_at", "visit__location")
        )
        counts = Counter(dict(through.values_list("topic_id").annotate(Count("pk")).order_by()))
        for _location, _quarter, topic, number, _unknown in (
            *self._attendance_rows,
            *self._walk_in_rows,
        ):
            if topic:
                counts[topic] += number
        return counts

    @cached_property
    def help_requests(self):
        """The number of help requests received in the period, and the number open now."""
        created = Q(created_at__gte=self.period.start, created_at__lt=self.period.end)
        return HelpRequest.objects.filter(location__in=list(self.locations)).aggregate(
            received=Count("pk", filter=created),
            open=Count("pk", filter=Q(state__in=HelpRequest.OPEN)),
        )
