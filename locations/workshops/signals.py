"""Signals that keep the cached filter choices of the workshop list up to date."""

from django.db.models.signals import post_delete, post_save

from locations.workshops import filter_choices

for signal in (post_save, post_delete):
    for model in ("Topic", "Audience", "Partnership"):
        signal.connect(
            filter_choices.forget, sender=f"locations.{model}", dispatch_uid="filter choices"
        )
