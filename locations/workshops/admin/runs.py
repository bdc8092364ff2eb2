"""Runs in the admin: the list, the form, and the page of one run."""

import django_filters
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from home.core.admin.base import (
    Button,
    ScopedCreateView,
    ScopedDeleteView,
    ScopedEditView,
    ScopedInspectView,
)
from locations.core.admin.viewsets import LocationsIndexView, LocationsModelViewSet
from locations.core.models import Topic
from locations.places.admin.filters import visible_locations
from locations.workshops.admin import participants
from locations.workshops.admin.run_actions import (
    TONES,
    CancelRunView,
    CopyRunView,
    ReinstateRunView,
    notified_sentence,
)
from locations.workshops.admin.run_form import EDIT_HANDLER
from locations.workshops.errors import WorkshopError
from locations.workshops.formats import day_and_hours, run_summary
from locations.workshops.models import WorkshopRun
from locations.workshops.operations import attendance
from locations.workshops.operations.registrations import registration_refusal
from locations.workshops.run_warnings import run_warnings


class WorkshopRunFilterSet(WagtailFilterSet):
    """Filters of the list of runs; by default it shows runs that are not over."""

    location = django_filters.ModelChoiceFilter(
        queryset=visible_locations, label=gettext_lazy("Place"), empty_label=gettext_lazy("All")
    )
    topic = django_filters.ModelChoiceFilter(
        field_name="page__topic",
        queryset=Topic.objects.all(),
        label=gettext_lazy("Topic"),
        empty_label=gettext_lazy("All"),
    )
    when = django_filters.ChoiceFilter(
        label=gettext_lazy("When"),
        choices=[("over", gettext_lazy("Over")), ("all", gettext_lazy("All"))],
        empty_label=gettext_lazy("Still to come"),
        method="keep_all",
    )

    class Meta:
        model = WorkshopRun
        fields = ["location", "status", "topic", "when"]

    def filter_queryset(self, queryset):
        """Filter by time last: an empty choice means runs that are not over."""
        queryset = super().filter_queryset(queryset)
        when, now = self.form.cleaned_data.get("when"), timezone.now()
        if when == "over":
            return queryset.filter(ends_at__lte=now)
        return queryset if when == "all" else queryset.filter(ends_at__gt=now)

    def keep_all(self, queryset, name, value):
        """Leave the queryset to `filter_queryset`."""
        return queryset


class RunStatusColumn(Column):
    """The status of a run as a coloured label."""

    cell_template_name = "locations/workshops/admin/runs/status_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Add the run and the colour."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"run": instance, "tone": TONES[instance.status]}


class SeatsColumn(Column):
    """How many seats are taken, with a link to the participants for users who can see them."""

    cell_template_name = "locations/workshops/admin/runs/seats_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Add the run and whether the user can see the participants."""
        context = super().get_cell_context_data(instance, parent_context)
        may_see = parent_context["request"].user.has_perm("locations.register_workshoprun")
        return context | {"run": instance, "may_see_people": may_see}


class WorkshopRunIndexView(LocationsIndexView):
    """The list of runs with their seats."""

    def get_base_queryset(self):
        """Add the seat counts."""
        return super().get_base_queryset().with_seat_counts().order_by("starts_at", "pk")

    @cached_property
    def columns(self):
        """Seats and status, after the columns of the viewset."""
        return [
            *super().columns,
            SeatsColumn("taken", label=gettext_lazy("Taken"), sort_key="taken"),
            Column("waiting", label=gettext_lazy("Waiting"), sort_key="waiting"),
            RunStatusColumn("status", label=gettext_lazy("Status"), sort_key="status"),
        ]

    def get_edit_or_inspect_url(self, instance):
        """Return the URL of the page of a run."""
        return self.get_inspect_url(instance)

    def get_context_data(self, *args, **kwargs):
        """Add the time of each run as text."""
        context = super().get_context_data(*args, **kwargs)
        for run in context["object_list"]:
            run.when = run_summary(run)
        return context


class SaveRunMixin:
    """Show warnings after saving, and refuse a change that came too late."""

    def form_valid(self, form):
        """Show a refused operation as an error on the form."""
        try:
            return super().form_valid(form)
        except WorkshopError as error:
            form.add_error("capacity", str(error))
        self.is_valid(form)  # adds the message that the form has errors
        return self.form_invalid(form)

    def save_instance(self):
        """Save, and show how many people are notified and what may be wrong."""
        run = super().save_instance()
        if count := getattr(self.form, "notified", 0):
            messages.info(self.request, notified_sentence(count))
        for sentence in run_warnings(run):
            messages.warning(self.request, sentence)
        return run


class WorkshopRunCreateView(SaveRunMixin, ScopedCreateView):
    """Plan a run."""


class WorkshopRunEditView(SaveRunMixin, ScopedEditView):
    """Change a run."""


