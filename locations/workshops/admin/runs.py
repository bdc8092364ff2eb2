"""Workshops on a date, in the admin: the list, the form, and one of them with what can be done."""

import django_filters
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
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
    AgainView,
    CancelView,
    ReinstateView,
    shortly,
)
from locations.workshops.admin.run_form import EDIT_HANDLER
from locations.workshops.errors import WorkshopError
from locations.workshops.models import WorkshopRun
from locations.workshops.operations import attendance, registrations
from locations.workshops.run_warnings import remarks, when


class WorkshopRunFilterSet(WagtailFilterSet):
    """What is still to come, unless one asks for what is over, or for all."""

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
        method="leave",
    )

    class Meta:
        model = WorkshopRun
        fields = ["location", "status", "topic", "when"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        asked, now = self.form.cleaned_data.get("when"), timezone.now()
        if asked == "over":
            return queryset.filter(ends_at__lte=now)
        return queryset if asked == "all" else queryset.filter(ends_at__gt=now)

    def leave(self, queryset, name, value):
        return queryset


class StatusColumn(Column):
    cell_template_name = "locations/workshops/admin/runs/status_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"run": instance, "tone": TONES[instance.status]}


class SeatsColumn(Column):
    """How many of the seats are taken; for who may, a link to who has them."""

    cell_template_name = "locations/workshops/admin/runs/seats_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        may_see = parent_context["request"].user.has_perm("locations.register_workshoprun")
        return context | {"run": instance, "may_see_people": may_see}


class WorkshopRunIndexView(LocationsIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().with_seats().order_by("starts_at", "pk")

    @cached_property
    def columns(self):
        what, date, place = super().columns
        return [
            what,
            date,
            place,
            SeatsColumn("taken", label=gettext_lazy("Taken"), sort_key="taken"),
            Column("waiting", label=gettext_lazy("Waiting"), sort_key="waiting"),
            StatusColumn("status", label=gettext_lazy("Status"), sort_key="status"),
        ]

    def get_edit_url_or_inspect(self, instance):
        return self.get_inspect_url(instance)

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        for run in context["object_list"]:
            run.when = shortly(run)
        return context


class SaysRemarks:
    """What is odd is saved all the same, and said; what somebody else changed just now, is not."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except WorkshopError as error:
            form.add_error("capacity", str(error))
        self.is_valid(form)  # which also says that something is wrong
        return self.form_invalid(form)

    def save_instance(self):
        run = super().save_instance()
        if told := getattr(self.form, "were_told", 0):
            text = ngettext(
                "%(count)s person will be told.", "%(count)s people will be told.", told
            )
            messages.info(self.request, text % {"count": told})
        for sentence in remarks(run):
            messages.warning(self.request, sentence)
        return run


class WorkshopRunCreateView(SaysRemarks, ScopedCreateView):
    pass


class WorkshopRunEditView(SaysRemarks, ScopedEditView):
    pass


class WorkshopRunDeleteView(ScopedDeleteView):
    """A run that somebody registered for stays: it is cancelled, with a reason."""

    def dispatch(self, request, *args, **kwargs):
        run = WorkshopRun.objects.visible_to(request.user).filter(pk=kwargs["pk"]).first()
        if run and run.registrations.exists():
            text = _("Somebody registered for this, so it is not deleted. Cancel it with a reason.")
            messages.error(request, text)
            return redirect("workshoprun:inspect", run.pk)
        return super().dispatch(request, *args, **kwargs)


class WorkshopRunInspectView(ScopedInspectView):
    def get_object(self, *args, **kwargs):
        super().get_object(*args, **kwargs)
        rows = WorkshopRun.objects.visible_to(self.request.user).with_seats()
        return rows.select_related("page__topic", "location").get(pk=self.kwargs["pk"])

    def get_fields_context(self):
        return []

    @cached_property
    def header_more_buttons(self):
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
        run, now, user = self.object, timezone.now(), self.request.user
        today = timezone.localdate(now)
        sees_people = user.has_perm("locations.register_workshoprun")
        may_add = user.has_perm("locations.add_registration") and not sees_people
        return super().get_context_data(**kwargs) | {
            "run": run,
            "tone": TONES[run.status],
            "remarks": remarks(run, now),
            "lessons": [
                {
                    "lesson": one,
                    "when": when(one, today),
                    "is_now": timezone.localdate(one.starts_at) <= today,
                    "takes_place": attendance.takes_place(one),
                }
                for one in run.sessions.all()
            ],
            "may_attend": user.has_perm("locations.attend_workshoprun"),
            "may_register": sees_people,
            "may_add": may_add and not registrations.refusal(run, now, staff=True),
        }


class WorkshopRunViewSet(LocationsModelViewSet):
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
    list_export = ["page", "location", "room", "starts_at", "ends_at", "lessons", "capacity"]
    list_export += ["taken", "waiting", "get_status_display", "cancelled_reason"]
    export_headings = {
        "get_status_display": gettext_lazy("Status"),
        "taken": gettext_lazy("Taken"),
        "waiting": gettext_lazy("Waiting"),
    }
    export_filename = "workshops"

    def get_urlpatterns(self):
        may_change = {"permission_required": "change"}
        deeds = {
            "cancel": self.construct_view(CancelView, **may_change),
            "reinstate": self.construct_view(ReinstateView, **may_change),
            "again": self.construct_view(AgainView, permission_required="add"),
        }
        return [
            *super().get_urlpatterns(),
            *(path(f"{name}/<int:pk>/", view, name=name) for name, view in deeds.items()),
            *participants.patterns(self),
        ]
