"""Hours in words: short sentences that can be read aloud on the phone."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from locations.opening_hours.engine.rules import BRUSSELS, Every

NOW, LATER, NOT, STOP = "now", "later", "not", "stop"


@dataclass(frozen=True)
class Status:
    """The state of a door: a sign, the words in bold, and the words beside or under them."""

    sign: str
    headline: str
    detail: str = ""
    next: str = ""

    @property
    def is_open(self):
        return self.sign == NOW


def clock(time):
    """A time as one says it: 9, 9.30, 13."""
    return f"{time.hour}.{time.minute:02d}" if time.minute else str(time.hour)


def span(opens, closes):
    """From one time to another: 9 to 12 o'clock."""
    return _("%(opens)s to %(closes)s") % {"opens": clock(opens), "closes": clock(closes)}


def hours(opening):
    """The hours of an opening, by the clock in Brussels."""
    words = span(opening.starts_at.astimezone(BRUSSELS), opening.ends_at.astimezone(BRUSSELS))
    if opening.by_appointment:
        return _("%(hours)s, by appointment") % {"hours": words}
    return words


def blocks(found):
    """Several blocks of one day: 9 to 12 and 13 to 17."""
    return listed([_block(block) for block in found])


def listed(words):
    """One, two and three."""
    words = [str(word) for word in words]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def day(date, today=None, *, weekday=True):
    """A day in full: Friday 27 November; with its year when it is far away."""
    far = today is not None and not -30 < (date - today).days < 330
    form = ("l j F Y" if far else "l j F") if weekday else ("j F Y" if far else "j F")
    return _written(get_language(), date, form)


@lru_cache(maxsize=4096)
def _written(language, date, form):
    """Lists say the same days again and again."""
    return date_format(date, form)


def near_day(date, today):
    """Today, tomorrow, or the day in full."""
    if date == today:
        return pgettext("a day", "today")
    if date == today + timedelta(days=1):
        return pgettext("a day", "tomorrow")
    return day(date, today)


def opening(one, today=None):
    """Friday 27 November, 10 to 12."""
    return _("%(day)s, %(hours)s") % {"day": day(one.day, today), "hours": hours(one)}


def next_time(one, today):
    """What comes next, as a sentence."""
    if one is None:
        return _("We do not know yet when. Call us.")
    words = _("%(day)s, %(hours)s") % {"day": near_day(one.day, today), "hours": hours(one)}
    return _("Next time: %(when)s") % {"when": words}


def status(calendar, now, service=None):
    """How the door is at this moment (aware), and what then.

    Unexpectedly closed is only what one would have found open today, had nobody closed it.
    """
    today = now.astimezone(BRUSSELS).date()
    current = calendar.opening_at(now, service)
    if current and not current.by_appointment:
        return Status(
            NOW,
            _("Open now"),
            _("until %(time)s") % {"time": clock(current.ends_at.astimezone(BRUSSELS))},
        )
    following = calendar.next_opening(now, service)
    closure = calendar.closure(today, service)
    if closure and calendar.as_if_never_closed.openings_on(today, service):
        return Status(STOP, closed(closure), next=next_time(following, today))
    if current or (following and following.by_appointment):
        return Status(LATER, _("By appointment"), next=next_time(following, today))
    if following and following.day == today:
        starts = clock(following.starts_at.astimezone(BRUSSELS))
        return Status(LATER, _("Open today"), _("from %(time)s") % {"time": starts})
    return Status(NOT, _("Closed now"), next=next_time(following, today))


def closed(closure):
    """Closed, and why: "Closed: Christmas"."""
    if closure.reason:
        return _("Closed: %(reason)s") % {"reason": closure.reason}
    return pgettext("a place", "Closed")


def from_to(first_day, last_day, today=None):
    """A range of days, both counted: from 24 December up to and including 1 January."""
    if first_day == last_day:
        return day(first_day, today, weekday=False)
    return _("%(first)s up to and including %(last)s") % {
        "first": day(first_day, today, weekday=False),
        "last": day(last_day, today, weekday=False),
    }


