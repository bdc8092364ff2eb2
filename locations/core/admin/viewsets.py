"""What the screens of places share: scoped, inspectable, deletable where that does no harm."""

import datetime

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import InlinePanel
from wagtail.admin.ui.tables import Column, TitleColumn

from home.core.admin.base import NoDeleteView, ScopedIndexView, ScopedModelViewSet
from locations.core.scope import places


class LocationsIndexView(ScopedIndexView):
    """A listing whose columns the viewset names as (attribute, label, order), the first a link."""

    related = ()
    listed = ()

    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*self.related)

    @cached_property
    def columns(self):
        first, *others = self.listed
        return [
            TitleColumn(
                first[0],
                label=first[1],
                sort_key=first[2] if len(first) > 2 else None,
                get_url=self.get_edit_url_or_inspect,
            ),
            *(
                Column(
                    one[0],
                    label=one[1],
                    sort_key=one[2] if len(one) > 2 else None,
                    accessor=shown(one[0]),
                )
                for one in others
            ),
        ]

    def get_edit_url_or_inspect(self, instance):
        return self.get_edit_url(instance) or self.get_inspect_url(instance)


def shown(name):
    """The value as a person reads it: yes or no, a dash for nothing, a date with its month."""

    def value(row):
        display = getattr(row, f"get_{name}_display", None)
        found = display() if display else getattr(row, name)
        if isinstance(found, datetime.datetime | datetime.date):
            return found
        if isinstance(found, bool):
            return _("yes") if found else _("no")
        return "–" if found in (None, "") else found

    return value


class LocationsModelViewSet(ScopedModelViewSet):
    """A model of places in the admin. `deletable` says whether a row may ever be thrown away."""

    deletable = True
    inspect_view_enabled = True
    index_view_class = LocationsIndexView
    listed = ()
    related = ()
    list_per_page = 50

    @property
    def inspect_view_fields(self):
        return self.inspected

    inspected = []

    @property
    def delete_view_class(self):
        return super().delete_view_class if self.deletable else NoDeleteView

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(listed=self.listed, related=self.related, **kwargs)

    def get_common_view_kwargs(self, **kwargs):
        shut = {} if self.deletable else {"delete_url_name": None}
        return super().get_common_view_kwargs(**kwargs) | shut

    def get_urlpatterns(self):
        return [
            pattern
            for pattern in super().get_urlpatterns()
            if self.deletable or pattern.name != "delete"
        ]


def visible_locations(request):
    return places(request.user)


class LocationFilterSet(WagtailFilterSet):
    """Filter by place, out of one's own places only."""

    location = django_filters.ModelChoiceFilter(
        queryset=visible_locations, label=gettext_lazy("Place"), empty_label=gettext_lazy("All")
    )


class FormSetInlinePanel(InlinePanel):
    """An inline panel whose lines are also compared with each other."""

    def __init__(self, *args, formset=None, line_form=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.formset = formset
        self.line_form = line_form

    def clone_kwargs(self):
        return super().clone_kwargs() | {"formset": self.formset, "line_form": self.line_form}

    def get_form_options(self):
        options = super().get_form_options()
        lines = options["formsets"][self.relation_name]
        lines["formset"] = self.formset
        if self.line_form:
            lines["form"] = self.line_form
        return options
