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
# The languages that a message can be written in, each by its own name.
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
    """A key in the context of `queue_message`, with its meaning and a sample value.

    The sample has the type of the real value: text, number, or list of texts or dicts.
    """

    name: str
    meaning: str | Promise
    sample: object = ""
    is_address: bool = False


ALWAYS = (
    Placeholder("recipient", _("name of the person; may be empty"), sample="Lotte Demo"),
    Placeholder("help_phone", _("telephone number for help"), sample="02 000 00 00"),
    Placeholder("help_phone_hours", _("when this number is answered"), sample="9 – 17"),
    Placeholder("sender", _("name and address of the sender"), sample="Digipunt"),
)


@dataclass(frozen=True)
class MessageType:
    """A kind of message, with the folder of its templates and its placeholders."""

    name: str
    label: str | Promise
    about: str | Promise
    templates: str
    own_placeholders: tuple[Placeholder, ...]
    urgent: bool = False  # the recipient is waiting for it: it is sent in quiet hours too
    by_name: dict[str, Placeholder] = field(default_factory=dict, compare=False, repr=False)

    @property
    def placeholders(self):
        """All placeholders, including those of every message."""
        return self.by_name.values()

    @property
    def sample(self):
        """A sample context for `queue_message`."""
        return {placeholder.name: placeholder.sample for placeholder in self.own_placeholders}

    @property
    def addresses(self):
        """The names of the placeholders that hold a URL."""
        return {placeholder.name for placeholder in self.own_placeholders if placeholder.is_address}


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
    by_name = {placeholder.name: placeholder for placeholder in (*ALWAYS, *placeholders)}
    if len(by_name) < len(ALWAYS) + len(placeholders):
        raise ValueError(f"Two placeholders of {name!r} have the same name.")
    registry[name] = MessageType(
        name, label, about, templates, tuple(placeholders), urgent, by_name
    )
    return registry[name]


def urgent_message_types():
    """Return the names of the urgent message types."""
    return [name for name, message_type in registered.items() if message_type.urgent]


def supported_language(code):
    """Return the language of messages for a language code; Dutch if it is not supported."""
    language = (code or "").lower().replace("_", "-").split("-")[0]
    return language if language in LANGUAGES else DUTCH


def site_context():
    """Return the values of the placeholders that every message has."""
    return {
        "help_phone": settings.HELP_PHONE,
        "help_phone_hours": settings.HELP_PHONE_HOURS,
        "sender": settings.MESSAGE_SENDER,
    }
