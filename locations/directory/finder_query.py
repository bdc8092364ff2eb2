"""The search and filters of the finder, as they appear in the query string."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.loading import load_calendars
from locations.places.geocoding import GeocodingResult, geocode
from locations.places.models import Location, LocationService

AN_HOUR = timedelta(hours=1)
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class FinderQuery:
    """A search for locations; invalid parameters are left out."""

    geocoding: GeocodingResult
    typed: str = ""
    services: tuple[str, ...] = ()
    day: date | None = None
    typed_day: str = ""
    open_now: bool = False
    wheelchair: bool = False

    @classmethod
    def from_params(cls, params, service_codes):
        """Parse a QueryDict; `service_codes` are those of the services that can be chosen."""
        typed, typed_day = params.get("q", ""), params.get("dag", "")
        chosen = dict.fromkeys(params.getlist("dienst"))
        return cls(
            geocode(typed),
            typed,
            tuple(code for code in chosen if code in service_codes),
            parse_day(typed_day),
            typed_day[:20],
            bool(params.get("nu")),
            bool(params.get("rolstoel")),
        )

    @property
    def origin(self):
        return self.geocoding.origin

    def filter(self, locations):
        """Return the rows of this queryset that match, regardless of opening hours."""
        locations = filter_by_services(locations, self.services)
        if self.wheelchair:
            return locations.filter(wheelchair=Location.Wheelchair.YES)
        return locations

    def filter_open(self, locations, now):
        """Return the locations that are open now or on the day, in at most three queries."""
        if not (self.open_now or self.day):
            return locations
        days = [timezone.localdate(now)] if self.open_now else []
        days += [self.day] if self.day else []
        calendars = load_calendars(locations, on=days, services=self.services)
        if self.open_now:
            window = _clock_window(now)
            locations = [
                location
                for location in locations
                if _may_be_open(calendars[location.pk], window)
                and self._is_open(calendars[location.pk], now)
            ]
        if self.day:
            locations = [
                location
                for location in locations
                if blocks_on(calendars[location.pk], self.day, self.services)
            ]
        return locations

    def _is_open(self, calendar, now):
        return all(calendar.is_open(now, service) for service in self.services or [None])

    def urlencode(self, typed=None):
        """Return the query string of this search without page, optionally for another place."""
        typed = self.typed if typed is None else typed
        return urlencode(
            [
                *([("q", typed)] if typed else []),
                *(("dienst", code) for code in self.services),
                *([("nu", "1")] if self.open_now else []),
                *([("rolstoel", "1")] if self.wheelchair else []),
                *([("dag", str(self.day))] if self.day else []),
            ]
        )


def filter_by_services(locations, codes):
    """Return locations of any kind that offer all these services; without services, digipunten."""
    if not codes:
        return locations.digipunten()
    for code in codes:
        offers = LocationService.objects.filter(service__code=code)
        locations = locations.filter(pk__in=offers.values("location"))
    return locations


def _clock_window(now):
    """Return the clock times around now: an hour on each side, in case the clock changes."""
    local = now.astimezone(BRUSSELS)
    first, last = local - AN_HOUR, local + AN_HOUR
    if not first.date() == local.date() == last.date():
        return time.min, time.max
    return first.time(), last.time()


def _may_be_open(calendar, window):
    """Return whether a calendar may be open in this window; a cheap check that excludes most."""
    first, last = window
    return calendar.adjustments or any(
        rule.block.opens <= last and first < rule.block.closes for rule in calendar.rules
    )


def parse_day(typed):
    """Return the date that was typed, or None if it is no date of this century."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def blocks_on(calendar, day, services):
    """Return the opening blocks on a day of the first service, if all services have some."""
    if not calendar.rules and not calendar.adjustments:
        return []
    blocks = [calendar.blocks(day, service) for service in services or [None]]
    return blocks[0] if all(blocks) else []
