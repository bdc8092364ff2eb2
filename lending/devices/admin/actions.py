"""Views that make a transition of a device, by a button or a form."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from home.core.admin.base import StaffViewMixin
from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices.admin.action_forms import (
    DeviceFormView,
    free_text_field,
    refuse_national_number,
)
from lending.devices.models import Device
from lending.devices.operations import devices as device_operations
from lending.devices.operations.transitions import perform_transition
from locations.places.access import locations_for


def find_transition(device, target):
    """Return the transition of a device to a target, or None if its state does not allow it."""
    return next((item for item in device.transitions() if item.target == target), None)


class DeviceTransitionView(StaffViewMixin, View):
    """Make the posted transition, with the permission that the transition needs."""

    model = Device
    permission_required = None
    any_permission_required = ["lend", "process", "recycle"]
    http_method_names = ["post"]

    def post(self, request, pk):
        device = get_object_or_404(Device.objects.visible_to(request.user), pk=pk)
        try:
            target = self.make_transition(device, request.POST.get("to"))
        except LendingError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _("%(device)s is now “%(state)s”.")
                % {"device": device.number, "state": State(target).label},
            )
        next_url = get_valid_next_url_from_request(request)
        return redirect(next_url or reverse("device:inspect", args=[device.pk]))

    def make_transition(self, device, target):
        """Make the transition and return its target, or raise LendingError."""
        reason = self.request.POST.get("reason", "").strip()
        transition = find_transition(device, target)
        if transition is None or transition.form:
            raise LendingError(_("That step is no longer possible. Look again."))
        if not self.user_has_permission(transition.permission):
            raise LendingError(_("You may not do this step."))
        if len(reason) > 200:
            raise LendingError(_("The reason is too long. Use at most 200 characters."))
        refuse_national_number(reason)
        perform_transition(device, transition.target, user=self.request.user, reason=reason)
        return transition.target


class DeviceLocationForm(forms.Form):
    """The new location of a device, and a remark."""

    location = forms.ModelChoiceField(
        label=gettext_lazy("To which place?"), queryset=None, empty_label=gettext_lazy("Choose…")
    )
    reason = free_text_field(gettext_lazy("Remark"), 200, required=False)

    def __init__(self, *args, locations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations


class DeviceLocationView(DeviceFormView):
    """A transition with which a device gets another location."""

    form_class = DeviceLocationForm
    target = None

    @cached_property
    def locations(self):
        return locations_for(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"locations": self.locations}

    def operate(self, data):
        device_operations.move_to_location(
            self.device,
            data["location"],
            state=self.target,
            user=self.request.user,
            reason=data["reason"],
        )
        return self.success_message % {"device": self.device.number, "place": data["location"].name}


class MakeAvailableView(DeviceLocationView):
    """Make a device available at a lending point."""

    page_title = gettext_lazy("Make available")
    submit_label = gettext_lazy("Make available")
    target = State.AVAILABLE
    success_message = gettext_lazy("%(device)s is now available in %(place)s.")

    @cached_property
    def locations(self):
        return locations_for(self.request.user).filter(is_lending_point=True)

    def get_initial(self):
        here = self.device.location
        return {"location": here.pk} if here.is_lending_point else {}


class SendDeviceView(DeviceLocationView):
    """Send a device to another location."""

    page_title = gettext_lazy("Send to another place")
    submit_label = gettext_lazy("Send")
    target = State.IN_TRANSIT
    success_message = gettext_lazy("%(device)s is on its way to %(place)s.")

    @cached_property
    def locations(self):
        return locations_for(self.request.user).exclude(pk=self.device.location_id)
