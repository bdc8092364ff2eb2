"""The planning of the bus and of mobile digipunten, in the admin."""

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import DateInput
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn

from locations.core.admin.viewsets import LocationsIndexView, LocationsModelViewSet
from locations.core.formatting import format_time_range
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.admin.recorded_views import (
    RecordedCreateView,
    RecordedDeleteView,
    RecordedEditView,
)
from locations.opening_hours.engine.hours_text import format_closure
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.opening_hours.operations import stops
from locations.places.access import locations_for
from locations.places.models import Location

SEARCHED = ["place", "address", "host", "location__name"]
DAY = DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("location"),
            FieldRowPanel([FieldPanel("place"), FieldPanel("host")]),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
        ],
        heading=gettext_lazy("Where?"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("note")],
        heading=gettext_lazy("When?"),
    ),
    MultiFieldPanel(
        [FieldPanel("cancelled_reason", help_text=gettext_lazy("Empty: the stop goes ahead."))],
        heading=gettext_lazy("Does it go ahead?"),
    ),
]


def moving(user):
    """The buses and the mobile digipunten that this person plans."""
    return locations_for(user).filter(kind__in=Location.MOVING_KINDS).order_by("name")


class StopForm(WagtailAdminModelForm):
    """A bus is in one place at a time, and a stop is over on the day on which it began."""

    def clean(self):
        data = super().clean()
        bus, start, end = data.get("location"), data.get("starts_at"), data.get("ends_at")
        if not (bus and start and end and start < end):
            return data
        if start.astimezone(BRUSSELS).date() != end.astimezone(BRUSSELS).date():
            text = _("A stop ends on the day on which it begins. Make two of it.")
            self.add_error("ends_at", ValidationError(text, code="over_midnight"))
        elif not data.get("cancelled_reason"):
            asked = Stop(pk=self.instance.pk, location=bus, starts_at=start, ends_at=end)
            if other := stops.conflicting_stop(asked):
                self.add_error("starts_at", ValidationError(str(stops.StopConflict(other))))
        return data

    def save(self, commit=True):
        """Looked at once more, now that nobody else can plan this bus."""
        if not self.instance.is_cancelled and (other := stops.conflicting_stop(self.instance)):
            raise stops.StopConflict(other)
        return super().save(commit)


