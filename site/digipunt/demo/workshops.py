"""The workshops of the demo: what they are about, for whom, and when they are given.

Each workshop of `demo_texts.WORKSHOPS` has its facts here, in the same order.
"""

from datetime import date, timedelta

from digipunt.demo import location_texts as texts
from locations.core.models import Audience, Topic
from locations.places.models import Partner
from locations.workshops.models import Session, WorkshopRun

TOPICS = {
    "itsme": "Itsme en aanmelden",
    "betalen": "Betalen en bankieren",
    "overheid": "Overheid en belastingen",
    "toestel": "Gsm, tablet en laptop",
    "veilig": "Veilig online",
    "contact": "Foto’s en contact",
    "gezondheid": "Gezondheid",
    "werk": "Werk zoeken",
    "onderweg": "Trein, bus en tickets",
    "school": "School",
}
AUDIENCES = {  # role of a person
    "gepensioneerd": "Gepensioneerd",
    "werkzoekend": "Werkzoekend",
    "ouder": "Ouder van een schoolkind",
    "nieuw": "Nieuw in België",
    "jong": "Jonger dan 25",
    "mantelzorger": "Mantelzorger",
    "beperking": "Iemand met een beperking",
}
TAX = "We tonen de weg. We vullen niet samen in."
NO_CODES = "We kijken niet mee als je je code typt."
TRAINING = "Centrum voor basiseducatie (demo)"
SCHOOL = "Lagere school De Regenboog (demo)"
FACTS = [
    # topic, language, audiences, partner, limits
    ("itsme", "nl-easy", [], "", ""),
    ("betalen", "nl", [], "", ""),
    ("betalen", "nl", ["gepensioneerd"], "", NO_CODES),
    ("overheid", "nl", [], "", TAX),
    ("overheid", "nl", [], "", ""),
    ("overheid", "nl", ["werkzoekend", "ouder"], "", ""),
    ("toestel", "nl-easy", ["werkzoekend", "nieuw"], TRAINING, ""),
    ("toestel", "nl", [], TRAINING, ""),
    ("toestel", "nl", ["gepensioneerd"], "", ""),
    ("toestel", "nl", ["gepensioneerd"], "", ""),
    ("veilig", "nl", [], "", ""),
    ("contact", "nl", ["gepensioneerd"], "", ""),
    ("gezondheid", "nl", ["mantelzorger", "gepensioneerd", "beperking"], "", ""),
    ("werk", "fr", ["werkzoekend", "jong"], "", ""),
    ("onderweg", "nl", [], "", ""),
    ("school", "ar", ["ouder", "nieuw"], SCHOOL, ""),
]
RUNS = [
    # workshop, location, day, from, to, capacity, sessions, reason of cancellation
    (0, "ANT", date(2026, 12, 2), "13.30", "15.30", 10, 1, ""),
    (11, "ANT", date(2026, 12, 3), "14", "16", 8, 1, ""),
    (3, "BOO", date(2026, 12, 8), "13", "15", 12, 1, ""),
    (0, "AAL", date(2026, 12, 10), "13", "15", 8, 1, ""),
    (8, "ANT", date(2026, 12, 14), "13", "16", 8, 3, "De lesgever is ziek. Nieuwe datum volgt."),
    (10, "BOO", date(2026, 12, 15), "9.30", "11.30", 12, 1, ""),
    (1, "AAL", date(2026, 12, 17), "13.30", "15.30", 8, 1, ""),
    (2, "BOO", date(2026, 12, 17), "13", "15", 10, 1, ""),
    (6, "AAL", date(2027, 1, 11), "9.30", "11.30", 8, 4, ""),
    (4, "BER", date(2027, 1, 14), "13", "15", 10, 1, ""),
    (5, "BER", date(2027, 1, 21), "13", "15", 10, 1, ""),
    (7, "AAL", date(2027, 1, 18), "9.30", "11.30", 8, 1, ""),
    (9, "ANT", date(2027, 1, 19), "13", "16", 8, 2, ""),
    (12, "ANT", date(2027, 1, 20), "14", "16", 8, 1, ""),
    (13, "ANT", date(2027, 1, 26), "13", "16", 6, 2, ""),
    (14, "BOO", date(2027, 1, 28), "9.30", "11.30", 12, 1, ""),
    (15, "ANT", date(2027, 2, 2), "18.30", "20.30", 10, 1, ""),
]
MORE = {  # further fields, by workshop, location and day
    (0, "ANT", date(2026, 12, 2)): {"room": "Zaal op het gelijkvloers"},
    (0, "AAL", date(2026, 12, 10)): {"room": "Leslokaal 1"},
    (6, "AAL", date(2027, 1, 11)): {"room": "Leslokaal 1"},
    (14, "BOO", date(2027, 1, 28)): {"entry": WorkshopRun.Entry.DROP_IN},
}
OPENS = {(9, "ANT", date(2027, 1, 19)): date(2026, 12, 15)}
"""Day from which registration is open."""


def choices():
    """Create topics and audiences."""
    for model, names in ((Topic, TOPICS), (Audience, AUDIENCES)):
        for position, (slug, name) in enumerate(names.items()):
            model.objects.get_or_create(slug=slug, defaults={"name": name, "position": position})


def fields(number):
    """Return the fields of a workshop page."""
    title, level, price, note, drawing, introduction, learn, bring = texts.WORKSHOPS[number]
    return {
        "title": title,
        "level": level,
        "price": price,
        "language_note": note,
        "drawing": drawing,
        "introduction": introduction,
        "learn": learn,
        "bring": bring,
        **_about(number),
    }


def complete(page, number):
    """Fill empty fields of a page."""
    if page.topic_id is None:
        for name, value in _about(number).items():
            setattr(page, name, value)
        page.save()


def _about(number):
    topic, language, audiences, partner, limits = FACTS[number]
    return {
        "topic": Topic.objects.get(slug=topic),
        "language": language,
        "audiences": list(Audience.objects.filter(slug__in=audiences)),
        "partner": Partner.objects.filter(name=partner).first(),
        "limits": limits,
    }


def runs(pages, locations, dates):
    """Create the runs; a series repeats weekly at the same hours."""
    for workshop, code, day, opens, closes, capacity, lessons, off in RUNS:
        weekly = [day + timedelta(weeks=number) for number in range(lessons)]
        hours = [(dates.at(one, opens), dates.at(one, closes)) for one in weekly]
        which = {"page": pages[workshop], "location": locations[code], "starts_at": hours[0][0]}
        if WorkshopRun.objects.filter(**which).exists():
            continue
        starts = OPENS.get((workshop, code, day))
        WorkshopRun.objects.create(
            **which,
            sessions=[Session(starts_at=begin, ends_at=end) for begin, end in hours],
            capacity=capacity,
            status=WorkshopRun.Status.CANCELLED if off else WorkshopRun.Status.PLANNED,
            cancelled_reason=off,
            registration_opens_at=dates.at(starts, "9") if starts else None,
            **MORE.get((workshop, code, day), {}),
        )
