"""Planning of the stops of the bus and other mobile locations."""

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q
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
from locations.opening_hours.admin.hours_forms import DateInput
from locations.opening_hours.admin.recorded_views import (
    RecordedCreateView,
    RecordedDeleteView,
    RecordedEditView,
)
from locations.opening_hours.engine.hours_text import format_closure
from locations.opening_hours.errors import StopConflict
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.opening_hours.operations.stops import conflicting_stop
from locations.opening_hours.stop_text import format_stop
from locations.places.access import locations_for
from locations.places.models import Location

SEARCH_FIELDS = ["place", "address", "host", "location__name"]
FIELDS = ["location", "place", "address", "host", "starts_at", "ends_at"]
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


def mobile_locations(user):
    """Return the mobile locations that the user plans, by name."""
    return locations_for(user).filter(kind__in=Location.MOVING_KINDS).order_by("name")


class StopForm(WagtailAdminModelForm):
    """A stop, which ends on its day and does not overlap with another stop of the bus."""

    def clean(self):
        """Check the end and other stops of the bus."""
        data = super().clean()
        location, start, end = data.get("location"), data.get("starts_at"), data.get("ends_at")
        if not (location and start and end and start < end):
            return data
        if start.astimezone(BRUSSELS).date() != end.astimezone(BRUSSELS).date():
            text = _("A stop ends on the day on which it begins. Make two stops of it.")
            self.add_error("ends_at", ValidationError(text, code="over_midnight"))
        elif not data.get("cancelled_reason"):
            stop = Stop(pk=self.instance.pk, location=location, starts_at=start, ends_at=end)
            if other := conflicting_stop(stop):
                self.add_error("starts_at", ValidationError(str(StopConflict(other))))
        return data

    def save(self, commit=True):
        """Check for conflicts again now that the bus is locked."""
        if not self.instance.is_cancelled and (other := conflicting_stop(self.instance)):
            raise StopConflict(other)
        return super().save(commit)


class StopFormViewMixin:
    """Offer mobile locations, and show conflicts and closed days."""

    def get_form(self, *args, **kwargs):
        """Offer the user's mobile locations, and the current location whatever its kind."""
        form = super().get_form(*args, **kwargs)
        current = Location.objects.filter(pk=form.instance.location_id)
        form.fields["location"].label = _("Bus or mobile digipunt")
        form.fields["location"].empty_label = _("Choose…")
        form.fields["location"].queryset = Location.objects.filter(
            Q(pk__in=mobile_locations(self.request.user).values("pk"))
            | Q(pk__in=current.values("pk"))
        )
        return form

    def form_valid(self, form):
        """Show a conflict with a stop that was saved at the same moment as a form error."""
        try:
            return super().form_valid(form)
        except StopConflict as error:
            form.add_error("starts_at", str(error))
            self.is_valid(form)  # adds Wagtail's message that something is wrong
            return self.form_invalid(form)

    def save_instance(self):
        """Save the stop and warn if it falls on a closed day, which may still be reopened."""
        stop = super().save_instance()
        closure = load_calendars([stop.location])[stop.location_id].closure(
            stop.starts_at.astimezone(BRUSSELS).date()
        )
        if closure and not stop.is_cancelled:
            text = _("%(stop)s: falls on a closed day. %(closed)s.")
            values = {"stop": format_stop(stop), "closed": format_closure(closure)}
            messages.warning(self.request, text % values)
        return stop


class StopCreateView(StopFormViewMixin, RecordedCreateView):
    """Plan a stop."""


class StopEditView(StopFormViewMixin, RecordedEditView):
    """Edit a stop."""


