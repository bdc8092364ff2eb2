"""Log actions of runs, attendance and registrations."""

from django.utils.translation import gettext_lazy as _

from locations.workshops.operations import attendance, runs

LOG_ACTIONS = {
    runs.MOVE: (_("Move a workshop"), _("The workshop was moved")),
    runs.CANCEL: (_("Cancel a workshop"), _("The workshop does not take place")),
    runs.REINSTATE: (
        _("Take the cancellation of a workshop back"),
        _("The workshop goes ahead after all"),
    ),
    runs.COPY: (_("Plan a workshop again"), _("Planned after another workshop")),
    attendance.RECORD: (_("Note who was there"), _("It was noted who was at a lesson")),
    attendance.CORRECT: (
        _("Correct who was there"),
        _("It was corrected whether somebody was at a lesson"),
    ),
    "locations.register": (_("Register somebody"), _("Somebody was registered")),
    "locations.registration_offered": (_("Offer a place"), _("A place was offered")),
    "locations.registration_accepted": (_("Accept a place"), _("The place was accepted")),
    "locations.registration_expired": (_("End an offer"), _("Nobody answered in time")),
    "locations.registration_cancelled": (
        _("Cancel a registration"),
        _("The registration was cancelled"),
    ),
    "locations.move_registration": (_("Move somebody"), _("The person comes on another date")),
    "locations.erase_registration": (_("Remove a name"), _("The name was removed")),
    "locations.change_capacity": (
        _("Change the number of places"),
        _("The number of places changed"),
    ),
}


def register_log_actions(actions):
    """Register the log actions of workshops with Wagtail."""
    for name, (label, message) in LOG_ACTIONS.items():
        actions.register_action(name, label, message)
