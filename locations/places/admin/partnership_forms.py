"""Forms of partnerships and partners, with errors beside the field that they concern."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from locations.places.models import Partnership

FIRST_YEAR, LAST_YEAR = 1990, 2100


class CheckedFirstSelectMultiple(forms.CheckboxSelectMultiple):
    """Check boxes for a long list, in which the checked ones come first."""

    def optgroups(self, name, value, attrs=None):
        checked = {str(key) for key in value}
        choices = [(str(key), label) for key, label in self.choices]
        choices.sort(key=lambda choice: choice[0] not in checked)  # a stable sort
        options = [
            self.create_option(name, key, label, key in checked, index, attrs=attrs)
            for index, (key, label) in enumerate(choices)
        ]
        return [(None, [option], index) for index, option in enumerate(options)]


class PartnershipForm(WagtailAdminModelForm):
    """A partnership; the year must be plausible."""

    def clean_since(self):
        year = self.cleaned_data["since"]
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(
                _("Enter a year of four digits, from %(first)s to %(last)s, or leave it empty.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR},
                code="year",
            )
        return year


class PartnerForm(WagtailAdminModelForm):
    """A partner; partnerships that the user cannot see are kept."""

    def clean_partnerships(self):
        chosen = self.cleaned_data["partnerships"]
        if not self.instance.pk:
            return chosen
        visible = self.fields["partnerships"].queryset.values("pk")
        hidden = self.instance.partnerships.exclude(pk__in=visible).values_list("pk", flat=True)
        keys = [*chosen.values_list("pk", flat=True), *hidden]
        return Partnership.objects.filter(pk__in=keys)


class RoleFormSet(BaseChildFormSet):
    """The roles of a partner; each role occurs once."""

    duplicate_error = gettext_lazy("This role appears twice. Combine the two lines into one.")

    def get_unique_error_message(self, unique_check):
        return self.duplicate_error

    def get_form_error(self):
        return self.duplicate_error
