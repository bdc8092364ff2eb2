"""Receivers that refresh entries when pages, or anything that appears in them, change."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.signals import page_slug_changed, post_page_move

from search.entries.building import RELATED_PAGES
from search.indexing import refresh_on_commit


def connect_signals():
    """Connect all receivers; publishing and unpublishing save the page, so saving is enough."""
    for model in get_page_models():
        post_save.connect(_page_saved, sender=model, dispatch_uid=f"search {model._meta.label}")
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="search deleted")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_page_moved, dispatch_uid="search moved")
    for signal in (post_save, post_delete):
        signal.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="search privacy")
        for model in RELATED_PAGES:
            signal.connect(_related_changed, model, dispatch_uid=f"search {model._meta.label}")


def _page_saved(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh_on_commit([instance.pk])


def _page_deleted(sender, instance, **kwargs):
    refresh_on_commit([instance.pk])


def _page_moved(sender, instance, **kwargs):
    """Refresh the whole branch: its URLs have changed, and its privacy may have."""
    page = Page.objects.filter(pk=instance.pk).first()
    refresh_on_commit(_list_branch(page) if page else [instance.pk])


def _privacy_changed(sender, instance, raw=False, **kwargs):
    page = Page.objects.filter(pk=instance.page_id).first()
    if page and not raw:
        refresh_on_commit(_list_branch(page))


def _related_changed(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh_on_commit(RELATED_PAGES[sender](instance))


def _list_branch(page):
    return page.get_descendants(inclusive=True).values_list("pk", flat=True)
