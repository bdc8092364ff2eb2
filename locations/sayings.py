"""What the places say to people: the kinds of their messages."""

from django.utils.translation import gettext_lazy as _

from home.message_kinds import Placeholder, kind

_question = Placeholder("number", _("number of the question"), sample="H-2026-0001")
_answering = Placeholder(
    "place",
    _("name and address of the digipunt that helps"),
    sample="Digipunt Aalst, Stationsplein 1, 9300 Aalst",
)
_follow = Placeholder(
    "url",
    _("secret page where the person follows the question"),
    sample="https://digipunt.example/hulp-vragen/volgen/geheim/",
    is_address=True,
)

kind(
    "help_request_received",
    _("Somebody asked for help"),
    about=_("Help requests"),
    urgent=True,
    placeholders=[
        _question,
        Placeholder("answer_by", _("the day by which we answer"), sample="woensdag 25 november"),
        _answering,
        _follow,
    ],
)
kind(
    "help_request_appointment",
    _("An appointment about a question"),
    about=_("Help requests"),
    placeholders=[
        _question,
        Placeholder(
            "when", _("day and hour of the appointment"), sample="dinsdag 1 december om 10 uur"
        ),
        Placeholder("minutes", _("how many minutes it takes"), sample=60),
        Placeholder("at_home", _("filled in for help at home only"), sample="bij jou thuis"),
        _answering,
        _follow,
        Placeholder(
            "calendar_url",
            _("the appointment for a calendar"),
            sample="https://digipunt.example/hulp-vragen/volgen/geheim/afspraak.ics",
            is_address=True,
        ),
    ],
)
kind(
    "help_request_closed",
    _("A question is followed up"),
    about=_("Help requests"),
    placeholders=[
        _question,
        Placeholder(
            "outcome",
            _("what came of it, as a sentence"),
            sample="We hebben je geholpen met je vraag.",
        ),
        _answering,
        _follow,
    ],
)

_registered = [
    Placeholder("workshop", _("name of the workshop"), sample="Itsme installeren"),
    Placeholder(
        "when", _("day and hour of the first lesson"), sample="donderdag 10 december om 13 uur"
    ),
    Placeholder(
        "place",
        _("name and address, and the room"),
        sample="Digipunt Aalst, Stationsplein 1, 9300 Aalst, zaal 2",
    ),
    Placeholder(
        "lessons",
        _("the lessons, when there are several"),
        sample=["donderdag 10 december, 13 tot 15 uur", "donderdag 17 december, 13 tot 15 uur"],
    ),
    Placeholder(
        "url",
        _("secret page of this person's place"),
        sample="https://digipunt.example/workshops/plaats/geheim/",
        is_address=True,
    ),
]
_bring = Placeholder(
    "bring", _("what to bring; may be empty"), sample=["Je gsm en je oplader", "Je bankkaart"]
)
_until = Placeholder(
    "until", _("the moment before which to answer"), sample="vrijdag 4 december om 10 uur"
)
_before = Placeholder(
    "before", _("when it was first; may be empty"), sample="donderdag 3 december om 13 uur"
)
_reason = Placeholder("reason", _("why; may be empty"), sample="De lesgever is ziek")
_waits = Placeholder(
    "waits", _("filled in for the waiting list only; may be empty"), sample="wachtlijst"
)

for _name, _label, _urgent, *_more in [
    ("confirmed", _("Somebody has a place in a workshop"), True, _bring),
    ("waiting", _("Somebody is on the waiting list"), True),
    ("offered", _("A place is offered to who waits"), False, _until, _bring),
    ("offer_expired", _("Somebody did not answer in time"), False, _until),
    ("cancelled", _("A registration is cancelled"), False, _reason),
    ("moved", _("Somebody comes on another date"), False, _before, _waits, _bring),
    ("run_cancelled", _("A workshop does not take place"), True, _reason, _before),
    ("run_moved", _("A workshop has another time or place"), False, _before, _bring),
    ("run_reinstated", _("A workshop takes place after all"), False, _bring),
    ("reminder", _("Soon somebody comes to a workshop"), False, _bring),
]:
    kind(
        f"registration_{_name}",
        _label,
        about=_("Workshops"),
        urgent=_urgent,
        placeholders=[*_registered, *_more],
    )
