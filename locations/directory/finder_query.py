"""What the address of the list asks: a spot, services, a day, open now, a wheelchair."""

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
class Question:
    """The question in the address, as far as it makes sense; what does not is left out."""

    spot: GeocodingResult
    typed: str = ""
    services: tuple[str, ...] = ()
    day: date | None = None
    typed_day: str = ""
    open_now: bool = False
    wheelchair: bool = False

    @classmethod
    def of(cls, asked, known):
        """From the address (a QueryDict), with the codes of the services that can be asked for."""
        typed, typed_day = asked.get("q", ""), asked.get("dag", "")
        return cls(
            geocode(typed),
            typed,
            tuple(code for code in dict.fromkeys(asked.getlist("dienst")) if code in known),
            parse_day(typed_day),
            typed_day[:20],
            bool(asked.get("nu")),
            bool(asked.get("rolstoel")),
        )

    @property
    def here(self):
        return self.spot.origin

    def among(self, places):
        """Of these places (a queryset) those that offer what is asked, at whatever hour."""
        places = offering(places, self.services)
        return places.filter(wheelchair=Location.Wheelchair.YES) if self.wheelchair else places

    def open_among(self, places, now):
        """Of these places those that are open when it is asked: at most three queries."""
        if not (self.open_now or self.day):
            return places
        today = timezone.localdate(now)
        days = [day for day, is_asked in ((today, self.open_now), (self.day, self.day)) if is_asked]
        hours = load_calendars(places, on=days, services=self.services)
        if self.open_now:
            near = _clock_near(now)
            places = [one for one in places if _says_open(hours[one.pk], near)]
            places = [one for one in places if self._is_open(hours[one.pk], now)]
        if self.day:
            places = [one for one in places if hours_on(hours[one.pk], self.day, self.services)]
        return places

    def _is_open(self, calendar, now):
        return all(calendar.is_open(now, service) for service in self.services or [None])

    def address(self, spot=None):
        """The same question in an address, without the page; for another spot if need be."""
        spot = self.typed if spot is None else spot
        return urlencode(
            [
                *([("q", spot)] if spot else []),
                *(("dienst", code) for code in self.services),
                *([("nu", "1")] if self.open_now else []),
                *([("rolstoel", "1")] if self.wheelchair else []),
                *([("dag", str(self.day))] if self.day else []),
            ]
        )


def offering(places, codes):
    """Digipunten that offer all of these; other places only if asked for what they do."""
    if not codes:
        return places.digipunten()
    for code in codes:
        places = places.filter(
            pk__in=LocationService.objects.filter(service__code=code).values("location")
        )
    return places


def _clock_near(now):
    """What the clock shows about now; wide enough for the nights on which it is moved."""
    local = now.astimezone(BRUSSELS)
    first, last = local - AN_HOUR, local + AN_HOUR
    if not first.date() == local.date() == last.date():
        return time.min, time.max
    return first.time(), last.time()


def _says_open(calendar, near):
    """Whether anything in this calendar can mean open: most of a thousand places say no at once."""
    first, last = near
    return calendar.adjustments or any(
        rule.block.opens <= last and first < rule.block.closes for rule in calendar.rules
    )


def parse_day(typed):
    """The day that was asked for; None for none, for what is no day, and for another century."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def hours_on(calendar, day, services):
    """The hours on this day of the first of these services, if all of them are there; or of all."""
    if not calendar.rules and not calendar.adjustments:
        return []
    found = [calendar.blocks(day, service) for service in services or [None]]
    return found[0] if all(found) else []
