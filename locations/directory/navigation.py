"""URLs of the directory that are not pages, and the breadcrumbs to them."""

from urllib.parse import urljoin

from django.urls import reverse

from home.pages.site_layout import get_site_layout
from locations.places.models import Partnership

INDEX_URL = "/digipunten/"


def index_breadcrumb():
    """Return the (title, URL) of the list of digipunten, if that page exists; takes no query."""
    return [section for section in get_site_layout().sections.values() if section[1] == INDEX_URL]


def partnership_url(partnership):
    """Return the path of the page of a partnership."""
    return reverse("locations:partnership", args=[partnership.slug])


def partnership_sitemap_urls(index_url):
    """Return the sitemap entries of all partnerships; `index_url` is that of the index page."""
    if not index_url:
        return []
    partnerships = Partnership.objects.all()
    paths = [reverse("locations:partnerships"), *map(partnership_url, partnerships)]
    return [{"location": urljoin(index_url, path)} for path in paths]
