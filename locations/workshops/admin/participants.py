"""The participants of a run: registered on the phone, moved, cancelled, printed."""

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
from home.core.admin.multi_action import MultiActionMixin
from home.core.phone import PhoneField
from home.core.public_forms import PublicForm
from locations.workshops.admin.run_actions import TONES as RUN_TONES
from locations.workshops.admin.run_actions import RunViewMixin
from locations.workshops.applicants import Applicant, Origin
from locations.workshops.documents import private_pdf
from locations.workshops.documents.certificate import certificate_pdf
from locations.workshops.errors import ContactMissing, RunFull, WorkshopError
from locations.workshops.formats import day_and_hours, run_summary
from locations.workshops.models import Attendance, Registration, WorkshopRun
from locations.workshops.operations import waiting_list
from locations.workshops.operations.registrations import (
    cancel_registration,
    create_registration,
    move_registration,
    registration_refusal,
)

State = Registration.State
TONES = {
    State.REGISTERED: "good",
    State.OFFERED: "busy",
    State.WAITING: "wait",
    State.EXPIRED: "gone",
    State.CANCELLED: "gone",
}
MAX_CHOICES = 30
"""How many other runs are offered to move somebody to."""


class PhoneRegistrationForm(PublicForm):
    """A person on the phone: a name, and one way to reach the person."""

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

    def applicant(self):
        """Return the person as an `Applicant`."""
        return Applicant(
            **{name: self.cleaned_data[name] for name in ("name", "phone", "email", "remark")}
        )


def outcome_sentence(registration):
    """Return the seat or the place in line, as a sentence to say on the phone."""
    if registration.state == State.WAITING:
        text = _("%(name)s: number %(turn)s on the waiting list.")
        return text % {"name": registration.name, "turn": waiting_list.place_in_line(registration)}
    return _("%(name)s: registered, seat %(seat)s.") % {
        "name": registration.name,
        "seat": registration.seat,
    }


class ParticipantsView(MultiActionMixin, RunViewMixin, FormView):
    """Everybody with a seat, on the waiting list or off it, and a form to register somebody."""

    template_name = "locations/workshops/admin/participants/participants.html"
    page_title = gettext_lazy("Participants")
    form_class = PhoneRegistrationForm
    actions = ("cancel", "accept", "decline")

    @cached_property
    def header_more_buttons(self):
        """A link to the list to print."""
        url = reverse("workshoprun:participants_list", args=[self.run.pk])
        return [Button(_("Print the list"), url, icon_name="doc-full", priority=10)]

    @cached_property
    def registration(self):
        """The registration whose button was pressed."""
        key = self.request.POST.get("registration", "")
        is_key = key.isascii() and key.isdecimal() and len(key) < 19
        rows = self.run.registrations.select_related("run")
        return get_object_or_404(rows, pk=key if is_key else 0)

    def unknown_action(self):
        """Register the person on the phone."""
        return FormView.post(self, self.request)

    def run_action(self, action):
        """Perform an action on one registration, and show its result or its error."""
        name = self.registration.name
        try:
            messages.success(self.request, action() % {"name": name})
        except WorkshopError as error:
            messages.error(self.request, str(error))
        return redirect("workshoprun:participants", self.run.pk)

    def form_valid(self, form):
        """Register the person on the phone."""
        origin = Origin(
            Registration.Source.STAFF,
            user=self.request.user,
            request_key=form.cleaned_data["request_key"],
        )
        try:
            registration = create_registration(self.run, form.applicant(), origin)
        except WorkshopError as error:
            form.add_error("phone" if isinstance(error, ContactMissing) else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, outcome_sentence(registration))
        return redirect("workshoprun:participants", self.run.pk)

    def cancel(self):
        """Cancel a registration."""
        reason = self.request.POST.get("reason", "").replace("\0", "")[:120]
        cancel_registration(self.registration, reason=reason, user=self.request.user)
        return _("%(name)s no longer takes part.")

    def accept(self):
        """Accept an offer for the person."""
        waiting_list.accept_offer(self.registration, user=self.request.user)
        return _("%(name)s takes the seat.")

    def decline(self):
        """Decline an offer for the person."""
        waiting_list.decline_offer(self.registration, user=self.request.user)
        return _("%(name)s leaves the seat to the next person in line.")

    def get_context_data(self, **kwargs):
        """Add the registrations in three groups, and the sessions up to today."""
        run, now = self.run, timezone.now()
        rows = list(run.registrations.select_related("partner").order_by("pk"))
        attendances = Attendance.objects.filter(registration__run=run, attended=True)
        attended = set(attendances.values_list("registration", flat=True))
        for row in rows:
            row.tone, row.was_there = TONES[row.state], row.pk in attended
        today = timezone.localdate(now)
        return super().get_context_data(**kwargs) | {
            "run": run,
            "when": run_summary(run),
            "tone": RUN_TONES[run.status],
            "seated": sorted((row for row in rows if row.seat), key=lambda row: row.seat),
            "in_line": sorted((row for row in rows if row.position), key=lambda row: row.position),
            "ended": [row for row in rows if not row.is_active],
            "refusal": registration_refusal(run, now, staff=True),
            "lessons": [
                {"lesson": session, "when": day_and_hours(session, today)}
                for session in run.sessions.all()
                if timezone.localdate(session.starts_at) <= today
            ],
            "may_attend": self.request.user.has_perm("locations.attend_workshoprun"),
        }


