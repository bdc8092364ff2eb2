"""Log actions of runs, attendance and registrations."""

from django.utils.translation import gettext_lazy as _

from locations.workshops.operations import attendance, runs

LOG_ACTIONS = {
    runs.MOVE: (_("Move a workshop"), _("The workshop was moved")),
    runs.CANCEL: (_("Cancel a workshop"), _("The workshop does not take place")),
    runs.REINSTATE: (
        _("Reinstate a workshop"),
        _("The workshop takes place after all"),
    ),
    runs.COPY: (_("Plan a workshop again"), _("Planned as a copy of another workshop")),
    attendance.RECORD: (_("Record attendance"), _("The attendance of a session was recorded")),
    attendance.CORRECT: (
        _("Correct attendance"),
        _("The attendance of a session was corrected"),
    ),
    "locations.register": (_("Register somebody"), _("Somebody was registered")),
    "locations.registration_offered": (_("Offer a seat"), _("A seat was offered")),
    "locations.registration_accepted": (_("Accept a seat"), _("The seat was accepted")),
    "locations.registration_expired": (_("End an offer"), _("Nobody answered in time")),
    "locations.registration_cancelled": (
        _("Cancel a registration"),
        _("The registration was cancelled"),
    ),
    "locations.move_registration": (_("Move somebody"), _("The person was moved to another date")),
    "locations.erase_registration": (_("Remove a name"), _("The name was removed")),
    "locations.change_capacity": (
        _("Change the number of seats"),
        _("The number of seats was changed"),
    ),
}


def register_log_actions(actions):
    """Register the log actions of workshops with Wagtail."""
    for name, (label, message) in LOG_ACTIONS.items():
        actions.register_action(name, label, message)
