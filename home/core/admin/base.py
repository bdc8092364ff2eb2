"""Everything we take from Wagtail's admin that its documentation does not promise, in one place.

Imported from here and nowhere else, so that an upgrade breaks one module and its contract test.
Here too: the views of a model that show and change only what the person who asks may see.
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

__all__ = [
    "BaseListingView",
    "Button",
    "GuardedExportMixin",
    "HeaderButton",
    "NoDeleteView",
    "OnlyVisible",
    "PolicyBulkAction",
    "ScopedIndexView",
    "ScopedModelViewSet",
    "ScreenViewSet",
    "StaffViewMixin",
]


class StaffViewMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Header, breadcrumbs and permission of a staff screen of our own.

    `model` is not optional: without it PermissionCheckedMixin lets everybody in.
    """

    model = None

    def dispatch(self, request, *args, **kwargs):
        if self.model is None or not (self.permission_required or self.any_permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class ScreenViewSet(ViewSet):
    """Staff screens of one kind: what they are about and who may open them is said once, here.

    Wagtail's own menu item of a viewset without a model shows to everybody who may log in.
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


class GuardedExportMixin(SpreadsheetExportMixin):
    """CSV that Excel reads as UTF-8 and never as formulas; times in local time."""

    FORMULA = ("=", "+", "-", "@", "\t", "\r")

    custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        datetime.datetime: {
            SpreadsheetExportMixin.FORMAT_XLSX: lambda value: timezone.make_naive(value),
            SpreadsheetExportMixin.FORMAT_CSV: lambda value: timezone.localtime(value).isoformat(
                " ", "minutes"
            ),
        },
    }

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        if isinstance(value, str) and value.startswith(self.FORMULA):
            return f"'{value}"
        return value

    def stream_csv(self, queryset):
        yield "\ufeff"
        yield from super().stream_csv(queryset)


class OnlyVisible:
    """Wagtail checks the permission for the model, not for the object: we do, in one place."""

    def get_object(self, *args, **kwargs):
        rows = self.model._default_manager.visible_to(self.request.user)
        return get_object_or_404(rows, pk=unquote(str(self.kwargs["pk"])))


class OnlyVisibleChoices:
    """A form offers only what the person who fills it in may see."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        for field in form.fields.values():
            choices = getattr(field, "queryset", None)
            if hasattr(choices, "visible_to") and hasattr(choices.model, "scope"):
                field.queryset = choices.visible_to(self.request.user)
        return form


class ScopedIndexView(GuardedExportMixin, generic.IndexView):
    def get_base_queryset(self):
        return self.model._default_manager.visible_to(self.request.user)


class ScopedCreateView(OnlyVisibleChoices, generic.CreateView):
    pass


class ScopedEditView(OnlyVisible, OnlyVisibleChoices, generic.EditView):
    pass


class ScopedDeleteView(OnlyVisible, generic.DeleteView):
    pass


class ScopedInspectView(OnlyVisible, generic.InspectView):
    pass


class ScopedHistoryView(OnlyVisible, HistoryView):
    pass


class ScopedUsageView(OnlyVisible, UsageView):
    pass


class NoDeleteView(generic.DeleteView):
    """There is no delete, whatever the permissions say; the viewset insists on a view."""

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied


class ScopedModelViewSet(ModelViewSet):
    """A model with listing, form, export and history, narrowed to what the person may see."""

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


class PolicyBulkAction(BulkAction):
    """A bulk action that asks for a permission and only reaches what the user may see.

    Wagtail's own lets everybody through, and "all" takes every row, whatever the filters say:
    a subclass says in `get_all_objects_in_listing_query` which rows the filtered listing holds.
    """

    permission_required = None

    def dispatch(self, request, *args, **kwargs):
        policy = policy_registry.get_by_type(self.model)
        if not policy.user_has_permission(request.user, self.permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def visible(self):
        return self.model._default_manager.visible_to(self.request.user)

    def as_listed(self, rows, filterset, search_fields):
        """These rows as the listing shows them, whose address says how it is filtered."""
        asked = QueryDict(urlsplit(self.next_url).query)
        rows = filterset(asked, queryset=rows, request=self.request).qs
        if words := asked.get("q", "").strip():
            found = [Q(**{f"{name}__icontains": words}) for name in search_fields]
            rows = rows.filter(reduce(or_, found))
        return rows

    def first_of(self, rows, most):
        """At most so many; who chose more is told so."""
        found = list(rows[: most + 1])
        if len(found) > most:
            text = _("You chose more than %(most)s. These are the first %(most)s.")
            messages.warning(self.request, text % {"most": most})
        return found[:most]

    def check_perm(self, obj):
        if not hasattr(self, "_visible_ids"):
            self._visible_ids = set(self.visible().values_list("pk", flat=True))
        return obj.pk in self._visible_ids

    def get_execution_context(self):
        return {"user": self.request.user, "form": self.cleaned_form}
