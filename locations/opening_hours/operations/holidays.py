"""Holidays as proposals: nothing is closed before an editor confirms it, day by day."""

from datetime import date, timedelta
from typing import NamedTuple

import holidays as calendar_of_holidays
from django.db.models import Q
from wagtail.log_actions import log

from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations import history

CONFIRM, TAKE_BACK = "locations.confirm_holiday", "locations.take_back_holiday"

# The package has no holiday of the Flemish Community: decree of 6 July 1973.
FLEMISH_DAY, FLEMISH_NAME = (7, 11), "Feest van de Vlaamse Gemeenschap"
WRITTEN_OUT = {
    "O. L. H. Hemelvaart": "Onze-Lieve-Heer-Hemelvaart",
    "O. L. V. Hemelvaart": "Onze-Lieve-Vrouw-Hemelvaart",
    "; ": " en ",
}


class Holiday(NamedTuple):
    """A day or days that many have off; both ends count. The name is what visitors will read."""

    key: str
    name: str
    first_day: date
    last_day: date

    @property
    def days(self):
        count = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=number) for number in range(count)]


def public_holidays(year):
    """The public holidays of Belgium in this year, with that of Flanders, in order."""
    found = dict(calendar_of_holidays.BE(years=year, language="nl"))
    flemish = date(year, *FLEMISH_DAY)
    found[flemish] = f"{found[flemish]}; {FLEMISH_NAME}" if flemish in found else FLEMISH_NAME
    return [
        Holiday(day.isoformat(), _written_out(name), day, day)
        for day, name in sorted(found.items())
    ]


def school_holidays(year):
    """The holidays of Flemish schools that begin in this year and are no public holiday."""
    years = [year - 1, year, year + 1]
    days = calendar_of_holidays.BE(
        years=years, language="nl", subdiv="Flemish", categories=("school",)
    )
    free = set(calendar_of_holidays.BE(years=years, language="nl"))
    found = []
    for day, name in sorted(days.items()):
        last = found[-1] if found else None
        if last and last[0] == name and _joined(last[2], day, free):
            last[2] = day
        elif day not in free or name not in _names(day):
            found.append([name, day, day])
    return [
        Holiday(f"school-{first.isoformat()}", _written_out(name), first, last)
        for name, first, last in found
        if first.year == year
    ]


def _joined(last, day, free):
    between = [last + timedelta(days=number) for number in range(1, (day - last).days)]
    return all(one in free for one in between)


def _names(day):
    return calendar_of_holidays.BE(years=day.year, language="nl").get(day, "").split("; ")


def _written_out(name):
    for short, long in WRITTEN_OUT.items():
        name = name.replace(short, long)
    return name


def confirmed_closures(found, places, partnerships):
    """Which (holiday, place or partnership) are closed as proposed: {(key, row): ClosedDays}.

    One query. What is closed for another reason or over other days is not ours to take back.
    """
    places = {place.pk: place for place in places}
    together = {partnership.pk: partnership for partnership in partnerships}
    by_days = {(one.first_day, one.last_day, one.name): one.key for one in found}
    if not by_days:
        return {}
    rows = ClosedDays.objects.filter(
        Q(location__in=list(places)) | Q(partnership__in=list(together)),
        first_day__in=[one.first_day for one in found],
        service=None,
    )
    return {
        (key, places[row.location_id] if row.location_id else together[row.partnership_id]): row
        for row in rows
        if (key := by_days.get((row.first_day, row.last_day, row.reason)))
    }


def apply_decisions(close, take_back, *, user=None):
    """Close what is confirmed, open what is taken back; how many of each were not so already.

    Both are pairs of a holiday and a place or partnership. A second time nothing happens.
    """
    pairs = [*close, *take_back]
    rows = list(dict.fromkeys(row for _, row in pairs))
    found = list(dict.fromkeys(holiday for holiday, _ in pairs))
    with history.record_changes(*rows, user=user):
        there = confirmed_closures(found, *_sorted_out(rows))
        closed = [pair for pair in dict.fromkeys(close) if (pair[0].key, pair[1]) not in there]
        for holiday, row in closed:
            owner = {"partnership" if _is_partnership(row) else "location": row}
            days = ClosedDays.objects.create(
                first_day=holiday.first_day,
                last_day=holiday.last_day,
                reason=holiday.name,
                **owner,
            )
            log(days, CONFIRM, user=user)
        taken = [days for one, row in take_back if (days := there.get((one.key, row)))]
        for days in taken:
            log(days, TAKE_BACK, user=user)
            days.delete()
    return len(closed), len(taken)


def _is_partnership(row):
    return row._meta.model_name == "partnership"


def _sorted_out(rows):
    return [row for row in rows if not _is_partnership(row)], [
        row for row in rows if _is_partnership(row)
    ]
