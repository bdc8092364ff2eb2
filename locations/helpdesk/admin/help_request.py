"""One help request: what was asked, what was done, and what can be done now."""

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
from locations.helpdesk.admin.action_forms import FORMS
from locations.helpdesk.appointment_ical import appointment
from locations.helpdesk.errors import HelpError
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import notifications
from locations.helpdesk.transitions import Move, moves
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
    Move.TAKE: "user",
    Move.ASSIGN: "group",
    Move.NOTE: "comment",
    Move.APPOINT: "date",
    Move.REFER: "form",
    Move.HAND_OVER: "arrow-right",
    Move.CLOSE: "check",
    Move.WITHDRAW: "cross",
    Move.REOPEN: "rotate",
}


class HelpRequestView(StaffViewMixin, TemplateView):
    template_name = "locations/helpdesk/admin/request.html"
    form = None  # of the move that was tried, and that was refused

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @cached_property
    def asked(self):
        rows = HelpRequest.objects.visible_to(self.request.user).select_related(
            *("topic", "location", "assignee", "visit", "created_by"),
            *("referred_to__run__page", "referred_to__run__location"),
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self):
        return self.asked.number

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("help_requests:index"), "label": _("Help requests")},
            {"url": "", "label": self.get_page_title()},
        ]

    def form_of(self, move, data=None):
        facts = {"request": self.asked, "user": self.request.user, "now": self.now}
        return FORMS[move](data, **facts)

    def get_context_data(self, **kwargs):
        asked = self.asked
        possible = moves(asked) if self.user_has_permission("change") else []
        referred = asked.referred_to
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "tone": TONES[State(asked.state)],
            "is_late": asked.is_late(timezone.localdate(self.now)),
            "when": notifications.when(asked) if asked.appointment_at else "",
            "waits": referred is not None and referred.state == Registration.State.WAITING,
            "messages_sent": Message.objects.filter(about=f"help_request:{asked.pk}")
            .only("subject", "channel", "state", "created_at")
            .order_by("created_at"),
            "events": asked.events.select_related("user").order_by("-at", "-pk"),
            "moves": [
                {
                    "move": move,
                    "icon": ICONS[move],
                    "form": self.form
                    if self.form and self.form.move == move
                    else self.form_of(move),
                }
                for move in possible
            ],
            "tried": self.form.move if self.form else None,
        }


@method_decorator(sensitive_post_parameters(), name="dispatch")
class MoveView(HelpRequestView):
    """Do one of the moves, by POST only; what is refused comes back with what was typed."""

    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            move = Move(request.POST.get("do", ""))
        except ValueError:
            messages.error(request, _("That step is no longer possible. Look again."))
            return redirect("help_requests:inspect", pk)
        if move not in moves(self.asked) and move != Move.TAKE:
            messages.error(request, _("That step is no longer possible. Look again."))
            return redirect("help_requests:inspect", pk)
        form = self.form_of(move, request.POST)
        if form.is_valid():
            try:
                messages.success(request, form.do())
            except (HelpError, WorkshopError) as error:
                form.add_error(None, str(error))
            else:
                return redirect(self.after(pk))
        self.form = form
        return self.render_to_response(self.get_context_data())

    def after(self, pk):
        """Back to the page, or to the list when it went to a place of others."""
        if HelpRequest.objects.visible_to(self.request.user).filter(pk=pk).exists():
            return reverse("help_requests:inspect", args=[pk])
        return reverse("help_requests:index")


class AppointmentView(HelpRequestView):
    """The appointment as a file for the calendar of who goes there."""

    def get(self, request, pk):
        if self.asked.appointment_at is None:
            messages.error(request, _("There is no appointment yet."))
            return redirect("help_requests:inspect", pk)
        response = HttpResponse(appointment(self.asked, self.now), content_type="text/calendar")
        name = f'attachment; filename="afspraak-{self.asked.number}.ics"'
        response["Content-Disposition"] = name
        return response
