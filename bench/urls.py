"""The URLs of the site, and two pages to measure against."""

from django.http import Http404, HttpResponse
from django.urls import path
from wagtail import hooks
from wagtail.models import Page, Site

from digipunt import urls as site
from digipunt.urls import handler500  # noqa: F401


def limit(request):
    """Return a constant through all middleware: the most that this server can do."""
    return HttpResponse("ok")


def floor(request, path):
    """Return a constant after the queries that Wagtail needs to find and serve a page."""
    page = Site.find_for_request(request).root_page.localized.specific
    for slug in filter(None, path.split("/")):
        page = page.get_children().get(slug=slug).specific
    restrictions = Page.get_view_restrictions(page)
    if not page.live or not all(
        restriction.accept_request(request) for restriction in restrictions
    ):
        raise Http404
    for hook in hooks.get_hooks("before_serve_page"):
        hook(page, request, (), {})
    return HttpResponse("ok")


urlpatterns = [
    path("__limit__/", limit),
    path("__floor__/<path:path>", floor),
    *site.urlpatterns,
]
