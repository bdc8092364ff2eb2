"""Pages about partnerships: find the one that serves a municipality, and read about one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from locations.directory.partnership_context import (
    build_partnership_context,
    build_search_context,
)
from locations.places.models import Partnership


@require_safe
def find_partnership(request):
    """Answer which partnership a postcode or place name belongs to, and list all of them."""
    context = build_search_context(request)
    return render(request, "locations/directory/partnership_index.html", context)


@require_safe
def show_partnership(request, slug):
    """Show one partnership: its municipalities, digipunten and partners."""
    context = build_partnership_context(get_object_or_404(Partnership, slug=slug), request)
    return render(request, "locations/directory/partnership.html", context)
