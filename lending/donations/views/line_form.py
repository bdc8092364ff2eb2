"""Formset about the offered devices, with a line for those that are alike."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.public_forms import PublicForm
from lending.donations.assessment import NOT_TAKEN, assess_device
from lending.donations.models import DonationLine

MAX_LINES = 25
MAX_QUANTITY = 100
TOTAL_FORMS = "line-TOTAL_FORMS"


def text_input(**attrs):
    """Return a text input with attributes."""
    return forms.TextInput(attrs=attrs)


class LineForm(PublicForm):
    """A device, or several that are alike."""

    type = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        error_messages={"required": gettext_lazy("Choose what it is.")},
    )
    age = forms.ChoiceField(
        label=gettext_lazy("How old is it?"),
        error_messages={
            "required": gettext_lazy("Choose how old it is. Not sure? Choose “I do not know”.")
        },
    )
    brand = forms.CharField(
        label=gettext_lazy("Brand"), max_length=40, required=False, widget=text_input()
    )
    model_name = forms.CharField(
        label=gettext_lazy("Model"), max_length=60, required=False, widget=text_input()
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("How many do you have like this?"),
        min_value=1,
        max_value=MAX_QUANTITY,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "w-s"}),
        error_messages={
            "required": gettext_lazy("Say how many there are."),
            "invalid": gettext_lazy("Write a number, for example 2."),
            "min_value": gettext_lazy("Say how many there are: 1 or more."),
            "max_value": gettext_lazy("More than 100? Give us a list instead."),
        },
    )
    works = forms.ChoiceField(
        label=gettext_lazy("Does it still work?"),
        choices=DonationLine.Works.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether it still works.")},
    )
    charger = forms.ChoiceField(
        label=gettext_lazy("Is the charger with it?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the charger is with it.")},
    )

    def __init__(self, *args, types=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [
            ("", _("Choose")),
            *((type.code, type.name) for type in types),
            *NOT_TAKEN.items(),
        ]
        ages = [(value or "unknown", label) for value, label in DonationLine.Age.choices]
        self.fields["age"].choices = [("", _("Choose")), *ages]

    def clean(self):
        """Require nothing more about a type that is never accepted."""
        if self.cleaned_data.get("type") in NOT_TAKEN:
            for name in ("age", "works", "charger"):
                self._errors.pop(name, None)
        return super().clean()

    def clean_charger(self):
        return self.cleaned_data["charger"] == "yes"

    def clean_age(self):
        age = self.cleaned_data["age"]
        return "" if age == "unknown" else age

    @cached_property
    def assessment(self):
        """Return the assessment of the device, or None if too little is filled in."""
        if not self.is_bound or not self.has_changed():
            return None
        self.is_valid()
        data = self.cleaned_data
        if data.get("type") in NOT_TAKEN:
            return assess_device(data["type"], works="unknown", charger=False)
        if not {"type", "works", "charger"} <= data.keys():
            return None
        return assess_device(data["type"], works=data["works"], charger=data["charger"])

    @property
    def is_unusable(self):
        """Return whether the device is not accepted."""
        return self.assessment is not None and not self.assessment.is_welcome

    @property
    def was_warned(self):
        """Return whether an earlier page showed that the device is not accepted."""
        return bool(self.data.get(self.add_prefix("told")))

    def line_fields(self, types):
        """Return the fields of the line for `register_donation`; `types` is {code: type}."""
        return {**self.cleaned_data, "type": types[self.cleaned_data["type"]]}


class LinesFormSet(forms.BaseFormSet):
    """The lines; a number of lines out of bounds is corrected."""

    def __init__(self, data=None, *, types, initial=None):
        if data is not None:
            data = data.copy()
            data[TOTAL_FORMS] = _parse_count(data.get(TOTAL_FORMS))
            data["line-INITIAL_FORMS"] = 0
        super().__init__(data, initial=initial, prefix="line", form_kwargs={"types": types})

    @classmethod
    def as_typed(cls, data, *, types, add=0, remove=None):
        """Return the posted lines unvalidated, with lines added or the one at `remove` left out."""
        typed = cls(data, types=types)
        remaining = [form for index, form in enumerate(typed.forms) if index != remove]
        added = [{}] * min(add, MAX_LINES - len(remaining))
        lines = cls(types=types, initial=[form.as_typed() for form in remaining] + added)
        for form, old in zip(lines.forms, remaining, strict=False):
            form.assessment = old.assessment
        lines.had_national_number = any(form.had_national_number for form in typed.forms)
        return lines

    @property
    def offered(self):
        """Return the forms that are filled in."""
        return [form for form in self.forms if form.has_changed()]

    @property
    def welcome(self):
        """Return the forms of devices that are accepted."""
        return [form for form in self.offered if not form.is_unusable]

    def clean(self):
        unusable = [form for form in self.offered if form.is_unusable]
        if unusable and not self.welcome:
            raise forms.ValidationError(
                _(
                    "We cannot use this. Take it to the recycling park of your "
                    "municipality. We store nothing that you filled in."
                )
            )
        if not all(form.was_warned for form in unusable):
            raise forms.ValidationError(
                _(
                    "We cannot use one of the devices: see below. Press again to register "
                    "the others."
                )
            )


LineFormSet = forms.formset_factory(
    LineForm, formset=LinesFormSet, extra=0, min_num=1, max_num=MAX_LINES, absolute_max=MAX_LINES
)


def _parse_count(text):
    try:
        return min(max(int(text), 1), MAX_LINES)
    except (TypeError, ValueError):
        return 1
