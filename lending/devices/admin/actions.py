"""The steps of a device that a button or a small form takes."""

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
from lending.devices.admin.action_forms import DeviceFormView, line, no_number
from lending.devices.models import Device
from lending.devices.operations import devices as device_operations
from lending.loans.operations import loans, reservations
from locations.places.access import locations_for


class DeviceMoveView(StaffViewMixin, View):
    """POST only: one legal move. The table of moves says which permission it takes."""

    model = Device
    permission_required = None
    any_permission_required = ["lend", "process", "recycle"]
    http_method_names = ["post"]

    def post(self, request, pk):
        device = get_object_or_404(Device.objects.visible_to(request.user), pk=pk)
        try:
            target = self.move(device, request.POST.get("to"))
        except LendingError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _("%(device)s is now “%(state)s”.")
                % {"device": device.number, "state": State(target).label},
            )
        after = get_valid_next_url_from_request(request)
        return redirect(after or reverse("device:inspect", args=[device.pk]))

    def move(self, device, to):
        reason = self.request.POST.get("reason", "").strip()
        move = next((move for move in device.next_moves() if move.target == to), None)
        if move is None or move.needs:
            raise LendingError(_("That step is no longer possible. Look again."))
        if not self.user_has_permission(move.permission):
            raise LendingError(_("You may not do this step."))
        if len(reason) > 200:
            raise LendingError(_("The reason is too long. Use at most 200 characters."))
        no_number(reason)
        said = {"user": self.request.user, "reason": reason}
        if move.target == State.RETURNED:
            loans.check_in(device, **said)
        elif device.state == State.ON_LOAN:
            loans.report_gone(device, move.target, **said)
        elif device.state == State.SET_ASIDE and move.target == State.AVAILABLE:
            reservations.release(device, **said)
        else:
            device_operations.become(device, move.target, **said)
        return move.target


class PlaceForm(forms.Form):
    location = forms.ModelChoiceField(
        label=gettext_lazy("To which place?"), queryset=None, empty_label=gettext_lazy("Choose…")
    )
    reason = line(gettext_lazy("Remark"), 200, required=False)

    def __init__(self, *args, locations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations


class PlaceView(DeviceFormView):
    form_class = PlaceForm
    target = None

    @cached_property
    def locations(self):
        return locations_for(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"locations": self.locations}

    def operate(self, data):
        device_operations.place(
            self.device,
            data["location"],
            state=self.target,
            user=self.request.user,
            reason=data["reason"],
        )
        return self.said % {"device": self.device.number, "place": data["location"].name}


class MakeAvailableView(PlaceView):
    page_title = gettext_lazy("Make available")
    submit_label = gettext_lazy("Make available")
    target = State.AVAILABLE
    said = gettext_lazy("%(device)s is now available in %(place)s.")

    @cached_property
    def locations(self):
        return locations_for(self.request.user).filter(is_lending_point=True)

    def get_initial(self):
        here = self.device.location
        return {"location": here.pk} if here.is_lending_point else {}


class SendAwayView(PlaceView):
    page_title = gettext_lazy("Send to another place")
    submit_label = gettext_lazy("Send")
    target = State.IN_TRANSIT
    said = gettext_lazy("%(device)s is on its way to %(place)s.")

    @cached_property
    def locations(self):
        return locations_for(self.request.user).exclude(pk=self.device.location_id)
