"""Form classes built from the questions of an editor, with our fields and error messages."""

import uuid

from django import forms
from django.utils.translation import gettext as _
from wagtail.contrib.forms.forms import FormBuilder

from home.core.phone import PhoneField, PhoneNumber
from home.core.public_forms import SpamProtectedForm

MAX_LENGTH = 4000
GUARD_FIELDS = ("website", "opened", "request_key")


class AnswerForm(SpamProtectedForm):
    """Base class of forms that editors build; `request_key` identifies one opened form."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
    )

    def __init__(self, *args, user=None, page=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4

    def clean_request_key(self):
        return self.cleaned_data["request_key"] or uuid.uuid4()

    @property
    def questions(self):
        return [self[name] for name in self.fields if name not in GUARD_FIELDS]

    def answers(self):
        """Return the non-empty answers by name of the question."""
        return {
            name: str(value) if isinstance(value, PhoneNumber) else value
            for name, value in self.cleaned_data.items()
            if name not in GUARD_FIELDS and value not in (None, "", [])
        }


class AnswerFormBuilder(FormBuilder):
    def get_form_class(self):
        return type("BuiltForm", (AnswerForm,), self.formfields)

    def get_field_options(self, field):
        options = super().get_field_options(field)
        params = {"label": field.label}
        options["error_messages"] = {"required": _("“%(label)s” is still empty.") % params}
        return options

    def create_singleline_field(self, field, options):
        return forms.CharField(max_length=255, **options)

    def create_multiline_field(self, field, options):
        return forms.CharField(
            max_length=MAX_LENGTH, widget=forms.Textarea(attrs={"rows": 4}), **options
        )

    def create_page_field(self, field, options):
        return forms.CharField(max_length=255, widget=forms.TextInput(PAGE_ATTRS), **options)

    def create_email_field(self, field, options):
        options["error_messages"]["invalid"] = _(
            "This is not an e-mail address. Look at it again, for example an@mail.be."
        )
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        return forms.EmailField(widget=widget, **options)

    def create_phone_field(self, field, options):
        return PhoneField(**options)

    def create_number_field(self, field, options):
        options["error_messages"]["invalid"] = _("Fill in a number for “%(label)s”.") % {
            "label": field.label
        }
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "w-s"})
        return forms.DecimalField(max_digits=12, localize=True, widget=widget, **options)

    def create_date_field(self, field, options):
        options["error_messages"]["invalid"] = _("Fill in a date for “%(label)s”.") % {
            "label": field.label
        }
        widget = forms.DateInput(attrs={"type": "date", "class": "w-m"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, **options)

    def create_radio_field(self, field, options):
        form_field = super().create_radio_field(field, self.add_choice_errors(field, options))
        choice_texts = [text for text, _label in form_field.choices]
        form_field.layout = (
            "row" if len(choice_texts) < 4 and max(map(len, choice_texts)) < 14 else ""
        )
        return form_field

    def create_checkboxes_field(self, field, options):
        return super().create_checkboxes_field(field, self.add_choice_errors(field, options))

    def create_dropdown_field(self, field, options):
        self.add_choice_errors(field, options)
        choices = [("", _("Choose")), *self.get_formatted_field_choices(field)]
        return forms.ChoiceField(choices=choices, **options)

    def add_choice_errors(self, field, options):
        params = {"label": field.label}
        options["error_messages"] = {
            "required": _("Choose an answer for “%(label)s”.") % params,
            "invalid_choice": _("Choose one of the answers for “%(label)s”.") % params,
        }
        return options

    def create_checkbox_field(self, field, options):
        options["error_messages"]["required"] = _("Tick “%(label)s”.") % {"label": field.label}
        options["initial"] = False
        return forms.BooleanField(**options)


PAGE_ATTRS = {"autocomplete": "off", "data-page": ""}
