"""A workshop on a date as a form: where, when, for how many, and who is told when that changes."""

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
from locations.workshops.models import Attendance, WorkshopRun
from locations.workshops.operations import runs
from locations.workshops.run_warnings import overlaps, when


class LessonForm(WagtailAdminModelForm):
    starts_at = LocalDateTimeField(label=gettext_lazy("Starts"))
    ends_at = LocalDateTimeField(label=gettext_lazy("Ends"))


class LessonsFormSet(BaseChildFormSet):
    """Lessons of one run are given one after the other; what was noted of one is not lost."""

    def kept(self):
        return [
            form
            for form in self.forms
            if not form.errors and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def clean(self):
        super().clean()
        forms_of = {id(form.instance): form for form in self.kept()}
        for one, other in overlaps([form.instance for form in forms_of.values()]):
            text = _("This lesson overlaps with another one: %(when)s.") % {"when": when(one)}
            forms_of[id(other)].add_error("starts_at", ValidationError(text, code="overlap"))
        gone = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        noted = Attendance.objects.filter(session__in=gone).select_related("session").first()
        if noted:
            text = _("Of the lesson on %(when)s is noted who was there: it has to stay.")
            raise ValidationError(text % {"when": when(noted.session)})


class RunForm(WagtailAdminModelForm):
    """Saving goes through the operation, which tells people what is new."""

    registration_opens_at = LocalDateTimeField(
        label=gettext_lazy("Registration opens"),
        required=False,
        help_text=gettext_lazy("Empty: at once."),
    )
    registration_closes_at = LocalDateTimeField(
        label=gettext_lazy("Registration closes"),
        required=False,
        help_text=gettext_lazy("Empty: when the first lesson starts."),
    )
    told = forms.BooleanField(label=gettext_lazy("Yes, tell them what changes"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = runs.ToTell()
        if self.instance.pk and not self.instance.is_cancelled:
            self.people = runs.to_tell(self.instance)
        if not self.people.people:
            del self.fields["told"]
            return
        text = _("Only when you change a time or the place. They are %(count)s: %(how)s.")
        self.fields["told"].help_text = text % {"count": self.people.people, "how": self.people}

    def clean(self):
        data = super().clean()
        if self.instance.pk:
            self.keep_seats(data)
        if "told" in self.fields and not data.get("told") and self.is_news(data):
            text = _(
                "You change when or where this is. %(count)s people will be told: %(how)s. "
                "Tick this to save it."
            )
            said = {"count": self.people.people, "how": self.people}
            self.add_error("told", ValidationError(text % said, code="told"))
        return data

    def keep_seats(self, data):
        taken = self.instance.registrations.seated().count()
        if taken > (data.get("capacity") or taken):
            text = _("%(count)s people have a seat. Cancel or move somebody first.")
            self.add_error("capacity", ValidationError(text % {"count": taken}, code="seats"))
        if self.people.people and data.get("entry") == WorkshopRun.Entry.DROP_IN:
            text = _("%(count)s people have registered: it stays by registration.")
            self.add_error("entry", ValidationError(text % {"count": self.people.people}))

    def is_news(self, data):
        """Whether the time or the place is another one than those who registered know."""
        lessons = self.formsets["sessions"]
        if not lessons.is_valid() or not data.get("location"):
            return False
        now = timezone.now()
        hours = [
            (one.cleaned_data["starts_at"], one.cleaned_data["ends_at"]) for one in lessons.kept()
        ]
        before = runs.stored_when_and_where(self.instance, now)
        return bool(before[1]) and before != runs.when_and_where(data["location"].pk, hours, now)

    def save(self, commit=True):
        is_new = self.instance.pk is None
        run = super().save(commit=commit and is_new)
        if commit and not is_new:
            self.were_told = runs.move_run(run, user=self.for_user)
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
            formset=LessonsFormSet,
            line_form=LessonForm,
        ),
        MultiFieldPanel([FieldPanel("told")], heading=gettext_lazy("Who registered")),
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
