"""Form that enters a bought device."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from home.core.admin.base import StaffViewMixin
from lending.core.errors import LendingError
from lending.devices.admin.action_forms import free_text_field
from lending.devices.admin.media import MediaFormSet
from lending.devices.models import Device, DeviceModel
from lending.devices.operations.devices import DeviceDetails, receive_purchase
from locations.places.access import locations_for


class PurchaseForm(forms.Form):
    """A bought device; a reason why it is unused spares it the erasure."""

    model = forms.ModelChoiceField(
        label=gettext_lazy("Model"),
        queryset=DeviceModel.objects.select_related("type"),
        empty_label=gettext_lazy("Choose…"),
    )
    serial = free_text_field(gettext_lazy("Serial number"), 60, required=False)
    location = forms.ModelChoiceField(
        label=gettext_lazy("Place"), queryset=None, empty_label=gettext_lazy("Choose…")
    )
    accessories = free_text_field(
        gettext_lazy("Accessories"),
        120,
        required=False,
        help_text=gettext_lazy(
            "What goes with it, as listed in the agreement: charger, bag, mouse."
        ),
    )
    unused_reason = free_text_field(
        gettext_lazy("New and unused because"),
        120,
        required=False,
        help_text=gettext_lazy(
            "For a new device in its sealed box, for instance “invoice 2026-118”. Leave this "
            "empty for a second-hand device: it is erased first."
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations_for(user)


class PurchaseView(StaffViewMixin, FormView):
    """Enter a device with its media."""

    model = Device
    permission_required = "add"
    template_name = "lending/devices/admin/purchase.html"
    form_class = PurchaseForm
    page_title = gettext_lazy("Enter a bought device")

    def get_breadcrumbs_items(self):
        items = [{"url": reverse("device:index"), "label": _("Devices")}]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("media_forms", MediaFormSet(prefix="media"))
        return context

    def post(self, request, *args, **kwargs):
        form, media = self.get_form(), MediaFormSet(request.POST, prefix="media")
        if not (form.is_valid() and media.is_valid()):
            return self.render_forms(form, media)
        data = form.cleaned_data
        try:
            device = receive_purchase(
                DeviceDetails(data["model"], data["serial"], data["accessories"], media.rows()),
                location=data["location"],
                unused_reason=data["unused_reason"],
                user=request.user,
            )
        except LendingError as error:
            form.add_error(None, str(error))
            return self.render_forms(form, media)
        messages.success(request, _("%(device)s has been added.") % {"device": device.number})
        return redirect("device:inspect", device.pk)

    def render_forms(self, form, media):
        return self.render_to_response(self.get_context_data(form=form, media_forms=media))
