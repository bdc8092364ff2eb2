"""What the log says that was done with registrations."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "register": (_("Register somebody"), _("Somebody was registered")),
    "registration_offered": (_("Offer a place"), _("A place was offered")),
    "registration_accepted": (_("Accept a place"), _("The place was accepted")),
    "registration_expired": (_("End an offer"), _("Nobody answered in time")),
    "registration_cancelled": (_("Cancel a registration"), _("The registration was cancelled")),
    "move_registration": (_("Move somebody"), _("The person comes on another date")),
    "erase_registration": (_("Remove a name"), _("The name was removed")),
    "change_capacity": (_("Change the number of places"), _("The number of places changed")),
}


def actions_of_registrations(actions):
    for name, (label, message) in ACTIONS.items():
        actions.register_action(f"locations.{name}", label, message)
