"""Signals that keep the cached site layout up to date."""

from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move

from home.pages import site_layout

for signal in (post_save, post_delete, post_page_move):
    signal.connect(site_layout.forget_if_it_shows, dispatch_uid="site layout")