class StopViewMixin:
    """A stop is of a bus or a mobile digipunt; an old one stays with its place, whatever kind."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        kept = Location.objects.filter(pk=form.instance.location_id)
        form.fields["location"].label = _("Bus or mobile digipunt")
        form.fields["location"].empty_label = _("Choose…")
        form.fields["location"].queryset = Location.objects.filter(
            Q(pk__in=moving(self.request.user).values("pk")) | Q(pk__in=kept.values("pk"))
        )
        return form

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except stops.StopConflict as error:  # planned by somebody else at the same moment
            form.add_error("starts_at", str(error))
            self.is_valid(form)  # which also says that something is wrong
            return self.form_invalid(form)

    def save_instance(self):
        """What is saved on a closed day is no mistake: the day may open yet. But it is said."""
        stop = super().save_instance()
        closure = load_calendars([stop.location])[stop.location_id].closure(
            stop.starts_at.astimezone(BRUSSELS).date()
        )
        if closure and not stop.is_cancelled:
            text = _("%(stop)s: falls on a closed day. %(closed)s.")
            said = {"stop": stops.format_stop(stop), "closed": format_closure(closure)}
            messages.warning(self.request, text % said)
        return stop


class StopCreateView(StopViewMixin, RecordedCreateView):
    pass


class StopEditView(StopViewMixin, RecordedEditView):
    pass


class StopFilterSet(WagtailFilterSet):
    """What is still to come, unless one asks for a period or for all."""

    location = django_filters.ModelChoiceFilter(
        queryset=lambda request: moving(request.user),
        label=gettext_lazy("Place"),
        empty_label=gettext_lazy("All"),
    )
    when = django_filters.ChoiceFilter(
        label=gettext_lazy("When"),
        choices=[("over", gettext_lazy("Over")), ("all", gettext_lazy("All"))],
        empty_label=gettext_lazy("Still to come"),
        method="leave",
    )
    first_day = django_filters.DateFilter(
        field_name="starts_at",
        lookup_expr="date__gte",
        label=gettext_lazy("From"),
        widget=DAY,
    )
    last_day = django_filters.DateFilter(
        field_name="starts_at",
        lookup_expr="date__lte",
        label=gettext_lazy("Up to and including"),
        widget=DAY,
    )
    host = django_filters.CharFilter(lookup_expr="icontains", label=gettext_lazy("Host"))
    goes = django_filters.ChoiceFilter(
        label=gettext_lazy("Goes ahead"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        empty_label=gettext_lazy("All"),
        method="goes_ahead",
    )

    class Meta:
        model = Stop
        fields = ["location", "when", "first_day", "last_day", "host", "goes"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        asked, now = self.form.cleaned_data, timezone.now()
        if asked.get("when") == "over":
            return queryset.filter(ends_at__lte=now)
        if asked.get("when") == "all" or asked.get("first_day") or asked.get("last_day"):
            return queryset
        return queryset.filter(ends_at__gt=now)

    def leave(self, queryset, name, value):
        return queryset

    def goes_ahead(self, queryset, name, value):
        return queryset.going_ahead() if value == "yes" else queryset.exclude(cancelled_reason="")


def shortly(stop):
    """In a list: wed 2 dec 2026, 9.30 to 11.30."""
    start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    return f"{date_format(start, 'D j b Y').lower()}, {format_time_range(start, end)}"


class StopIndexView(LocationsIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().order_by("starts_at", "pk")

    @cached_property
    def columns(self):
        columns = super().columns
        if self.may_change:
            columns = [BulkActionsCheckboxColumn("bulk_actions", obj_type="stop"), *columns]
        return columns

    @cached_property
    def may_change(self):
        return self.user_has_permission("change")

    @cached_property
    def calendars(self):
        return load_calendars(moving(self.request.user))

    def state(self, stop):
        """Whether it goes ahead; on a closed day it does not, though nobody cancelled it."""
        if stop.is_cancelled:
            return _("Does not take place: %(reason)s") % {"reason": stop.cancelled_reason}
        if stop.ends_at <= timezone.now():
            return _("Over")
        calendar = self.calendars.get(stop.location_id)
        closure = calendar and calendar.closure(stop.starts_at.astimezone(BRUSSELS).date())
        return format_closure(closure) if closure else _("Goes ahead")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        for stop in context["object_list"]:
            stop.when, stop.state = shortly(stop), self.state(stop)
        return context | {"with_bulk_actions": self.may_change}


class StopViewSet(LocationsModelViewSet):
    model = Stop
    icon = "arrow-right"
    menu_label = gettext_lazy("Stops")
    url_prefix = "haltes"
    index_view_class = StopIndexView
    index_template_name = "locations/opening_hours/admin/stops/index.html"
    index_results_template_name = "locations/opening_hours/admin/stops/results.html"
    add_view_class = StopCreateView
    edit_view_class = StopEditView
    delete_view_class = RecordedDeleteView
    filterset_class = StopFilterSet
    edit_handler = ObjectList(PANELS, base_form_class=StopForm)
    listed = [
        ("when", gettext_lazy("When"), "starts_at"),
        ("place", gettext_lazy("Stop"), "place"),
        ("state", gettext_lazy("Goes ahead?")),
        ("location", gettext_lazy("Place"), "location__name"),
        ("host", gettext_lazy("Host"), "host"),
    ]
    related = ("location",)
    default_ordering = "starts_at"
    search_fields = SEARCHED
    list_export = ["location", "place", "address", "host", "starts_at", "ends_at"]
    list_export += ["cancelled_reason", "note"]
    export_filename = "haltes"
    inspected = ["location", "place", "address", "host", "starts_at", "ends_at", "note"]
    inspected += ["cancelled_reason"]
