"""Wagtail's site history report, limited to objects without row-level permission.

Wagtail shows the log entries of a model to everyone with any permission for that model, whatever
the location. Objects with a scope have their own history view; only administrators see them here.
"""

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import ModelLogEntry

from home.core.permissions import is_administrator


def has_scope(content_type):
    """Return whether the rows of a model are visible to some users only."""
    model = content_type.model_class()
    scope = getattr(model, "scope", None)
    return scope is not None and not scope.everyone


class SiteHistoryView(LogEntriesView):
    """The site history without models that have a scope, except for administrators."""

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        if not is_administrator(user):
            # Wagtail computes this once per request and uses it in all of its filters.
            ModelLogEntry.objects.viewable_by_user(user)
            user._allowed_content_type_ids = {
                key
                for key in user._allowed_content_type_ids
                if not has_scope(ContentType.objects.get_for_id(key))
            }
        return super().dispatch(request, *args, **kwargs)


site_history = require_admin_access(SiteHistoryView.as_view())
site_history_results = require_admin_access(SiteHistoryView.as_view(results_only=True))
