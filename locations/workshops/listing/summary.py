"""What was asked of the list of workshops, and what came of it, in a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locations.core.formatting import format_date_range, format_day, format_list
from locations.workshops.listing.filters import PARTS, WEEKDAYS


def result(number, asked, today, *, is_more=False, lessons_in=""):
    """7 workshops in the afternoon near 2060 Antwerp; or so many lessons in this month."""
    if lessons_in:
        said = _in_month(number, lessons_in)
    elif is_more:
        said = _("More than %(n)s workshops") % {"n": number}
    elif number:
        said = ngettext("%(n)s workshop", "%(n)s workshops", number) % {"n": number}
    else:
        said = _("No workshops")
    return " ".join(filter(None, (said, *_conditions(asked, today))))


def _in_month(number, month):
    if not number:
        return _("No lessons in %(month)s") % {"month": month.lower()}
    return ngettext("%(n)s lesson in %(month)s", "%(n)s lessons in %(month)s", number) % {
        "n": number,
        "month": month.lower(),
    }


def _conditions(asked, today):
    """Each a few words that follow on those before."""
    wanted = asked.asked
    if wanted.get("vrij"):
        yield _("with a free place")
    if days := wanted.get("dag"):
        names = dict(WEEKDAYS)
        yield _("on %(days)s") % {"days": format_list([names[day] for day in days])}
    if parts := wanted.get("deel"):
        yield format_list([_IN_PART[part]() for part in PARTS if part in parts])
    yield _period(wanted.get("van"), wanted.get("tot"), today)
    if asked.here:
        yield _("near %(place)s") % {"place": asked.here.label}


_IN_PART = {
    "voormiddag": lambda: _("in the morning"),
    "namiddag": lambda: _("in the afternoon"),
    "avond": lambda: _("in the evening"),
}


def _period(first, last, today):
    if first and first == last:
        return _("on %(days)s") % {"days": format_day(first, today)}
    if first and last:
        return format_date_range(first, last, today)
    if first:
        return _("from %(day)s") % {"day": format_day(first, today, weekday=False)}
    if last:
        return _("until %(day)s") % {"day": format_day(last, today, weekday=False)}
    return ""
