"""The report of reach: tables with captions, in which every number may be published."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locations.core.formatting import format_list
from locations.core.models import Audience, Topic
from locations.reach.counting import ATTENDANCES, LOANS, VISITORS, VISITS, WALK_INS
from locations.reach.models import ReachGoal
from locations.reach.periods import Period, quarter_of
from locations.reach.suppression import PublishedNumber, publish, reveals_hidden_cell

PEOPLE_COLUMN, VISITORS_COLUMN, LOANS_COLUMN = "people", "visitors", "loans"
HEADINGS = {
    PEOPLE_COLUMN: gettext_lazy("Different people"),
    VISITORS_COLUMN: gettext_lazy("Visitors"),
    LOANS_COLUMN: gettext_lazy("Devices lent"),
}
LONGEST_BAR = 100


@dataclass(frozen=True)
class ReportRow:
    """A row of a table; `bar` is the length of its bar, from the published number."""

    name: str
    numbers: tuple[PublishedNumber, ...]
    bar: int = 0

    @property
    def first(self):
        """The number in the first column, which is drawn as a bar."""
        return self.numbers[0]


@dataclass(frozen=True)
class ReportTable:
    """A table; it is `withheld` if it would reveal a small count."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    total: ReportRow | None = None
    note: str = ""
    withheld: bool = False

    @property
    def headings(self):
        """The headings of the columns."""
        return [HEADINGS[column] for column in self.columns]


@dataclass(frozen=True)
class GoalProgress:
    """A number of people to reach in a year, and the number still missing."""

    people: int
    meaning: str
    is_reached: bool
    to_go: int


@dataclass(frozen=True)
class ReachReport:
    """The figures, goals and tables of a period."""

    period: Period
    people: PublishedNumber
    visitors: PublishedNumber
    without_card: PublishedNumber
    nameless: PublishedNumber
    received: PublishedNumber
    open: PublishedNumber
    goals: tuple[GoalProgress, ...]
    tables: tuple[ReportTable, ...]

    @property
    def is_within_a_year(self):
        """Whether the period starts in January and ends in the same year."""
        first, last = self.period.first, self.period.last
        return first.month == 1 and first.year == last.year


def build_report(reach):
    """Return the ReachReport of a ReachCount."""
    tables = (
        _by_quarter(reach),
        _by_kind(reach),
        _by_group(reach, "partnership"),
        _by_group(reach, "municipality"),
        _by_audience(reach),
        _by_topic(reach),
    )
    return ReachReport(
        reach.period,
        publish(reach.people),
        publish(reach.visitors),
        publish(reach.without_card),
        publish(reach.nameless),
        publish(reach.help_requests["received"]),
        publish(reach.help_requests["open"]),
        goal_progress(reach.people),
        tuple(table for table in tables if table.rows or table.withheld),
    )


def goal_progress(people):
    """Return the progress of every goal, lowest first, with one query."""
    least = publish(people).least
    return tuple(
        GoalProgress(
            goal.people,
            goal.meaning,
            people >= goal.people,
            goal.people - least if people < goal.people else 0,
        )
        for goal in ReachGoal.objects.order_by("people")
    )


def _table(key, title, columns, counts, totals=None, *, note=""):
    """Return a table of (name, exact counts); people may be in several rows."""
    rows = [(name, tuple(publish(count) for count in row)) for name, row in counts]
    total = tuple(publish(count) for count in totals) if totals is not None else None
    if total:
        for index, column in enumerate(columns):
            cells = [numbers[index] for _name, numbers in rows]
            if reveals_hidden_cell(cells, total[index], overlapping=column == PEOPLE_COLUMN):
                return ReportTable(key, title, columns, (), note=note, withheld=True)
    largest = max((numbers[0].least for _name, numbers in rows), default=0) or 1
    return ReportTable(
        key,
        title,
        columns,
        tuple(
            ReportRow(name, numbers, round(LONGEST_BAR * numbers[0].least / largest))
            for name, numbers in rows
        ),
        ReportRow(_("Together"), total) if total else None,
        note,
    )


def _by_quarter(reach):
    counts = [
        (
            quarter_name(quarter),
            (
                reach.people_by_quarter[index],
                reach.count(*VISITORS, quarter=index),
                reach.count(LOANS, quarter=index),
            ),
        )
        for index, quarter in enumerate(reach.period.quarters)
    ]
    return _table(
        "quarter",
        _("Per quarter"),
        (PEOPLE_COLUMN, VISITORS_COLUMN, LOANS_COLUMN),
        counts,
        (reach.people, reach.visitors, reach.count(LOANS)),
        note=_("Who came in two quarters counts in both, and once in the whole period."),
    )


def quarter_name(period):
    """Return "Quarter 4 of 2026"; with the names of its months if it is incomplete."""
    name = _("Quarter %(number)s of %(year)s") % {
        "number": (period.first.month + 2) // 3,
        "year": period.first.year,
    }
    if period == quarter_of(period.first):
        return name
    months = dict.fromkeys(date_format(day, "F") for day in (period.first, period.last))
    return f"{name} ({format_list(months)})"


def _by_kind(reach):
    visits = reach.count(VISITS)
    counts = [
        (_("At a digipunt, with a card"), (visits - reach.without_card,)),
        (_("At a digipunt, without a card"), (reach.without_card,)),
        (_("At a workshop, registered"), (reach.count(ATTENDANCES),)),
        (_("At a workshop, without registering"), (reach.count(WALK_INS),)),
    ]
    return _table(
        "kind",
        _("How they came"),
        (VISITORS_COLUMN,),
        counts,
        (reach.visitors,),
        note=_("Each lesson that somebody was at counts as a visit."),
    )


def _by_group(reach, group):
    """Return the table by "partnership" or by "municipality"."""
    people = getattr(reach, f"people_by_{group}")
    title, no_group, note = {
        "partnership": (_("Per partnership"), _("Without a partnership"), ""),
        "municipality": (
            _("Per municipality"),
            _("In no fixed place, as the bus"),
            _("The municipality is that of the digipunt, not of the visitor."),
        ),
    }[group]
    locations = reach.locations_by(group)
    counts = [
        (name or no_group, (people[name], reach.count(*VISITORS, locations=locations[name])))
        for name in sorted(locations, key=lambda name: (not name, name))
    ]
    return _table(
        group,
        title,
        (PEOPLE_COLUMN, VISITORS_COLUMN),
        counts,
        (reach.people, reach.visitors),
        note=note,
    )


def _by_audience(reach):
    visits = reach.visits_by_audience
    names = dict(Audience.objects.values_list("pk", "name"))
    counts = [(name, (visits[pk],)) for pk, name in names.items() if visits[pk]]
    if visits:
        counts.append((_("Not noted"), (visits[None],)))
    return _table(
        "audience",
        _("Per target group"),
        (VISITORS_COLUMN,),
        counts,
        (reach.count(VISITS),),
        note=_("Only of visits: nobody is asked who they are at a workshop."),
    )


def _by_topic(reach):
    visitors = reach.visitors_by_topic
    names = Topic.objects.values_list("pk", "name")
    counts = [(name, (visitors[pk],)) for pk, name in names if visitors[pk]]
    counts.sort(key=lambda row: (-publish(row[1][0]).least, row[0]))
    return _table(
        "topic",
        _("Per topic"),
        (VISITORS_COLUMN,),
        counts,
        note=_("Who came for two things counts for both, so this has no total."),
    )
