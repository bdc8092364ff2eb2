"""Forms that add and replace storage media."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lending.devices.admin.action_forms import DeviceFormView, free_text_field
from lending.devices.models import StorageMedium
from lending.devices.operations import media

MAX_SIZE_GB = 100_000


class MediumForm(forms.Form):
    """A storage medium."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of medium"), choices=StorageMedium.Kind)
    serial = free_text_field(
        gettext_lazy("Serial number of the medium"),
        60,
        help_text=gettext_lazy(
            "As printed on the disk itself; the erasure log shows the same number."
        ),
    )
    size_gb = forms.IntegerField(
        label=gettext_lazy("Size in GB"), min_value=1, max_value=MAX_SIZE_GB, required=False
    )

    def clean_serial(self):
        serial = self.cleaned_data["serial"]
        if serial and StorageMedium.objects.fitted().filter(serial=serial).exists():
            raise forms.ValidationError(
                _("A medium with this serial number is in another device. Check the number.")
            )
        return serial


class OptionalMediumForm(MediumForm):
    """A row of MediaFormSet; without a serial number it is left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["serial"].required = False
        self.fields["serial"].help_text = ""

    def has_changed(self):
        """Return whether more than the kind was filled in."""
        return bool({"serial", "size_gb"} & set(self.changed_data))

    def clean(self):
        data = super().clean()
        if data.get("size_gb") and not data.get("serial") and "serial" not in self.errors:
            self.add_error("serial", _("Give the serial number of the medium."))
        return data


class BaseMediaFormSet(forms.BaseFormSet):
    """The storage media of a device that comes in."""

    def clean(self):
        serials = [row["serial"] for row in self.rows()]
        if len(serials) != len(set(serials)):
            raise forms.ValidationError(_("The same serial number is there twice."))

    def rows(self):
        """Return the media as DeviceDetails takes them."""
        filled = (getattr(form, "cleaned_data", {}) for form in self.forms)
        return [data for data in filled if data.get("serial")]


MediaFormSet = forms.formset_factory(
    OptionalMediumForm, formset=BaseMediaFormSet, extra=3, max_num=6, absolute_max=6
)


class AddMediumView(DeviceFormView):
    """Add a storage medium to a device."""

    page_title = gettext_lazy("Add a storage medium")
    submit_label = gettext_lazy("Add")
    form_class = MediumForm

    def operate(self, data):
        media.add_medium(self.device, **data, user=self.request.user)
        return _("The medium is on record.")


class ReplacementForm(MediumForm):
    """The replacement of a storage medium."""

    destroyed_by = free_text_field(
        gettext_lazy("The old medium is destroyed by"),
        120,
        help_text=gettext_lazy("Who destroys it, and where. This is printed on the attest."),
    )
    unused_reason = free_text_field(
        gettext_lazy("The new medium is unused because"),
        120,
        required=False,
        help_text=gettext_lazy(
            "For a new one in its packaging. Leave this empty for a used one: it is erased first."
        ),
    )


class MediumView(DeviceFormView):
    """A form about one medium of a device that the user may see."""

    def setup(self, request, *args, **kwargs):
        media_of_user = StorageMedium.objects.visible_to(request.user).select_related("device")
        self.medium = get_object_or_404(media_of_user, pk=kwargs["pk"])
        super().setup(request, *args, pk=self.medium.device_id)

    def get_page_subtitle(self):
        return f"{self.device.number}, {self.medium.serial}"


class ReplaceMediumView(MediumView):
    """Replace a storage medium."""

    page_title = gettext_lazy("Replace a storage medium")
    submit_label = gettext_lazy("Replace")
    form_class = ReplacementForm

    def operate(self, data):
        media.replace_medium(self.medium, **data, user=self.request.user)
        return _("The medium is replaced. The old one stays on record as destroyed.")
