"""What is done to one workshop on a date: it does not take place, it does after all, or again."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from home.core.admin.base import StaffViewMixin
from locations.core.formatting import format_time_range
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.admin.hours_forms import DateInput
from locations.workshops.errors import WorkshopError
from locations.workshops.models import WorkshopRun
from locations.workshops.operations import runs

TONES = {
    WorkshopRun.Status.PLANNED: "good",
    WorkshopRun.Status.MOVED: "busy",
    WorkshopRun.Status.CANCELLED: "bad",
}


def shortly(run):
    """In a list: thu 10 dec 2026, 13 to 15."""
    start, end = run.starts_at.astimezone(BRUSSELS), run.ends_at.astimezone(BRUSSELS)
    if run.lessons > 1:
        day = date_format(start, "D j b Y").lower()
        lessons = ngettext("%(n)s lesson", "%(n)s lessons", run.lessons) % {"n": run.lessons}
        return _("%(day)s, %(hours)s") % {"day": day, "hours": lessons}
    return f"{date_format(start, 'D j b Y').lower()}, {format_time_range(start, end)}"


class OfRun(StaffViewMixin):
    """A screen about one run that one may see."""

    @cached_property
    def run(self):
        mine = WorkshopRun.objects.visible_to(self.request.user).with_seats()
        return get_object_or_404(mine.select_related("page", "location"), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("workshoprun:index"), "label": _("Workshops on a date")},
            {"url": reverse("workshoprun:inspect", args=[self.run.pk]), "label": str(self.run)},
            {"url": "", "label": self.get_page_title()},
        ]


class RunDeedView(OfRun, FormView):
    """Asks once, and does it: GET shows what will happen, POST does it."""

    template_name = "locations/workshops/admin/runs/deed.html"

    def form_valid(self, form):
        try:
            text = self.do(form.cleaned_data)
        except WorkshopError as error:
            form.add_error(next(iter(form.fields), None), str(error))
            return self.form_invalid(form)
        messages.success(self.request, text)
        return redirect(self.get_back())

    def get_back(self):
        return reverse("workshoprun:inspect", args=[self.run.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "back": self.get_back(),
            "explanation": self.explanation(),
            "button": self.page_title,
            "is_harsh": False,
        }

    def do(self, asked):
        raise NotImplementedError

    def explanation(self):
        raise NotImplementedError


def told(count):
    if not count:
        return _("Nobody has to be told.")
    text = ngettext("%(count)s person will be told.", "%(count)s people will be told.", count)
    return text % {"count": count}


class CancelForm(forms.Form):
    reason = WorkshopRun._meta.get_field("cancelled_reason").formfield(
        required=True,
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Who registered and visitors read this at once."),
    )


class CancelView(RunDeedView):
    page_title = gettext_lazy("Does not take place")
    form_class = CancelForm

    def explanation(self):
        people = runs.to_tell(self.run)
        if not people.people:
            return [_("Nobody registered. Visitors see that it does not take place, and why.")]
        said = {"count": people.people, "how": people}
        return [
            _("%(count)s people will be told: %(how)s.") % said,
            _("Who has a place keeps it, so that you can move them to another date."),
            _("Who waits, or has to answer yet, is taken off the list."),
        ]

    def do(self, asked):
        count = runs.cancel_run(self.run, reason=asked["reason"], user=self.request.user)
        return _("It does not take place. %(told)s") % {"told": told(count)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"is_harsh": True}


class ReinstateView(RunDeedView):
    page_title = gettext_lazy("Goes ahead after all")
    form_class = forms.Form

    def explanation(self):
        people = runs.to_tell(self.run)
        if not people.people:
            return [_("Nobody kept a place. Visitors see that it goes ahead after all.")]
        said = {"count": people.people, "how": people}
        return [
            _(
                "%(count)s people kept their place: %(how)s. Who heard that it would not take "
                "place is told that it does."
            )
            % said,
            _("Who waited was taken off the list: call them if there is room."),
        ]

    def do(self, asked):
        count = runs.reinstate_run(self.run, user=self.request.user)
        return _("It goes ahead after all. %(told)s") % {"told": told(count)}


class AgainForm(forms.Form):
    first_day = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=DateInput,
        help_text=gettext_lazy(
            "The day of the first lesson. The hours stay; other lessons keep their distance."
        ),
    )


class AgainView(RunDeedView):
    page_title = gettext_lazy("Plan again")
    form_class = AgainForm

    def explanation(self):
        return [_("The same workshop, place, room and teacher on another day. Nobody is in it.")]

    def do(self, asked):
        self.copied = runs.copy_run(self.run, user=self.request.user, **asked)
        day = timezone.localdate(self.copied.starts_at)
        return _("Planned again, on %(day)s. Look whether everything is right.") % {
            "day": day.strftime("%d/%m/%Y")
        }

    def get_back(self):
        if not hasattr(self, "copied"):
            return super().get_back()
        name = "edit" if self.request.user.has_perm("locations.change_workshoprun") else "inspect"
        return reverse(f"workshoprun:{name}", args=[self.copied.pk])
