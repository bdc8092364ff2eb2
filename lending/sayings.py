"""What the lending says to people: the kinds of its messages."""

from django.utils.translation import gettext_lazy as _

from home.message_kinds import Placeholder, kind

_donation = Placeholder("number", _("number of the donation"), sample="S-2026-0001")
_follow = Placeholder(
    "url",
    _("secret page where the donor follows the donation"),
    sample="https://digipunt.example/schenken/volgen/geheim/",
    is_address=True,
)
_device = Placeholder("device", _("what kind of device it is"), sample="ThinkPad T480")

kind(
    "donation_registered",
    _("A donation is registered"),
    about=_("Donations"),
    urgent=True,
    placeholders=[
        _donation,
        _follow,
        Placeholder(
            "place",
            _("name and address where the devices may be brought; may be empty"),
            sample="Digipunt Aalst, Stationsplein 1, 9300 Aalst",
        ),
    ],
)
kind(
    "donation_decided",
    _("What we take of a donation"),
    about=_("Donations"),
    placeholders=[
        _donation,
        _follow,
        Placeholder("accepted", _("how many devices we take"), sample=1),
        Placeholder(
            "refused",
            _("the devices that we do not take, each with the reason; may be empty"),
            sample=[{"device": "Acer Aspire One", "reason": "Te oud en te traag."}],
        ),
    ],
)
kind(
    "attest_ready",
    _("An attest is ready"),
    about=_("Donations"),
    placeholders=[
        Placeholder("number", _("number of the attest"), sample="W-2026-0001"),
        Placeholder("donation", _("number of the donation"), sample="S-2026-0001"),
        _follow,
    ],
)
kind(
    "loan_started",
    _("A device is borrowed"),
    about=_("Loans"),
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
kind(
    "loan_returned",
    _("A device is back"),
    about=_("Loans"),
    placeholders=[
        _device,
        Placeholder("place", _("name of the lending point; may be empty"), sample="Digipunt Aalst"),
    ],
)
