"""Admin page of one help request, with its timeline and the forms of its transitions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin import messages

from home.core.admin.base import StaffViewMixin
from home.messages.models import Message
from locations.helpdesk.admin.transition_forms import FORMS
from locations.helpdesk.appointment_ical import appointment_ical
from locations.helpdesk.descriptions import describe_appointment
from locations.helpdesk.errors import HelpdeskError
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.state_machine import Transition, available_transitions
from locations.workshops.errors import WorkshopError
from locations.workshops.models import Registration

State = HelpRequest.State
TONES = {
    State.NEW: "wait",
    State.IN_PROGRESS: "busy",
    State.APPOINTMENT: "busy",
    State.DONE: "good",
    State.WITHDRAWN: "gone",
}
ICONS = {
    Transition.TAKE: "user",
    Transition.ASSIGN: "group",
    Transition.NOTE: "comment",
    Transition.APPOINT: "date",
    Transition.REFER: "form",
    Transition.HAND_OVER: "arrow-right",
    Transition.CLOSE: "check",
    Transition.WITHDRAW: "cross",
    Transition.REOPEN: "rotate",
}


class HelpRequestView(StaffViewMixin, TemplateView):
    """Page of one help request that the user may see."""

    template_name = "locations/helpdesk/admin/help_request.html"
    form = None  # the submitted form of a transition that was refused

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @cached_property
    def help_request(self):
        rows = HelpRequest.objects.visible_to(self.request.user).select_related(
            *("topic", "location", "assignee", "visit", "created_by"),
            *("referred_to__run__page", "referred_to__run__location"),
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self):
        return self.help_request.number

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("help_requests:index"), "label": _("Help requests")},
            {"url": "", "label": self.get_page_title()},
        ]

    def transition_form(self, transition, data=None):
        """Return the form of a transition, bound to `data` if that is given."""
        return FORMS[transition](
            data, help_request=self.help_request, user=self.request.user, now=self.now
        )

    def get_context_data(self, **kwargs):
        help_request = self.help_request
        may_change = self.user_has_permission("change")
        transitions = available_transitions(help_request) if may_change else []
        registration = help_request.referred_to
        return super().get_context_data(**kwargs) | {
            "help_request": help_request,
            "tone": TONES[State(help_request.state)],
            "is_late": help_request.is_late(timezone.localdate(self.now)),
            "when": describe_appointment(help_request) if help_request.appointment_at else "",
            "is_on_waiting_list": registration is not None
            and registration.state == Registration.State.WAITING,
            "messages_sent": Message.objects.filter(about=f"help_request:{help_request.pk}")
            .only("subject", "channel", "state", "created_at")
            .order_by("created_at"),
            "events": help_request.events.select_related("user").order_by("-at", "-pk"),
            "transitions": [
                {
                    "transition": transition,
                    "icon": ICONS[transition],
                    "form": self.form
                    if self.form and self.form.transition == transition
                    else self.transition_form(transition),
                }
                for transition in transitions
            ],
            "refused": self.form.transition if self.form else None,
        }


@method_decorator(sensitive_post_parameters(), name="dispatch")
class TransitionView(HelpRequestView):
    """Apply a transition; a refused one shows its form again with the error."""

    http_method_names = ["post"]

    def post(self, request, pk):
        transition = request.POST.get("do", "")
        allowed = {*available_transitions(self.help_request), Transition.TAKE}
        if transition not in allowed:
            messages.error(request, _("That step is no longer possible. Look again."))
            return redirect("help_requests:inspect", pk)
        form = self.transition_form(Transition(transition), request.POST)
        if form.is_valid():
            try:
                messages.success(request, form.apply())
            except (HelpdeskError, WorkshopError) as error:
                form.add_error(None, str(error))
            else:
                return redirect(self.get_success_url(pk))
        self.form = form
        return self.render_to_response(self.get_context_data())

    def get_success_url(self, pk):
        """Return the URL of the page, or of the list if the user may no longer see the request."""
        if HelpRequest.objects.visible_to(self.request.user).filter(pk=pk).exists():
            return reverse("help_requests:inspect", args=[pk])
        return reverse("help_requests:index")


class AppointmentICalView(HelpRequestView):
    """The appointment as an iCalendar file for staff."""

    def get(self, request, pk):
        if self.help_request.appointment_at is None:
            messages.error(request, _("There is no appointment yet."))
            return redirect("help_requests:inspect", pk)
        response = HttpResponse(
            appointment_ical(self.help_request, self.now), content_type="text/calendar"
        )
        filename = f"afspraak-{self.help_request.number}.ics"
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response
