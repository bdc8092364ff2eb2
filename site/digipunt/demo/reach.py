"""Whom the demo reached: visits with cards, lessons with who was there, goals, and a brochure.

Everybody in it is invented, and the same every time. A second time adds nothing.
"""

import random
from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from digipunt.demo.opening_hours import Dates
from home.pages.models import HomePage
from locations.brochures.models import BrochurePage
from locations.brochures.operations import make_edition
from locations.brochures.seasons import Season
from locations.core import person_hashes
from locations.core.models import Audience, DigibankSettings, Topic
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.models import Visit
from locations.places.models import Location, Partnership
from locations.reach.models import ReachGoal
from locations.workshops.models import Attendance, Registration, Session, WorkshopPage, WorkshopRun

GOALS = {1000: "eerste schijf", 1500: "tweede schijf", 1750: "derde schijf"}
VISITS = 600
CARDS = 240
DAYS = 330
"""Number of days since the first visit."""
HOW_OFTEN = {"HAL": 7, "AAL": 9, "ANT": 6, "BOO": 7, "AAR": 2, "HEM": 2, "NIE": 2, "RUM": 2}
HOW_OFTEN |= {"SNK": 4, "BER": 3, "ROT": 2, "PEP": 1, "BUS": 1}

PAST = [
    # workshop, location, day, from, to, registered, attended, walk-ins
    ("Itsme installeren en gebruiken", "AAL", date(2026, 3, 12), "13", "15", 8, 7, 0),
    ("Phishing herkennen", "BOO", date(2026, 4, 14), "9.30", "11.30", 12, 10, 3),
    ("Wegwijs in Tax-on-web", "BOO", date(2026, 5, 19), "13", "15", 12, 11, 2),
    ("Foto’s delen met je familie", "ANT", date(2026, 6, 9), "14", "16", 8, 6, 0),
    ("Itsme installeren en gebruiken", "BOO", date(2026, 9, 15), "13", "15", 10, 9, 1),
    ("Internetbankieren, veilig en rustig", "AAL", date(2026, 9, 24), "13", "15", 8, 8, 0),
    ("Phishing herkennen", "AAL", date(2026, 10, 8), "13", "15", 8, 6, 2),
    ("Mijn Burgerprofiel", "BER", date(2026, 10, 22), "13", "15", 10, 7, 0),
    ("Smartphone voor starters", "BOO", date(2026, 11, 5), "9.30", "11.30", 12, 11, 0),
    ("Itsme installeren en gebruiken", "ANT", date(2026, 11, 17), "13.30", "15.30", 10, 8, 4),
]
COMING = [
    # workshop, location, day, seats taken, people on the waiting list
    ("Itsme installeren en gebruiken", "AAL", date(2026, 12, 10), 8, 1),
    ("Itsme installeren en gebruiken", "ANT", date(2026, 12, 2), 6, 0),
    ("Foto’s delen met je familie", "ANT", date(2026, 12, 3), 3, 0),
    ("Wegwijs in Tax-on-web", "BOO", date(2026, 12, 8), 9, 0),
    ("Phishing herkennen", "BOO", date(2026, 12, 15), 12, 3),
    ("Betalen met Payconiq of Bancontact", "AAL", date(2026, 12, 17), 5, 0),
    ("Je eerste stappen met de laptop", "AAL", date(2027, 1, 11), 7, 0),
]
SPRING = [
    # workshop, location, days after the first Monday of March, from, to, capacity, is drop-in
    ("Itsme installeren en gebruiken", "BOO", 1, "13.30", "15.30", 10, False),
    ("Foto’s delen met je familie", "RUM", 5, "10", "12", 8, False),
    ("Phishing herkennen", "BOO", 10, "9.30", "11.30", 12, False),
    ("Mijn Gezondheid en je doktersafspraak online", "AAR", 23, "14", "16", 8, False),
    ("Wegwijs in Tax-on-web", "BOO", 52, "9", "12", 12, True),
    ("Wegwijs in Tax-on-web", "BOO", 66, "9", "12", 12, True),
    ("Internetbankieren, veilig en rustig", "NIE", 77, "16", "18", 8, False),
]


def load(today):
    dates = Dates(today)
    locations = {
        location.code: location for location in Location.objects.filter(code__in=HOW_OFTEN)
    }
    pages = {page.title: page for page in WorkshopPage.objects.all()}
    with transaction.atomic():
        _create_goals()
        _create_past_workshops(dates, locations, pages)
        _create_registrations(dates, locations)
        _create_spring_workshops(today, locations, pages)
        _create_visits(today, locations)
        _create_brochure(today)


def _create_goals():
    settings, _new = DigibankSettings.objects.get_or_create()
    if not ReachGoal.objects.exists():
        ReachGoal.objects.bulk_create(
            ReachGoal(settings=settings, people=number, meaning=meaning)
            for number, meaning in GOALS.items()
        )


def _participant(run, number, when, **fields):
    """Return a registration of an invented person; every third also has an e-mail address."""
    name, phone = f"Deelnemer {number} Demo", f"0470 01 {number // 100:02d} {number % 100:02d}"
    return Registration(
        run=run,
        name=name,
        phone=phone,
        email="" if number % 3 else f"deelnemer{number}@digipunt.example",
        person=person_hashes.hash_person(name, phone=phone),
        created_at=when - timedelta(days=9, minutes=number),
        **fields,
    )


