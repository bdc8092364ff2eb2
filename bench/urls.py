"""The site's own addresses, and before them what a page is measured against."""

from django.http import Http404, HttpResponse
from django.urls import path
from wagtail import hooks
from wagtail.models import Page, Site

from digipunt import urls as site
from digipunt.urls import handler500  # noqa: F401


def limit(request):
    """What this server can do at most: all the middleware, and a constant."""
    return HttpResponse("ok")


def floor(request, path):
    """What Wagtail itself asks before a page may speak, without our short cuts; it says "ok"."""
    page = Site.find_for_request(request).root_page.localized.specific
    for slug in filter(None, path.split("/")):
        page = page.get_children().get(slug=slug).specific
    restrictions = Page.get_view_restrictions(page)
    if not page.live or not all(each.accept_request(request) for each in restrictions):
        raise Http404
    for hook in hooks.get_hooks("before_serve_page"):
        hook(page, request, (), {})
    return HttpResponse("ok")


urlpatterns = [
    path("__limit__/", limit),
    path("__floor__/<path:path>", floor),
    *site.urlpatterns,
]