class ParticipantsListView(RunViewMixin, TemplateView):
    """A list to print: names, phone numbers, and a box for each session."""

    template_name = "locations/workshops/admin/participants/list.html"
    page_title = gettext_lazy("Participants")

    def get_context_data(self, **kwargs):
        """Add everybody with a seat."""
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "people": self.run.registrations.seated(),
            "lessons": self.run.sessions.all(),
        }


class CertificateView(RunViewMixin, View):
    """The certificate of attendance of one person."""

    def get(self, request, pk, registration):
        """Return the PDF, or show why there is none."""
        rows = self.run.registrations.select_related("run__page", "run__location")
        person = get_object_or_404(rows, pk=registration)
        try:
            return private_pdf(certificate_pdf(person), f"attest-{person.pk}")
        except WorkshopError as error:
            messages.error(request, str(error))
            return redirect("workshoprun:participants", pk)


class MoveRegistrationForm(forms.Form):
    """The run to move a person to."""

    to_run = forms.ChoiceField(label=gettext_lazy("To which date?"), widget=forms.RadioSelect)
    wait = forms.BooleanField(label=gettext_lazy("The waiting list is good too"), required=False)

    def __init__(self, *args, runs, **kwargs):
        super().__init__(*args, **kwargs)
        self.runs = {str(run.pk): run for run in runs}
        self.fields["to_run"].choices = [(key, run_choice(run)) for key, run in self.runs.items()]

    def clean_to_run(self):
        """Return the chosen run."""
        return self.runs[self.cleaned_data["to_run"]]


def run_choice(run):
    """Return the title, time, location and free seats of a run as the text of a choice."""
    room = _("%(free)s free") % {"free": run.free_seats} if run.free_seats else _("full")
    return f"{run.page.title}: {run_summary(run)}, {run.location.name} ({room})"


class MoveRegistrationView(RunViewMixin, FormView):
    """Move a person to another run; those of the same workshop come first."""

    template_name = "locations/workshops/admin/participants/move.html"
    page_title = gettext_lazy("To another date")
    form_class = MoveRegistrationForm

    @cached_property
    def registration(self):
        """The registration in the URL."""
        rows = Registration.objects.filter(run=self.run)
        return get_object_or_404(rows, pk=self.kwargs["registration"])

    def get_form_kwargs(self):
        """Add the runs to choose from."""
        now = timezone.now()
        runs = (
            WorkshopRun.objects.visible_to(self.request.user)
            .upcoming(now)
            .filter(starts_at__gt=now, entry=WorkshopRun.Entry.REGISTER)
            .exclude(status=WorkshopRun.Status.CANCELLED)
            .exclude(pk=self.run.pk)
            .with_seat_counts()
            .select_related("page", "location")
        )
        same = list(runs.filter(page=self.run.page_id)[:MAX_CHOICES])
        others = list(runs.exclude(page=self.run.page_id)[: MAX_CHOICES - len(same)])
        return super().get_form_kwargs() | {"runs": [*same, *others]}

    def form_valid(self, form):
        """Move the person."""
        to_run, wait = form.cleaned_data["to_run"], form.cleaned_data["wait"]
        try:
            registration = move_registration(
                self.registration, to_run, user=self.request.user, wait=wait
            )
        except WorkshopError as error:
            form.add_error("wait" if isinstance(error, RunFull) else "to_run", str(error))
            return self.form_invalid(form)
        messages.success(self.request, outcome_sentence(registration))
        return redirect("workshoprun:participants", to_run.pk)

    def get_context_data(self, **kwargs):
        """Add the run and the person."""
        registration = self.registration
        return super().get_context_data(**kwargs) | {"run": self.run, "person": registration}


def participant_urls(viewset):
    """Return the URLs of these screens, for users who may register people."""

    def view(view_class):
        return viewset.construct_view(view_class, permission_required="register")

    person = "participants/<int:pk>/<int:registration>"
    return [
        path("participants/<int:pk>/", view(ParticipantsView), name="participants"),
        path("participants/<int:pk>/list/", view(ParticipantsListView), name="participants_list"),
        path(f"{person}/move/", view(MoveRegistrationView), name="move"),
        path(f"{person}/attest.pdf", view(CertificateView), name="certificate"),
    ]
