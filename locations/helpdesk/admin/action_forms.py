"""The small forms of what can be done with a help request; each says what came of it."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.public_forms import PublicForm
from locations.core.formatting import format_time
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.colleagues import colleagues
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import help_requests, notifications
from locations.helpdesk.transitions import Move
from locations.opening_hours.engine.hours_text import format_opening
from locations.opening_hours.loading import load_calendars
from locations.places.models import Location
from locations.workshops.models import WorkshopRun

MOST_RUNS = 60
MINUTES = (15, 30, 45, 60, 90, 120)
Outcome = HelpRequest.Outcome


REMARK = gettext_lazy("Remark")


def remark(label=REMARK, *, required=False):
    return forms.CharField(
        label=label,
        max_length=600,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveForm(PublicForm):
    """A move without questions; others ask first."""

    move = None

    def __init__(self, data=None, *, request, user, now):
        super().__init__(data, prefix=str(self.move.value))
        self.request, self.user, self.now = request, user, now
        self.ask()

    def ask(self):
        """Fill in what can be chosen."""

    def do(self):
        """The move itself, and a sentence about what came of it."""
        raise NotImplementedError

    def said(self, sentence, **words):
        return sentence % {"number": self.request.number, **words}


class TakeForm(MoveForm):
    move = Move.TAKE

    def do(self):
        help_requests.take(self.request, user=self.user)
        return self.said(_("You follow %(number)s up."))


class AssignForm(MoveForm):
    move = Move.ASSIGN
    to = forms.ModelChoiceField(
        label=gettext_lazy("Who follows it up?"), queryset=None, empty_label=gettext_lazy("Choose…")
    )

    def ask(self):
        field = self.fields["to"]
        field.queryset = colleagues(self.request.location)
        field.label_from_instance = lambda one: one.get_full_name() or one.get_username()

    def do(self):
        to = self.cleaned_data["to"]
        help_requests.assign(self.request, to=to, user=self.user)
        who = to.get_full_name() or to.get_username()
        return self.said(_("%(who)s follows %(number)s up."), who=who)


class NoteForm(MoveForm):
    move = Move.NOTE
    text = remark(gettext_lazy("What your colleagues have to know"), required=True)

    def do(self):
        help_requests.note(self.request, self.cleaned_data["text"], user=self.user)
        return self.said(_("Your note stands with %(number)s."))


class AppointForm(MoveForm):
    move = Move.APPOINT
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=gettext_lazy("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How many minutes?"),
        choices=[(one, str(one)) for one in MINUTES],
        coerce=int,
        initial=60,
    )
    note = remark()
    tell = forms.BooleanField(
        label=gettext_lazy("Tell the person"),
        help_text=gettext_lazy("By mail, or on the list of people to call."),
        required=False,
    )

    def ask(self):
        place, today = self.request.location, timezone.localdate(self.now)
        coming = load_calendars([place])[place.pk].next_openings(self.now, 3)
        self.fields["day"].help_text = _("Open: %(hours)s.") % {
            "hours": "; ".join(format_opening(one, today) for one in coming) or "–"
        }
        self.fields["tell"].initial = bool(self.request.email)
        self.fields["tell"].disabled = not (self.request.email or self.request.phone)

    def do(self):
        data = self.cleaned_data
        at = datetime.combine(data["day"], data["time"], tzinfo=BRUSSELS)
        asked = help_requests.appoint(
            self.request,
            at=at,
            minutes=data["minutes"],
            note=data["note"],
            tell=data["tell"],
            user=self.user,
        )
        return self.said(_("Appointment of %(number)s: %(when)s."), when=notifications.when(asked))


class ReferForm(MoveForm):
    move = Move.REFER
    run = forms.TypedChoiceField(label=gettext_lazy("Which workshop?"), coerce=int)
    consent = forms.BooleanField(
        label=gettext_lazy("The person agrees to be registered"),
        error_messages={
            "required": gettext_lazy(
                "Ask first whether we may register this person, and tick that the answer is yes."
            )
        },
    )

    def ask(self):
        self.runs = {run.pk: run for run in self.open_runs()}
        chosen = [(pk, self.named(run)) for pk, run in self.runs.items()]
        self.fields["run"].choices = [("", _("Choose…")), *chosen]

    def open_runs(self):
        """Where one can register now, those of the own partnership first."""
        runs = (
            WorkshopRun.objects.published()
            .upcoming(self.now)
            .filter(entry=WorkshopRun.Entry.REGISTER)
            .exclude(status=WorkshopRun.Status.CANCELLED)
            .with_seat_counts()
            .select_related("page", "location")
        )
        found = [run for run in runs[: 3 * MOST_RUNS] if run.is_open_for_registration(self.now)]
        own = self.request.location.partnership_id
        found.sort(key=lambda run: run.location.partnership_id != own)
        return found[:MOST_RUNS]

    def named(self, run):
        starts = run.starts_at.astimezone(BRUSSELS)
        seats = (
            _("%(free)s free") % {"free": run.free_seats}
            if run.free_seats
            else _("full: waiting list")
        )
        day = date_format(starts, "D j b")
        return f"{run.page.title} · {day}, {format_time(starts)} · {run.location.name} · {seats}"

    def do(self):
        run = self.runs[self.cleaned_data["run"]]
        registration = help_requests.refer(
            self.request, run, consent=self.cleaned_data["consent"], user=self.user
        )
        facts = {"workshop": run.page.title, "turn": registration.position}
        if registration.position:
            return self.said(
                _("“%(workshop)s” is full. The person is on the waiting list, turn %(turn)s."),
                **facts,
            )
        return self.said(_("The person has a place in “%(workshop)s”."), **facts)


class HandOverForm(MoveForm):
    move = Move.HAND_OVER
    location = forms.ModelChoiceField(
        label=gettext_lazy("Which digipunt?"), queryset=None, empty_label=gettext_lazy("Choose…")
    )
    note = remark()

    def ask(self):
        others = Location.objects.digipunten().not_withdrawn().exclude(pk=self.request.location_id)
        self.fields["location"].queryset = others.order_by("name")

    def do(self):
        place = self.cleaned_data["location"]
        note = self.cleaned_data["note"]
        help_requests.hand_over(self.request, place, note=note, user=self.user)
        return self.said(_("%(number)s is with %(place)s now."), place=place.name)


class CloseForm(MoveForm):
    move = Move.CLOSE
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=[(one.value, one.label) for one in Outcome if one != Outcome.REFERRED],
        widget=forms.RadioSelect,
        initial=Outcome.HELPED,
    )
    note = remark(gettext_lazy("What was done"))
    tell = forms.BooleanField(label=gettext_lazy("Tell the person by mail"), required=False)

    def ask(self):
        self.fields["tell"].initial = bool(self.request.email)
        self.fields["tell"].disabled = not self.request.email

    def do(self):
        help_requests.close(self.request, user=self.user, **self.cleaned_data)
        return self.said(_("%(number)s is finished."))


class WithdrawForm(MoveForm):
    move = Move.WITHDRAW
    note = remark(gettext_lazy("Why?"))

    def do(self):
        help_requests.withdraw(self.request, note=self.cleaned_data["note"], user=self.user)
        return self.said(_("%(number)s is withdrawn."))


class ReopenForm(MoveForm):
    move = Move.REOPEN
    note = remark(gettext_lazy("Why?"))

    def do(self):
        help_requests.reopen(self.request, note=self.cleaned_data["note"], user=self.user)
        return self.said(_("%(number)s is open again."))


FORMS = {form.move: form for form in MoveForm.__subclasses__()}
