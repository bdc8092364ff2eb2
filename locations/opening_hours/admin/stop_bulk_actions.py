"""Bulk actions that cancel, reinstate and copy stops."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from home.core.admin.base import ScopedBulkAction
from locations.opening_hours.admin.stops import SEARCH_FIELDS, StopFilterSet
from locations.opening_hours.errors import HoursError
from locations.opening_hours.models import Stop
from locations.opening_hours.operations.stops import (
    MAX_TIMES,
    MAX_WEEKS,
    cancel_stops,
    copy_stops,
    reinstate_stops,
)
from locations.opening_hours.stop_text import format_stop_time

MAX_SELECTED = 200
MAX_WARNINGS = 10
"""How many skipped stops are listed one by one."""


class CancelStopsForm(forms.Form):
    """The reason of a cancellation."""

    reason = Stop._meta.get_field("cancelled_reason").formfield(
        required=True, label=_("Why?"), help_text=_("Visitors read this at once.")
    )


class CopyStopsForm(forms.Form):
    """How many weeks later and how many times stops are planned again."""

    weeks = forms.IntegerField(
        label=_("How many weeks later?"), initial=2, min_value=1, max_value=MAX_WEEKS
    )
    times = forms.IntegerField(
        label=_("How many times?"),
        initial=1,
        min_value=1,
        max_value=MAX_TIMES,
        help_text=_("2 weeks and 3 times: in two, in four and in six weeks."),
    )


class StopsBulkAction(ScopedBulkAction):
    """An operation on several stops."""

    models = [Stop]
    permission_required = "change"
    template_name = "locations/opening_hours/admin/stops/bulk.html"

    def get_actionable_objects(self):
        """Return the selected visible stops; "all" selects the listing with its filters."""
        selected = self.request.GET.getlist("id")
        stops = self.visible_rows().select_related("location")
        if "all" in selected:
            stops = self.filter_as_listed(stops, StopFilterSet, SEARCH_FIELDS)
        else:
            stops = stops.filter(pk__in=[pk for pk in selected if pk.isascii() and pk.isdecimal()])
        stops = self.limit_rows(stops.order_by("starts_at", "pk"), MAX_SELECTED)
        for stop in stops:
            stop.when = format_stop_time(stop)
        return stops, {"items_with_no_access": []}

    def get_context_data(self, **kwargs):
        """Add the title and icon."""
        return super().get_context_data(**kwargs) | {"title": self.display_name, "icon": self.icon}

    def get_execution_context(self):
        """Pass the action itself, for its request."""
        return super().get_execution_context() | {"action": self}

    @classmethod
    def execute_action(cls, objects, *, form, user, action, **kwargs):
        """Run the operation and warn about stops that were skipped."""
        try:
            result = cls.run(objects, user=user, **form.cleaned_data)
        except HoursError as error:
            messages.error(action.request, str(error))
            return 0, 0
        for sentence in result.skipped[:MAX_WARNINGS]:
            messages.warning(action.request, sentence)
        if len(result.skipped) > MAX_WARNINGS:
            text = _("And %(count)s more that were not changed.")
            count = len(result.skipped) - MAX_WARNINGS
            messages.warning(action.request, text % {"count": count})
        return len(result.changed), 0

    @classmethod
    def run(cls, stops, **kwargs):
        """Run the operation and return its StopsResult."""
        raise NotImplementedError

    def get_success_message(self, num_parent_objects, num_child_objects):
        """Return the message for the number of changed stops, or None without any."""
        if not num_parent_objects:
            return None
        return self.get_message(num_parent_objects) % {"count": num_parent_objects}

    def get_message(self, count):
        """Return the message for this number of stops, with a placeholder for the count."""
        raise NotImplementedError


class CancelStopsBulkAction(StopsBulkAction):
    """Cancel stops, with a reason."""

    display_name = _("Does not take place")
    aria_label = _("Cancel the selected stops")
    action_type = "cancel"
    icon = "cross"
    form_class = CancelStopsForm

    @classmethod
    def run(cls, stops, **kwargs):
        """Cancel the stops."""
        return cancel_stops(stops, **kwargs)

    def get_message(self, count):
        """Return the message for this number of stops."""
        return ngettext(
            "%(count)d stop does not take place. Visitors see it at once.",
            "%(count)d stops do not take place. Visitors see it at once.",
            count,
        )


class ReinstateStopsBulkAction(StopsBulkAction):
    """Let cancelled stops go ahead."""

    display_name = _("Goes ahead after all")
    aria_label = _("Reinstate the selected stops")
    action_type = "reinstate"
    icon = "rotate"

    @classmethod
    def run(cls, stops, **kwargs):
        """Reinstate the stops."""
        return reinstate_stops(stops, **kwargs)

    def get_message(self, count):
        """Return the message for this number of stops."""
        return ngettext(
            "%(count)d stop goes ahead after all. Visitors see it at once.",
            "%(count)d stops go ahead after all. Visitors see it at once.",
            count,
        )


class CopyStopsBulkAction(StopsBulkAction):
    """Plan stops again some weeks later."""

    display_name = _("Plan again later")
    aria_label = _("Plan the selected stops again some weeks later")
    action_type = "copy"
    permission_required = "add"
    icon = "copy"
    form_class = CopyStopsForm

    @classmethod
    def run(cls, stops, **kwargs):
        """Copy the stops."""
        return copy_stops(stops, **kwargs)

    def get_message(self, count):
        """Return the message for this number of stops."""
        return ngettext("%(count)d stop is new.", "%(count)d stops are new.", count)
