"""Base classes for the admin: staff screens, and views of a model limited to visible rows.

Undocumented parts of Wagtail's admin are imported here only, so that an upgrade breaks one module
and its contract test.
"""

import datetime
from functools import reduce
from operator import or_
from urllib.parse import urlsplit

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic import (
    BaseListingView,
    PermissionCheckedMixin,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry

from home.core.permissions import ScopedQuerySet
from home.core.phone import PhoneNumber

__all__ = [
    "BaseListingView",
    "Button",
    "DeniedDeleteView",
    "HeaderButton",
    "SafeExportMixin",
    "ScopedBulkAction",
    "ScopedIndexView",
    "ScopedModelViewSet",
    "ScreenViewSet",
    "StaffViewMixin",
    "VisibleChoicesMixin",
    "VisibleObjectMixin",
]


class StaffViewMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Header, breadcrumbs and permission check of a custom admin view.

    `model` is required: without it PermissionCheckedMixin grants access to everyone.
    """

    model = None

    def dispatch(self, request, *args, **kwargs):
        if self.model is None or not (self.permission_required or self.any_permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class ScreenViewSet(ViewSet):
    """Custom admin views that share a model and a permission.

    Its menu item checks the permission; Wagtail shows the menu item of a plain `ViewSet` to
    everyone with access to the admin.
    """

    model = None
    permission_required = None

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            model=self.model,
            permission_required=self.permission_required,
            header_icon=self.icon,
            **kwargs,
        )

    @cached_property
    def menu_item_class(self):
        viewset = self

        class ScreenMenuItem(MenuItem):
            def is_shown(self, request):
                policy = policy_registry.get_by_type(viewset.model)
                return policy.user_has_permission(request.user, viewset.permission_required)

        return ScreenMenuItem


class SafeExportMixin(SpreadsheetExportMixin):
    """An export that Excel reads as UTF-8 and never as formulas, with times in local time."""

    FORMULA = ("=", "+", "-", "@", "\t", "\r")

    custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        datetime.datetime: {
            SpreadsheetExportMixin.FORMAT_XLSX: lambda value: timezone.make_naive(value),
            SpreadsheetExportMixin.FORMAT_CSV: lambda value: timezone.localtime(value).isoformat(
                " ", "minutes"
            ),
        },
        PhoneNumber: dict.fromkeys(SpreadsheetExportMixin.FORMATS, str),
    }

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        if isinstance(value, str) and value.startswith(self.FORMULA):
            return f"'{value}"
        return value

    def stream_csv(self, queryset):
        yield "\ufeff"
        yield from super().stream_csv(queryset)


class VisibleObjectMixin:
    """Fetch the object among the visible rows, as Wagtail only checks the model's permission."""

    def get_object(self, *args, **kwargs):
        rows = self.model._default_manager.visible_to(self.request.user)
        return get_object_or_404(rows, pk=unquote(str(self.kwargs["pk"])))

    def user_has_permission_for_instance(self, permission, instance):
        return self.user_has_permission(permission)  # `get_object` checked the row itself


class VisibleChoicesMixin:
    """Limit the choices of each model field in the form to the visible rows."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        for field in form.fields.values():
            queryset = getattr(field, "queryset", None)
            if isinstance(queryset, ScopedQuerySet):
                field.queryset = queryset.visible_to(self.request.user)
        return form


class ScopedIndexView(SafeExportMixin, generic.IndexView):
    def get_base_queryset(self):
        return self.model._default_manager.visible_to(self.request.user)


class ScopedCreateView(VisibleChoicesMixin, generic.CreateView):
    pass


class ScopedEditView(VisibleObjectMixin, VisibleChoicesMixin, generic.EditView):
    pass


class ScopedDeleteView(VisibleObjectMixin, generic.DeleteView):
    pass


class ScopedInspectView(VisibleObjectMixin, generic.InspectView):
    pass


class ScopedHistoryView(VisibleObjectMixin, HistoryView):
    pass


class ScopedUsageView(VisibleObjectMixin, UsageView):
    pass


class DeniedDeleteView(generic.DeleteView):
    """A delete view that refuses every request, for a viewset that requires one."""

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied


class ScopedModelViewSet(ModelViewSet):
    """A listing, form, export and history of a model, limited to the visible rows."""

    index_view_class = ScopedIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    delete_view_class = ScopedDeleteView
    inspect_view_class = ScopedInspectView
    history_view_class = ScopedHistoryView
    usage_view_class = ScopedUsageView
    copy_view_enabled = False
    search_backend_name = None
    add_to_reference_index = False


class ScopedBulkAction(BulkAction):
    """A bulk action that requires a permission and is limited to the visible rows.

    Wagtail's own allows everyone, and its "select all" ignores the filters of the listing: a
    subclass returns the filtered rows from `get_all_objects_in_listing_query`.
    """

    permission_required = None

    def dispatch(self, request, *args, **kwargs):
        policy = policy_registry.get_by_type(self.model)
        if not policy.user_has_permission(request.user, self.permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def visible_rows(self):
        return self.model._default_manager.visible_to(self.request.user)

    def filter_as_listed(self, rows, filterset, search_fields):
        """Filter `rows` by the query string of the listing that the action was started from."""
        query = QueryDict(urlsplit(self.next_url).query)
        rows = filterset(query, queryset=rows, request=self.request).qs
        if search_text := query.get("q", "").strip():
            conditions = [Q(**{f"{name}__icontains": search_text}) for name in search_fields]
            rows = rows.filter(reduce(or_, conditions))
        return rows

    def limit_rows(self, rows, limit):
        """Return at most `limit` rows, with a warning on the screen when there are more."""
        selected = list(rows[: limit + 1])
        if len(selected) > limit:
            text = _("You selected more than %(limit)s. These are the first %(limit)s.")
            messages.warning(self.request, text % {"limit": limit})
        return selected[:limit]

    def check_perm(self, obj):
        if not hasattr(self, "_visible_ids"):
            self._visible_ids = set(self.visible_rows().values_list("pk", flat=True))
        return obj.pk in self._visible_ids

    def get_execution_context(self):
        return {"user": self.request.user, "form": self.cleaned_form}