def _create_past_workshops(dates, locations, pages):
    """Create past workshops with attendance; some people attended several."""
    for nth, (title, code, day, opens, closes, registered, there, walk_ins) in enumerate(PAST):
        which = {
            "page": pages[title],
            "location": locations[code],
            "starts_at": dates.at(day, opens),
        }
        if WorkshopRun.objects.filter(**which).exists():
            continue
        lesson = Session(starts_at=which["starts_at"], ends_at=dates.at(day, closes))
        lesson.walk_ins, lesson.attendance_at = walk_ins, lesson.ends_at
        run = WorkshopRun.objects.create(**which, sessions=[lesson], capacity=max(registered, 8))
        lesson = run.sessions.get()
        seated = Registration.objects.bulk_create(
            _participant(run, nth * 7 + seat, lesson.starts_at, state="registered", seat=seat)
            for seat in range(1, registered + 1)
        )
        Attendance.objects.bulk_create(
            Attendance(registration=one, session=lesson, attended=one.seat <= there)
            for one in seated
        )


def _create_registrations(dates, locations):
    """Create registrations and waiting lists of planned workshops."""
    number = 200
    for title, code, day, taken, waiting in COMING:
        start, end = dates.at(day, "0"), dates.at(day + timedelta(days=1), "0")
        run = WorkshopRun.objects.filter(
            page__title=title, location=locations[code], starts_at__gte=start, starts_at__lt=end
        ).first()
        if run is None or run.registrations.exists():
            continue
        when = datetime.combine(dates.today, time(9), tzinfo=BRUSSELS)
        for seat in range(1, taken + 1):
            _participant(run, number + seat, when, state="registered", seat=seat).save()
        for turn in range(1, waiting + 1):
            one = _participant(run, number + 60 + turn, when, state="waiting", position=turn)
            one.email = f"wachtlijst{number + turn}@digipunt.example"
            one.save()
        number += 100


def spring_of(today):
    """Return the year of the current or next spring."""
    return today.year if today.month <= 5 else today.year + 1


def _create_spring_workshops(today, locations, pages):
    first = date(spring_of(today), 3, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    for title, code, after, opens, closes, capacity, drop_in in SPRING:
        day = monday + timedelta(days=after)
        start, end = (_moment(day, clock) for clock in (opens, closes))
        which = {"page": pages[title], "location": locations[code], "starts_at": start}
        if not WorkshopRun.objects.filter(**which).exists():
            WorkshopRun.objects.create(
                **which,
                sessions=[Session(starts_at=start, ends_at=end)],
                capacity=capacity,
                entry="drop_in" if drop_in else "register",
            )


def _moment(day, clock):
    hours, _dot, minutes = clock.partition(".")
    return datetime.combine(day, time(int(hours), int(minutes or 0)), tzinfo=BRUSSELS)


def _create_visits(today, locations):
    """Create anonymous visits, three out of four with a card; regulars visit one location."""
    if Visit.objects.exists():
        return
    chance = random.Random(7)
    codes = [code for code, times in HOW_OFTEN.items() for _ in range(times) if code in locations]
    home_of = {f"demo-{number}": chance.choice(codes) for number in range(CARDS)}
    cards = list(home_of)
    topics, audiences = list(Topic.objects.all()), list(Audience.objects.all())
    visits, about = [], []
    for _ in range(VISITS):
        day = today - timedelta(days=1 + int(DAYS * chance.random() ** 1.3))
        day -= timedelta(days=max(day.weekday() - 4, 0))
        card = chance.choice(cards) if chance.random() < 0.75 else ""
        at = _moment(day, str(chance.choice((9, 10, 11, 13, 14, 15))))
        visits.append(
            Visit(
                location=locations[home_of[card] if card else chance.choice(codes)],
                visited_at=at,
                created_at=at,
                minutes=chance.choice((10, 15, 15, 20, 30, 45)),
                audience=chance.choice(audiences) if chance.random() < 0.5 else None,
                outcome=chance.choices(("helped", "referred"), (9, 1))[0],
                person=person_hashes.hash_card(card),
            )
        )
        about.append(chance.sample(topics, chance.choice((1, 1, 1, 2))))
    visits = Visit.objects.bulk_create(visits)
    through = Visit.topics.through
    through.objects.bulk_create(
        through(visit=visit, topic=topic)
        for visit, of in zip(visits, about, strict=True)
        for topic in of
    )


def _create_brochure(today):
    """Create the brochure of Rupel for the next spring, with an edition of today."""
    home, rupel = HomePage.objects.first(), Partnership.objects.get(slug="digibanken-rupel")
    if BrochurePage.objects.filter(partnership=rupel).exists():
        return
    page = home.add_child(
        instance=BrochurePage(
            title="Digitaal aanbod in de Rupelstreek",
            slug="digitaal-aanbod-rupel",
            partnership=rupel,
            season=Season.SPRING,
            year=spring_of(today),
            introduction="Een vraag over je gsm, tablet of computer? In elk digipunt zit iemand "
            "klaar die met je meekijkt. Gratis.",
        )
    )
    page.save_revision().publish()
    page = BrochurePage.objects.get(pk=page.pk)
    nele = get_user_model().objects.filter(username="nele").first()
    made_at = datetime.combine(today, time(9), tzinfo=BRUSSELS)
    make_edition(page, url=page.full_url or "", user=nele, now=made_at)
