"""The form of a run: where, when, how many seats, and a confirmation when people are notified."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from locations.core.admin.viewsets import FormSetInlinePanel
from locations.opening_hours.admin.datetime_field import LocalDateTimeField
from locations.workshops.formats import day_and_hours
from locations.workshops.models import Attendance, WorkshopRun
from locations.workshops.operations import runs
from locations.workshops.run_warnings import overlapping_sessions


class SessionForm(WagtailAdminModelForm):
    """A session with times that can be typed."""

    starts_at = LocalDateTimeField(label=gettext_lazy("Starts"))
    ends_at = LocalDateTimeField(label=gettext_lazy("Ends"))


class SessionsFormSet(BaseChildFormSet):
    """Sessions that do not overlap; one with recorded attendance cannot be deleted."""

    def remaining_forms(self):
        """Return the valid forms that are not deleted."""
        return [
            form
            for form in self.forms
            if not form.errors and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def clean(self):
        """Refuse sessions that overlap, and the deletion of recorded attendance."""
        super().clean()
        today = timezone.localdate()
        forms = {id(form.instance): form for form in self.remaining_forms()}
        for session, other in overlapping_sessions([form.instance for form in forms.values()]):
            text = _("This session overlaps with another one: %(when)s.")
            text %= {"when": day_and_hours(session, today)}
            forms[id(other)].add_error("starts_at", ValidationError(text, code="overlap"))
        deleted = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        rows = Attendance.objects.filter(session__in=deleted).select_related("session")
        if attendance := rows.first():
            text = _(
                "Attendance was recorded for the session on %(when)s, so it cannot be deleted."
            )
            raise ValidationError(text % {"when": day_and_hours(attendance.session, today)})


class RunForm(WagtailAdminModelForm):
    """A run; `update_run` saves it and notifies people."""

    registration_opens_at = LocalDateTimeField(
        label=gettext_lazy("Registration opens"),
        required=False,
        help_text=gettext_lazy("Empty: immediately."),
    )
    registration_closes_at = LocalDateTimeField(
        label=gettext_lazy("Registration closes"),
        required=False,
        help_text=gettext_lazy("Empty: when the first session starts."),
    )
    told = forms.BooleanField(label=gettext_lazy("Yes, notify them of the change"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.recipients = runs.RecipientCount()
        if self.instance.pk and not self.instance.is_cancelled:
            self.recipients = runs.count_recipients(self.instance)
        if not self.recipients.total:
            del self.fields["told"]
            return
        text = _("Only when you change a time or the location. They are %(count)s people: %(how)s.")
        details = {"count": self.recipients.total, "how": self.recipients}
        self.fields["told"].help_text = text % details

    def clean(self):
        """Require a confirmation when people are notified, and keep the seats that are taken."""
        data = super().clean()
        if self.instance.pk:
            self._keep_seats(data)
        if "told" in self.fields and not data.get("told") and self._is_moved(data):
            text = _(
                "You are changing the time or location. %(count)s people will be "
                "notified: %(how)s. Tick this to save the change."
            )
            details = {"count": self.recipients.total, "how": self.recipients}
            self.add_error("told", ValidationError(text % details, code="told"))
        return data

    def _keep_seats(self, data):
        taken = self.instance.registrations.seated().count()
        if taken > (data.get("capacity") or taken):
            text = _("%(count)s people have a seat. Cancel or move somebody first.")
            self.add_error("capacity", ValidationError(text % {"count": taken}, code="seats"))
        if self.recipients.total and data.get("entry") == WorkshopRun.Entry.DROP_IN:
            text = _("%(count)s people have registered, so registration stays required.")
            self.add_error("entry", ValidationError(text % {"count": self.recipients.total}))

    def _is_moved(self, data):
        """Return whether a time or the location differs from the stored ones."""
        formset = self.formsets["sessions"]
        if not formset.is_valid() or not data.get("location"):
            return False
        now = timezone.now()
        periods = [
            (form.cleaned_data["starts_at"], form.cleaned_data["ends_at"])
            for form in formset.remaining_forms()
        ]
        before = runs.stored_schedule(self.instance, now)
        return bool(before[1]) and before != runs.schedule(data["location"].pk, periods, now)

    def save(self, commit=True):
        """Save a new run; update an existing one, and keep how many people are notified."""
        is_new = self.instance.pk is None
        run = super().save(commit=commit and is_new)
        if commit and not is_new:
            self.notified = runs.update_run(run, user=self.for_user)
        return run


EDIT_HANDLER = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("page", widget=forms.Select),
                FieldRowPanel([FieldPanel("location"), FieldPanel("room")]),
                FieldPanel("teacher"),
            ],
            heading=gettext_lazy("What and where?"),
        ),
        FormSetInlinePanel(
            "sessions",
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("subject"),
            ],
            heading=gettext_lazy("Lessons"),
            label=gettext_lazy("Lesson"),
            min_num=1,
            formset=SessionsFormSet,
            line_form=SessionForm,
        ),
        MultiFieldPanel([FieldPanel("told")], heading=gettext_lazy("Registered people")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("entry")]),
                FieldRowPanel(
                    [FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]
                ),
            ],
            heading=gettext_lazy("Places"),
        ),
    ],
    base_form_class=RunForm,
)
