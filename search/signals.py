"""What makes rows change: pages and places that are saved, published, moved, hidden or removed."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.signals import page_slug_changed, post_page_move

from locations.core.models import Audience, Topic
from locations.directory.models import LocationPage
from locations.places.models import Location, LocationService, Partner, Partnership, Service
from locations.workshops.models import WorkshopPage, WorkshopRun
from search.indexing import refresh_later


def connect():
    """Publishing and unpublishing save the page, so that saving is all there is to listen to."""
    for model in get_page_models():
        post_save.connect(_page_saved, sender=model, dispatch_uid=f"search {model._meta.label}")
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="search deleted")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_page_moved, dispatch_uid="search moved")
    for signal in (post_save, post_delete):
        signal.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="search privacy")
        for model in TOLD_BY:
            signal.connect(_thing_changed, model, dispatch_uid=f"search {model._meta.label}")


def _page_saved(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh_later([instance.pk])


def _page_deleted(sender, instance, **kwargs):
    refresh_later([instance.pk])


def _page_moved(sender, instance, **kwargs):
    """The addresses of everything under it changed, and what hides it may have."""
    page = Page.objects.filter(pk=instance.pk).first()
    refresh_later(_branch(page) if page else [instance.pk])


def _privacy_changed(sender, instance, raw=False, **kwargs):
    page = Page.objects.filter(pk=instance.page_id).first()
    if page and not raw:
        refresh_later(_branch(page))


def _branch(page):
    return _pks(page.get_descendants(inclusive=True))


def _pages_of_location(location):
    workshops = WorkshopPage.objects.filter(runs__location=location)
    return {*_pks(LocationPage.objects.filter(location=location)), *_pks(workshops)}


def _pages_of_offer(offered):
    return _pks(LocationPage.objects.filter(location=offered.location_id))


def _pages_of_service(service):
    return _pks(LocationPage.objects.filter(location__location_services__service=service))


def _pages_of_run(run):
    return [run.page_id]


def _brochures_of(partnership):
    return _pks(partnership.brochures.all())


def _workshops_of(thing):
    """Pages that name this topic, target group or partner."""
    return _pks(thing.workshops.all())


def _pks(pages):
    return pages.values_list("pk", flat=True)


# What is no page itself, but stands in the rows of pages; and which these are.
TOLD_BY = {
    Location: _pages_of_location,
    LocationService: _pages_of_offer,
    Service: _pages_of_service,
    WorkshopRun: _pages_of_run,
    Topic: _workshops_of,
    Audience: _workshops_of,
    Partner: _workshops_of,
    Partnership: _brochures_of,
}


def _thing_changed(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh_later(TOLD_BY[sender](instance))
