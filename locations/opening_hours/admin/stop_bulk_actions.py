"""What can be done with many stops at once, and only with those that one may see."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from home.core.admin.base import ScopedBulkAction
from locations.opening_hours.admin.stops import SEARCHED, StopFilterSet
from locations.opening_hours.models import Stop
from locations.opening_hours.operations import stops
from locations.opening_hours.operations.stops import format_stop_time

MOST = 200
"""More in one go is a mistake rather than a planning."""
SAID = 10
"""So many stops that were left alone are named one by one."""


class CancelForm(forms.Form):
    reason = Stop._meta.get_field("cancelled_reason").formfield(
        required=True, label=_("Why?"), help_text=_("Visitors read this at once.")
    )


class CopyForm(forms.Form):
    weeks = forms.IntegerField(
        label=_("How many weeks later?"), initial=2, min_value=1, max_value=2 * stops.MAX_REPEATS
    )
    times = forms.IntegerField(
        label=_("How many times?"),
        initial=1,
        min_value=1,
        max_value=stops.MAX_REPEATS,
        help_text=_("2 weeks and 3 times: in two, in four and in six weeks."),
    )


class StopsBulkAction(ScopedBulkAction):
    models = [Stop]
    permission_required = "change"
    template_name = "locations/opening_hours/admin/stops/bulk.html"

    def get_actionable_objects(self):
        """What is chosen and visible; "all" is the listing as filtered, which the address knows."""
        chosen = self.request.GET.getlist("id")
        rows = self.visible_rows().select_related("location")
        if "all" in chosen:
            rows = self.filter_as_listed(rows, StopFilterSet, SEARCHED)
        else:
            rows = rows.filter(pk__in=[pk for pk in chosen if pk.isascii() and pk.isdecimal()])
        found = self.limit_rows(rows.order_by("starts_at", "pk"), MOST)
        for stop in found:
            stop.when = format_stop_time(stop)
        return found, {"items_with_no_access": []}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"title": self.display_name, "icon": self.icon}

    def get_execution_context(self):
        return super().get_execution_context() | {"action": self}

    @classmethod
    def execute_action(cls, objects, *, form, user, action, **kwargs):
        try:
            outcome = cls.operate(objects, user=user, **form.cleaned_data)
        except stops.StopError as error:
            messages.error(action.request, str(error))
            return 0, 0
        for sentence in outcome.left[:SAID]:
            messages.warning(action.request, sentence)
        if len(outcome.left) > SAID:
            more = _("And %(count)s more that stayed as they were.")
            messages.warning(action.request, more % {"count": len(outcome.left) - SAID})
        return len(outcome.done), 0

    @classmethod
    def operate(cls, objects, **how):
        raise NotImplementedError

    def get_success_message(self, num_parent_objects, num_child_objects):
        if not num_parent_objects:
            return None
        return self.said(num_parent_objects) % {"count": num_parent_objects}


class CancelStopsBulkAction(StopsBulkAction):
    display_name = _("Does not take place")
    aria_label = _("The selected stops do not take place")
    action_type = "cancel"
    icon = "cross"
    form_class = CancelForm

    @classmethod
    def operate(cls, objects, **how):
        return stops.cancel(objects, **how)

    def said(self, count):
        return ngettext(
            "%(count)d stop does not take place. Visitors see it at once.",
            "%(count)d stops do not take place. Visitors see it at once.",
            count,
        )


class ReinstateStopsBulkAction(StopsBulkAction):
    display_name = _("Goes ahead after all")
    aria_label = _("The selected stops go ahead after all")
    action_type = "reinstate"
    icon = "rotate"

    @classmethod
    def operate(cls, objects, **how):
        return stops.reinstate(objects, **how)

    def said(self, count):
        return ngettext(
            "%(count)d stop goes ahead after all. Visitors see it at once.",
            "%(count)d stops go ahead after all. Visitors see it at once.",
            count,
        )


class CopyStopsBulkAction(StopsBulkAction):
    display_name = _("Plan again later")
    aria_label = _("Plan the selected stops again some weeks later")
    action_type = "copy"
    permission_required = "add"
    icon = "copy"
    form_class = CopyForm

    @classmethod
    def operate(cls, objects, **how):
        return stops.copy(objects, **how)

    def said(self, count):
        return ngettext(
            "%(count)d stop is new.",
            "%(count)d stops are new.",
            count,
        )
