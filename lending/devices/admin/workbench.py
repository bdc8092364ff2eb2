"""The workbench: one column per state, oldest first."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.admin.base import BaseListingView, ScreenViewSet, StaffViewMixin
from lending.core.admin.viewsets import parse_pk
from lending.core.errors import LendingError
from lending.core.states import WORKBENCH_STATES, State, transitions_from
from lending.devices.admin.action_forms import FORMS
from lending.devices.admin.filters import LocationAndTypeFilterSet
from lending.devices.models import Device
from lending.devices.operations.devices import transition_to

SAID = "workbench_said"

# More cards than anyone looks at; the listing holds the rest.
MOST_CARDS = 60


class WorkbenchView(StaffViewMixin, BaseListingView):
    """Search, filters and their pills are Wagtail's; only the results are ours."""

    template_name = "lending/devices/admin/workbench.html"
    results_template_name = "lending/devices/admin/workbench_results.html"
    index_url_name = "workbench:index"
    index_results_url_name = "workbench:results"
    page_title = gettext_lazy("Workbench")
    filterset_class = LocationAndTypeFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["number", "serial", "model__brand", "model__name"]

    def get_base_queryset(self):
        return Device.objects.visible_to(self.request.user).on_the_workbench()

    def get_queryset(self):
        """Nothing is listed as such: the columns ask for their own cards."""
        self.devices = super().get_queryset()
        return self.devices.none()

    def columns_of_the_board(self):
        """One query per column and one for the counts, however many devices there are."""
        counts = self.devices.order_by().values("state").annotate(number=Count("pk"))
        numbers = {row["state"]: row["number"] for row in counts}
        return [
            {
                "state": state,
                "heading": heading,
                "cards": self.cards(state) if numbers.get(state) else [],
                "count": numbers.get(state, 0),
                "more": max(0, numbers.get(state, 0) - MOST_CARDS),
                "moves": self.moves(state),
            }
            for state, heading in WORKBENCH_STATES.items()
        ]

    def cards(self, state):
        return self.devices.filter(state=state).with_model()[:MOST_CARDS]

    def moves(self, state):
        """A move that can not be undone stays off the board; some need a form."""
        return [
            {"move": move, "form": FORMS.get(move.target) if move.form else ""}
            for move in transitions_from(state)
            if not move.is_irreversible and self.user_has_permission(move.permission)
        ]

    def get_context_data(self, **kwargs):
        said = self.request.session.pop(SAID, ("", ""))
        context = super().get_context_data(**kwargs)
        return context | {
            "board": self.columns_of_the_board(),
            "tone": said[0],
            "sentence": said[1],
        }

    def post(self, request):
        """The whole board is one form; each button says which card goes where."""
        pk, _colon, target = request.POST.get("move", "").partition(":")
        device = get_object_or_404(Device.objects.visible_to(request.user), pk=parse_pk(pk))
        try:
            self.move(device, target)
            sentence = _("%(device)s is now “%(state)s”.") % {
                "device": device.number,
                "state": State(target).label,
            }
            request.session[SAID] = ("good", sentence)
        except LendingError as error:
            request.session[SAID] = ("bad", str(error))
        kept = request.GET.copy()
        kept.pop("_w_filter_fragment", None)  # Wagtail's own mark on requests for results only.
        query = kept.urlencode()
        return redirect(reverse("workbench:index") + (f"?{query}" if query else ""))

    def move(self, device, target):
        move = next((move for move in device.transitions() if move.target == target), None)
        if (
            move is None
            or move.form
            or move.is_irreversible
            or device.state not in WORKBENCH_STATES
        ):
            raise LendingError(_("That step is no longer possible. Look again."))
        if not self.user_has_permission(move.permission):
            raise LendingError(_("You may not do this step."))
        transition_to(device, move.target, user=self.request.user)


class WorkbenchViewSet(ScreenViewSet):
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
