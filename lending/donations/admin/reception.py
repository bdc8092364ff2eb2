"""Reception of donations: find a donation, then accept or refuse each of its devices."""

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from home.core.admin.multi_action import MultiActionMixin
from lending.core.admin.viewsets import parse_pk
from lending.core.barcodes import find_by_code
from lending.core.errors import LendingError
from lending.devices.admin.action_forms import free_text_field
from lending.devices.admin.media import MediaFormSet
from lending.devices.models import DeviceModel
from lending.devices.operations.devices import DeviceDetails
from lending.donations.models import Donation, DonationLine
from lending.donations.operations import donations

PER_PAGE = 50


class AcceptForm(forms.Form):
    """A chosen or new model and the details of the device, filled in from the offered line."""

    model = forms.ModelChoiceField(
        label=gettext_lazy("Model"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("A new model…"),
    )
    brand = free_text_field(gettext_lazy("Brand"), 40, required=False)
    name = free_text_field(
        gettext_lazy("Name of the model"),
        60,
        required=False,
        help_text=gettext_lazy("Only if the model is not in the list."),
    )
    serial = free_text_field(gettext_lazy("Serial number"), 60, required=False)
    accessories = free_text_field(
        gettext_lazy("Accessories"),
        120,
        required=False,
        help_text=gettext_lazy("What came along: charger, bag, mouse."),
    )

    def __init__(self, *args, line, **kwargs):
        self.line = line
        super().__init__(*args, initial=self.initial_of(line), **kwargs)
        self.fields["model"].queryset = DeviceModel.objects.filter(type=line.type)

    @staticmethod
    def initial_of(line):
        """Return the values that the donor gave; the model if it exists."""
        model = DeviceModel.objects.filter(
            type=line.type, brand__iexact=line.brand, name__iexact=line.model_name
        ).first()
        return {
            "model": model,
            "brand": "" if model else line.brand,
            "name": "" if model else line.model_name,
            "serial": line.serial,
            "accessories": _("charger") if line.charger else "",
        }

    def clean(self):
        data = super().clean()
        if not data.get("model"):
            for field in ("brand", "name"):
                if not data.get(field) and field not in self.errors:
                    self.add_error(field, _("Choose a model, or fill in brand and name."))
        return data

    def get_or_create_model(self):
        """Return the chosen model, or the one with this brand and name."""
        data = self.cleaned_data
        if data["model"]:
            return data["model"]
        model = DeviceModel.objects.filter(
            brand__iexact=data["brand"], name__iexact=data["name"]
        ).first()
        return model or DeviceModel.objects.create(
            type=self.line.type, brand=data["brand"], name=data["name"]
        )


class RefuseForm(forms.Form):
    """The reason why a device is not accepted."""

    reason = free_text_field(
        gettext_lazy("Why are we not taking it?"),
        200,
        help_text=gettext_lazy("The donor will read this and takes the device back."),
    )


class ReceptionView(StaffViewMixin, TemplateView):
    """A search field for the number of a donation, and the donations that are expected."""

    template_name = "lending/donations/admin/reception.html"
    page_title = gettext_lazy("Reception")

    def get(self, request):
        typed = request.GET.get("code", "").strip()
        donation = find_by_code(typed, user=request.user) if typed else None
        if isinstance(donation, Donation):
            return redirect("reception:donation", donation.pk)
        return super().get(request)

    def get_context_data(self, **kwargs):
        typed = self.request.GET.get("code", "").strip()
        message = _("We do not know the number “%(code)s”. Scan again, or type it.")
        expected = Donation.objects.visible_to(self.request.user).open()
        expected = expected.select_related("donor", "collection_point").with_counts()
        return super().get_context_data(**kwargs) | {
            "message": message % {"code": typed[:40]} if typed else "",
            "expected": expected.order_by("-registered_at")[:25],
        }


class DonationReceptionView(StaffViewMixin, MultiActionMixin, TemplateView):
    """The decision on one line: the chosen one, or the first undecided one."""

    template_name = "lending/donations/admin/donation_reception.html"
    actions = ("accept", "refuse", "close")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        donations_of_user = Donation.objects.visible_to(request.user).with_counts()
        donations_of_user = donations_of_user.select_related("donor", "collection_point")
        self.donation = get_object_or_404(donations_of_user, pk=kwargs["pk"])

    def get_page_title(self):
        return _("Reception of %(number)s") % {"number": self.donation.number}

    def get_breadcrumbs_items(self):
        items = [{"url": reverse("reception:index"), "label": ReceptionView.page_title}]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.donation.number}]

    def undecided_line(self, pk=""):
        """Return the line with this key, else the first; None if all are decided."""
        lines = self.donation.lines.filter(state=DonationLine.State.OFFERED).select_related("type")
        if line := lines.filter(pk=parse_pk(pk)).first():
            return line
        return lines.order_by("position").first()

    def get_context_data(self, **kwargs):
        line = kwargs.get("line") or self.undecided_line(self.request.GET.get("line", ""))
        lines = self.donation.lines.select_related("type", "device").order_by("position")
        forms = {}
        if line:
            forms = {
                "accept": AcceptForm(line=line, prefix="accept"),
                "media_forms": MediaFormSet(prefix="media"),
                "refuse": RefuseForm(prefix="refuse"),
            }
        context = super().get_context_data(**forms | kwargs)
        return context | {
            "donation": self.donation,
            "line": line,
            "page": Paginator(lines, PER_PAGE).get_page(self.request.GET.get("p")),
        }

    def unknown_action(self):
        return self.redirect_with_error(_("Scan again."))

    def posted_line(self):
        lines = self.donation.lines.select_related("type")
        return get_object_or_404(lines, pk=parse_pk(self.request.POST.get("line", "")))

    def accept(self):
        """Accept the device of the posted line."""
        line, data = self.posted_line(), self.request.POST
        form = AcceptForm(data, line=line, prefix="accept")
        media = MediaFormSet(data, prefix="media")
        if not (form.is_valid() and media.is_valid()):
            return self.render_forms(line, accept=form, media_forms=media)
        try:
            with transaction.atomic():
                device = donations.accept_line(
                    line,
                    DeviceDetails(
                        form.get_or_create_model(),
                        form.cleaned_data["serial"],
                        form.cleaned_data["accessories"],
                        media.rows(),
                    ),
                    user=self.request.user,
                )
        except LendingError as error:
            form.add_error(None, str(error))
            return self.render_forms(line, accept=form, media_forms=media)
        label = reverse("device:label", args=[device.pk])
        messages.success(
            self.request,
            _("%(device)s is received. Stick its label on it.") % {"device": device.number},
            buttons=[messages.button(label, _("Print label"))],
        )
        return redirect("reception:donation", self.donation.pk)

    def refuse(self):
        """Refuse the device of the posted line."""
        line = self.posted_line()
        form = RefuseForm(self.request.POST, prefix="refuse")
        if not form.is_valid():
            return self.render_forms(line, refuse=form)
        try:
            donations.refuse_line(line, reason=form.cleaned_data["reason"], user=self.request.user)
        except LendingError as error:
            form.add_error(None, str(error))
            return self.render_forms(line, refuse=form)
        messages.success(
            self.request,
            _("Not accepted: %(what)s goes back with the donor.") % {"what": line.description},
        )
        return redirect("reception:donation", self.donation.pk)

    def close(self):
        """Close the reception, which refuses the undecided lines."""
        try:
            donations.close_reception(self.donation, user=self.request.user)
        except LendingError as error:
            return self.redirect_with_error(str(error))
        messages.success(
            self.request,
            _("The reception of %(number)s is closed.") % {"number": self.donation.number},
        )
        return redirect("donation:inspect", self.donation.pk)

    def redirect_with_error(self, message):
        messages.error(self.request, message)
        return redirect("reception:donation", self.donation.pk)

    def render_forms(self, line, **forms):
        """Render the page with the posted forms and their errors."""
        return self.render_to_response(self.get_context_data(line=line, **forms))


class ReceptionViewSet(ScreenViewSet):
    """Screens of the reception."""

    model = Donation
    permission_required = "receive"
    name = "reception"
    url_prefix = "ontvangst"
    icon = "barcode"
    menu_label = gettext_lazy("Reception")

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(ReceptionView), name="index"),
            path("<int:pk>/", self.construct_view(DonationReceptionView), name="donation"),
        ]
