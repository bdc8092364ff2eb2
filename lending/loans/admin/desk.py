"""The desk: one field that takes a bar code, and the obvious next thing."""

import uuid

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from lending.core.admin.viewsets import has_model_permission, parse_pk
from lending.core.barcodes import find_by_code
from lending.core.errors import LendingError
from lending.devices.models import Device, DeviceEvent
from lending.donations.models import Donation
from lending.loans.admin.borrowers import BorrowerForm
from lending.loans.admin.desk_session import Table
from lending.loans.models import Borrower, Loan, LoanPolicy
from lending.loans.operations import borrowers, loans, reservations
from locations.places.access import locations_for

SAID = "desk_said"
KEPT = ("device", "borrower")


class DeskView(StaffViewMixin, TemplateView):
    """GET shows what was scanned; POST does one thing and comes back to the field."""

    template_name = "lending/loans/admin/desk.html"
    page_title = gettext_lazy("Desk")
    form = None

    def get(self, request):
        self.table = Table(request.user)
        self.tone, self.sentence = request.session.pop(SAID, ("", ""))
        self.table.read(request.GET)
        if self.table.donation:
            return self.to_reception(self.table.donation)
        return super().get(request)

    def to_reception(self, donation):
        if has_model_permission(self.request.user, "receive", Donation):
            return redirect("reception:donation", donation.pk)
        self.tone, self.sentence = "bad", _("You may not receive donations. Ask a colleague.")
        self.table.clear()
        return super().get(self.request)

    def post(self, request):
        """Each button says what it does and to what; the answer is one sentence."""
        actions = {
            "check_out": self.check_out,
            "check_in": self.check_in,
            "renew": self.renew,
            "set_aside": self.set_aside,
            "release": self.release,
            "add_borrower": self.add_borrower,
        }
        action = actions.get(request.POST.get("do"))
        try:
            if action is None:
                raise LendingError(_("Scan again."))
            sentence, after = action()
            if after is None:
                return self.show_form_again(sentence)
            request.session[SAID] = ("good", str(sentence))
        except LendingError as error:
            request.session[SAID] = ("bad", str(error))
            after = {key: request.POST[key][:40] for key in KEPT if request.POST.get(key)}
        url = reverse("desk:index")
        return redirect(f"{url}?{urlencode(after)}" if after else url)

    def show_form_again(self, sentence):
        """What was typed stays on the screen; it is kept nowhere else."""
        self.table = Table(self.request.user)
        self.table.read({"device": self.request.POST.get("device", "")})
        self.tone, self.sentence = "bad", sentence
        return super().get(self.request)

    def posted(self, name, kind):
        found = find_by_code(self.request.POST.get(name, ""), user=self.request.user)
        if not isinstance(found, kind):
            raise LendingError(_("Scan again."))
        return found

    def check_out(self):
        device, borrower = self.posted("device", Device), self.posted("borrower", Borrower)
        loan = loans.check_out(
            device,
            borrower=borrower,
            policy=self.chosen_policy(),
            points=self.request.POST.getlist("points"),
            user=self.request.user,
            request_key=self.request_key(),
        )
        sentence = _("%(device)s is lent to %(borrower)s, until %(date)s. Next?") % {
            "device": device.number,
            "borrower": borrower.name,
            "date": date_format(loan.due_on, "l j F Y"),
        }
        return sentence, {"loan": loan.pk}

    def chosen_policy(self):
        pk = self.request.POST.get("policy", "")
        if not pk:
            return None
        mine = LoanPolicy.objects.visible_to(self.request.user)
        policy = mine.filter(pk=parse_pk(pk)).first()
        if policy is None:
            raise LendingError(_("Choose a loan policy."))
        return policy

    def request_key(self):
        try:
            return uuid.UUID(self.request.POST.get("key", ""))
        except ValueError as error:
            raise LendingError(_("Scan again.")) from error

    def check_in(self):
        device = loans.check_in(self.posted("device", Device), user=self.request.user)
        sentence = _("%(device)s is back, and waits to be checked. Next?")
        return sentence % {"device": device.number}, {}

    def renew(self):
        device = self.posted("device", Device)
        if device.open_loan is None:
            raise LendingError(_("Scan again."))
        loan = loans.renew(device.open_loan, user=self.request.user)
        sentence = _("%(device)s is renewed until %(date)s.") % {
            "device": device.number,
            "date": date_format(loan.due_on, "l j F Y"),
        }
        return sentence, {"device": device.number}

    def set_aside(self):
        device, borrower = self.posted("device", Device), self.posted("borrower", Borrower)
        kept = reservations.set_aside(device, borrower=borrower, user=self.request.user)
        sentence = _("%(device)s is set aside for %(borrower)s, until %(date)s. Next?") % {
            "device": device.number,
            "borrower": borrower.name,
            "date": date_format(kept.until, "l j F Y"),
        }
        return sentence, {}

    def release(self):
        device = reservations.release(self.posted("device", Device), user=self.request.user)
        sentence = _("%(device)s is free again.") % {"device": device.number}
        return sentence, {"device": device.number}

    def add_borrower(self):
        self.form = self.borrower_form(self.request.POST)
        if not self.form.is_valid():
            return _("The borrower is not added yet. Look at the form."), None
        borrower = borrowers.add(**self.form.cleaned_data, user=self.request.user)
        after = {"borrower": borrower.card}
        if device := self.request.POST.get("device", "")[:40]:
            after["device"] = device
        return _("%(name)s is added, with card %(card)s.") % {
            "name": borrower.name,
            "card": borrower.card,
        }, after

    def borrower_form(self, data=None):
        form = BorrowerForm(data, prefix="new", initial={"location": self.here()})
        mine = locations_for(self.request.user).filter(is_lending_point=True)
        field = form.fields["location"]
        field.queryset = mine
        field.choices = [(location.pk, location.name) for location in mine]  # one query, not two
        return form

    def here(self):
        device = getattr(self, "table", None) and self.table.device
        return device.location_id if device else None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | self.table.context()
        if self.table.sentence:
            self.tone, self.sentence = self.table.tone, self.table.sentence
        if self.sentence:
            context["header_title"] = f"{self.sentence} – {self.page_title}"
        adding = self.table.may_add_borrower
        return context | {
            "tone": self.tone,
            "sentence": self.sentence,
            "form": (self.form or self.borrower_form()) if adding else None,
            "lent": self.just_lent(),
            "request_key": uuid.uuid4(),
            "just_done": DeviceEvent.objects.filter(user=self.request.user).select_related(
                "device"
            )[:5],
        }

    def just_lent(self):
        pk = parse_pk(self.request.GET.get("loan", ""))
        if pk is None:
            return None
        mine = Loan.objects.visible_to(self.request.user)
        return mine.filter(pk=pk).select_related("device", "borrower").first()


class DeskViewSet(ScreenViewSet):
    model = Device
    permission_required = "lend"
    name = "desk"
    url_prefix = "balie"
    icon = "desk"
    menu_label = gettext_lazy("Desk")

    def get_urlpatterns(self):
        return [path("", self.construct_view(DeskView), name="index")]
