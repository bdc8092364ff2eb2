"""The locations of the demo site: the same every time, with dates around a given day.

Written for Monday 23 November 2026. For another day all dates move by whole weeks, so that every
day keeps its weekday; holidays are those that come after that day.
"""

from django.db import transaction
from django.utils.text import slugify

from digipunt.demo import location_texts as texts
from digipunt.demo import opening_hours, workshops
from digipunt.demo import partnerships as demo_network
from digipunt.demo.opening_hours import Dates
from locations.directory.models import LocationIndexPage, LocationPage
from locations.places import operations
from locations.places.models import Location, LocationService, Service
from locations.workshops.models import WorkshopIndexPage, WorkshopPage

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


@transaction.atomic
def load(today):
    """Create the locations with their hours, stops and partners, once; return them by code."""
    operations.load_postcodes()
    dates = Dates(today)
    services = _create_services()
    partnerships = demo_network.partnerships()
    partners = demo_network.partners(partnerships)
    locations = {}
    for code, facts in texts.PLACES.items():
        name, kind, partnership, street, number, postcode, city, lat, lon, _intro = facts
        offer = OFFER.get(code, "help").split()
        location, is_new = Location.objects.get_or_create(
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
        locations[code] = location
        if is_new:
            _create_location_services(location, offer, services)
            opening_hours.hours(location, services, dates)
            opening_hours.exceptions(location, dates)
            opening_hours.stops(location, dates)
            demo_network.team(location, today)
    return locations


def _create_services():
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


def _create_location_services(location, codes, services):
    LocationService.objects.bulk_create(
        LocationService(
            location=location,
            service=services[code],
            note=NOTES.get((location.code, code), ("", ""))[0],
            price_note=NOTES.get((location.code, code), ("", ""))[1],
        )
        for code in codes
    )


@transaction.atomic
def load_pages(home_page, today):
    """Create the pages of locations and workshops below the home page."""
    locations = {
        location.code: location for location in Location.objects.filter(code__in=texts.PLACES)
    }
    digipunten = _get_or_publish(
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
        if not locations[code].is_public:
            continue
        is_bus = code == "BUS"
        pages[code] = _get_or_publish(
            home_page if is_bus else digipunten,
            LocationPage,
            title=name,
            seo_title="De digibus komt naar jou" if is_bus else "",
            slug="digibus" if is_bus else _slug(name),
            location=locations[code],
            introduction=introduction,
            drawing={"BUS": "digibus", "MOB1": "aan-tafel", "KRA": "doos", "INH": "atelier"}.get(
                code, "straat"
            ),
        )
    pages["workshops"] = _create_workshop_pages(home_page, locations, Dates(today))
    return pages


def _slug(name):
    return slugify(name.replace("(demo)", ""))


def _create_workshop_pages(home_page, locations, dates):
    index = _get_or_publish(
        home_page,
        WorkshopIndexPage,
        title="Workshops",
        seo_title="Workshops en lessen",
        slug="workshops",
        show_in_menus=True,
        introduction=texts.WORKSHOP_INTRODUCTION,
    )
    workshops.choices()
    found = []
    for number, (title, *_facts) in enumerate(texts.WORKSHOPS):
        page = _get_or_publish(index, WorkshopPage, slug=_slug(title), **workshops.fields(number))
        workshops.complete(page, number)
        found.append(page)
    workshops.runs(found, locations, dates)
    return index


def _get_or_publish(parent, model, *, slug, **fields):
    """Return the page with this slug, and publish it first if it does not exist."""
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    page = model(slug=slug, **fields)
    parent.add_child(instance=page)
    return page
