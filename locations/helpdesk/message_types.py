"""Message types of help requests."""

from django.utils.translation import gettext_lazy as _

from home.messages.registry import Placeholder, register_message_type

_number = Placeholder("number", _("number of the question"), sample="H-2026-0001")
_location = Placeholder(
    "place",
    _("name and address of the digipunt that helps"),
    sample="Digipunt Aalst, Stationsplein 1, 9300 Aalst",
)
_url = Placeholder(
    "url",
    _("secret page where the person follows the question"),
    sample="https://digipunt.example/hulp-vragen/volgen/geheim/",
    is_address=True,
)

register_message_type(
    "help_request_received",
    _("Somebody asked for help"),
    about=_("Help requests"),
    templates="locations/helpdesk/messages/help_request_received",
    urgent=True,
    placeholders=[
        _number,
        Placeholder("answer_by", _("the day by which we answer"), sample="woensdag 25 november"),
        _location,
        _url,
    ],
)
register_message_type(
    "help_request_appointment",
    _("An appointment about a question"),
    about=_("Help requests"),
    templates="locations/helpdesk/messages/help_request_appointment",
    placeholders=[
        _number,
        Placeholder(
            "when", _("day and hour of the appointment"), sample="dinsdag 1 december om 10 uur"
        ),
        Placeholder("minutes", _("how many minutes it takes"), sample=60),
        Placeholder("at_home", _("filled in for help at home only"), sample="bij jou thuis"),
        _location,
        _url,
        Placeholder(
            "calendar_url",
            _("the appointment for a calendar"),
            sample="https://digipunt.example/hulp-vragen/volgen/geheim/afspraak.ics",
            is_address=True,
        ),
    ],
)
register_message_type(
    "help_request_closed",
    _("A question is followed up"),
    about=_("Help requests"),
    templates="locations/helpdesk/messages/help_request_closed",
    placeholders=[
        _number,
        Placeholder(
            "outcome",
            _("what came of it, as a sentence"),
            sample="We hebben je geholpen met je vraag.",
        ),
        _location,
        _url,
    ],
)