class StopFilterSet(WagtailFilterSet):
    """Filters of stops; without a period only those that are not over."""

    location = django_filters.ModelChoiceFilter(
        queryset=lambda request: mobile_locations(request.user),
        label=gettext_lazy("Place"),
        empty_label=gettext_lazy("All"),
    )
    when = django_filters.ChoiceFilter(
        label=gettext_lazy("When"),
        choices=[("over", gettext_lazy("Over")), ("all", gettext_lazy("All"))],
        empty_label=gettext_lazy("Still to come"),
        method="filter_later",
    )
    first_day = django_filters.DateFilter(
        field_name="starts_at",
        lookup_expr="date__gte",
        label=gettext_lazy("From"),
        widget=DateInput,
    )
    last_day = django_filters.DateFilter(
        field_name="starts_at",
        lookup_expr="date__lte",
        label=gettext_lazy("Up to and including"),
        widget=DateInput,
    )
    host = django_filters.CharFilter(lookup_expr="icontains", label=gettext_lazy("Host"))
    goes = django_filters.ChoiceFilter(
        label=gettext_lazy("Goes ahead"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        empty_label=gettext_lazy("All"),
        method="filter_going_ahead",
    )

    class Meta:
        model = Stop
        fields = ["location", "when", "first_day", "last_day", "host", "goes"]

    def filter_queryset(self, queryset):
        """Apply `when` after the other filters, because its default depends on the period."""
        queryset = super().filter_queryset(queryset)
        values, now = self.form.cleaned_data, timezone.now()
        if values.get("when") == "over":
            return queryset.filter(ends_at__lte=now)
        if values.get("when") == "all" or values.get("first_day") or values.get("last_day"):
            return queryset
        return queryset.filter(ends_at__gt=now)

    def filter_later(self, queryset, name, value):
        """Leave `when` to filter_queryset."""
        return queryset

    def filter_going_ahead(self, queryset, name, value):
        """Return the stops that go ahead, or those that are cancelled."""
        return queryset.going_ahead() if value == "yes" else queryset.exclude(cancelled_reason="")


def format_short_stop_time(stop):
    """Return the day and the hours for a list: wed 2 dec 2026, 9.30 to 11.30."""
    start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    return f"{date_format(start, 'D j b Y').lower()}, {format_time_range(start, end)}"


class StopIndexView(LocationsIndexView):
    """List the stops with their time and state."""

    def get_base_queryset(self):
        """Return the stops, soonest first."""
        return super().get_base_queryset().order_by("starts_at", "pk")

    @cached_property
    def columns(self):
        """The columns, with checkboxes for users who may change stops."""
        columns = super().columns
        if self.may_change:
            columns = [BulkActionsCheckboxColumn("bulk_actions", obj_type="stop"), *columns]
        return columns

    @cached_property
    def may_change(self):
        """Whether the user may change stops."""
        return self.user_has_permission("change")

    @cached_property
    def calendars(self):
        """The calendars of the user's mobile locations."""
        return load_calendars(mobile_locations(self.request.user))

    def get_state(self, stop):
        """Return whether a stop goes ahead; on a closed day it does not."""
        if stop.is_cancelled:
            return _("Does not take place: %(reason)s") % {"reason": stop.cancelled_reason}
        if stop.ends_at <= timezone.now():
            return _("Over")
        calendar = self.calendars.get(stop.location_id)
        closure = calendar and calendar.closure(stop.starts_at.astimezone(BRUSSELS).date())
        return format_closure(closure) if closure else _("Goes ahead")

    def get_context_data(self, *args, **kwargs):
        """Add the time and state of each stop."""
        context = super().get_context_data(*args, **kwargs)
        for stop in context["object_list"]:
            stop.when, stop.state = format_short_stop_time(stop), self.get_state(stop)
        return context | {"with_bulk_actions": self.may_change}


class StopViewSet(LocationsModelViewSet):
    """Screens of stops."""

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
    search_fields = SEARCH_FIELDS
    list_export = [*FIELDS, "cancelled_reason", "note"]
    export_filename = "haltes"
    inspected = [*FIELDS, "note", "cancelled_reason"]
