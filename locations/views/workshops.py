"""Workshops that are still to come: all of them, or the dates of one."""

from django.core.paginator import Paginator
from django.utils import timezone

from locations.models import WorkshopPage, WorkshopRun

PER_PAGE = 20


def index_context(page, request):
    """Every run of a published workshop, soonest first; three queries."""
    now = timezone.now()
    level = request.GET.get("niveau", "")
    runs = (
        WorkshopRun.objects.published()
        .coming(now)
        .filter(page__path__startswith=page.path)
        .for_list()
    )
    if level in WorkshopPage.Level.values:
        runs = runs.filter(page__level=level)
    else:
        level = ""
    pages = Paginator(runs, PER_PAGE).get_page(request.GET.get("p"))
    return {
        "pages": pages,
        "runs": list(pages),
        "levels": WorkshopPage.Level.choices,
        "level": level,
        "query": f"niveau={level}&" if level else "",
    }


def workshop_context(page, request):
    """The dates of one workshop."""
    runs = (
        WorkshopRun.objects.published()
        .coming(timezone.now())
        .filter(page=page)
        .select_related("location__page")
    )
    return {"runs": list(runs), "share_image": None}
