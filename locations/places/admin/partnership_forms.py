"""Forms of partnerships and partners: what is wrong is said in a sentence at its field."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from locations.places.models import Partnership

FIRST_YEAR, LAST_YEAR = 1990, 2100


class ManyBoxes(forms.CheckboxSelectMultiple):
    """Boxes to tick for a long list: what is ticked comes first."""

    def optgroups(self, name, value, attrs=None):
        ticked = {str(one) for one in value}
        choices = [(str(key), label) for key, label in self.choices]
        choices.sort(key=lambda choice: choice[0] not in ticked)  # else the order stays
        options = [
            self.create_option(name, key, label, key in ticked, index, attrs=attrs)
            for index, (key, label) in enumerate(choices)
        ]
        return [(None, [option], index) for index, option in enumerate(options)]


class PartnershipForm(WagtailAdminModelForm):
    def clean_since(self):
        year = self.cleaned_data["since"]
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(
                _("Give a year in four digits, from %(first)s to %(last)s, or leave it empty.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR},
                code="year",
            )
        return year


class PartnerForm(WagtailAdminModelForm):
    """A partner of several partnerships stays one of those that this person does not see."""

    def clean_partnerships(self):
        chosen = self.cleaned_data["partnerships"]
        if not self.instance.pk:
            return chosen
        offered = self.fields["partnerships"].queryset.values("pk")
        unseen = self.instance.partnerships.exclude(pk__in=offered).values_list("pk", flat=True)
        kept = [*chosen.values_list("pk", flat=True), *unseen]
        return Partnership.objects.filter(pk__in=kept)


class RoleFormSet(BaseChildFormSet):
    """A partner has each role once; the second line says so."""

    twice = gettext_lazy("This role stands in two lines. Make them one line.")

    def get_unique_error_message(self, unique_check):
        return self.twice

    def get_form_error(self):
        return self.twice
