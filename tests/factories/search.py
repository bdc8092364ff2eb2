"""Factories of searchable pages and of entries without pages."""

from itertools import count

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Site

from home.pages.models import ContentPage, HomePage, StoryIndexPage, StoryPage
from lending.catalogue.models import CatalogueIndexPage, CataloguePage
from locations.directory.models import LocationIndexPage, LocationPage
from locations.places.models import Location
from locations.workshops.models import WorkshopIndexPage, WorkshopPage
from search.models import Kind, SearchClock, SearchEntry

numbers = count(1)


def home_page():
    """Create the home page of the only site, also after a test that emptied the database."""
    ContentType.objects.clear_cache()
    Locale.objects.get_or_create(language_code="nl")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=HomePage(title="Start", slug="start", heading="Digipunt"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    Site.clear_site_root_paths_cache()
    return home


def content_page(parent, title="Wat is een digipunt?", **fields):
    return _child(parent, ContentPage(title=title, **fields))


def story_page(parent, title="Het verhaal van Fatima", **fields):
    index = _index(parent, StoryIndexPage, "Verhalen")
    fields = {"quote": "Nu kan ik zelf mailen.", "teller": "Fatima"} | fields
    return _child(index, StoryPage(title=title, **fields))


def catalogue_page(parent, title="Laptop", **fields):
    return _child(_index(parent, CatalogueIndexPage, "Lenen"), CataloguePage(title=title, **fields))


def workshop_page(parent, title="Starten met itsme", **fields):
    return _child(
        _index(parent, WorkshopIndexPage, "Workshops"), WorkshopPage(title=title, **fields)
    )


def location(name="Digipunt Aalst", **fields):
    fields = {"city": "Aalst", "postcode": "9300", "lat": 50.94, "lon": 4.04} | fields
    return Location.objects.create(code=f"S{next(numbers):04}", name=name, **fields)


def location_page(parent, place=None, **fields):
    place = place or location()
    index = _index(parent, LocationIndexPage, "Digipunten")
    fields = {"title": place.name} | fields
    return _child(index, LocationPage(location=place, **fields))


def _index(parent, model, title):
    return model.objects.child_of(parent).first() or _child(parent, model(title=title))


def _child(parent, page):
    """Add a page to its parent, read from the database again."""
    page.slug = page.slug or f"pagina-{next(numbers)}"
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def rows(texts, **fields):
    """Create entries without pages, of all kinds in turn; each text is both title and body."""
    texts = list(texts)
    last = SearchClock.take(len(texts))
    kinds = list(Kind)
    return SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                **{
                    "key": f"row:{next(numbers)}",
                    "kind": kinds[at % len(kinds)],
                    "version": last - len(texts) + at + 1,
                    "url": f"/{at}/",
                    "title": text[:255],
                    "body": text,
                }
                | fields
            )
            for at, text in enumerate(texts)
        ],
        batch_size=500,
    )
