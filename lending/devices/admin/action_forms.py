"""Base class of the forms about one device, and their free-text field."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from home.core.admin.base import StaffViewMixin
from home.core.personal_data import validate_no_national_number
from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices.models import Device

# URL of the form of a transition that asks for more than a reason, by target.
TRANSITION_FORMS = {
    State.READY: "device:inspection",
    State.AVAILABLE: "device:available",
    State.IN_TRANSIT: "device:send",
}


def free_text_field(label, max_length, **kwargs):
    """Return a text field that refuses national register numbers."""
    return forms.CharField(
        label=label, max_length=max_length, validators=[validate_no_national_number], **kwargs
    )


def refuse_national_number(text):
    """Raise LendingError if a text contains a national register number."""
    try:
        validate_no_national_number(text)
    except forms.ValidationError as error:
        raise LendingError(error.messages[0]) from error


class DeviceFormView(StaffViewMixin, FormView):
    """A form about one device, whose page is shown afterwards."""

    model = Device
    permission_required = "process"
    template_name = "lending/core/admin/form.html"
    submit_label = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        devices = Device.objects.visible_to(request.user).with_model()
        self.device = get_object_or_404(devices, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return self.device.number

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("device:index"), "label": _("Devices")},
            {"url": self.get_success_url(), "label": self.device.number},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_success_url(self):
        return reverse("device:inspect", args=[self.device.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "device": self.device,
            "submit_label": self.submit_label,
            "back_url": self.get_success_url(),
        }

    def form_valid(self, form):
        try:
            message = self.operate(form.cleaned_data)
        except LendingError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, message)
        return redirect(self.get_success_url())

    def operate(self, data):
        """Call the operation and return the message about its result."""
        raise NotImplementedError
