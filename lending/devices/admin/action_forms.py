"""A small form about one device, and the line of free text in it."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from home.core.admin.base import StaffViewMixin
from home.core.personal_data import no_national_number
from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices.models import Device

# The screen that asks for more than a reason, per target.
FORMS = {
    State.READY: "device:inspection",
    State.AVAILABLE: "device:available",
    State.IN_TRANSIT: "device:send",
}


def line(label, max_length, **kwargs):
    """A line of free text, refused when it holds a national register number."""
    return forms.CharField(
        label=label, max_length=max_length, validators=[no_national_number], **kwargs
    )


def no_number(text):
    try:
        no_national_number(text)
    except forms.ValidationError as refused:
        raise LendingError(refused.messages[0]) from refused


class DeviceFormView(StaffViewMixin, FormView):
    """A small form about one device; when it is done one is back on the page of the device."""

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
            sentence = self.operate(form.cleaned_data)
        except LendingError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, sentence)
        return redirect(self.get_success_url())

    def operate(self, data):
        """Call the operation; the answer is the sentence that says what came of it."""
        raise NotImplementedError
