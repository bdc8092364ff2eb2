"""Close on the holidays that an editor confirms, and reopen on those taken back."""

from django.db.models import Q
from wagtail.log_actions import log

from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations.history import record_changes
from locations.places.models import Partnership

CONFIRM, TAKE_BACK = "locations.confirm_holiday", "locations.take_back_holiday"


def confirmed_closures(holidays, locations, partnerships):
    """Return the closed days that match a holiday, by (holiday key, location or partnership).

    Closed days with another reason or other dates do not match. One query.
    """
    locations = {location.pk: location for location in locations}
    partnerships = {partnership.pk: partnership for partnership in partnerships}
    keys = {
        (holiday.first_day, holiday.last_day, holiday.name): holiday.key for holiday in holidays
    }
    if not keys:
        return {}
    rows = ClosedDays.objects.filter(
        Q(location__in=list(locations)) | Q(partnership__in=list(partnerships)),
        first_day__in=[holiday.first_day for holiday in holidays],
        service=None,
    )
    return {
        (key, locations.get(row.location_id) or partnerships[row.partnership_id]): row
        for row in rows
        if (key := keys.get((row.first_day, row.last_day, row.reason)))
    }


def apply_holiday_choices(to_close, to_reopen, *, user=None):
    """Create and delete closed days for pairs of a holiday and a location or partnership.

    Return how many were created and deleted; pairs that are already so are skipped.
    """
    pairs = [*to_close, *to_reopen]
    owners = list(dict.fromkeys(owner for _holiday, owner in pairs))
    holidays = list(dict.fromkeys(holiday for holiday, _owner in pairs))
    with record_changes(*owners, user=user):
        existing = confirmed_closures(
            holidays,
            [owner for owner in owners if not isinstance(owner, Partnership)],
            [owner for owner in owners if isinstance(owner, Partnership)],
        )
        missing = [
            (holiday, owner)
            for holiday, owner in dict.fromkeys(to_close)
            if (holiday.key, owner) not in existing
        ]
        for holiday, owner in missing:
            field = "partnership" if isinstance(owner, Partnership) else "location"
            closed_days = ClosedDays.objects.create(
                first_day=holiday.first_day,
                last_day=holiday.last_day,
                reason=holiday.name,
                **{field: owner},
            )
            log(closed_days, CONFIRM, user=user)
        unwanted = [
            closed_days
            for holiday, owner in to_reopen
            if (closed_days := existing.get((holiday.key, owner)))
        ]
        for closed_days in unwanted:
            log(closed_days, TAKE_BACK, user=user)
            closed_days.delete()
    return len(missing), len(unwanted)
