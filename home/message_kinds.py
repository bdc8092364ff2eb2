"""What is said to people, by kind: each app registers in its own `sayings.py`.

    kind("loan_returned", _("A device is back"), about=_("Loans"), placeholders=[
        Placeholder("device", _("what came back"), sample="ThinkPad T480"),
    ])

The folder `templates/messages/<name>/` holds the words, until a coordinator writes others.
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
    """A key of the context of `say`: what it stands for, and what it could be.

    `sample` is of the type that `say` gets: text, a number, or a list of texts or of dicts.
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
class Kind:
    name: str
    label: str | Promise
    about: str | Promise
    own: tuple[Placeholder, ...]
    urgent: bool = False  # somebody waits for it right now: it goes out at night too
    by_name: dict[str, Placeholder] = field(default_factory=dict, compare=False, repr=False)

    @property
    def placeholders(self):
        return self.by_name.values()

    @property
    def sample(self):
        """A context as `say` gets it."""
        return {one.name: one.sample for one in self.own}

    @property
    def addresses(self):
        return {one.name for one in self.own if one.is_address}


registered: dict[str, Kind] = {}


def kind(
    name: str,
    label,
    *,
    about,
    placeholders: Sequence[Placeholder] = (),
    urgent=False,
    registry=registered,
):
    """Register what is said under this name; the name is a folder in `templates/messages/`."""
    if name in registry:
        raise ValueError(f"There are two kinds of messages with the name {name!r}.")
    by_name = {one.name: one for one in (*ALWAYS, *placeholders)}
    if len(by_name) < len(ALWAYS) + len(placeholders):
        raise ValueError(f"Two placeholders of {name!r} have the same name.")
    registry[name] = Kind(name, label, about, tuple(placeholders), urgent, by_name)
    return registry[name]


def urgent_kinds():
    return [one.name for one in registered.values() if one.urgent]


def language_of(code):
    """The language of the words for somebody who speaks this; an unknown one is Dutch."""
    plain = (code or "").lower().replace("_", "-").split("-")[0]
    return plain if plain in LANGUAGES else DUTCH


def house_words():
    """What every message may say about us."""
    return {
        "help_phone": settings.HELP_PHONE,
        "help_phone_hours": settings.HELP_PHONE_HOURS,
        "sender": settings.MESSAGE_SENDER,
    }
