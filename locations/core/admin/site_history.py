"""Wagtail's report of everything that happened, narrowed to what is of no place in particular.

Wagtail shows each entry about a kind of thing to whoever may do anything with that kind, wherever
it is. What belongs to a place has its timeline there; only an administrator sees all of it here.
"""

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import ModelLogEntry

from home.core.permissions import is_administrator


def is_of_a_place(content_type):
    model = content_type.model_class()
    scope = getattr(model, "scope", None)
    return scope is not None and not scope.everyone


class SiteHistoryView(LogEntriesView):
    def dispatch(self, request, *args, **kwargs):
        user = request.user
        if not is_administrator(user):
            # Wagtail works this out once per request, and asks it in all of its filters.
            ModelLogEntry.objects.viewable_by_user(user)
            user._allowed_content_type_ids = {
                pk
                for pk in user._allowed_content_type_ids
                if not is_of_a_place(ContentType.objects.get_for_id(pk))
            }
        return super().dispatch(request, *args, **kwargs)


site_history = require_admin_access(SiteHistoryView.as_view())
site_history_results = require_admin_access(SiteHistoryView.as_view(results_only=True))
