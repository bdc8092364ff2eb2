"""Admin base classes: model screens limited to chosen views, and listings with quick lists."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from home.core.admin.base import ScopedIndexView, ScopedModelViewSet

READ_VIEWS = ("index", "index_results", "inspect")
EDIT_VIEWS = ("edit", "history", "history_results")
ALL_VIEWS = {*READ_VIEWS, *EDIT_VIEWS, "add", "delete", "usage", "copy", "reorder"}


class QuickListView(ScopedIndexView):
    """A listing with links to `quick_lists`; each link sets the filter `quick`."""

    results_template_name = "lending/core/admin/listing_results.html"
    quick_lists = {}
    all_label = _("All")

    def get_context_data(self, *args, **kwargs):
        queryset = self.model._default_manager.visible_to(self.request.user)
        return super().get_context_data(*args, **kwargs) | {
            "quick_lists": [
                {"label": label, "value": value, "count": narrow(queryset).count()}
                for value, (label, narrow) in self.quick_lists.items()
            ],
            "chosen": self.request.GET.get("quick", ""),
            "all_label": self.all_label,
        }


class StaffModelViewSet(ScopedModelViewSet):
    """A scoped model that has only the views in `enabled_views`."""

    enabled_views = (*READ_VIEWS, *EDIT_VIEWS, "add")
    index_view_class = QuickListView
    inspect_view_enabled = True
    form_fields = []
    list_per_page = 50
    view_permission = ("view",)

    def get_common_view_kwargs(self, **kwargs):
        disabled = {
            f"{name}_url_name": None for name in ALL_VIEWS if name not in self.enabled_views
        }
        return super().get_common_view_kwargs(**kwargs) | disabled

    def get_urlpatterns(self):
        return [
            pattern
            for pattern in super().get_urlpatterns()
            if pattern.name in self.enabled_views or pattern.name not in ALL_VIEWS
        ]

    def register_admin_url_finder(self):
        if "edit" in self.enabled_views:
            super().register_admin_url_finder()


def parse_pk(text):
    """Return the primary key in a posted text, or None if it cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def has_model_permission(user, action, model):
    """Return whether the user may do this with at least some objects of the model."""
    return policy_registry.get_by_type(model).user_has_permission(user, action)


class OperationFormMixin:
    """Save the form of a create view through an operation, in one transaction."""

    def save_instance(self):
        with transaction.atomic():
            return self.operate(self.form.cleaned_data, user=self.request.user)

    def operate(self, data, *, user):
        """Call the operation and return the new object."""
        raise NotImplementedError
