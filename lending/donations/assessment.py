"""Assessment of an offered device: whether it is accepted, and advice to the donor."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# From this number of devices on, a donation is collected.
PICK_UP_FROM = 10

# What people offer but is never accepted; these are no types of device.
NOT_TAKEN = {
    "crt": _("Old, deep screen"),
    "printer": _("Printer with ink"),
}


@dataclass(frozen=True)
class Assessment:
    """The answer to the donor about one device."""

    is_welcome: bool
    headline: str
    advice: str


WELCOME = Assessment(
    True, _("Yes, just bring it."), _("Sign out of your accounts first, if you can.")
)
WELCOME_BROKEN = Assessment(
    True, _("Yes, bring it."), _("We check whether it can be repaired. If not, we use its parts.")
)
UNUSABLE = Assessment(
    False,
    _("We cannot use this."),
    _("Take it to the recycling park of your municipality. We do not register this device."),
)


def assess_device(type_code, *, works, charger):
    """Return the assessment of a device; `works` is a value of DonationLine.Works."""
    if type_code in NOT_TAKEN or (works == "no" and not charger):
        return UNUSABLE
    return WELCOME_BROKEN if works == "no" else WELCOME
