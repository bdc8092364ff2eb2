"""Admin base classes of the locations app: declared columns, inspection, optional deletion."""

import datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.panels import InlinePanel
from wagtail.admin.ui.tables import Column, TitleColumn

from home.core.admin.base import DeniedDeleteView, ScopedIndexView, ScopedModelViewSet


class LocationsIndexView(ScopedIndexView):
    """A listing with columns given as (attribute, label) or (attribute, label, ordering).

    The first column links to the object.
    """

    related = ()
    listed = ()

    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*self.related)

    @cached_property
    def columns(self):
        (attribute, label, *ordering), *others = self.listed
        title = TitleColumn(
            attribute,
            label=label,
            sort_key=next(iter(ordering), None),
            get_url=self.get_edit_or_inspect_url,
        )
        columns = [
            Column(
                attribute,
                label=label,
                sort_key=next(iter(ordering), None),
                accessor=display_accessor(attribute),
            )
            for attribute, label, *ordering in others
        ]
        return [title, *columns]

    def get_edit_or_inspect_url(self, instance):
        return self.get_edit_url(instance) or self.get_inspect_url(instance)


def display_accessor(name):
    """Return a function from a row to the display value of its attribute `name`.

    Choices give their label, booleans yes or no, empty values a dash.
    """

    def accessor(row):
        display = getattr(row, f"get_{name}_display", None)
        value = display() if display else getattr(row, name)
        if isinstance(value, datetime.datetime | datetime.date):
            return value
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return "–" if value in (None, "") else value

    return accessor


class LocationsModelViewSet(ScopedModelViewSet):
    """A scoped model in the admin; with `deletable = False` its rows can never be deleted."""

    deletable = True
    inspect_view_enabled = True
    index_view_class = LocationsIndexView
    listed = ()
    related = ()
    inspected = []
    list_per_page = 50

    @property
    def inspect_view_fields(self):
        return self.inspected

    @property
    def delete_view_class(self):
        return super().delete_view_class if self.deletable else DeniedDeleteView

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(listed=self.listed, related=self.related, **kwargs)

    def get_common_view_kwargs(self, **kwargs):
        removed = {} if self.deletable else {"delete_url_name": None}
        return super().get_common_view_kwargs(**kwargs) | removed

    def get_urlpatterns(self):
        return [
            pattern
            for pattern in super().get_urlpatterns()
            if self.deletable or pattern.name != "delete"
        ]


class FormSetInlinePanel(InlinePanel):
    """An inline panel with its own formset class, and optionally its own form class."""

    def __init__(self, *args, formset=None, line_form=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.formset = formset
        self.line_form = line_form

    def clone_kwargs(self):
        return super().clone_kwargs() | {"formset": self.formset, "line_form": self.line_form}

    def get_form_options(self):
        options = super().get_form_options()
        formset_options = options["formsets"][self.relation_name]
        formset_options["formset"] = self.formset
        if self.line_form:
            formset_options["form"] = self.line_form
        return options
