"""Registry of message types: each subject registers its own in `message_types.py`.

    register_message_type(
        "loan_returned",
        _("A device is back"),
        about=_("Loans"),
        templates="lending/loans/messages/loan_returned",
        placeholders=[Placeholder("device", _("what came back"), sample="ThinkPad T480")],
    )

The template folder holds the default texts; a coordinator can replace them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DUTCH = "nl"
# The languages of the words, each by its own name; the papers are printed in the same ones.
LANGUAGES = {
    DUTCH: "Nederlands",
    "fr": "Français",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "uk": "Українська",
}
RIGHT_TO_LEFT = {"ar"}


@dataclass(frozen=True)
class Placeholder:
    """A key of the context of `queue_message`: what it stands for, and what it could be.

    `sample` is of the type that `queue_message` gets: text, number, or list of texts or dicts.
    """

    name: str
    meaning: str | Promise
    sample: object = ""
    is_address: bool = False


ALWAYS = (
    Placeholder("recipient", _("name of the person; may be empty"), sample="Lotte Demo"),
    Placeholder("help_phone", _("telephone number for help"), sample="02 000 00 00"),
    Placeholder("help_phone_hours", _("when somebody answers there"), sample="9 – 17"),
    Placeholder("sender", _("who sends this, with the address"), sample="Digipunt"),
)


@dataclass(frozen=True)
class MessageType:
    name: str
    label: str | Promise
    about: str | Promise
    templates: str
    own: tuple[Placeholder, ...]
    urgent: bool = False  # somebody waits for it right now: it goes out at night too
    by_name: dict[str, Placeholder] = field(default_factory=dict, compare=False, repr=False)

    @property
    def placeholders(self):
        return self.by_name.values()

    @property
    def sample(self):
        """A context as `queue_message` gets it."""
        return {one.name: one.sample for one in self.own}

    @property
    def addresses(self):
        return {one.name for one in self.own if one.is_address}


registered: dict[str, MessageType] = {}


def register_message_type(
    name: str,
    label,
    *,
    about,
    templates,
    placeholders: Sequence[Placeholder] = (),
    urgent=False,
    registry=registered,
):
    """Register a message type; `templates` is its folder below `templates/`."""
    if name in registry:
        raise ValueError(f"There are two message types with the name {name!r}.")
    by_name = {one.name: one for one in (*ALWAYS, *placeholders)}
    if len(by_name) < len(ALWAYS) + len(placeholders):
        raise ValueError(f"Two placeholders of {name!r} have the same name.")
    registry[name] = MessageType(
        name, label, about, templates, tuple(placeholders), urgent, by_name
    )
    return registry[name]


def urgent_message_types():
    return [one.name for one in registered.values() if one.urgent]


def language_of(code):
    """The language of the words for somebody who speaks this; an unknown one is Dutch."""
    plain = (code or "").lower().replace("_", "-").split("-")[0]
    return plain if plain in LANGUAGES else DUTCH


def site_words():
    """What every message may say about us."""
    return {
        "help_phone": settings.HELP_PHONE,
        "help_phone_hours": settings.HELP_PHONE_HOURS,
        "sender": settings.MESSAGE_SENDER,
    }