class WorkshopRunDeleteView(ScopedDeleteView):
    """Delete a run without registrations; others can only be cancelled."""

    def dispatch(self, request, *args, **kwargs):
        """Redirect to the run when it has registrations."""
        run = WorkshopRun.objects.visible_to(request.user).filter(pk=kwargs["pk"]).first()
        if run and run.registrations.exists():
            text = _(
                "People are registered for this workshop, so you cannot delete "
                "it. Cancel it with a reason."
            )
            messages.error(request, text)
            return redirect("workshoprun:inspect", run.pk)
        return super().dispatch(request, *args, **kwargs)


class WorkshopRunInspectView(ScopedInspectView):
    """The page of one run: its sessions, warnings and actions."""

    def get_object(self, *args, **kwargs):
        """Return the run with its seat counts."""
        super().get_object(*args, **kwargs)
        runs = WorkshopRun.objects.visible_to(self.request.user).with_seat_counts()
        return runs.select_related("page__topic", "location").get(pk=self.kwargs["pk"])

    def get_fields_context(self):
        """Return no fields: the template shows what matters."""
        return []

    @cached_property
    def header_more_buttons(self):
        """The actions that the user can perform on this run."""
        run, user = self.object, self.request.user
        buttons = []
        if user.has_perm("locations.register_workshoprun"):
            url = reverse("workshoprun:participants", args=[run.pk])
            buttons.append(Button(_("Participants"), url, icon_name="group", priority=5))
        if user.has_perm("locations.add_workshoprun"):
            url = reverse("workshoprun:again", args=[run.pk])
            buttons.append(Button(_("Plan again"), url, icon_name="copy", priority=30))
        if user.has_perm("locations.change_workshoprun") and run.ends_at > timezone.now():
            name, label = ("reinstate", _("Goes ahead after all"))
            if not run.is_cancelled:
                name, label = ("cancel", _("Does not take place"))
            url = reverse(f"workshoprun:{name}", args=[run.pk])
            buttons.append(Button(label, url, icon_name="calendar-alt", priority=40))
        return [*super().header_more_buttons, *buttons]

    def get_context_data(self, **kwargs):
        """Add the sessions, the warnings and what the user may do."""
        run, now, user = self.object, timezone.now(), self.request.user
        today = timezone.localdate(now)
        may_see_people = user.has_perm("locations.register_workshoprun")
        may_add = user.has_perm("locations.add_registration") and not may_see_people
        return super().get_context_data(**kwargs) | {
            "run": run,
            "tone": TONES[run.status],
            "remarks": run_warnings(run, now),
            "lessons": [
                {
                    "lesson": session,
                    "when": day_and_hours(session, today),
                    "is_now": timezone.localdate(session.starts_at) <= today,
                    "takes_place": attendance.takes_place(session),
                }
                for session in run.sessions.all()
            ],
            "may_attend": user.has_perm("locations.attend_workshoprun"),
            "may_register": may_see_people,
            "may_add": may_add and not registration_refusal(run, now, staff=True),
        }


class WorkshopRunViewSet(LocationsModelViewSet):
    """Runs in the admin, with the screens about their participants."""

    model = WorkshopRun
    icon = "date"
    menu_label = gettext_lazy("Workshops on a date")
    url_prefix = "workshops-op-datum"
    filterset_class = WorkshopRunFilterSet
    index_view_class = WorkshopRunIndexView
    index_results_template_name = "locations/opening_hours/admin/stops/results.html"
    add_view_class = WorkshopRunCreateView
    edit_view_class = WorkshopRunEditView
    delete_view_class = WorkshopRunDeleteView
    inspect_view_class = WorkshopRunInspectView
    inspect_template_name = "locations/workshops/admin/runs/inspect.html"
    edit_handler = EDIT_HANDLER
    listed = [
        ("page", gettext_lazy("Workshop"), "page__title"),
        ("when", gettext_lazy("When"), "starts_at"),
        ("location", gettext_lazy("Place"), "location__name"),
    ]
    related = ("page", "location")
    default_ordering = "starts_at"
    search_fields = ["page__title", "location__name", "teacher", "room"]
    list_export = ["page", "location", "room", "starts_at", "ends_at", "session_count", "capacity"]
    list_export += ["taken", "waiting", "get_status_display", "cancelled_reason"]
    export_headings = {
        "get_status_display": gettext_lazy("Status"),
        "taken": gettext_lazy("Taken"),
        "waiting": gettext_lazy("Waiting"),
    }
    export_filename = "workshops"

    def get_urlpatterns(self):
        """Add the actions and the screens about participants."""
        may_change = {"permission_required": "change"}
        actions = {
            "cancel": self.construct_view(CancelRunView, **may_change),
            "reinstate": self.construct_view(ReinstateRunView, **may_change),
            "again": self.construct_view(CopyRunView, permission_required="add"),
        }
        return [
            *super().get_urlpatterns(),
            *(path(f"{name}/<int:pk>/", view, name=name) for name, view in actions.items()),
            *participants.participant_urls(self),
        ]
