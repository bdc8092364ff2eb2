"""Who takes part in a workshop on a date: registered on the phone, moved, cancelled, printed."""

import uuid

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from home.core.admin.base import Button
from home.core.phone import PhoneField
from home.core.public_forms import PublicForm
from locations.workshops.admin.run_actions import TONES as RUN_TONES
from locations.workshops.admin.run_actions import OfRun, shortly
from locations.workshops.documents import private_pdf
from locations.workshops.documents.certificate import certificate_pdf
from locations.workshops.errors import NobodyToReach, RunFull, WorkshopError
from locations.workshops.models import Attendance, Registration, WorkshopRun
from locations.workshops.operations import registrations
from locations.workshops.run_warnings import when

State = Registration.State
TONES = {
    State.REGISTERED: "good",
    State.OFFERED: "busy",
    State.WAITING: "wait",
    State.EXPIRED: "gone",
    State.CANCELLED: "gone",
}
CHOICES = 30
"""So many other dates are offered to move somebody to."""


class PhoneInForm(PublicForm):
    """Somebody on the phone: a name and a number will do."""

    name = Registration._meta.get_field("name").formfield(required=True, label=gettext_lazy("Name"))
    phone = PhoneField(label=gettext_lazy("Phone"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Not required. Without it we call."),
    )
    remark = Registration._meta.get_field("remark").formfield(
        widget=forms.TextInput, label=gettext_lazy("What we should know")
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


def turn(registration):
    """How many stand in line up to and including this person."""
    line = registration.run.registrations.in_line()
    return line.filter(position__lte=registration.position).count()


def said(registration):
    """What one says on the phone at once."""
    if registration.state == State.WAITING:
        text = _("%(name)s: on the waiting list, place %(turn)s.")
        return text % {"name": registration.name, "turn": turn(registration)}
    return _("%(name)s: registered, place %(seat)s.") % {
        "name": registration.name,
        "seat": registration.seat,
    }


class ParticipantsView(OfRun, FormView):
    """One page: who has a place, who waits in which order, who is off; and a form for the phone."""

    template_name = "locations/workshops/admin/participants/participants.html"
    page_title = gettext_lazy("Participants")
    form_class = PhoneInForm

    @cached_property
    def header_more_buttons(self):
        url = reverse("workshoprun:participants_list", args=[self.run.pk])
        return [Button(_("Print the list"), url, icon_name="doc-full", priority=10)]

    def post(self, request, *args, **kwargs):
        deed = getattr(self, f"do_{request.POST.get('do', '')}", None)
        if deed is None:
            return super().post(request, *args, **kwargs)
        key = request.POST.get("registration", "")
        known = key.isascii() and key.isdecimal() and len(key) < 19
        people = self.run.registrations.select_related("run")
        registration = get_object_or_404(people, pk=key if known else 0)
        try:
            messages.success(request, deed(registration) % {"name": registration.name})
        except WorkshopError as error:
            messages.error(request, str(error))
        return redirect("workshoprun:participants", self.run.pk)

    def form_valid(self, form):
        try:
            registration = registrations.register(
                self.run,
                **form.cleaned_data,
                source=Registration.Source.STAFF,
                user=self.request.user,
            )
        except WorkshopError as error:
            form.add_error("phone" if isinstance(error, NobodyToReach) else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, said(registration))
        return redirect("workshoprun:participants", self.run.pk)

    def do_cancel(self, registration):
        reason = self.request.POST.get("reason", "").replace("\0", "")[:120]
        registrations.cancel(registration, reason=reason, user=self.request.user)
        return _("%(name)s does not come any more.")

    def do_accept(self, registration):
        registrations.accept_offer(registration, user=self.request.user)
        return _("%(name)s takes the place.")

    def do_decline(self, registration):
        registrations.decline_offer(registration, user=self.request.user)
        return _("%(name)s leaves the place to the next in line.")

    def get_context_data(self, **kwargs):
        run, now = self.run, timezone.now()
        rows = list(run.registrations.select_related("partner").order_by("pk"))
        were_there = set(
            Attendance.objects.filter(registration__run=run, was_there=True).values_list(
                "registration", flat=True
            )
        )
        for row in rows:
            row.tone, row.was_there = TONES[row.state], row.pk in were_there
        today = timezone.localdate(now)
        return super().get_context_data(**kwargs) | {
            "run": run,
            "when": shortly(run),
            "tone": RUN_TONES[run.status],
            "seated": sorted((row for row in rows if row.seat), key=lambda row: row.seat),
            "in_line": sorted((row for row in rows if row.position), key=lambda row: row.position),
            "ended": [row for row in rows if not row.is_alive],
            "refusal": registrations.refusal(run, now, staff=True),
            "lessons": [
                {"lesson": one, "when": when(one, today)}
                for one in run.sessions.all()
                if timezone.localdate(one.starts_at) <= today
            ],
            "may_attend": self.request.user.has_perm("locations.attend_workshoprun"),
        }


class ParticipantsListView(OfRun, TemplateView):
    """To print: names, numbers, and a box for each lesson."""

    template_name = "locations/workshops/admin/participants/list.html"
    page_title = gettext_lazy("Participants")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "people": self.run.registrations.seated(),
            "lessons": self.run.sessions.all(),
        }


class CertificateView(OfRun, View):
    """The certificate of attendance of one person, or why there is none."""

    def get(self, request, pk, registration):
        rows = self.run.registrations.select_related("run__page", "run__location")
        person = get_object_or_404(rows, pk=registration)
        try:
            return private_pdf(certificate_pdf(person), f"attest-{person.pk}")
        except WorkshopError as error:
            messages.error(request, str(error))
            return redirect("workshoprun:participants", pk)


class MoveForm(forms.Form):
    to_run = forms.ChoiceField(label=gettext_lazy("To which date?"), widget=forms.RadioSelect)
    wait = forms.BooleanField(label=gettext_lazy("The waiting list is good too"), required=False)

    def __init__(self, *args, runs, **kwargs):
        super().__init__(*args, **kwargs)
        self.runs = {str(run.pk): run for run in runs}
        self.fields["to_run"].choices = [(key, named(run)) for key, run in self.runs.items()]

    def clean_to_run(self):
        return self.runs[self.cleaned_data["to_run"]]


def named(run):
    """A date to move somebody to, with how much room there is."""
    room = _("%(free)s free") % {"free": run.free} if run.free else _("full")
    return f"{run.page.title}: {shortly(run)}, {run.location.name} ({room})"


class MoveView(OfRun, FormView):
    """Somebody comes on another date; other dates of the same workshop come first."""

    template_name = "locations/workshops/admin/participants/move.html"
    page_title = gettext_lazy("To another date")
    form_class = MoveForm

    @cached_property
    def registration(self):
        mine = Registration.objects.filter(run=self.run)
        return get_object_or_404(mine, pk=self.kwargs["registration"])

    def get_form_kwargs(self):
        now = timezone.now()
        runs = (
            WorkshopRun.objects.visible_to(self.request.user)
            .coming(now)
            .filter(starts_at__gt=now, entry=WorkshopRun.Entry.REGISTER)
            .exclude(status=WorkshopRun.Status.CANCELLED)
            .exclude(pk=self.run.pk)
            .with_seats()
            .select_related("page", "location")
        )
        same = list(runs.filter(page=self.run.page_id)[:CHOICES])
        others = list(runs.exclude(page=self.run.page_id)[: CHOICES - len(same)])
        return super().get_form_kwargs() | {"runs": [*same, *others]}

    def form_valid(self, form):
        to_run, wait = form.cleaned_data["to_run"], form.cleaned_data["wait"]
        try:
            moved = registrations.move(self.registration, to_run, user=self.request.user, wait=wait)
        except WorkshopError as error:
            form.add_error("wait" if isinstance(error, RunFull) else "to_run", str(error))
            return self.form_invalid(form)
        messages.success(self.request, said(moved))
        return redirect("workshoprun:participants", to_run.pk)

    def get_context_data(self, **kwargs):
        registration = self.registration
        return super().get_context_data(**kwargs) | {"run": self.run, "person": registration}


def patterns(viewset):
    """The addresses of these screens, under those of the runs; for who may register people."""

    def view(of):
        return viewset.construct_view(of, permission_required="register")

    person = "participants/<int:pk>/<int:registration>"
    return [
        path("participants/<int:pk>/", view(ParticipantsView), name="participants"),
        path("participants/<int:pk>/list/", view(ParticipantsListView), name="participants_list"),
        path(f"{person}/move/", view(MoveView), name="move"),
        path(f"{person}/attest.pdf", view(CertificateView), name="certificate"),
    ]
