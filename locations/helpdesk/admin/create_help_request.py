"""Admin screen to record a help request for a person on the phone or at the desk."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin import messages

from home.core.admin.base import StaffViewMixin
from home.core.phone import PhoneField
from home.core.public_forms import PublicForm
from locations.core.formatting import format_day
from locations.core.models import Topic
from locations.helpdesk.admin.record_visit import digipunten_for
from locations.helpdesk.errors import HelpdeskError
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations.help_requests import create_help_request
from locations.helpdesk.operations.transitions import take_help_request
from locations.places.geocoding import geocode
from locations.places.models import Location


class StaffHelpRequestForm(PublicForm):
    """A help request that staff type for a person."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
    )
    location = forms.ModelChoiceField(
        label=gettext_lazy("Which of your places answers?"),
        help_text=gettext_lazy("Another digipunt? Write it down first, then give it to that one."),
        queryset=Location.objects.none(),
        empty_label=gettext_lazy("Choose…"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=HelpRequest.Kind.choices,
        initial=HelpRequest.Kind.QUESTION,
    )
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Topic"), queryset=Topic.objects.none(), required=False
    )
    question = forms.CharField(
        label=gettext_lazy("Question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=4, required=False)
    address = forms.CharField(
        label=gettext_lazy("Street and number"),
        help_text=gettext_lazy("Only for help at home."),
        max_length=120,
        required=False,
    )
    take = forms.BooleanField(label=gettext_lazy("I follow it up myself"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        locations = digipunten_for(user)
        self.fields["location"].queryset = locations
        self.fields["topic"].queryset = Topic.objects.offered()
        self.fields["request_key"].initial = uuid.uuid4
        if not self.is_bound and len(first_two := locations[:2]) == 1:
            self.fields["location"].initial = first_two[0].pk

    def clean_request_key(self):
        return self.cleaned_data["request_key"] or uuid.uuid4()

    def clean_postcode(self):
        code = self.cleaned_data["postcode"]
        if code and not (code.isdecimal() and geocode(code).origin):
            raise ValidationError(
                _("We do not recognise this postcode. It has 4 digits, for example 9300.")
            )
        return code

    def clean(self):
        data = super().clean()
        has_contact = data.get("phone") or data.get("email")
        if not has_contact and not {"phone", "email"} & {*self.errors}:
            self.add_error("phone", _("Fill in a telephone number or an e-mail address."))
        if data.get("kind") == HelpRequest.Kind.HOME_VISIT and not data.get("address"):
            self.add_error("address", _("Fill in the street and number: somebody goes there."))
        return data


@method_decorator(
    sensitive_post_parameters("question", "name", "phone", "email", "address"), name="dispatch"
)
class CreateHelpRequestView(StaffViewMixin, FormView):
    """Form that creates a help request and may take it at once."""

    template_name = "locations/helpdesk/admin/create_help_request.html"
    page_title = gettext_lazy("Write a question down")
    form_class = StaffHelpRequestForm

    def get_breadcrumbs_items(self):
        items = super().get_breadcrumbs_items()
        items.insert(-1, {"url": reverse("help_requests:index"), "label": _("Help requests")})
        return items

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        fields, user = dict(form.cleaned_data), self.request.user
        is_taken = fields.pop("take")
        help_request = create_help_request(source=HelpRequest.Source.STAFF, user=user, **fields)
        try:
            if is_taken:
                take_help_request(help_request, user=user)
        except HelpdeskError as error:  # submitted twice, and changed by a colleague in between
            messages.warning(self.request, str(error))
        day = format_day(help_request.due_on, timezone.localdate())
        message = _("%(number)s is written down. Answer by %(day)s.")
        messages.success(self.request, message % {"number": help_request.number, "day": day})
        return redirect("help_requests:inspect", help_request.pk)
