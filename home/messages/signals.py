"""Signals that keep the cached message texts up to date."""

from django.db.models.signals import post_delete, post_save

from home.messages import texts

for signal in (post_save, post_delete):
    signal.connect(texts.forget, sender="home.MessageText", dispatch_uid="message texts")
