"""Cached page routes: one query per request, where Wagtail needs two per level of the tree.

The cache only remembers which page a path led to. The page is read from the database on every
request; if it is not live or has another path by now, Wagtail's own routing takes over.
"""

from django.apps import apps
from django.core.cache import cache
from django.http import Http404
from wagtail.models import Page, Site
from wagtail.views import serve

SECONDS = 60


class CachedPageRouteMiddleware:
    """Set the site and the page of a request where Wagtail looks for them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if view is serve:
            set_route(request, *args, **kwargs)


def set_route(request, path):
    """Set the route of this request from the cache, or store the route that Wagtail finds.

    A model lists the relations that its template needs in `route_select_related`.
    """
    key = f"home.page_route:{request.get_host()}:{path}"[:240]
    site, model, pk = cache.get(key) or (None, None, None)
    if site and (page := _get_live_page(model, pk, url_path_in(site, path))):
        request._wagtail_site = site
        try:
            request._wagtail_route_for_request = page.route(request, [])
        except Http404:
            request._wagtail_route_for_request = None
        return
    route = Page.route_for_request(request, path)
    if route and is_own_path(route, url_path_in(request._wagtail_site, path)):
        cache.set(key, (request._wagtail_site, route.page._meta.label, route.page.pk), SECONDS)


def url_path_in(site, path):
    """Return the `url_path` of a page of this site at this path, or None without such a site."""
    for root in Site.get_site_root_paths():
        if root.site_id == site.pk:
            return f"{root.root_path}{path}"
    return None


def is_own_path(route, url_path):
    """Return whether the page is at this path itself, rather than serving a path below it."""
    return not route.args and not route.kwargs and route.page.url_path == url_path


def _get_live_page(model, pk, url_path):
    model = apps.get_model(model)
    pages = model._default_manager.select_related(*getattr(model, "route_select_related", ()))
    return next(iter(pages.filter(pk=pk, url_path=url_path, live=True)), None)
