"""The result of a search of the workshop list as a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locations.core.formatting import format_date_range, format_day, format_list
from locations.workshops.listing.filters import DAY_PARTS, WEEKDAYS


def result_sentence(count, search, today, *, is_more=False, month=""):
    """Return text like "7 workshops in the afternoon near 2060 Antwerp".

    With the name of a `month` it counts sessions; `is_more` says that there are more than `count`.
    """
    if month:
        subject = _sessions_in_month(count, month)
    elif is_more:
        subject = _("More than %(n)s workshops") % {"n": count}
    elif count:
        subject = ngettext("%(n)s workshop", "%(n)s workshops", count) % {"n": count}
    else:
        subject = _("No workshops")
    return " ".join(filter(None, (subject, *_conditions(search, today))))


def _sessions_in_month(count, month):
    if not count:
        return _("No sessions in %(month)s") % {"month": month.lower()}
    return ngettext("%(n)s session in %(month)s", "%(n)s sessions in %(month)s", count) % {
        "n": count,
        "month": month.lower(),
    }


def _conditions(search, today):
    """Yield phrases that follow each other in the sentence."""
    values = search.values
    if values.get("vrij"):
        yield _("with a free seat")
    if days := values.get("dag"):
        labels = dict(WEEKDAYS)
        yield _("on %(days)s") % {"days": format_list([labels[day] for day in days])}
    if parts := values.get("deel"):
        yield format_list([_IN_PART[part]() for part in DAY_PARTS if part in parts])
    yield _period(values.get("van"), values.get("tot"), today)
    if search.here:
        yield _("near %(place)s") % {"place": search.here.label}


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
