"""Message types of workshop registrations."""

from django.utils.translation import gettext_lazy as _

from home.messages.registry import Placeholder, register_message_type

_registered = [
    Placeholder("workshop", _("name of the workshop"), sample="Itsme installeren"),
    Placeholder(
        "when", _("day and time of the first session"), sample="donderdag 10 december om 13 uur"
    ),
    Placeholder(
        "place",
        _("name and address of the location, and the room"),
        sample="Digipunt Aalst, Stationsplein 1, 9300 Aalst, zaal 2",
    ),
    Placeholder(
        "lessons",
        _("the sessions, when there are several"),
        sample=["donderdag 10 december, 13 tot 15 uur", "donderdag 17 december, 13 tot 15 uur"],
    ),
    Placeholder(
        "url",
        _("private page of the registration"),
        sample="https://digipunt.example/workshops/plaats/geheim/",
        is_address=True,
    ),
]
_bring = Placeholder(
    "bring", _("what to bring; may be empty"), sample=["Je gsm en je oplader", "Je bankkaart"]
)
_until = Placeholder("until", _("end of the time to answer"), sample="vrijdag 4 december om 10 uur")
_before = Placeholder(
    "before", _("former start; may be empty"), sample="donderdag 3 december om 13 uur"
)
_reason = Placeholder("reason", _("why; may be empty"), sample="De lesgever is ziek")
_waits = Placeholder("waits", _("set on the waiting list only; may be empty"), sample="wachtlijst")

for _name, _label, _urgent, *_more in [
    ("confirmed", _("Somebody has a seat in a workshop"), True, _bring),
    ("waiting", _("Somebody is on the waiting list"), True),
    ("offered", _("A seat is offered to a waiting person"), False, _until, _bring),
    ("offer_expired", _("Somebody did not answer in time"), False, _until),
    ("cancelled", _("A registration is cancelled"), False, _reason),
    ("moved", _("Somebody is moved to another date"), False, _before, _waits, _bring),
    ("run_cancelled", _("A workshop does not take place"), True, _reason, _before),
    ("run_moved", _("A workshop has a new time or location"), False, _before, _bring),
    ("run_reinstated", _("A cancelled workshop takes place after all"), False, _bring),
    ("reminder", _("A workshop is coming up for somebody"), False, _bring),
]:
    register_message_type(
        f"registration_{_name}",
        _label,
        about=_("Workshops"),
        templates=f"locations/workshops/messages/registration_{_name}",
        urgent=_urgent,
        placeholders=[*_registered, *_more],
    )
