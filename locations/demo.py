"""The places of the demo site: the same every time, with dates around a given day.

Written for Monday 23 November 2026. For another day all dates move by whole weeks, so that every
day keeps its weekday; holidays are those that come after that day.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.text import slugify

from locations import demo_hours, demo_network
from locations import demo_texts as texts
from locations.demo_hours import Dates
from locations.models import (
    Location,
    LocationIndexPage,
    LocationPage,
    LocationService,
    Service,
    Session,
    WorkshopIndexPage,
    WorkshopPage,
    WorkshopRun,
)
from locations.operations import postcodes

OFFER = {
    "HAL": "help lending computers digidokter print scan wifi",
    "AAL": "help lending workshops",
    "ANT": "help refresh workshops",
    "BOO": "help lending computers collection workshops",
    "SNK": "help lending repair",
    "BER": "help workshops",
    "ROT": "help lending",
    "BUS": "help computers wifi",
    "KRA": "collection",
    "INH": "collection",
    "ATH": "",
    "ATA": "",
    "MAG": "",
}
NOTES = {
    ("HAL", "print"): ("", "10 cent per blad"),
    ("AAL", "lending"): ("Je volgt ook een leertraject.", "Gratis voor 2 jaar"),
    ("AAL", "help"): ("Je hebt geen afspraak nodig.", ""),
    ("BUS", "computers"): ("Er staan laptops klaar.", ""),
    ("BUS", "help"): ("Twee digihelpers komen naast je zitten.", ""),
}
ACCESS = {
    "AAL": {
        "wheelchair": "yes",
        "entrance": "Geen trap. De deur is 95 cm breed en gaat vanzelf open.",
        "accessible_toilet": True,
        "hearing_loop": True,
        "by_train": "Station Aalst. Dan 2 minuten te voet.",
        "by_bus": "Halte Aalst Station, aan de overkant van de straat.",
        "by_car": "Parking naast het station. Het eerste halfuur is gratis.",
    },
    "HAL": {
        "wheelchair": "yes",
        "entrance": "De ingang van de bib is vlak. Er is een lift.",
        "accessible_toilet": True,
        "by_train": "Station Halle. Dan 8 minuten te voet.",
    },
    "BUS": {"wheelchair": "yes", "entrance": "De bus heeft een lift."},
    "BOO": {"wheelchair": "yes", "accessible_toilet": True},
    "PEP": {"wheelchair": "help", "entrance": "Er is één trede van 8 cm aan de deur."},
    "NIE": {"wheelchair": "no", "entrance": "Het lokaal is op de eerste verdieping, zonder lift."},
    "GOO": {"wheelchair": "yes"},
    "SNK": {"wheelchair": "yes"},
    "ROT": {"wheelchair": "yes"},
    "ANT": {"wheelchair": "yes"},
}
RUNS = [
    # workshop, place, day, from, to, places, lessons, cancelled because
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
    (15, "ANT", date(2027, 2, 2), "13", "15", 10, 1, ""),
]


@transaction.atomic
def load(today):
    """All places with their hours, stops and partners, by code. A second time adds nothing."""
    postcodes.load()
    dates = Dates(today)
    services = _services()
    partnerships = demo_network.partnerships()
    partners = demo_network.partners(partnerships)
    places = {}
    for code, facts in texts.PLACES.items():
        name, kind, partnership, street, number, postcode, city, lat, lon, _intro = facts
        offer = OFFER.get(code, "help").split()
        place, is_new = Location.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": kind,
                "partnership": partnerships[partnership],
                "street": street,
                "number": number,
                "postcode": postcode,
                "city": city,
                "lat": lat,
                "lon": lon,
                "phone": "053 00 00 00" if code == "AAL" else "02 000 00 00",
                "email": f"{code.lower()}@digipunt.example",
                "host": partners.get(texts.HOSTS.get(code)),
                "is_lending_point": "lending" in offer,
                "is_collection_point": "collection" in offer,
                **ACCESS.get(code, {}),
            },
        )
        places[code] = place
        if is_new:
            _offer(place, offer, services)
            demo_hours.hours(place, services, dates)
            demo_hours.exceptions(place, dates)
            demo_hours.stops(place, dates)
            demo_network.team(place, today)
    return places


def _services():
    return {
        code: Service.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "short_name": short,
                "icon": icon,
                "is_filter": is_filter,
                "has_dates": code == "workshops",
                "description": description,
                "order": order * 10,
            },
        )[0]
        for order, (code, name, short, icon, is_filter, description) in enumerate(texts.SERVICES, 1)
    }


def _offer(place, codes, services):
    LocationService.objects.bulk_create(
        LocationService(
            location=place,
            service=services[code],
            note=NOTES.get((place.code, code), ("", ""))[0],
            price_note=NOTES.get((place.code, code), ("", ""))[1],
        )
        for code in codes
    )


@transaction.atomic
def load_pages(home_page, today):
    """The pages of the places and of the workshops, under the start page."""
    places = {place.code: place for place in Location.objects.filter(code__in=texts.PLACES)}
    digipunten = _page(
        home_page,
        LocationIndexPage,
        title="Digipunten",
        seo_title="Zoek een digipunt",
        slug="digipunten",
        show_in_menus=True,
        introduction="Een digipunt is een plek bij jou in de buurt. Iedereen mag er binnen met "
        "een vraag over gsm, tablet of computer. Gratis.",
    )
    pages = {}
    for code, (name, *_facts, introduction) in texts.PLACES.items():
        if not places[code].is_public:
            continue
        is_bus = code == "BUS"
        pages[code] = _page(
            home_page if is_bus else digipunten,
            LocationPage,
            title=name,
            seo_title="De digibus komt naar jou" if is_bus else "",
            slug="digibus" if is_bus else _slug(name),
            location=places[code],
            introduction=introduction,
            drawing={"BUS": "digibus", "MOB1": "aan-tafel", "KRA": "doos", "INH": "atelier"}.get(
                code, "straat"
            ),
        )
    pages["workshops"] = _workshops(home_page, places, Dates(today))
    return pages


def _slug(name):
    return slugify(name.replace("(demo)", ""))


def _workshops(home_page, places, dates):
    index = _page(
        home_page,
        WorkshopIndexPage,
        title="Workshops",
        seo_title="Workshops en lessen",
        slug="workshops",
        show_in_menus=True,
        introduction=texts.WORKSHOP_INTRODUCTION,
    )
    found = []
    for title, level, price, language, drawing, introduction, learn, bring in texts.WORKSHOPS:
        found.append(
            _page(
                index,
                WorkshopPage,
                title=title,
                slug=_slug(title),
                level=level,
                price=price,
                language_note=language,
                drawing=drawing,
                introduction=introduction,
                learn=learn,
                bring=bring,
            )
        )
    for workshop, code, day, opens, closes, capacity, lessons, off in RUNS:
        weekly = [day + timedelta(weeks=number) for number in range(lessons)]
        hours = [(dates.at(one, opens), dates.at(one, closes)) for one in weekly]
        facts = {"page": found[workshop], "location": places[code], "starts_at": hours[0][0]}
        if not WorkshopRun.objects.filter(**facts).exists():
            WorkshopRun.objects.create(
                **facts,
                sessions=[Session(starts_at=starts, ends_at=ends) for starts, ends in hours],
                capacity=capacity,
                status="cancelled" if off else "planned",
                cancelled_reason=off,
            )
    return index


def _page(parent, model, *, slug, **fields):
    """The page with this address; made and published if it is not there yet."""
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    page = model(slug=slug, **fields)
    parent.add_child(instance=page)
    return page
