"""Forms of the transitions of a help request; each applies itself and returns a message."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.public_forms import PublicForm
from locations.core.formatting import format_time
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.assignees import assignable_users
from locations.helpdesk.descriptions import describe_appointment
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import transitions
from locations.helpdesk.state_machine import Transition
from locations.opening_hours.engine.hours_text import format_opening
from locations.opening_hours.loading import load_calendars
from locations.places.models import Location
from locations.workshops.models import WorkshopRun

MAX_RUNS = 60
MINUTES = (15, 30, 45, 60, 90, 120)
Outcome = HelpRequest.Outcome


REMARK = gettext_lazy("Remark")


def remark_field(label=REMARK, *, required=False):
    """Return a form field for a few lines of text."""
    return forms.CharField(
        label=label,
        max_length=600,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TransitionForm(PublicForm):
    """Base class of the form of one transition; most have fields, some only a button."""

    transition = None

    def __init__(self, data=None, *, help_request, user, now):
        super().__init__(data, prefix=str(self.transition.value))
        self.help_request, self.user, self.now = help_request, user, now
        self.prepare_fields()

    def prepare_fields(self):
        """Set the choices and initial values that depend on the help request."""

    def apply(self):
        """Apply the transition and return a message for the user."""
        raise NotImplementedError

    def message(self, text, **values):
        """Return a text with the number of the help request and other values filled in."""
        return text % {"number": self.help_request.number, **values}


class TakeForm(TransitionForm):
    """Take the request."""

    transition = Transition.TAKE

    def apply(self):
        transitions.take_help_request(self.help_request, user=self.user)
        return self.message(_("You follow %(number)s up."))


class AssignForm(TransitionForm):
    """Assign the request to a colleague."""

    transition = Transition.ASSIGN
    to = forms.ModelChoiceField(
        label=gettext_lazy("Who follows it up?"), queryset=None, empty_label=gettext_lazy("Choose…")
    )

    def prepare_fields(self):
        field = self.fields["to"]
        field.queryset = assignable_users(self.help_request.location)
        field.label_from_instance = lambda user: user.get_full_name() or user.get_username()

    def apply(self):
        to = self.cleaned_data["to"]
        transitions.assign_help_request(self.help_request, to=to, user=self.user)
        name = to.get_full_name() or to.get_username()
        return self.message(_("%(who)s follows %(number)s up."), who=name)


class NoteForm(TransitionForm):
    """Add a note for colleagues."""

    transition = Transition.NOTE
    text = remark_field(gettext_lazy("What your colleagues have to know"), required=True)

    def apply(self):
        transitions.add_note(self.help_request, self.cleaned_data["text"], user=self.user)
        return self.message(_("Your note stands with %(number)s."))


class AppointForm(TransitionForm):
    """Make an appointment within the opening hours."""

    transition = Transition.APPOINT
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=gettext_lazy("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How many minutes?"),
        choices=[(minutes, str(minutes)) for minutes in MINUTES],
        coerce=int,
        initial=60,
    )
    note = remark_field()
    tell = forms.BooleanField(
        label=gettext_lazy("Tell the person"),
        help_text=gettext_lazy("By mail, or on the list of people to call."),
        required=False,
    )

    def prepare_fields(self):
        location, today = self.help_request.location, timezone.localdate(self.now)
        openings = load_calendars([location])[location.pk].next_openings(self.now, 3)
        self.fields["day"].help_text = _("Open: %(hours)s.") % {
            "hours": "; ".join(format_opening(opening, today) for opening in openings) or "–"
        }
        self.fields["tell"].initial = bool(self.help_request.email)
        self.fields["tell"].disabled = not (self.help_request.email or self.help_request.phone)

    def apply(self):
        data = self.cleaned_data
        at = datetime.combine(data["day"], data["time"], tzinfo=BRUSSELS)
        help_request = transitions.make_appointment(
            self.help_request,
            at=at,
            minutes=data["minutes"],
            note=data["note"],
            notify=data["tell"],
            user=self.user,
        )
        return self.message(
            _("Appointment of %(number)s: %(when)s."), when=describe_appointment(help_request)
        )


class ReferForm(TransitionForm):
    """Register the person for a workshop."""

    transition = Transition.REFER
    run = forms.TypedChoiceField(label=gettext_lazy("Which workshop?"), coerce=int)
    consent = forms.BooleanField(
        label=gettext_lazy("The person agrees to be registered"),
        error_messages={
            "required": gettext_lazy(
                "Ask first whether we may register this person, and tick that the answer is yes."
            )
        },
    )

    def prepare_fields(self):
        self.runs = {run.pk: run for run in self.open_runs()}
        choices = [(pk, self.run_label(run)) for pk, run in self.runs.items()]
        self.fields["run"].choices = [("", _("Choose…")), *choices]

    def open_runs(self):
        """Return the runs that are open for registration, those of the partnership first."""
        runs = (
            WorkshopRun.objects.published()
            .upcoming(self.now)
            .filter(entry=WorkshopRun.Entry.REGISTER)
            .exclude(status=WorkshopRun.Status.CANCELLED)
            .with_seat_counts()
            .select_related("page", "location")
        )
        open_runs = [run for run in runs[: 3 * MAX_RUNS] if run.is_open_for_registration(self.now)]
        partnership = self.help_request.location.partnership_id
        open_runs.sort(key=lambda run: run.location.partnership_id != partnership)
        return open_runs[:MAX_RUNS]

    def run_label(self, run):
        """Return the title, day, location and free seats of a run."""
        starts = run.starts_at.astimezone(BRUSSELS)
        free = run.free_seats
        seats = _("%(free)s free") % {"free": free} if free else _("full: waiting list")
        day = date_format(starts, "D j b")
        return f"{run.page.title} · {day}, {format_time(starts)} · {run.location.name} · {seats}"

    def apply(self):
        run = self.runs[self.cleaned_data["run"]]
        registration = transitions.refer_to_workshop(
            self.help_request, run, consent=self.cleaned_data["consent"], user=self.user
        )
        values = {"workshop": run.page.title, "turn": registration.position}
        if registration.position:
            return self.message(
                _("“%(workshop)s” is full. The person is on the waiting list, turn %(turn)s."),
                **values,
            )
        return self.message(_("The person has a place in “%(workshop)s”."), **values)


class HandOverForm(TransitionForm):
    """Hand the request over to another digipunt."""

    transition = Transition.HAND_OVER
    location = forms.ModelChoiceField(
        label=gettext_lazy("Which digipunt?"), queryset=None, empty_label=gettext_lazy("Choose…")
    )
    note = remark_field()

    def prepare_fields(self):
        others = (
            Location.objects.digipunten().not_withdrawn().exclude(pk=self.help_request.location_id)
        )
        self.fields["location"].queryset = others.order_by("name")

    def apply(self):
        location, note = self.cleaned_data["location"], self.cleaned_data["note"]
        transitions.hand_over_help_request(self.help_request, location, note=note, user=self.user)
        return self.message(_("%(number)s is with %(place)s now."), place=location.name)


class CloseForm(TransitionForm):
    """Close the request with an outcome."""

    transition = Transition.CLOSE
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=[(value, label) for value, label in Outcome.choices if value != Outcome.REFERRED],
        widget=forms.RadioSelect,
        initial=Outcome.HELPED,
    )
    note = remark_field(gettext_lazy("What was done"))
    tell = forms.BooleanField(label=gettext_lazy("Tell the person by mail"), required=False)

    def prepare_fields(self):
        self.fields["tell"].initial = bool(self.help_request.email)
        self.fields["tell"].disabled = not self.help_request.email

    def apply(self):
        data = self.cleaned_data
        transitions.close_help_request(
            self.help_request,
            outcome=data["outcome"],
            note=data["note"],
            notify=data["tell"],
            user=self.user,
        )
        return self.message(_("%(number)s is finished."))


class WithdrawForm(TransitionForm):
    """Withdraw the request."""

    transition = Transition.WITHDRAW
    note = remark_field(gettext_lazy("Why?"))

    def apply(self):
        transitions.withdraw_help_request(
            self.help_request, note=self.cleaned_data["note"], user=self.user
        )
        return self.message(_("%(number)s is withdrawn."))


class ReopenForm(TransitionForm):
    """Reopen a closed request."""

    transition = Transition.REOPEN
    note = remark_field(gettext_lazy("Why?"))

    def apply(self):
        transitions.reopen_help_request(
            self.help_request, note=self.cleaned_data["note"], user=self.user
        )
        return self.message(_("%(number)s is open again."))


FORMS = {form.transition: form for form in TransitionForm.__subclasses__()}
"""The form of each transition."""
