"""What a donor fills in about the devices: a line for each kind."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.public_forms import PublicForm
from lending.donations.acceptance import NOT_TAKEN, verdict
from lending.donations.models import DonationLine

MAX_LINES = 25
MAX_ALIKE = 100
TOTAL = "line-TOTAL_FORMS"


def text_input(**attrs):
    return forms.TextInput(attrs=attrs)


class LineForm(PublicForm):
    """One device, or several that are alike."""

    type = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        error_messages={"required": gettext_lazy("Choose what it is.")},
    )
    age = forms.ChoiceField(
        label=gettext_lazy("How old is it?"),
        error_messages={
            "required": gettext_lazy(
                "Choose how old it is. You do not know? Choose “I do not know”."
            )
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
        max_value=MAX_ALIKE,
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
        """Of what nobody can use, nothing else has to be known."""
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
    def verdict(self):
        """What we say about this device, once enough is filled in."""
        if not self.is_bound or not self.has_changed():
            return None
        self.is_valid()
        facts = self.cleaned_data
        if facts.get("type") in NOT_TAKEN:
            return verdict(facts["type"], works="unknown", charger=False)
        if not {"type", "works", "charger"} <= facts.keys():
            return None
        return verdict(facts["type"], works=facts["works"], charger=facts["charger"])

    @property
    def is_useless(self):
        return self.verdict is not None and not self.verdict.is_welcome

    @property
    def was_told(self):
        """Whether the donor has seen before that we can not use this device."""
        return bool(self.data.get(self.add_prefix("told")))

    def as_line(self, types):
        """The line as an operation wants it. `types` holds the type of each code."""
        return {**self.cleaned_data, "type": types[self.cleaned_data["type"]]}


class LinesFormSet(forms.BaseFormSet):
    """Whatever number of lines is sent, it is read within bounds."""

    def __init__(self, data=None, *, types, initial=None):
        if data is not None:
            data = data.copy()
            data[TOTAL] = _count(data.get(TOTAL))
            data["line-INITIAL_FORMS"] = 0
        super().__init__(data, initial=initial, prefix="line", form_kwargs={"types": types})

    @classmethod
    def as_typed(cls, data, *, types, add=0, remove=None):
        """The lines as they were typed, not judged, with so many added or this one left out."""
        typed = cls(data, types=types)
        kept = [form for index, form in enumerate(typed.forms) if index != remove]
        added = [{}] * min(add, MAX_LINES - len(kept))
        lines = cls(types=types, initial=[form.as_typed() for form in kept] + added)
        for form, old in zip(lines.forms, kept, strict=False):
            form.verdict = old.verdict
        lines.held_number = any(form.held_number for form in typed.forms)
        return lines

    @property
    def offered(self):
        return [form for form in self.forms if form.has_changed()]

    @property
    def welcome(self):
        return [form for form in self.offered if not form.is_useless]

    def clean(self):
        useless = [form for form in self.offered if form.is_useless]
        if useless and not self.welcome:
            raise forms.ValidationError(
                _(
                    "We can not use this. Take it to the recycling park of your municipality. "
                    "We keep nothing of what you filled in."
                )
            )
        if not all(form.was_told for form in useless):
            raise forms.ValidationError(
                _(
                    "We can not use one of the devices: look below. "
                    "Press again and we register the others."
                )
            )


LineFormSet = forms.formset_factory(
    LineForm, formset=LinesFormSet, extra=0, min_num=1, max_num=MAX_LINES, absolute_max=MAX_LINES
)


def _count(text):
    try:
        return min(max(int(text), 1), MAX_LINES)
    except (TypeError, ValueError):
        return 1
