"""Opening hours as short text that can be read aloud on the phone."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from locations.core.formatting import (
    format_date_range,
    format_day,
    format_list,
    format_near_day,
    format_time,
    format_time_range,
    weekday_name,
)
from locations.core.status import Sign, StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.rules import Every


def opening_status(calendar, now, service=None):
    """Return whether a location is open at `now` (an aware datetime), and when it opens next.

    It counts as unexpectedly closed only if it would have been open today without the closure.
    """
    today = now.astimezone(BRUSSELS).date()
    current = calendar.opening_at(now, service)
    if current and not current.by_appointment:
        return StatusLabel(
            Sign.OPEN,
            _("Open now"),
            _("until %(time)s") % {"time": format_time(current.ends_at.astimezone(BRUSSELS))},
        )
    following = calendar.next_opening(now, service)
    next_text = format_next_opening(following, today)
    closure = calendar.closure(today, service)
    if closure and calendar.without_closures.openings_on(today, service):
        return StatusLabel(Sign.CANCELLED, format_closure(closure), next=next_text)
    if current or (following and following.by_appointment):
        return StatusLabel(Sign.LATER, _("By appointment"), next=next_text)
    if following and following.day == today:
        starts = format_time(following.starts_at.astimezone(BRUSSELS))
        return StatusLabel(Sign.LATER, _("Open today"), _("from %(time)s") % {"time": starts})
    return StatusLabel(Sign.CLOSED, _("Closed now"), next=next_text)


def format_opening(opening, today=None):
    """Return the day and the hours: Friday 27 November, 10 to 12."""
    return _("%(day)s, %(hours)s") % {
        "day": format_day(opening.day, today),
        "hours": format_opening_hours(opening),
    }


def format_opening_hours(opening):
    """Return the hours of an opening in Brussels time."""
    return _format_hours(
        opening.starts_at.astimezone(BRUSSELS),
        opening.ends_at.astimezone(BRUSSELS),
        opening.by_appointment,
    )


def format_next_opening(opening, today):
    """Return a sentence about the next opening; `opening` may be None."""
    if opening is None:
        return _("We do not know yet when. Call us.")
    when = _("%(day)s, %(hours)s") % {
        "day": format_near_day(opening.day, today),
        "hours": format_opening_hours(opening),
    }
    return _("Next time: %(when)s") % {"when": when}


def format_blocks(blocks):
    """Return the blocks of one day: 9 to 12 and 13 to 17."""
    return format_list([_format_hours(*block) for block in blocks])


def _format_hours(start, end, by_appointment):
    hours = format_time_range(start, end)
    return _("%(hours)s, by appointment") % {"hours": hours} if by_appointment else hours


def format_closure(closure):
    """Return "Closed" with the reason, if there is one: "Closed: Christmas"."""
    if closure.reason:
        return _("Closed: %(reason)s") % {"reason": closure.reason}
    return pgettext("a place", "Closed")


def format_closure_range(closure, today=None):
    """Return the closed days: Closed from 24 December up to and including 1 January."""
    if closure.first_day == closure.last_day:
        return _("Closed on %(day)s") % {"day": format_day(closure.first_day, today)}
    return _("Closed from %(range)s") % {
        "range": format_date_range(closure.first_day, closure.last_day, today)
    }


def format_adjusted_hours(adjustment):
    """Return the hours of adjusted days: "Tuesday, 9 to 12", or "Closed" without any."""
    lines = _format_weekdays(adjustment.hours)
    return "; ".join(lines) if lines else pgettext("a place", "Closed")


def format_rules(rules, today):
    """Return the rules of one service, a line each: "Monday and Wednesday, 9 to 12".

    Single dates and rules whose season is over are left out.
    """
    rules = [
        rule
        for rule in rules
        if rule.recurrence.every != Every.DATE
        and (rule.valid_until is None or rule.valid_until >= today)
    ]
    lines = []
    for season in dict.fromkeys((rule.valid_from, rule.valid_until) for rule in rules):
        in_season = [rule for rule in rules if (rule.valid_from, rule.valid_until) == season]
        weekly = [rule for rule in in_season if rule.recurrence.every == Every.WEEK]
        season_lines = _format_weekdays((rule.recurrence.weekday, rule.block) for rule in weekly)
        season_lines += [
            _("%(when)s, %(hours)s")
            % {"when": format_recurrence(rule.recurrence), "hours": _format_hours(*rule.block)}
            for rule in in_season
            if rule.recurrence.every != Every.WEEK
        ]
        lines += [_add_season(line, *season, today) for line in season_lines]
    return lines


def format_recurrence(recurrence):
    """Return how days recur: "Every 2 weeks on Friday", "Every fourth Wednesday of the month"."""
    day = weekday_name(recurrence.weekday)
    if recurrence.every == Every.WEEKS:
        text = ngettext(
            "Every week on %(day)s", "Every %(n)s weeks on %(day)s", recurrence.interval
        )
        return text % {"n": recurrence.interval, "day": day}
    if recurrence.every == Every.MONTH:
        return _("Every %(nth)s %(day)s of the month") % {
            "nth": _format_nth(recurrence.nth),
            "day": day,
        }
    return capfirst(day)


def _format_nth(nth):
    return {
        1: pgettext("of the month", "first"),
        2: pgettext("of the month", "second"),
        3: pgettext("of the month", "third"),
        4: pgettext("of the month", "fourth"),
        5: pgettext("of the month", "fifth"),
        -1: pgettext("of the month", "last"),
    }[nth]


def _format_weekdays(pairs):
    """Return a line for each set of weekdays with the same hours."""
    blocks_by_weekday = {}
    for weekday, block in sorted(pairs):
        blocks_by_weekday.setdefault(weekday, []).append(block)
    weekdays_by_blocks = {}
    for weekday, blocks in blocks_by_weekday.items():
        weekdays_by_blocks.setdefault(tuple(blocks), []).append(weekday)
    lines = []
    for blocks, weekdays in weekdays_by_blocks.items():
        if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
            days = _("%(first)s to %(last)s") % {
                "first": weekday_name(weekdays[0]),
                "last": weekday_name(weekdays[-1]),
            }
        else:
            days = format_list([weekday_name(weekday) for weekday in weekdays])
        line = _("%(day)s, %(hours)s") % {"day": days, "hours": format_blocks(blocks)}
        lines.append(capfirst(line))
    return lines


def _add_season(line, valid_from, valid_until, today):
    starts_later = valid_from and valid_from > today
    if starts_later and valid_until:
        return _("%(line)s (%(range)s)") % {
            "line": line,
            "range": format_date_range(valid_from, valid_until, today),
        }
    if starts_later:
        return _("%(line)s (from %(day)s)") % {
            "line": line,
            "day": format_day(valid_from, today, weekday=False),
        }
    if valid_until:
        return _("%(line)s (until %(day)s)") % {
            "line": line,
            "day": format_day(valid_until, today, weekday=False),
        }
    return line
