"""Screens that cancel, reinstate or copy a run."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from home.core.admin.base import StaffViewMixin
from locations.opening_hours.admin.hours_forms import DateInput
from locations.workshops.errors import WorkshopError
from locations.workshops.models import WorkshopRun
from locations.workshops.operations import runs

TONES = {
    WorkshopRun.Status.PLANNED: "good",
    WorkshopRun.Status.MOVED: "busy",
    WorkshopRun.Status.CANCELLED: "bad",
}


class RunViewMixin(StaffViewMixin):
    """A staff screen about one run that the user can see."""

    @cached_property
    def run(self):
        """The run in the URL."""
        runs = WorkshopRun.objects.visible_to(self.request.user).with_seat_counts()
        return get_object_or_404(runs.select_related("page", "location"), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        """Return the path from the list of runs to this screen."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("workshoprun:index"), "label": _("Workshops on a date")},
            {"url": reverse("workshoprun:inspect", args=[self.run.pk]), "label": str(self.run)},
            {"url": "", "label": self.get_page_title()},
        ]


class RunActionView(RunViewMixin, FormView):
    """A confirmation: GET explains the consequences, POST performs the action."""

    template_name = "locations/workshops/admin/runs/action.html"

    def form_valid(self, form):
        """Perform the action and show its result, or show the error on the form."""
        try:
            text = self.perform(form.cleaned_data)
        except WorkshopError as error:
            form.add_error(next(iter(form.fields), None), str(error))
            return self.form_invalid(form)
        messages.success(self.request, text)
        return redirect(self.get_success_url())

    def get_success_url(self):
        """Return the URL of the run."""
        return reverse("workshoprun:inspect", args=[self.run.pk])

    def get_context_data(self, **kwargs):
        """Add the run, the explanation and the label of the button."""
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "back": self.get_success_url(),
            "explanation": self.explanation(),
            "button": self.page_title,
            "is_harsh": False,
        }

    def perform(self, data):
        """Perform the action and return a message about it."""
        raise NotImplementedError

    def explanation(self):
        """Return sentences about the consequences."""
        raise NotImplementedError


def notified_sentence(count):
    """Return how many people will be notified, as a sentence."""
    if not count:
        return _("Nobody has to be notified.")
    text = ngettext(
        "%(count)s person will be notified.", "%(count)s people will be notified.", count
    )
    return text % {"count": count}


class CancelRunForm(forms.Form):
    """The reason, which visitors can read."""

    reason = WorkshopRun._meta.get_field("cancelled_reason").formfield(
        required=True,
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Registered people and visitors see this immediately."),
    )


class CancelRunView(RunActionView):
    """Cancel a run with a reason."""

    page_title = gettext_lazy("Does not take place")
    form_class = CancelRunForm

    def explanation(self):
        """Return who is notified, and what happens to seats and the waiting list."""
        recipients = runs.count_recipients(self.run)
        if not recipients.total:
            return [_("Nobody registered. Visitors see that it does not take place, and why.")]
        details = {"count": recipients.total, "how": recipients}
        return [
            _("%(count)s people will be notified: %(how)s.") % details,
            _("People with a seat keep it, so that you can move them to another date."),
            _("People who wait or have an open offer are taken off the list."),
        ]

    def perform(self, data):
        """Cancel the run."""
        count = runs.cancel_run(self.run, reason=data["reason"], user=self.request.user)
        return _("The workshop is cancelled. %(told)s") % {"told": notified_sentence(count)}

    def get_context_data(self, **kwargs):
        """Mark the action as destructive."""
        return super().get_context_data(**kwargs) | {"is_harsh": True}


class ReinstateRunView(RunActionView):
    """Withdraw the cancellation of a run."""

    page_title = gettext_lazy("Goes ahead after all")
    form_class = forms.Form

    def explanation(self):
        """Return who kept a seat and is notified."""
        recipients = runs.count_recipients(self.run)
        if not recipients.total:
            return [_("Nobody kept a seat. Visitors see that it takes place after all.")]
        details = {"count": recipients.total, "how": recipients}
        return [
            _(
                "%(count)s people kept their seat: %(how)s. Those who heard of "
                "the cancellation are told that it takes place."
            )
            % details,
            _("Waiting people were taken off the list: call them if there is room."),
        ]

    def perform(self, data):
        """Reinstate the run."""
        count = runs.reinstate_run(self.run, user=self.request.user)
        return _("The workshop takes place after all. %(told)s") % {
            "told": notified_sentence(count)
        }


class CopyRunForm(forms.Form):
    """The day of the first session of the copy."""

    first_day = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=DateInput,
        help_text=gettext_lazy(
            "The day of the first session. The hours stay the same, and other sessions shift along."
        ),
    )


class CopyRunView(RunActionView):
    """Plan a run again on another day."""

    page_title = gettext_lazy("Plan again")
    form_class = CopyRunForm

    def explanation(self):
        """Return what is copied."""
        return [
            _(
                "The same workshop, location, room and teacher on another day, "
                "without registrations."
            )
        ]

    def perform(self, data):
        """Copy the run."""
        self.copy = runs.copy_run(self.run, user=self.request.user, **data)
        day = timezone.localdate(self.copy.starts_at)
        return _("Planned again on %(day)s. Check whether everything is right.") % {
            "day": day.strftime("%d/%m/%Y")
        }

    def get_success_url(self):
        """Return the URL of the copy, or of the run as long as there is none."""
        if not hasattr(self, "copy"):
            return super().get_success_url()
        name = "edit" if self.request.user.has_perm("locations.change_workshoprun") else "inspect"
        return reverse(f"workshoprun:{name}", args=[self.copy.pk])
