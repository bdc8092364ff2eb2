"""Filter classes for listings; a quick list is a filter of its own, with a link for each choice."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from locations.places.access import locations_for


class QuickListFilter(django_filters.ChoiceFilter):
    """A choice between named querysets, given as {value: (label, function of the queryset)}."""

    def __init__(self, quick_lists, **kwargs):
        self.quick_lists = quick_lists
        super().__init__(
            label=_("List"),
            choices=[(value, label) for value, (label, _narrow) in quick_lists.items()],
            widget=forms.RadioSelect,
            empty_label=_("All"),
            **kwargs,
        )

    def filter(self, queryset, value):
        return self.quick_lists[value][1](queryset) if value else queryset


class CheckboxFilter(django_filters.MultipleChoiceFilter):
    """A choice of several values of one field."""

    def __init__(self, label, choices, field_name):
        super().__init__(
            label=label,
            choices=choices,
            field_name=field_name,
            widget=forms.CheckboxSelectMultiple,
        )


class BoundedModelMultipleChoiceField(django_filters.fields.ModelMultipleChoiceField):
    """A model choice that treats a number too large for the database as an invalid choice."""

    def _check_values(self, value):
        if any(len(str(key)) > 18 for key in value):
            raise forms.ValidationError(self.error_messages["invalid_pk_value"] % {"pk": "…"})
        return super()._check_values(value)


class ModelCheckboxFilter(django_filters.ModelMultipleChoiceFilter):
    """A choice of several related objects."""

    field_class = BoundedModelMultipleChoiceField

    def __init__(self, label, field_name, queryset):
        super().__init__(
            label=label,
            field_name=field_name,
            queryset=queryset,
            widget=forms.CheckboxSelectMultiple,
        )


class LocationFilter(ModelCheckboxFilter):
    """A choice of the locations that the user may see."""

    def __init__(self, field_name):
        super().__init__(_("Place"), field_name, lambda request: locations_for(request.user))
