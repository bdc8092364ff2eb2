"""What can be done with many devices at once, and only with those that the user may see."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from home.core.admin.base import ScopedBulkAction
from lending.core.admin.viewsets import key
from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices.admin.filters import SEARCHED, DeviceFilterSet
from lending.devices.models import Device
from lending.devices.operations.devices import place
from locations.places.access import locations_for

# More in one go would keep others waiting; who wants more does it again.
MOST = 500


class ToPlaceForm(forms.Form):
    location = forms.ModelChoiceField(
        label=_("To which place?"), queryset=None, empty_label=_("Choose…")
    )

    def __init__(self, *args, locations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations


class PlaceDevices(ScopedBulkAction):
    """Each device takes the same step, or says why it can not."""

    models = [Device]
    permission_required = "process"
    template_name = "lending/devices/admin/bulk_place.html"
    form_class = ToPlaceForm
    target = None

    def locations(self):
        return locations_for(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"locations": self.locations()}

    def get_actionable_objects(self):
        """What is chosen and visible; "all" is the listing as filtered, which the address knows."""
        chosen = self.request.GET.getlist("id")
        rows = self.visible_rows().with_model()
        if "all" in chosen:
            rows = self.filter_as_listed(rows, DeviceFilterSet, SEARCHED)
        else:
            rows = rows.filter(pk__in=[pk for pk in map(key, chosen) if pk])
        return self.limit_rows(rows.order_by("number"), MOST), {"items_with_no_access": []}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": self.display_name,
            "icon": self.icon,
        }

    def get_execution_context(self):
        return super().get_execution_context() | {"action": self}

    @classmethod
    def execute_action(cls, objects, *, form, user, action, **kwargs):
        done, refused = 0, []
        for device in objects:
            try:
                place(device, form.cleaned_data["location"], state=cls.target, user=user)
                done += 1
            except LendingError as error:
                refused.append(str(error))
        for sentence in refused[:10]:
            messages.warning(action.request, sentence)
        if len(refused) > 10:
            more = _("And %(count)d more that can not take this step.")
            messages.warning(action.request, more % {"count": len(refused) - 10})
        return done, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        if not num_parent_objects:
            return None
        return ngettext(
            "%(count)d device has taken this step.",
            "%(count)d devices have taken this step.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class SendDevicesBulkAction(PlaceDevices):
    display_name = _("Send to another place")
    aria_label = _("Send the selected devices to another place")
    action_type = "send"
    icon = "arrow-right"
    target = State.IN_TRANSIT


class MakeAvailableBulkAction(PlaceDevices):
    display_name = _("Make available")
    aria_label = _("Make the selected devices available at a lending point")
    action_type = "available"
    icon = "success"
    target = State.AVAILABLE

    def locations(self):
        return locations_for(self.request.user).filter(is_lending_point=True)
