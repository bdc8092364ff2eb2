"""The year overview as a page and as a PDF to print."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from locations.directory.navigation import index_breadcrumb
from locations.directory.year_overview import (
    OverviewFilters,
    build_document,
    load_overviews,
    render_pdf,
)


@require_safe
def show_overview(request):
    """Show the overview as a page; takes at most nine queries, however many locations."""
    now = timezone.now()
    filters = OverviewFilters.from_params(request.GET, timezone.localdate(now))
    title = _("The year %(year)s") % {"year": filters.year}
    context = {
        "filters": filters,
        "years": [(year, filters.querystring(year)) for year in filters.years],
        "overviews": load_overviews(filters),
        "document": reverse("locations:overview_pdf") + filters.querystring(),
        "title": title,
        "trail": index_breadcrumb(),
        "crumb": title,
        "now": now,
    }
    return render(request, "locations/directory/year_overview.html", context)


@require_safe
def download_overview(request):
    """Return the overview as a PDF; with invalid parameters, redirect to the page."""
    today = timezone.localdate()
    filters = OverviewFilters.from_params(request.GET, today)
    if not filters.is_valid:
        querystring = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse('locations:overview')}?{querystring}")
    document = build_document(filters, load_overviews(filters), today)
    response = HttpResponse(render_pdf(document), content_type="application/pdf")
    slug = filters.partnership.slug if filters.partnership else ""
    name = "-".join(filter(None, ("digipunten", slug)))
    response["Content-Disposition"] = f'inline; filename="{name}-{filters.year}.pdf"'
    return response
