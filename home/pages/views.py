"""What machines ask of every site: where not to look, and where the pages are."""

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

NOT_FOR_SEARCH_ENGINES = ("/beheer/", "/zoeken/")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in NOT_FOR_SEARCH_ENGINES]
    lines += [f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
