"""The workbench: a board with a column per state, the longest waiting device first."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.admin.base import BaseListingView, ScreenViewSet, StaffViewMixin
from lending.core.admin.viewsets import parse_pk
from lending.core.errors import LendingError
from lending.core.states import WORKBENCH_STATES, State, transitions_from
from lending.devices.admin.action_forms import TRANSITION_FORMS
from lending.devices.admin.actions import find_transition
from lending.devices.admin.filters import DEVICE_SEARCH_FIELDS, LocationAndTypeFilterSet
from lending.devices.models import Device
from lending.devices.operations.devices import transition_to

SESSION_KEY = "workbench_message"
MAX_CARDS = 60  # per column; the listing shows the others


class WorkbenchView(StaffViewMixin, BaseListingView):
    """A listing of Wagtail, of which only the results are a board."""

    template_name = "lending/devices/admin/workbench.html"
    results_template_name = "lending/devices/admin/workbench_results.html"
    index_url_name = "workbench:index"
    index_results_url_name = "workbench:results"
    page_title = gettext_lazy("Workbench")
    filterset_class = LocationAndTypeFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = DEVICE_SEARCH_FIELDS

    def get_base_queryset(self):
        return Device.objects.visible_to(self.request.user).on_workbench()

    def get_queryset(self):
        """Return no devices: each column of the board queries its own."""
        self.devices = super().get_queryset()
        return self.devices.none()

    def board(self):
        """Return the columns, with one query per column and one for the counts."""
        rows = self.devices.order_by().values_list("state").annotate(Count("pk"))
        counts = dict(rows)
        return [
            {
                "state": state,
                "heading": heading,
                "cards": self.cards(state) if counts.get(state) else [],
                "count": counts.get(state, 0),
                "more": max(0, counts.get(state, 0) - MAX_CARDS),
                "actions": self.actions(state),
            }
            for state, heading in WORKBENCH_STATES.items()
        ]

    def cards(self, state):
        return self.devices.filter(state=state).with_model()[:MAX_CARDS]

    def actions(self, state):
        """Return the reversible transitions that the user may make, with the URL of their form."""
        return [
            {
                "transition": transition,
                "form": TRANSITION_FORMS.get(transition.target) if transition.form else "",
            }
            for transition in transitions_from(state)
            if not transition.is_irreversible and self.user_has_permission(transition.permission)
        ]

    def get_context_data(self, **kwargs):
        tone, message = self.request.session.pop(SESSION_KEY, ("", ""))
        context = super().get_context_data(**kwargs)
        return context | {
            "board": self.board(),
            "tone": tone,
            "message": message,
        }

    def post(self, request):
        """Make a transition: each button of the board posts a device and a target."""
        pk, _colon, target = request.POST.get("move", "").partition(":")
        device = get_object_or_404(Device.objects.visible_to(request.user), pk=parse_pk(pk))
        try:
            self.make_transition(device, target)
            message = _("%(device)s is now “%(state)s”.") % {
                "device": device.number,
                "state": State(target).label,
            }
            request.session[SESSION_KEY] = ("good", message)
        except LendingError as error:
            request.session[SESSION_KEY] = ("bad", str(error))
        parameters = request.GET.copy()
        parameters.pop("_w_filter_fragment", None)  # Wagtail's mark on requests for results only
        query = parameters.urlencode()
        return redirect(reverse("workbench:index") + (f"?{query}" if query else ""))

    def make_transition(self, device, target):
        """Make a transition that the board offers, or raise LendingError."""
        transition = find_transition(device, target)
        if (
            transition is None
            or transition.form
            or transition.is_irreversible
            or device.state not in WORKBENCH_STATES
        ):
            raise LendingError(_("That step is no longer possible. Look again."))
        if not self.user_has_permission(transition.permission):
            raise LendingError(_("You may not do this step."))
        transition_to(device, transition.target, user=self.request.user)


class WorkbenchViewSet(ScreenViewSet):
    """Screen of the workbench."""

    model = Device
    permission_required = "process"
    name = "workbench"
    url_prefix = "werkbank"
    icon = "cogs"
    menu_label = gettext_lazy("Workbench")

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(WorkbenchView), name="index"),
            path("results/", self.construct_view(WorkbenchView, results_only=True), name="results"),
        ]
