"""Opening hours in the Wagtail admin: panels, bulk actions and log actions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from locations.opening_hours.admin.closure_today import add_today_panel
from locations.opening_hours.admin.stop_bulk_actions import (
    CancelStopsBulkAction,
    CopyStopsBulkAction,
    ReinstateStopsBulkAction,
)
from locations.opening_hours.operations import closure_today, holiday_closures, stops

hooks.register("construct_homepage_panels", add_today_panel)
hooks.register("register_bulk_action", CancelStopsBulkAction)
hooks.register("register_bulk_action", ReinstateStopsBulkAction)
hooks.register("register_bulk_action", CopyStopsBulkAction)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """Register the log actions of stops, closures and holidays."""
    actions.register_action(stops.CANCEL, _("Cancel a stop"), _("The stop does not take place"))
    actions.register_action(
        stops.REINSTATE, _("Reinstate a stop"), _("The stop goes ahead after all")
    )
    actions.register_action(stops.COPY, _("Plan a stop again"), _("Planned after another stop"))
    actions.register_action(closure_today.CLOSE, _("Close today"), _("Closed on the day itself"))
    actions.register_action(closure_today.REOPEN, _("Open after all"), _("Opened after all"))
    actions.register_action(
        holiday_closures.CONFIRM, _("Confirm a holiday"), _("A holiday was confirmed as closed")
    )
    actions.register_action(
        holiday_closures.TAKE_BACK,
        _("Take back a holiday"),
        _("A holiday was taken back"),
    )
