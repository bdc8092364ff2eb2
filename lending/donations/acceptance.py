"""Which devices we can use, said at once and without asking for a name."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# From this number on we come and get them.
PICK_UP_FROM = 10

# What people offer and nobody can use: no type of ours, so it is never registered.
NOT_TAKEN = {
    "crt": _("Old, deep screen"),
    "printer": _("Printer with ink"),
}


@dataclass(frozen=True)
class Verdict:
    is_welcome: bool
    headline: str
    advice: str


WELCOME = Verdict(True, _("Yes, just bring it."), _("Sign out of your accounts first, if you can."))
AS_PARTS = Verdict(
    True, _("Yes, bring it."), _("We look whether it can be repaired. Else we use its parts.")
)
USELESS = Verdict(
    False,
    _("We can not use this."),
    _("Take it to the recycling park of your municipality. We do not register this device."),
)


def verdict(type_code, *, works, charger):
    """What we say about a device. `works` is yes, no or unknown."""
    if type_code in NOT_TAKEN or (works == "no" and not charger):
        return USELESS
    return AS_PARTS if works == "no" else WELCOME
