"""The short way to a page: one question to the database, where the usual way asks two a level.

Where an address led last time is remembered, and what is remembered is only ever a guess: the page
that comes out of the database has to be live and still have that address, or the usual way is gone.
"""

from django.apps import apps
from django.core.cache import cache
from django.http import Http404
from wagtail.models import Page, Site
from wagtail.views import serve

KEEP = 60


class ShortWayMiddleware:
    """Fills in what Wagtail would look up for this request: its site, and its page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if view is serve:
            take_short_way(request, *args, **kwargs)


def take_short_way(request, path):
    key = f"home.way:{request.get_host()}:{path}"[:240]
    site, model, pk = cache.get(key) or (None, None, None)
    if site and (page := _page(model, pk, address_below(site, path))):
        request._wagtail_site = site
        try:
            request._wagtail_route_for_request = page.route(request, [])
        except Http404:
            request._wagtail_route_for_request = None
        return
    way = Page.route_for_request(request, path)
    if way and leads_straight(way, address_below(request._wagtail_site, path)):
        cache.set(key, (request._wagtail_site, way.page._meta.label, way.page.pk), KEEP)


def address_below(site, path):
    """Where in the tree of pages this path leads, from where the site begins now; or None."""
    for root in Site.get_site_root_paths():
        if root.site_id == site.pk:
            return f"{root.root_path}{path}"
    return None


def leads_straight(way, address):
    """Whether it is a page that has this address, and not one that answers for others' too."""
    return not way.args and not way.kwargs and way.page.url_path == address


def _page(model, pk, address):
    model = apps.get_model(model)
    pages = model._default_manager.select_related(*getattr(model, "goes_along", ()))
    return next(iter(pages.filter(pk=pk, url_path=address, live=True)), None)
