"""The desk: one field for a barcode, and the next step that fits what was scanned."""

import uuid

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from home.core.admin.multi_action import MultiActionMixin
from lending.core.admin.viewsets import has_model_permission, parse_pk
from lending.core.barcodes import find_by_code
from lending.core.errors import LendingError
from lending.devices.models import Device, DeviceEvent
from lending.donations.models import Donation
from lending.loans.admin.borrowers import BorrowerForm
from lending.loans.admin.desk_session import DeskSession
from lending.loans.models import Borrower, Loan, LoanPolicy
from lending.loans.operations import borrowers, loans, reservations
from locations.places.access import locations_for

MESSAGE_KEY = "desk_message"
PRESERVED = ("device", "borrower")


class DeskView(StaffViewMixin, MultiActionMixin, TemplateView):
    """GET shows what was scanned; POST runs one operation and returns to the field.

    Each action returns the sentence to show and the query string of the next page, or None
    instead of the latter to show the submitted form again.
    """

    template_name = "lending/loans/admin/desk.html"
    page_title = gettext_lazy("Desk")
    form = None
    actions = ("check_out", "check_in", "renew", "set_aside", "release", "add_borrower")

    def get(self, request):
        self.desk = DeskSession(request.user)
        self.tone, self.sentence = request.session.pop(MESSAGE_KEY, ("", ""))
        self.desk.load(request.GET)
        if self.desk.donation:
            return self.open_reception(self.desk.donation)
        return super().get(request)

    def open_reception(self, donation):
        if has_model_permission(self.request.user, "receive", Donation):
            return redirect("reception:donation", donation.pk)
        self.tone, self.sentence = "bad", _("You may not receive donations. Ask a colleague.")
        self.desk.clear()
        return super().get(self.request)

    def run_action(self, action):
        try:
            sentence, query = action()
        except LendingError as error:
            return self.return_to_desk("bad", error, self.preserved_query())
        if query is None:
            return self.show_form_again(sentence)
        return self.return_to_desk("good", sentence, query)

    def unknown_action(self):
        return self.return_to_desk("bad", _("Scan again."), self.preserved_query())

    def preserved_query(self):
        posted = self.request.POST
        return {key: posted[key][:40] for key in PRESERVED if posted.get(key)}

    def return_to_desk(self, tone, sentence, query):
        self.request.session[MESSAGE_KEY] = (tone, str(sentence))
        url = reverse("desk:index")
        return redirect(f"{url}?{urlencode(query)}" if query else url)

    def show_form_again(self, sentence):
        """Show what was typed again, which is stored nowhere else."""
        self.desk = DeskSession(self.request.user)
        self.desk.load({"device": self.request.POST.get("device", "")})
        self.tone, self.sentence = "bad", sentence
        return super().get(self.request)

    def get_posted(self, name, model):
        """Return the row whose code was posted; raise LendingError if it is none of this model."""
        row = find_by_code(self.request.POST.get(name, ""), user=self.request.user)
        if not isinstance(row, model):
            raise LendingError(_("Scan again."))
        return row

    def check_out(self):
        device, borrower = self.get_posted("device", Device), self.get_posted("borrower", Borrower)
        loan = loans.check_out(
            device,
            borrower=borrower,
            policy=self.get_policy(),
            points=self.request.POST.getlist("points"),
            user=self.request.user,
            request_key=self.get_request_key(),
        )
        sentence = _("%(device)s is lent to %(borrower)s, until %(date)s. Next?") % {
            "device": device.number,
            "borrower": borrower.name,
            "date": date_format(loan.due_on, "l j F Y"),
        }
        return sentence, {"loan": loan.pk}

    def get_policy(self):
        pk = self.request.POST.get("policy", "")
        if not pk:
            return None
        policies = LoanPolicy.objects.visible_to(self.request.user)
        policy = policies.filter(pk=parse_pk(pk)).first()
        if policy is None:
            raise LendingError(_("Choose a loan policy."))
        return policy

    def get_request_key(self):
        try:
            return uuid.UUID(self.request.POST.get("key", ""))
        except ValueError as error:
            raise LendingError(_("Scan again.")) from error

    def check_in(self):
        device = loans.check_in(self.get_posted("device", Device), user=self.request.user)
        sentence = _("%(device)s is back, and waits to be checked. Next?")
        return sentence % {"device": device.number}, {}

    def renew(self):
        device = self.get_posted("device", Device)
        if device.open_loan is None:
            raise LendingError(_("Scan again."))
        loan = loans.renew(device.open_loan, user=self.request.user)
        sentence = _("%(device)s is renewed until %(date)s.") % {
            "device": device.number,
            "date": date_format(loan.due_on, "l j F Y"),
        }
        return sentence, {"device": device.number}

    def set_aside(self):
        device, borrower = self.get_posted("device", Device), self.get_posted("borrower", Borrower)
        reservation = reservations.reserve(device, borrower=borrower, user=self.request.user)
        sentence = _("%(device)s is set aside for %(borrower)s, until %(date)s. Next?") % {
            "device": device.number,
            "borrower": borrower.name,
            "date": date_format(reservation.until, "l j F Y"),
        }
        return sentence, {}

    def release(self):
        device = reservations.release(self.get_posted("device", Device), user=self.request.user)
        sentence = _("%(device)s is free again.") % {"device": device.number}
        return sentence, {"device": device.number}

    def add_borrower(self):
        self.form = self.borrower_form(self.request.POST)
        if not self.form.is_valid():
            return _("The borrower is not added yet. Look at the form."), None
        borrower = borrowers.create_borrower(**self.form.cleaned_data, user=self.request.user)
        query = {"borrower": borrower.card}
        if device := self.request.POST.get("device", "")[:40]:
            query["device"] = device
        return _("%(name)s is added, with card %(card)s.") % {
            "name": borrower.name,
            "card": borrower.card,
        }, query

    def borrower_form(self, data=None):
        form = BorrowerForm(data, prefix="new", initial={"location": self.current_location()})
        locations = locations_for(self.request.user).filter(is_lending_point=True)
        field = form.fields["location"]
        field.queryset = locations
        field.choices = [(location.pk, location.name) for location in locations]
        return form

    def current_location(self):
        device = getattr(self, "table", None) and self.desk.device
        return device.location_id if device else None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | self.desk.context()
        if self.desk.sentence:
            self.tone, self.sentence = self.desk.tone, self.desk.sentence
        if self.sentence:
            context["header_title"] = f"{self.sentence} – {self.page_title}"
        may_add = self.desk.may_add_borrower
        return context | {
            "tone": self.tone,
            "sentence": self.sentence,
            "form": (self.form or self.borrower_form()) if may_add else None,
            "lent": self.new_loan(),
            "request_key": uuid.uuid4(),
            "just_done": DeviceEvent.objects.filter(user=self.request.user).select_related(
                "device"
            )[:5],
        }

    def new_loan(self):
        pk = parse_pk(self.request.GET.get("loan", ""))
        if pk is None:
            return None
        visible_loans = Loan.objects.visible_to(self.request.user)
        return visible_loans.filter(pk=pk).select_related("device", "borrower").first()


class DeskViewSet(ScreenViewSet):
    model = Device
    permission_required = "lend"
    name = "desk"
    url_prefix = "balie"
    icon = "desk"
    menu_label = gettext_lazy("Desk")

    def get_urlpatterns(self):
        return [path("", self.construct_view(DeskView), name="index")]
