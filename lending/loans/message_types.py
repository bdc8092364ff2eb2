"""Message types of loans."""

from django.utils.translation import gettext_lazy as _

from home.messages.registry import Placeholder, register_message_type

_device = Placeholder("device", _("what kind of device it is"), sample="ThinkPad T480")

register_message_type(
    "loan_started",
    _("A device is borrowed"),
    about=_("Loans"),
    templates="lending/loans/messages/loan_started",
    placeholders=[
        _device,
        Placeholder("number", _("number of the device"), sample="DP-00071"),
        Placeholder("due", _("the day it comes back"), sample="vrijdag 18 december 2026"),
        Placeholder("place", _("name of the lending point"), sample="Digipunt Aalst"),
        Placeholder(
            "accessories", _("what goes with it; may be empty"), sample="oplader en draagtas"
        ),
    ],
)
register_message_type(
    "loan_returned",
    _("A device is back"),
    about=_("Loans"),
    templates="lending/loans/messages/loan_returned",
    placeholders=[
        _device,
        Placeholder("place", _("name of the lending point; may be empty"), sample="Digipunt Aalst"),
    ],
)
