"""The report of reach as it may leave the house: tables in words, each number made safe."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locations.core.models import Audience, Topic
from locations.opening_hours.engine import words
from locations.reach.counting import LESSONS, LOANS, VISITORS, VISITS, WALK_INS
from locations.reach.models import ReachGoal
from locations.reach.periods import Period, quarter_of
from locations.reach.suppression import Number, gives_away, shown

PEOPLE, CAME, LENT = "people", "visitors", "loans"
HEADINGS = {
    PEOPLE: gettext_lazy("Different people"),
    CAME: gettext_lazy("Visitors"),
    LENT: gettext_lazy("Devices lent"),
}
WIDTH = 100
"""The longest bar; a bar is as long as the number that may be shown, not as the exact one."""


@dataclass(frozen=True)
class Line:
    name: str
    numbers: tuple[Number, ...]
    width: int = 0

    @property
    def first(self):
        return self.numbers[0]


@dataclass(frozen=True)
class Table:
    """One table, with its first column as bars; `withheld` when it would point at somebody."""

    key: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    note: str = ""
    withheld: bool = False

    @property
    def headings(self):
        return [HEADINGS[column] for column in self.columns]


@dataclass(frozen=True)
class Goal:
    """A number of people to reach, and how far it is."""

    people: int
    meaning: str
    is_reached: bool
    to_go: int


@dataclass(frozen=True)
class Report:
    """Everything that is said of a period."""

    days: Period
    people: Number
    visitors: Number
    without_card: Number
    nameless: Number
    asked: Number
    open: Number
    goals: tuple[Goal, ...]
    tables: tuple[Table, ...]

    @property
    def is_of_a_year(self):
        """A calendar year, or as much of it as is over."""
        return self.days.first.month == 1 and self.days.first.year == self.days.last.year


def report(reach):
    """The whole report; every number in it is safe to show, print and export."""
    return Report(
        reach.days,
        shown(reach.people),
        shown(reach.visitors),
        shown(reach.without_card),
        shown(reach.nameless),
        shown(reach.questions["asked"]),
        shown(reach.questions["open"]),
        goals(reach.people),
        tuple(
            table
            for table in (
                _by_quarter(reach),
                _by_kind(reach),
                _by_place(reach, "partnership"),
                _by_place(reach, "municipality"),
                _by_audience(reach),
                _by_topic(reach),
            )
            if table.lines or table.withheld
        ),
    )


def goals(people):
    """The numbers to reach, as far as they go, least first: one query."""
    least = shown(people).least
    return tuple(
        Goal(
            goal.people,
            goal.meaning,
            people >= goal.people,
            goal.people - least if people < goal.people else 0,
        )
        for goal in ReachGoal.objects.order_by("people")
    )


def _table(key, title, columns, rows, totals=None, *, note=""):
    """Rows are (name, exact numbers). Of people a total is less than the sum: one may be in two."""
    lines = [(name, tuple(shown(number) for number in numbers)) for name, numbers in rows]
    total = tuple(shown(number) for number in totals) if totals is not None else None
    if total:
        for number, column in enumerate(columns):
            cells = [numbers[number] for _name, numbers in lines]
            if gives_away(cells, total[number], overlapping=column == PEOPLE):
                return Table(key, title, columns, (), note=note, withheld=True)
    longest = max((numbers[0].least for _name, numbers in lines), default=0) or 1
    return Table(
        key,
        title,
        columns,
        tuple(
            Line(name, numbers, round(WIDTH * numbers[0].least / longest))
            for name, numbers in lines
        ),
        Line(_("Together"), total) if total else None,
        note,
    )


def _by_quarter(reach):
    rows = [
        (
            quarter_name(days),
            (
                reach.people_by_quarter[number],
                reach.count(*VISITORS, quarter=number),
                reach.count(LOANS, quarter=number),
            ),
        )
        for number, days in enumerate(reach.days.quarters)
    ]
    return _table(
        "quarter",
        _("Per quarter"),
        (PEOPLE, CAME, LENT),
        rows,
        (reach.people, reach.visitors, reach.count(LOANS)),
        note=_("Who came in two quarters counts in both, and once in the whole period."),
    )


def quarter_name(days):
    """Quarter 4 of 2026; with its months when not all of them are counted."""
    name = _("Quarter %(number)s of %(year)s") % {
        "number": (days.first.month + 2) // 3,
        "year": days.first.year,
    }
    if days == quarter_of(days.first):
        return name
    months = dict.fromkeys(date_format(day, "F") for day in (days.first, days.last))
    return f"{name} ({words.listed(months)})"


def _by_kind(reach):
    visits = reach.count(VISITS)
    rows = [
        (_("At a digipunt, with a card"), (visits - reach.without_card,)),
        (_("At a digipunt, without a card"), (reach.without_card,)),
        (_("At a workshop, registered"), (reach.count(LESSONS),)),
        (_("At a workshop, without registering"), (reach.count(WALK_INS),)),
    ]
    return _table(
        "kind",
        _("How they came"),
        (CAME,),
        rows,
        (reach.visitors,),
        note=_("Each lesson that somebody was at counts as a visit."),
    )


def _by_place(reach, group):
    people = getattr(reach, f"people_by_{group}")
    title, nowhere = {
        "partnership": (_("Per partnership"), _("Without a partnership")),
        "municipality": (_("Per municipality"), _("In no fixed place, as the bus")),
    }[group]
    places = reach.places_of(group)
    rows = [
        (name or nowhere, (people[name], reach.count(*VISITORS, place=places[name])))
        for name in sorted(places, key=lambda name: (not name, name))
    ]
    return _table(
        group,
        title,
        (PEOPLE, CAME),
        rows,
        (reach.people, reach.visitors),
        note=_("The municipality is that of the digipunt, not of the visitor.")
        if group == "municipality"
        else "",
    )


def _by_audience(reach):
    counted = reach.visits_by_audience
    names = dict(Audience.objects.values_list("pk", "name"))
    rows = [(name, (counted[pk],)) for pk, name in names.items() if counted[pk]]
    if counted:
        rows.append((_("Not noted"), (counted[None],)))
    return _table(
        "audience",
        _("Per target group"),
        (CAME,),
        rows,
        (reach.count(VISITS),),
        note=_("Only of visits: nobody is asked who they are at a workshop."),
    )


def _by_topic(reach):
    counted = reach.visitors_by_topic
    names = Topic.objects.values_list("pk", "name")
    rows = [(name, (counted[pk],)) for pk, name in names if counted[pk]]
    rows.sort(key=lambda row: (-shown(row[1][0]).least, row[0]))
    return _table(
        "topic",
        _("Per topic"),
        (CAME,),
        rows,
        note=_("Who came for two things counts for both, so this has no total."),
    )
