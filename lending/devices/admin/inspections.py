"""Form that inspects a device: tests and grade."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lending.devices.admin.action_forms import DeviceFormView, free_text_field
from lending.devices.models import Device
from lending.devices.operations.inspections import record_inspection

# Labels of the tests; the codes are stored and never change.
TESTS = {
    "screen": gettext_lazy("Screen"),
    "keyboard": gettext_lazy("Keyboard and touchpad"),
    "battery": gettext_lazy("Battery"),
    "wifi": gettext_lazy("Wi-Fi"),
    "camera": gettext_lazy("Camera and microphone"),
    "sound": gettext_lazy("Sound"),
    "ports": gettext_lazy("Ports and buttons"),
    "charger": gettext_lazy("Charger"),
    "system": gettext_lazy("System is up to date"),
    "clean": gettext_lazy("Cleaned"),
}


class InspectionForm(forms.Form):
    """The tests that a device passed, its grade and a remark."""

    passed = forms.MultipleChoiceField(
        label=gettext_lazy("Works"),
        choices=TESTS.items(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Tick what works, and what the device does not have. Anything left "
            "unticked does not work."
        ),
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Grade"), choices=Device.Grade, widget=forms.RadioSelect
    )
    notes = free_text_field(
        gettext_lazy("Remark"),
        200,
        required=False,
        help_text=gettext_lazy("About the device. Never about a person."),
    )


class InspectionView(DeviceFormView):
    """Inspect a device and mark it as ready."""

    page_title = gettext_lazy("Inspect the device")
    submit_label = gettext_lazy("Mark as ready")
    form_class = InspectionForm

    def get_initial(self):
        return {"grade": self.device.grade}

    def operate(self, data):
        tests = {code: code in data["passed"] for code in TESTS}
        record_inspection(
            self.device,
            grade=data["grade"],
            tests=tests,
            notes=data["notes"],
            user=self.request.user,
        )
        return _("%(device)s is ready, with grade %(grade)s.") % {
            "device": self.device.number,
            "grade": data["grade"],
        }
