"""Message types of donations."""

from django.utils.translation import gettext_lazy as _

from home.messages.registry import Placeholder, register_message_type

_donation = Placeholder("number", _("number of the donation"), sample="S-2026-0001")
_follow = Placeholder(
    "url",
    _("secret page where the donor follows the donation"),
    sample="https://digipunt.example/schenken/volgen/geheim/",
    is_address=True,
)

register_message_type(
    "donation_registered",
    _("A donation is registered"),
    about=_("Donations"),
    templates="lending/donations/messages/donation_registered",
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
register_message_type(
    "donation_decided",
    _("What we take from a donation"),
    about=_("Donations"),
    templates="lending/donations/messages/donation_decided",
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
register_message_type(
    "attest_ready",
    _("An attest is ready"),
    about=_("Donations"),
    templates="lending/donations/messages/attest_ready",
    placeholders=[
        Placeholder("number", _("number of the attest"), sample="W-2026-0001"),
        Placeholder("donation", _("number of the donation"), sample="S-2026-0001"),
        _follow,
    ],
)
