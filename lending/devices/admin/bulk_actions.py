"""Bulk actions on devices."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from home.core.admin.base import ScopedBulkAction
from lending.core.admin.viewsets import parse_pk
from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices.admin.filters import DEVICE_SEARCH_FIELDS, DeviceFilterSet
from lending.devices.models import Device
from lending.devices.operations.devices import move_to_location
from locations.places.access import locations_for

MAX_DEVICES = 500  # more would keep other users waiting


class TargetLocationForm(forms.Form):
    """The location to which the devices move."""

    location = forms.ModelChoiceField(
        label=_("To which place?"), queryset=None, empty_label=_("Choose…")
    )

    def __init__(self, *args, locations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations


class MoveToLocationBulkAction(ScopedBulkAction):
    """The same transition for every device; a message for each that cannot make it."""

    models = [Device]
    permission_required = "process"
    template_name = "lending/devices/admin/bulk_place.html"
    form_class = TargetLocationForm
    target = None

    def locations(self):
        return locations_for(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"locations": self.locations()}

    def get_actionable_objects(self):
        """Return the chosen devices that the user may see; "all" is the listing as filtered."""
        keys = self.request.GET.getlist("id")
        devices = self.visible_rows().with_model()
        if "all" in keys:
            devices = self.filter_as_listed(devices, DeviceFilterSet, DEVICE_SEARCH_FIELDS)
        else:
            devices = devices.filter(pk__in=[pk for pk in map(parse_pk, keys) if pk])
        return self.limit_rows(devices.order_by("number"), MAX_DEVICES), {
            "items_with_no_access": []
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": self.display_name,
            "icon": self.icon,
        }

    def get_execution_context(self):
        return super().get_execution_context() | {"action": self}

    @classmethod
    def execute_action(cls, objects, *, form, user, action, **kwargs):
        moved, refusals = 0, []
        for device in objects:
            try:
                move_to_location(device, form.cleaned_data["location"], state=cls.target, user=user)
                moved += 1
            except LendingError as error:
                refusals.append(str(error))
        for refusal in refusals[:10]:
            messages.warning(action.request, refusal)
        if len(refusals) > 10:
            more = _("And %(count)d more that cannot take this step.")
            messages.warning(action.request, more % {"count": len(refusals) - 10})
        return moved, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        if not num_parent_objects:
            return None
        return ngettext(
            "%(count)d device has taken this step.",
            "%(count)d devices have taken this step.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class SendDevicesBulkAction(MoveToLocationBulkAction):
    """Send devices to another location."""

    display_name = _("Send to another place")
    aria_label = _("Send the selected devices to another place")
    action_type = "send"
    icon = "arrow-right"
    target = State.IN_TRANSIT


class MakeAvailableBulkAction(MoveToLocationBulkAction):
    """Make devices available at a lending point."""

    display_name = _("Make available")
    aria_label = _("Make the selected devices available at a lending point")
    action_type = "available"
    icon = "success"
    target = State.AVAILABLE

    def locations(self):
        return locations_for(self.request.user).filter(is_lending_point=True)