def closed_range(closure, today=None):
    """The closed days as a heading: "Closed from 24 December up to and including 1 January"."""
    if closure.first_day == closure.last_day:
        return _("Closed on %(day)s") % {"day": day(closure.first_day, today)}
    return _("Closed from %(range)s") % {
        "range": from_to(closure.first_day, closure.last_day, today)
    }


def adjusted_hours(adjustment):
    """The hours of adjusted days: "Tuesday, 9 to 12"; nothing named is closed."""
    lines = _grouped(_blocks_by_weekday(adjustment.hours))
    return "; ".join(lines) if lines else pgettext("a place", "Closed")


def rule_lines(rules, today):
    """What the rules of one service say, a line each: "Monday and Wednesday, 9 to 12".

    Loose dates and rules whose season is over are left out; a season that is to come is said.
    """
    rules = [
        rule
        for rule in rules
        if rule.recurrence.every != Every.DATE
        and (rule.valid_until is None or rule.valid_until >= today)
    ]
    lines = []
    for season in dict.fromkeys((rule.valid_from, rule.valid_until) for rule in rules):
        of_season = [rule for rule in rules if (rule.valid_from, rule.valid_until) == season]
        weekly = [rule for rule in of_season if rule.recurrence.every == Every.WEEK]
        said = _grouped(
            _blocks_by_weekday((rule.recurrence.weekday, rule.block) for rule in weekly)
        )
        said += [
            _("%(when)s, %(hours)s")
            % {"when": recurrence(rule.recurrence), "hours": _block(rule.block)}
            for rule in of_season
            if rule.recurrence.every != Every.WEEK
        ]
        lines += [_in_season(line, *season, today) for line in said]
    return lines


def recurrence(one):
    """How days come back: "Every 2 weeks on Friday", "Every fourth Wednesday of the month"."""
    name = weekday(one.weekday)
    if one.every == Every.WEEKS:
        words = ngettext("Every week on %(day)s", "Every %(n)s weeks on %(day)s", one.interval)
        return words % {"n": one.interval, "day": name}
    if one.every == Every.MONTH:
        return _("Every %(nth)s %(day)s of the month") % {"nth": _nth(one.nth), "day": name}
    return capfirst(name)


def weekday(number):
    """The name of a day of the week, Monday is 0."""
    return [
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    ][number]


def _nth(number):
    return {
        1: pgettext("of the month", "first"),
        2: pgettext("of the month", "second"),
        3: pgettext("of the month", "third"),
        4: pgettext("of the month", "fourth"),
        5: pgettext("of the month", "fifth"),
        -1: pgettext("of the month", "last"),
    }[number]


def _block(block):
    words = span(block.opens, block.closes)
    return _("%(hours)s, by appointment") % {"hours": words} if block.by_appointment else words


def _blocks_by_weekday(pairs):
    found = {}
    for number, block in sorted(pairs):
        found.setdefault(number, []).append(block)
    return found


def _grouped(blocks_by_weekday):
    """Days with the same hours on one line."""
    days_of = {}
    for number, of_day in blocks_by_weekday.items():
        days_of.setdefault(tuple(of_day), []).append(number)
    lines = []
    for found, numbers in days_of.items():
        if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
            ends = {"first": weekday(numbers[0]), "last": weekday(numbers[-1])}
            days = _("%(first)s to %(last)s") % ends
        else:
            days = listed([weekday(number) for number in numbers])
        lines.append(capfirst(_("%(day)s, %(hours)s") % {"day": days, "hours": blocks(found)}))
    return lines


def _in_season(line, valid_from, valid_until, today):
    if valid_from and valid_from > today and valid_until:
        return _("%(line)s (%(range)s)") % {
            "line": line,
            "range": from_to(valid_from, valid_until, today),
        }
    if valid_from and valid_from > today:
        return _("%(line)s (from %(day)s)") % {
            "line": line,
            "day": day(valid_from, today, weekday=False),
        }
    if valid_until:
        return _("%(line)s (until %(day)s)") % {
            "line": line,
            "day": day(valid_until, today, weekday=False),
        }
    return line
