"""The view for robots.txt."""

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DISALLOWED = ("/beheer/", "/zoeken/")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    """Render robots.txt: the paths to leave out, and the URL of the sitemap."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in DISALLOWED]
    lines += [f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
